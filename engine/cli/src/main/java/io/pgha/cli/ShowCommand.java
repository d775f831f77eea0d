package io.pgha.cli;

import io.pgha.state.State;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code pgha show}. */
@Command(name = "show", description = "Show what was last applied.")
final class ShowCommand implements Callable<Integer> {
  @ParentCommand private Main main;
  @Mixin private ViewOptions view = new ViewOptions();

  @Option(
      names = {"-json", "--json"},
      description = "Write JSON; sensitive values are left out.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    Console console = main.console(view);
    State state = States.read(main.directory());
    if (json) {
      console.out().print(StateDocument.of(state));
    } else if (state.instances().isEmpty() && state.outputs().isEmpty()) {
      console.line("Nothing was applied yet.");
    } else {
      console.out().print(StateText.of(state, console.paint()));
    }
    console.out().flush();
    return Operation.OK;
  }
}
