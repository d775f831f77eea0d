package io.pgha.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code pgha untaint}. */
@Command(name = "untaint", description = "Take the mark of taint off an instance.")
final class UntaintCommand implements Callable<Integer> {
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
        "untaint",
        lock,
        console,
        session -> {
          boolean marked = Taints.mark(session, address, false);
          console.line(address + (marked ? " is no longer marked." : " is not marked."));
        });
    return Operation.OK;
  }
}
