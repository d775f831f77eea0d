package io.pgha.cli;

import io.pgha.state.InstanceAddress;
import io.pgha.state.InstanceState;
import io.pgha.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
    TreeSet<InstanceAddress> found = new TreeSet<>(new ListingOrder());
    if (addresses.isEmpty()) {
      add(state.instances().values(), found);
    }
    for (String address : addresses) {
      add(Addresses.matching(state, address), found);
    }
    Console console = main.console(view);
    found.forEach(each -> console.line(each.text()));
    return Operation.OK;
  }

  private static void add(Iterable<InstanceState> instances, Set<InstanceAddress> found) {
    instances.forEach(each -> found.add(each.address()));
  }
}
