package io.pgha.core.drift;

/**
 * A text in which each {@code *} stands for any characters of one part.
 *
 * @param text the text as written
 * @param separator what a {@code *} does not reach over; 0 where it reaches over all
 */
record IgnorePattern(String text, char separator) {
  static final char NONE = 0;

  /** Whether it says nothing but that anything will do. */
  boolean isAnything() {
    return !text.isEmpty() && text.chars().allMatch(c -> c == '*');
  }

  /** Whether it stands for one text only. */
  boolean isExact() {
    return text.indexOf('*') < 0;
  }

  /**
   * Whether a text is as it says. The time is at most the product of the lengths: a regular
   * expression with many stars would take years for some texts.
   */
  boolean matches(String other) {
    int at = 0;
    int place = 0;
    int star = -1;
    int taken = 0;
    while (place < other.length()) {
      if (at < text.length() && text.charAt(at) == '*') {
        star = at++;
        taken = place;
      } else if (at < text.length() && text.charAt(at) == other.charAt(place)) {
        at++;
        place++;
      } else if (star >= 0 && other.charAt(taken) != separator) {
        // The last star takes one character more. Earlier stars need not: they hold the least.
        at = star + 1;
        place = ++taken;
      } else {
        return false;
      }
    }
    while (at < text.length() && text.charAt(at) == '*') {
      at++;
    }
    return at == text.length();
  }
}
