package io.pgha.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code pgha force-unlock}. */
@Command(name = "force-unlock", description = "Take away a lock of the state that was left over.")
final class ForceUnlockCommand implements Callable<Integer> {
  @ParentCommand private Main main;
  @Mixin private ViewOptions view = new ViewOptions();

  @Option(
      names = {"-force", "--force"},
      description = "Don't ask.")
  private boolean force;

  @Parameters(paramLabel = "ID", description = "The lock's id, which the error says.")
  private String id = "";

  @Override
  public Integer call() throws Exception {
    Console console = main.console(view);
    if (!force
        && !Questions.confirm(
            console,
            "Do you really want to take the lock away?",
            "Where another pgha still works on this state, both lose each other's work.")) {
      console.line("The lock stays.");
      return Operation.FAILED;
    }
    States.unlock(main.directory(), id);
    console.line("The lock is taken away.");
    return Operation.OK;
  }
}
