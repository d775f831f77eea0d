package io.pgha.cli;

import picocli.CommandLine.Option;

/** The options of all commands that show something. */
final class ViewOptions {
  @Option(
      names = {"-no-color", "--no-color"},
      description = "Write no colours.")
  boolean noColour;

  @Option(
      names = {"-compact-warnings", "--compact-warnings"},
      description = "Show of each warning only its first line.")
  boolean compactWarnings;
}
