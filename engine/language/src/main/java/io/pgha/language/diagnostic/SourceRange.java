package io.pgha.language.diagnostic;

/**
 * A range of a source file.
 *
 * @param file the file's name as the user knows it, such as {@code main.pgha.hcl}
 * @param start where it starts
 * @param end where it ends, exclusive
 */
public record SourceRange(String file, SourcePosition start, SourcePosition end) {
  /** The smallest range that holds both; the other must be of the same file. */
  public SourceRange to(SourceRange other) {
    return new SourceRange(file, start, other.end());
  }

  /**
   * Whether both have a part of the source in common; a place without length is in what holds it.
   */
  public boolean overlaps(SourceRange other) {
    return file.equals(other.file)
        && start.offset() <= other.lastOffset()
        && other.start.offset() <= lastOffset();
  }

  private int lastOffset() {
    return Math.max(start.offset(), end.offset() - 1);
  }

  /** {@code file:line,column}, as errors show it. */
  @Override
  public String toString() {
    return file + ":" + start.line() + "," + start.column();
  }
}
