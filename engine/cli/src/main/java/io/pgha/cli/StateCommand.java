package io.pgha.cli;

/** {@code pgha state}: its subcommands. */
final class StateCommand implements Subcommand {
  private final Main main;

  StateCommand(Main main) {
    this.main = main;
  }

  @Override
  public void declare(Arguments takes) {
    takes.description("Look into what was last applied, and correct it.");
    takes.subcommand("list", new StateListCommand(main));
    takes.subcommand("show", new StateShowCommand(main));
    takes.subcommand("pull", new StatePullCommand(main));
    takes.subcommand("rm", new StateRemoveCommand(main));
    takes.subcommand("mv", new StateMoveCommand(main));
  }
}
