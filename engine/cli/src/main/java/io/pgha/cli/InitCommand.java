package io.pgha.cli;

import java.util.concurrent.Callable;

/** {@code pgha init}. */
final class InitCommand implements Subcommand, Callable<Integer> {
  private final Main main;
  private final ViewOptions view = new ViewOptions();

  private final ProjectOptions options = new ProjectOptions();

  private boolean upgrade;
  private boolean get;

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
    takes.toggle(
        "-get",
        true,
        "Whether modules are installed. Without, it is only checked that all are.",
        given -> get = given);
    String backend = "state is always kept in the folder.";
    takes.understood("-backend", backend);
    takes.understood("-reconfigure", backend);
    takes.understood("-migrate-state", backend);
    takes.understood("-force-copy", backend);
    String lock = "init does not write the state.";
    takes.understood("-lock", lock);
    takes.understood("-lock-timeout", "DURATION", lock);
  }

  @Override
  public Integer call() throws Exception {
    String done = "Ready. All providers are part of pgha.";
    return get
        ? Installation.run(main, view, options, upgrade, done)
        : Installation.check(main, view, options, done);
  }
}
