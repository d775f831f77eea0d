package io.pgha.core.test;

import io.pgha.language.diagnostic.Diagnostic;

/** What nobody thought of: it ends what it happened in, and nothing else. */
final class Unforeseen {
  private Unforeseen() {}

  /**
   * What to tell of a mistake in pgha.
   *
   * @param doing what it happened in, such as {@code run "one"}
   */
  static Diagnostic in(String doing, Throwable mistake) {
    // A logger is only made where there is something to say: its search through all jars takes
    // long.
    System.getLogger(Unforeseen.class.getName()).log(System.Logger.Level.DEBUG, doing, mistake);
    return Diagnostic.error(
        "internal-error",
        "This is a mistake in pgha",
        "In %s it came upon something it was not made for: %s%s. What was applied is destroyed, and"
                .formatted(
                    doing,
                    mistake.getClass().getSimpleName(),
                    mistake.getMessage() == null ? "" : ": " + mistake.getMessage())
            + " other files are tried. Run again with PGHA_LOG=debug to see where it happened, and"
            + " report that, please.");
  }
}
