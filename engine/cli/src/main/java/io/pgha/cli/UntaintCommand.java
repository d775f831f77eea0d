package io.pgha.cli;

import java.util.concurrent.Callable;

/** {@code pgha untaint}. */
final class UntaintCommand implements Subcommand, Callable<Integer> {
  private final Main main;
  private final ViewOptions view = new ViewOptions();
  private final LockOptions lock = new LockOptions();
  private boolean missingAllowed;
  private String address = "";

  UntaintCommand(Main main) {
    this.main = main;
  }

  @Override
  public void declare(Arguments takes) {
    takes.description("Take the mark of taint off an instance.");
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
            "untaint",
            lock,
            console,
            session -> Taints.mark(session, address, false, missingAllowed, console));
    return Operation.OK;
  }
}
