package io.pgha.language.value;

/** What a string that goes on in an unknown way is still known to start with. */
public final class Prefixes {
  private static final String ENDS_ALONE = " !\"#$%&'()*+,-./:;?@[\\]_`{|}~\n\r\t";

  private Prefixes() {}

  /**
   * The text without its last character, unless nothing that follows can change that one: a
   * combining mark could make a letter another.
   */
  public static String safe(String text) {
    if (text.isEmpty() || ENDS_ALONE.indexOf(text.charAt(text.length() - 1)) >= 0) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(text.length(), -1));
  }

  /** What both start with. */
  public static String common(String one, String other) {
    int length = 0;
    while (length < Math.min(one.length(), other.length())
        && one.charAt(length) == other.charAt(length)) {
      length++;
    }
    if (length > 0 && Character.isHighSurrogate(one.charAt(length - 1))) {
      length--;
    }
    return safe(one.substring(0, length));
  }
}
