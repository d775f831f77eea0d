package io.pgha.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code pgha init}. */
@Command(
    name = "init",
    description = {
      "Prepare a folder: read it, and install the modules from git that it calls.",
      "They are taken at the commits that pgha.lock.hcl names; what is new is added to it."
    })
final class InitCommand implements Callable<Integer> {
  @ParentCommand private Main main;
  @Mixin private ViewOptions view = new ViewOptions();

  /** Understood, not needed: values of variables are not asked for yet. */
  @SuppressWarnings("UnusedVariable")
  @Mixin
  private ProjectOptions options = new ProjectOptions();

  @Option(
      names = {"-upgrade", "--upgrade"},
      description = "Take modules at what their branches and tags are now, and lock that.")
  private boolean upgrade;

  @Override
  public Integer call() throws Exception {
    return Installation.run(main, view, upgrade, "Ready. All providers are part of pgha.");
  }
}
