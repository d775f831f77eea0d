package io.pgha.language.function;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often the counts of a regular expression, one inside of another, repeat something: Go's
 * regexp refuses more than a thousand times, and a library that does not takes all memory for it.
 */
final class RepeatCounts {
  /** As in Go's regexp/syntax. */
  private static final long MOST = 1000;

  private static final Pattern COUNT = Pattern.compile("\\{(0|[1-9]\\d*)(?:,(0|[1-9]\\d*)?)?}");

  /** Whose braces are no count: a character by its number, a class by its name. */
  private static final Pattern BRACED = Pattern.compile("\\\\[xpP]\\{");

  private final String pattern;
  private int at;

  /** The largest number of repetitions within each open group. */
  private final Deque<Long> groups = new ArrayDeque<>();

  /** That of what was read last, which a count that follows repeats. */
  private long last = 1;

  private RepeatCounts(String pattern) {
    this.pattern = pattern;
  }

  /** Whether something would be repeated more often than is allowed. */
  static boolean areTooMany(String pattern) {
    return pattern.indexOf('{') >= 0 && new RepeatCounts(pattern).exceed();
  }

  private boolean exceed() {
    groups.push(1L);
    while (at < pattern.length()) {
      switch (pattern.charAt(at)) {
        case '\\' -> escape();
        case '[' -> characterClass();
        case '(' -> {
          groups.push(1L);
          last = 1;
          at++;
        }
        case ')' -> {
          last = groups.size() > 1 ? groups.pop() : 1;
          at++;
        }
        case '{' -> count();
        case '*', '+', '?' -> at++;
        default -> {
          last = 1;
          at++;
        }
      }
      groups.push(Math.max(groups.pop(), last));
      if (groups.getFirst() > MOST) {
        return true;
      }
    }
    return false;
  }

  private void count() {
    Matcher count = COUNT.matcher(pattern).region(at, pattern.length());
    if (!count.lookingAt()) {
      last = 1;
      at++;
      return;
    }
    String most = count.group(2) == null ? count.group(1) : count.group(2);
    last *= most.length() > 4 ? MOST + 1 : Math.max(1, Long.parseLong(most));
    at = count.end();
  }

  private void escape() {
    last = 1;
    if (pattern.startsWith("\\Q", at)) {
      int end = pattern.indexOf("\\E", at + 2);
      at = end < 0 ? pattern.length() : end + 2;
    } else {
      boolean braced = BRACED.matcher(pattern).region(at, pattern.length()).lookingAt();
      int end = braced ? pattern.indexOf('}', at) : -1;
      at = end < 0 ? at + 2 : end + 1;
    }
  }

  /** A class ends at the first bracket that is not its first character. */
  private void characterClass() {
    last = 1;
    at += pattern.startsWith("[^", at) ? 2 : 1;
    at += pattern.startsWith("]", at) ? 1 : 0;
    while (at < pattern.length() && pattern.charAt(at) != ']') {
      if (pattern.charAt(at) == '\\') {
        at += 2;
      } else if (pattern.startsWith("[:", at) && pattern.indexOf(":]", at) > 0) {
        at = pattern.indexOf(":]", at) + 2;
      } else {
        at++;
      }
    }
    at++;
  }
}
