package io.pgha.language.format;

import java.text.Normalizer;
import java.util.Locale;

/** Writes block labels. */
final class Labels {
  private Labels() {}

  /** A label in quotes, in Unicode normalisation form C, with as few escapes as there can be. */
  static String quoted(String label) {
    StringBuilder result = new StringBuilder(label.length() + 2).append('"');
    Normalizer.normalize(label, Normalizer.Form.NFC)
        .codePoints()
        .forEach(codePoint -> append(codePoint, result));
    return result.append('"').toString();
  }

  private static void append(int codePoint, StringBuilder result) {
    switch (codePoint) {
      case '\n' -> result.append("\\n");
      case '\r' -> result.append("\\r");
      case '\t' -> result.append("\\t");
      case '"' -> result.append("\\\"");
      case '\\' -> result.append("\\\\");
      default -> {
        if (isPrintable(codePoint)) {
          result.appendCodePoint(codePoint);
        } else {
          String escape = codePoint < 0x10000 ? "\\u%04x" : "\\U%08x";
          result.append(String.format(Locale.ROOT, escape, codePoint));
        }
      }
    }
  }

  /**
   * Letters, marks, numbers, punctuation, symbols and the space: what Go takes for printable. Half
   * a character stays too, since no escape stands for it.
   */
  private static boolean isPrintable(int codePoint) {
    return codePoint == ' '
        || switch (Character.getType(codePoint)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.PRIVATE_USE,
              Character.UNASSIGNED,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR,
              Character.SPACE_SEPARATOR ->
              false;
          default -> true;
        };
  }
}
