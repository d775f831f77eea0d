package io.pgha.cli;

import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code pgha init}. */
final class InitCommand implements Subcommand, Callable<Integer> {
  private final Main main;
  private final ViewOptions view = new ViewOptions();

  private final ProjectOptions options = new ProjectOptions();

  private boolean json;
  private Optional<LockFile> lockFile = Optional.empty();
  private boolean upgrade;
  private boolean get;

  /** What may become of the lock file. */
  enum LockFile {
    readonly
  }

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
    takes.option(
        "-lockfile",
        "MODE",
        LockFile.class,
        "With readonly, what is not as .pgha.lock.hcl says is an error, and that file stays as it"
            + " is: for machines that build, not decide.",
        given -> lockFile = Optional.of(given));
    takes.flag(
        "-json",
        "Write one JSON object a line, as Terraform does: for programs.",
        given -> json = given);
    String backend = "state is kept in a file, which needs no setting up.";
    takes.understood("-backend", backend);
    takes.understood("-cloud", backend);
    takes.understood("-ignore-remote-version", backend);
    takes.understood("-reconfigure", backend);
    takes.understood("-migrate-state", backend);
    takes.understood("-force-copy", backend);
    String lock = "init does not write the state.";
    takes.understood("-lock", lock);
    takes.understood("-lock-timeout", "DURATION", lock);
    takes.understood("-plugin-dir", "FOLDER", "all providers are part of pgha.");
    takes.understood("-test-directory", "FOLDER", "tests call no modules from git.");
  }

  @Override
  public Integer call() throws Exception {
    String done = "Ready. All providers are part of pgha.";
    if (upgrade && lockFile.isPresent()) {
      throw CommandFailure.of(
          "invalid-option",
          "-upgrade with -lockfile=readonly",
          "-upgrade changes the lock file, and -lockfile=readonly says that nothing may. Take one of"
              + " them away.");
    }
    Installation installation = new Installation(main, main.console(view, json), options);
    return get ? installation.run(upgrade, lockFile.isPresent(), done) : installation.check(done);
  }
}
