package io.pgha.language.format;

/** Tells the two kinds of comments apart. */
final class Comments {
  private Comments() {}

  /** Whether the comment that starts at an offset goes up to the end of its line. */
  static boolean endsWithLine(String text, int start) {
    return text.charAt(start) == '#' || text.charAt(start + 1) == '/';
  }
}
