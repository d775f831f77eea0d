package io.pgha.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code pgha state show}. */
@Command(name = "show", description = "Show one instance as it was last applied.")
final class StateShowCommand implements Callable<Integer> {
  @ParentCommand private StateCommand parent;
  @Mixin private ViewOptions view = new ViewOptions();

  @Parameters(paramLabel = "ADDRESS", description = "The instance.")
  private String address = "";

  @Override
  public Integer call() throws Exception {
    Main main = parent.main();
    Console console = main.console(view);
    console
        .out()
        .print(
            StateText.of(Addresses.one(States.read(main.directory()), address), console.paint()));
    console.out().flush();
    return Operation.OK;
  }
}
