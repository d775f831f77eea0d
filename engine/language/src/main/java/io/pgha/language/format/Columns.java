package io.pgha.language.format;

import java.text.BreakIterator;
import java.util.Locale;

/** Counts the columns that text takes, one for each character as a reader sees it. */
final class Columns {
  private final String text;
  private final BreakIterator breaks = BreakIterator.getCharacterInstance(Locale.ROOT);

  Columns(String text) {
    this.text = text;
  }

  /** The columns between two offsets. */
  int between(int start, int end) {
    int columns = 0;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        return characters(start, end);
      }
      if (c != '\r' || i + 1 == end || text.charAt(i + 1) != '\n') {
        columns++;
      }
    }
    return columns;
  }

  private int characters(int start, int end) {
    breaks.setText(text.substring(start, end));
    int count = 0;
    while (breaks.next() != BreakIterator.DONE) {
      count++;
    }
    return count;
  }
}
