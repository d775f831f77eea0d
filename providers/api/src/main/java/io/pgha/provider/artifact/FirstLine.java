package io.pgha.provider.artifact;

/**
 * What every file that pgha writes whole says first, behind a comment sign. It does not say for
 * which instance: that may be renamed, and no file or service is to be touched because of it.
 */
public final class FirstLine {
  /** Tells such a file from those of packages and people. */
  public static final String BEGINNING = "Written by pgha";

  /** What the line says. */
  public static final String COMMENT = BEGINNING + ", which undoes changes made here.";

  /** The line, for files whose comments begin with {@code #}, with its line feed. */
  public static final String TEXT = "# " + COMMENT + "\n";

  private FirstLine() {}
}
