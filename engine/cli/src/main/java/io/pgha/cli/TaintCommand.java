package io.pgha.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code pgha taint}. */
@Command(name = "taint", description = "Mark an instance, so that the next apply makes it anew.")
final class TaintCommand implements Callable<Integer> {
  @ParentCommand private Main main;
  @Mixin private ViewOptions view = new ViewOptions();
  @Mixin private LockOptions lock = new LockOptions();

  @Parameters(paramLabel = "ADDRESS", description = "The instance.")
  private String address = "";

  @Override
  public Integer call() throws Exception {
    Console console = main.console(view);
    States.edit(
        main.directory(),
        "taint",
        lock,
        console,
        session -> {
          boolean marked = Taints.mark(session, address, true);
          console.line(
              address
                  + (marked ? " is marked: the next apply makes it anew." : " is marked already."));
        });
    return Operation.OK;
  }
}
