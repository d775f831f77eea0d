package io.pgha.cli.drift;

import java.util.stream.Collectors;

/** Text that a machine said, made fit to be shown. */
public final class PlainText {
  private static final int REPLACEMENT = 0xFFFD;

  private PlainText() {}

  /**
   * The text without what terminals obey, what turns the direction of reading, and what XML 1.0
   * forbids (section 2.2): a replacement character stands for each. Tabs and line feeds stay.
   */
  public static String clean(String text) {
    if (text.codePoints().allMatch(PlainText::isPlain)) {
      return text;
    }
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .map(point -> isPlain(point) ? point : REPLACEMENT)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }

  /** The same in one line. */
  public static String line(String text) {
    return clean(text).lines().map(String::strip).collect(Collectors.joining(" "));
  }

  private static boolean isPlain(int point) {
    boolean control = point < 0x20 ? point != '\t' && point != '\n' : point >= 0x7F && point < 0xA0;
    boolean surrogate = point >= 0xD800 && point <= 0xDFFF;
    boolean direction =
        (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
    return !control && !surrogate && !direction && (point & 0xFFFE) != 0xFFFE;
  }
}
