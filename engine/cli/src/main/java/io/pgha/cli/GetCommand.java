package io.pgha.cli;

import java.util.concurrent.Callable;

/** {@code pgha get}. */
final class GetCommand implements Subcommand, Callable<Integer> {
  private final Main main;
  private final ViewOptions view = new ViewOptions();
  private final ProjectOptions options = new ProjectOptions();
  private boolean update;

  GetCommand(Main main) {
    this.main = main;
  }

  @Override
  public void declare(Arguments takes) {
    takes.description(
        "Install the modules from git that the configuration calls, as pgha init does.");
    view.declare(takes);
    options.declare(takes);
    takes.flag(
        "-update",
        "Take modules at what their branches and tags are now, and lock that.",
        given -> update = given);
  }

  @Override
  public Integer call() throws Exception {
    return new Installation(main, main.console(view), options)
        .run(update, false, "All modules are installed.");
  }
}
