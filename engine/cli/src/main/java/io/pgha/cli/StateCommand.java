package io.pgha.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code pgha state}: its subcommands. */
@Command(
    name = "state",
    description = "Look into what was last applied, and correct it.",
    subcommands = {
      StateListCommand.class,
      StateShowCommand.class,
      StateRemoveCommand.class,
      StateMoveCommand.class
    })
final class StateCommand {
  @ParentCommand private Main main;

  Main main() {
    return main;
  }
}
