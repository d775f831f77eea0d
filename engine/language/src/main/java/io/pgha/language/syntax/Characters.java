package io.pgha.language.syntax;

import java.text.Normalizer;
import java.util.Locale;

/** What characters mean in the language. */
final class Characters {
  /** Whether a character continues an identifier: most of a file's characters are asked. */
  private static final boolean[] ASCII_PARTS = asciiParts();

  private Characters() {}

  private static boolean[] asciiParts() {
    boolean[] parts = new boolean[0x80];
    for (int c = 0; c < parts.length; c++) {
      parts[c] = startsIdentifier(c) || (c >= '0' && c <= '9') || c == '-';
    }
    return parts;
  }

  static boolean startsIdentifier(int codePoint) {
    if (codePoint < 0x80) {
      return (codePoint >= 'a' && codePoint <= 'z')
          || (codePoint >= 'A' && codePoint <= 'Z')
          || codePoint == '_';
    }
    return Character.isUnicodeIdentifierStart(codePoint);
  }

  static boolean continuesIdentifier(int codePoint) {
    if (codePoint < 0x80) {
      return ASCII_PARTS[codePoint];
    }
    return Character.isUnicodeIdentifierPart(codePoint)
        && !Character.isIdentifierIgnorable(codePoint);
  }

  /** Where the identifier that starts at an offset ends; the offset itself where none starts. */
  static int identifierEnd(String text, int start) {
    if (start >= text.length() || !startsIdentifier(text.codePointAt(start))) {
      return start;
    }
    int end = start;
    while (end < text.length()) {
      char c = text.charAt(end);
      int codePoint = c < 0x80 ? c : text.codePointAt(end);
      if (!continuesIdentifier(codePoint)) {
        return end;
      }
      end += Character.charCount(codePoint);
    }
    return end;
  }

  /** Where the number that starts at an offset ends; one with several points is read as one too. */
  static int numberEnd(String text, int start) {
    int end = simpleNumberEnd(text, start);
    while (end + 1 < text.length()
        && text.charAt(end) == '.'
        && digitsEnd(text, end + 1) > end + 1) {
      end = simpleNumberEnd(text, end + 1);
    }
    return end;
  }

  private static int simpleNumberEnd(String text, int start) {
    int end = digitsEnd(text, start);
    if (end < text.length() && text.charAt(end) == '.') {
      int fraction = digitsEnd(text, end + 1);
      end = fraction > end + 1 ? fraction : end;
    }
    if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
      int digits = end + 1;
      if (digits < text.length() && (text.charAt(digits) == '+' || text.charAt(digits) == '-')) {
        digits++;
      }
      int exponent = digitsEnd(text, digits);
      end = exponent > digits ? exponent : end;
    }
    return end;
  }

  private static int digitsEnd(String text, int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  /** The text in Unicode normalisation form C. */
  static String normalised(String text) {
    for (int i = 0; i < text.length(); i++) {
      // Everything below is its own normal form and combines with nothing.
      if (text.charAt(i) >= 0x300) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
      }
    }
    return text;
  }

  /** Why a character is no token, and what to write instead. */
  static String whyInvalid(int codePoint) {
    return switch (codePoint) {
      case '\'' -> "Single quotes are not valid. Use double quotes (\") to enclose strings.";
      case '`' ->
          "The \"`\" character is not valid. To write a string of several lines, use a heredoc"
              + " (<<EOT).";
      case ';' ->
          "The \";\" character is not valid. Use newlines to separate arguments and blocks, and"
              + " commas to separate items of collections.";
      case '\u201C', '\u201D', '\u201E', '\u00AB', '\u00BB' ->
          "Typographic quotes are not valid. Use straight double quotes (\") to enclose strings.";
      case '^' -> "Bitwise operators are not supported. For a power use the function pow.";
      case '~' ->
          "Bitwise operators are not supported. As a strip marker, \"~\" must stand right after"
              + " \"${\" or \"%{\", or right before \"}\".";
      case '@', '$', '\\' ->
          "The \""
              + Character.toString(codePoint)
              + "\" character is not used in the language"
              + " outside of strings.";
      case '\r' -> "A carriage return is only valid before a line feed.";
      case 0xA0, 0x2003, 0x2002, 0x2009, 0x202F, 0x3000, 0x200B, 0xFEFF ->
          String.format(
              Locale.ROOT,
              "This looks like a space but is another character (U+%04X). Write a plain space.",
              codePoint);
      default ->
          Character.isISOControl(codePoint) || !Character.isDefined(codePoint)
              ? String.format(
                  Locale.ROOT, "The character U+%04X is not used in the language.", codePoint)
              : String.format(
                  Locale.ROOT,
                  "The character \"%s\" (U+%04X) is not used in the language.",
                  Character.toString(codePoint),
                  codePoint);
    };
  }
}
