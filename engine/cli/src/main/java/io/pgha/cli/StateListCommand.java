package io.pgha.cli;

import io.pgha.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;

/** {@code pgha state list}. */
final class StateListCommand implements Subcommand, Callable<Integer> {
  private final Main main;
  private final ViewOptions view = new ViewOptions();
  private List<String> addresses = new ArrayList<>();

  StateListCommand(Main main) {
    this.main = main;
  }

  @Override
  public void declare(Arguments takes) {
    takes.description("List the addresses of all that was applied.");
    view.declare(takes);
    takes.parameters(
        0,
        "ADDRESS",
        String.class,
        "Only these resources, modules or instances.",
        given -> addresses = given);
  }

  @Override
  public Integer call() throws Exception {
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
