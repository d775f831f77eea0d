package io.pgha.cli;

/** The options of all commands that show something. */
final class ViewOptions {
  boolean noColour;
  boolean compactWarnings;

  /** Declares them. */
  void declare(Arguments takes) {
    takes.flag("-no-color", "Write no colours.", given -> noColour = given);
    takes.flag(
        "-compact-warnings",
        "Show of each warning only its first line.",
        given -> compactWarnings = given);
  }
}
