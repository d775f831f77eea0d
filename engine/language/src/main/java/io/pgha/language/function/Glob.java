package io.pgha.language.function;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A pattern of paths, with {@code *}, {@code **}, {@code ?}, {@code [a-z]} and {@code {a,b}}.
 *
 * @param folder the folder that the pattern begins with, without anything special; may be empty
 * @param files what a file's path from that folder must match
 * @param depth how many parts such a path has at most
 */
record Glob(String folder, Pattern files, int depth) {
  private static final String SPECIAL = "\\^$.|+()";

  /**
   * The pattern that a text is, after {@code .} and {@code ..} in it were followed.
   *
   * @throws IllegalArgumentException where it is malformed
   */
  static Glob of(String text) {
    List<String> parts = List.of(FileFunctions.cleaned("./" + text).split("/"));
    List<String> plain =
        parts.subList(0, parts.size() - 1).stream().takeWhile(Glob::isPlain).toList();
    String rest = String.join("/", parts.subList(plain.size(), parts.size()));
    boolean anyDepth = rest.contains("**");
    return new Glob(
        String.join("/", plain),
        Pattern.compile(toRegex(rest)),
        anyDepth ? Integer.MAX_VALUE : parts.size() - plain.size());
  }

  private static boolean isPlain(String part) {
    return part.chars().noneMatch(c -> "*?[{\\".indexOf(c) >= 0);
  }

  /** The pattern as a regular expression for whole paths with slashes. */
  private static String toRegex(String pattern) {
    StringBuilder regex = new StringBuilder();
    int alternatives = 0;
    int i = 0;
    while (i < pattern.length()) {
      char c = pattern.charAt(i);
      switch (c) {
        case '*' -> i += stars(pattern, i, regex) - 1;
        case '?' -> regex.append("[^/]");
        case '[' -> i = characters(pattern, i, regex);
        case '{' -> {
          alternatives++;
          regex.append("(?:");
        }
        case '}' -> {
          regex.append(alternatives > 0 ? ")" : "\\}");
          alternatives = Math.max(0, alternatives - 1);
        }
        case ',' -> regex.append(alternatives > 0 ? '|' : ',');
        case '\\' -> {
          i++;
          if (i >= pattern.length()) {
            throw new IllegalArgumentException("nothing to escape");
          }
          literal(pattern.charAt(i), regex);
        }
        default -> literal(c, regex);
      }
      i++;
    }
    if (alternatives != 0) {
      throw new IllegalArgumentException("unbalanced braces");
    }
    return regex.toString();
  }

  private static void literal(char c, StringBuilder regex) {
    if (SPECIAL.indexOf(c) >= 0 || "*?[]{}".indexOf(c) >= 0) {
      regex.append('\\');
    }
    regex.append(c);
  }

  /** Two stars as a whole part of the path are any folders; how many characters were taken. */
  private static int stars(String pattern, int start, StringBuilder regex) {
    boolean two = pattern.startsWith("**", start);
    boolean whole = two && (start == 0 || pattern.charAt(start - 1) == '/');
    if (whole && pattern.startsWith("**/", start)) {
      regex.append("(?:[^/]+/)*");
      return 3;
    }
    if (whole && start + 2 == pattern.length()) {
      regex.append(".*");
      return 2;
    }
    regex.append("[^/]*");
    return two ? 2 : 1;
  }

  /** One of some characters, or after a {@code ^} none of them; where the bracket closes. */
  private static int characters(String pattern, int start, StringBuilder regex) {
    int i = start + 1;
    boolean negated = i < pattern.length() && pattern.charAt(i) == '^';
    i += negated ? 1 : 0;
    StringBuilder ranges = new StringBuilder();
    int first = i;
    while (i == first || pattern.charAt(i) != ']') {
      int lowAt = characterAt(pattern, i);
      char low = pattern.charAt(lowAt);
      char high = low;
      i = lowAt + 1;
      if (i < pattern.length() && pattern.charAt(i) == '-') {
        int highAt = characterAt(pattern, i + 1);
        high = pattern.charAt(highAt);
        i = highAt + 1;
      }
      // A range from the end to the beginning has no characters.
      if (low <= high) {
        ranges.append(String.format("\\u%04x-\\u%04x", (int) low, (int) high));
      }
      if (i >= pattern.length()) {
        throw new IllegalArgumentException("unclosed bracket");
      }
    }
    if (ranges.isEmpty()) {
      regex.append(negated ? "[^/]" : "(?!)");
    } else {
      regex.append(negated ? "[^/" : "(?!/)[").append(ranges).append(']');
    }
    return i;
  }

  /** Where the character is that is meant at a place in brackets. */
  private static int characterAt(String pattern, int place) {
    int at = place < pattern.length() && pattern.charAt(place) == '\\' ? place + 1 : place;
    if (at >= pattern.length() || (at == place && "]-".indexOf(pattern.charAt(at)) >= 0)) {
      throw new IllegalArgumentException("no character in brackets");
    }
    return at;
  }
}
