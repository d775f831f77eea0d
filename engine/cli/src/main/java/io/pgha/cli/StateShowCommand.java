package io.pgha.cli;

import java.util.concurrent.Callable;

/** {@code pgha state show}. */
final class StateShowCommand implements Subcommand, Callable<Integer> {
  private final Main main;
  private final ViewOptions view = new ViewOptions();
  private String address = "";

  StateShowCommand(Main main) {
    this.main = main;
  }

  @Override
  public void declare(Arguments takes) {
    takes.description("Show one instance as it was last applied.");
    view.declare(takes);
    takes.parameter("ADDRESS", String.class, "The instance.", given -> address = given);
  }

  @Override
  public Integer call() throws Exception {
    Console console = main.console(view);
    console
        .out()
        .print(StateText.of(Addresses.one(States.of(main).read(), address), console.paint()));
    console.out().flush();
    return Operation.OK;
  }
}
