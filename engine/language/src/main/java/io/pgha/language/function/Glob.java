package io.pgha.language.function;

/** Path patterns: {@code *}, {@code **}, {@code ?}, {@code [a-z]} and {@code {a,b}}. */
final class Glob {
  private static final String SPECIAL = "\\^$.|+()";

  private Glob() {}

  /**
   * The pattern as a regular expression for whole paths with slashes.
   *
   * @throws IllegalArgumentException where the pattern is malformed
   */
  static String toRegex(String pattern) {
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
          alternatives--;
          regex.append(')');
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

  private static int characters(String pattern, int start, StringBuilder regex) {
    int end = pattern.indexOf(']', start + 2);
    if (end < 0) {
      throw new IllegalArgumentException("unclosed bracket");
    }
    String inner = pattern.substring(start + 1, end);
    boolean negated = inner.startsWith("^") || inner.startsWith("!");
    regex.append(negated ? "[^/" : "[");
    for (char c : (negated ? inner.substring(1) : inner).toCharArray()) {
      if ("[]\\&^".indexOf(c) >= 0) {
        regex.append('\\');
      }
      regex.append(c);
    }
    regex.append(']');
    return end;
  }
}
