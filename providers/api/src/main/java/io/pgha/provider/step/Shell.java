package io.pgha.provider.step;

/** The one place where text is quoted for a POSIX shell. */
public final class Shell {
  private Shell() {}

  /**
   * The text as one word of a POSIX shell, whatever it holds.
   *
   * @throws IllegalArgumentException where it holds a NUL, which no argument can
   */
  public static String quote(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("an argument can't hold a NUL character");
    }
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
