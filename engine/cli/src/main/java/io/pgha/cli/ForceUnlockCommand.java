package io.pgha.cli;

import java.util.concurrent.Callable;

/** {@code pgha force-unlock}. */
final class ForceUnlockCommand implements Subcommand, Callable<Integer> {
  private final Main main;
  private final ViewOptions view = new ViewOptions();
  private boolean force;
  private String id = "";

  ForceUnlockCommand(Main main) {
    this.main = main;
  }

  @Override
  public void declare(Arguments takes) {
    takes.description("Take away a lock of the state that was left over.");
    view.declare(takes);
    takes.flag("-force", "Don't ask.", given -> force = given);
    takes.parameter(
        "ID", String.class, "The lock's id, which the error says.", given -> id = given);
  }

  @Override
  public Integer call() throws Exception {
    Console console = main.console(view);
    if (!force
        && !new Questions(console)
            .confirm(
                "Do you really want to take the lock away?",
                "Where another pgha still works on this state, both lose each other's work.")) {
      console.line("The lock stays.");
      return Operation.FAILED;
    }
    States.of(main).unlock(id);
    console.line("The lock is taken away.");
    return Operation.OK;
  }
}
