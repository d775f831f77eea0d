package io.pgha.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code pgha get}. */
@Command(
    name = "get",
    description = "Install the modules from git that the configuration calls, as pgha init does.")
final class GetCommand implements Callable<Integer> {
  @ParentCommand private Main main;
  @Mixin private ViewOptions view = new ViewOptions();

  @Option(
      names = {"-update", "--update"},
      description = "Take modules at what their branches and tags are now, and lock that.")
  private boolean update;

  @Override
  public Integer call() throws Exception {
    return Installation.run(main, view, update, "All modules are installed.");
  }
}
