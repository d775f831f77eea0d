package io.pgha.cli;

import java.util.concurrent.Callable;

/** {@code pgha init}. */
final class InitCommand implements Subcommand, Callable<Integer> {
  private final Main main;
  private final ViewOptions view = new ViewOptions();

  /** Understood, not needed: values of variables are not asked for yet. */
  @SuppressWarnings("UnusedVariable")
  private final ProjectOptions options = new ProjectOptions();

  private boolean upgrade;

  InitCommand(Main main) {
    this.main = main;
  }

  @Override
  public void declare(Arguments takes) {
    takes.description(
        "Prepare a folder: read it, and install the modules from git that it calls.",
        "They are taken at the commits that .pgha.lock.hcl names; what is new is added to it.");
    view.declare(takes);
    options.declare(takes);
    takes.flag(
        "-upgrade",
        "Take modules at what their branches and tags are now, and lock that.",
        given -> upgrade = given);
  }

  @Override
  public Integer call() throws Exception {
    return Installation.run(main, view, upgrade, "Ready. All providers are part of pgha.");
  }
}
