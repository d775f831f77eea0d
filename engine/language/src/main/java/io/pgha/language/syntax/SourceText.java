package io.pgha.language.syntax;

import io.pgha.language.diagnostic.SourceFile;
import io.pgha.language.diagnostic.SourceRange;

/**
 * A text to be parsed, and where it stands in its file: mostly it is the file's, but a string of a
 * JSON file has its escapes resolved, so that places in it must be mapped.
 */
public final class SourceText {
  private final String text;
  private final SourceFile file;
  private final int base;
  private final int[] offsets;

  private SourceText(String text, SourceFile file, int base, int[] offsets) {
    this.text = text;
    this.file = file;
    this.base = base;
    this.offsets = offsets;
  }

  /** The text of a whole file. */
  public static SourceText of(SourceFile file) {
    return new SourceText(file.text(), file, 0, new int[0]);
  }

  /** A text that stands in a file, unchanged, from an offset on. */
  public static SourceText at(String text, SourceFile file, int offset) {
    return new SourceText(text, file, offset, new int[0]);
  }

  /**
   * A text that is changed from what stands in a file.
   *
   * @param offsets the offset in the file of each offset of the text and of its end
   */
  public static SourceText mapped(String text, SourceFile file, int[] offsets) {
    if (offsets.length != text.length() + 1) {
      throw new IllegalArgumentException("one offset is needed for each character and for the end");
    }
    return new SourceText(text, file, 0, offsets.clone());
  }

  /** The text. */
  public String text() {
    return text;
  }

  /** Whether an unreadable character has been reported when the file was decoded. */
  boolean isReportedEncodingError(char c) {
    return c == '\uFFFD' && file.hasEncodingErrors();
  }

  SourceRange range(int start, int end) {
    return file.range(offset(start), offset(end));
  }

  @Override
  public String toString() {
    return text;
  }

  /** The line of an offset, counted from 1. */
  int line(int offset) {
    return file.position(offset(offset)).line();
  }

  /** The column of an offset, counted from 1. */
  int column(int offset) {
    return file.position(offset(offset)).column();
  }

  private int offset(int offset) {
    return offsets.length == 0 ? base + offset : offsets[offset];
  }
}
