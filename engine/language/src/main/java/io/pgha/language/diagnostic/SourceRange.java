package io.pgha.language.diagnostic;

import java.util.Objects;

/**
 * A range of a source file. Each node of a tree has some, and hardly any is ever shown, so that the
 * lines and columns of one within a text are looked up only when they are asked for. Immutable;
 * equal to another of the same name and the same positions.
 */
public abstract sealed class SourceRange {
  private SourceRange() {}

  /** The range between two positions of a file that need not be there. */
  public static SourceRange of(String file, SourcePosition start, SourcePosition end) {
    return new Told(file, start, end);
  }

  /** The range between two offsets of a text. */
  static SourceRange within(SourceFile file, int start, int end) {
    return new Within(file, start, end);
  }

  /** The file's name as the user knows it, such as {@code main.pgha.hcl}. */
  public abstract String file();

  /** Where it starts. */
  public abstract SourcePosition start();

  /** Where it ends, exclusive. */
  public abstract SourcePosition end();

  /** The smallest range that holds both; the other must be of the same text, and not before. */
  public abstract SourceRange to(SourceRange other);

  /** The place where it starts, without length. */
  public abstract SourceRange first();

  abstract int startOffset();

  abstract int endOffset();

  /**
   * Whether both have a part of the source in common; a place without length is in what holds it.
   */
  public final boolean overlaps(SourceRange other) {
    return file().equals(other.file())
        && startOffset() <= other.lastOffset()
        && other.startOffset() <= lastOffset();
  }

  private int lastOffset() {
    return Math.max(startOffset(), endOffset() - 1);
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof SourceRange range
        && startOffset() == range.startOffset()
        && endOffset() == range.endOffset()
        && file().equals(range.file())
        && start().equals(range.start())
        && end().equals(range.end());
  }

  @Override
  public final int hashCode() {
    return Objects.hash(file(), startOffset(), endOffset());
  }

  /** {@code file:line,column}, as errors show it. */
  @Override
  public final String toString() {
    SourcePosition start = start();
    return file() + ":" + start.line() + "," + start.column();
  }

  /** A range of a text that is there. */
  private static final class Within extends SourceRange {
    private final SourceFile source;
    private final int startOffset;
    private final int endOffset;

    Within(SourceFile source, int startOffset, int endOffset) {
      if (startOffset < 0 || endOffset < 0) {
        throw new IllegalArgumentException("a range from " + startOffset + " to " + endOffset);
      }
      this.source = source;
      this.startOffset = startOffset;
      this.endOffset = endOffset;
    }

    @Override
    public String file() {
      return source.name();
    }

    @Override
    public SourcePosition start() {
      return source.position(startOffset);
    }

    @Override
    public SourcePosition end() {
      return source.position(endOffset);
    }

    @Override
    public SourceRange to(SourceRange other) {
      return new Within(source, startOffset, other.endOffset());
    }

    @Override
    public SourceRange first() {
      return new Within(source, startOffset, startOffset);
    }

    @Override
    int startOffset() {
      return startOffset;
    }

    @Override
    int endOffset() {
      return endOffset;
    }
  }

  /** A range that somebody else has told. */
  private static final class Told extends SourceRange {
    private final String file;
    private final SourcePosition start;
    private final SourcePosition end;

    Told(String file, SourcePosition start, SourcePosition end) {
      this.file = file;
      this.start = start;
      this.end = end;
    }

    @Override
    public String file() {
      return file;
    }

    @Override
    public SourcePosition start() {
      return start;
    }

    @Override
    public SourcePosition end() {
      return end;
    }

    @Override
    public SourceRange to(SourceRange other) {
      return new Told(file, start, other.end());
    }

    @Override
    public SourceRange first() {
      return new Told(file, start, start);
    }

    @Override
    int startOffset() {
      return start.offset();
    }

    @Override
    int endOffset() {
      return end.offset();
    }
  }
}
