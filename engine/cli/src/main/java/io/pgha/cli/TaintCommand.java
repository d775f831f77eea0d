package io.pgha.cli;

import java.util.concurrent.Callable;

/** {@code pgha taint}. */
final class TaintCommand implements Subcommand, Callable<Integer> {
  private final Main main;
  private final ViewOptions view = new ViewOptions();
  private final LockOptions lock = new LockOptions();
  private boolean missingAllowed;
  private String address = "";

  TaintCommand(Main main) {
    this.main = main;
  }

  @Override
  public void declare(Arguments takes) {
    takes.description("Mark an instance, so that the next apply makes it anew.");
    view.declare(takes);
    lock.declare(takes);
    takes.flag(
        "-allow-missing",
        "Whether it is no error that there is no such instance.",
        given -> missingAllowed = given);
    takes.parameter("ADDRESS", String.class, "The instance.", given -> address = given);
  }

  @Override
  public Integer call() throws Exception {
    Console console = main.console(view);
    States.of(main)
        .edit(
            "taint",
            lock,
            console,
            session -> Taints.mark(session, address, true, missingAllowed, console));
    return Operation.OK;
  }
}
