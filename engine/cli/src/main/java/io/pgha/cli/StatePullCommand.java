package io.pgha.cli;

import java.util.concurrent.Callable;

/** {@code pgha state pull}. */
final class StatePullCommand implements Subcommand, Callable<Integer> {
  private final Main main;
  private final ViewOptions view = new ViewOptions();

  StatePullCommand(Main main) {
    this.main = main;
  }

  @Override
  public void declare(Arguments takes) {
    takes.description(
        "Write the whole state as it is kept, with what is sensitive in it: one JSON document, or"
            + " nothing where nothing was applied yet.");
    view.declare(takes);
  }

  @Override
  public Integer call() throws Exception {
    Console console = main.console(view);
    States.of(main).write(console.out());
    console.out().flush();
    return Operation.OK;
  }
}
