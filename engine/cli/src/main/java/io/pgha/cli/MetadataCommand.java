package io.pgha.cli;

/** {@code pgha metadata}: its subcommands. */
final class MetadataCommand implements Subcommand {
  private final Main main;

  MetadataCommand(Main main) {
    this.main = main;
  }

  @Override
  public void declare(Arguments takes) {
    takes.description("Tell editors and other programs about the language.");
    takes.subcommand("functions", new MetadataFunctionsCommand(main));
  }
}
