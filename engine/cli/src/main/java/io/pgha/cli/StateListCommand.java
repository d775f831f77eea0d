package io.pgha.cli;

import io.pgha.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code pgha state list}. */
@Command(name = "list", description = "List the addresses of all that was applied.")
final class StateListCommand implements Callable<Integer> {
  @ParentCommand private StateCommand parent;
  @Mixin private ViewOptions view = new ViewOptions();

  @Parameters(
      arity = "0..*",
      paramLabel = "ADDRESS",
      description = "Only these resources, modules or instances.")
  private List<String> addresses = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    Main main = parent.main();
    State state = States.read(main.directory());
    TreeSet<String> found = new TreeSet<>();
    if (addresses.isEmpty()) {
      found.addAll(state.instances().keySet());
    }
    for (String address : addresses) {
      Addresses.matching(state, address).forEach(each -> found.add(each.address().text()));
    }
    Console console = main.console(view);
    found.forEach(console::line);
    return Operation.OK;
  }
}
