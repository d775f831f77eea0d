package io.pgha.cli;

import io.pgha.state.InstanceState;
import io.pgha.state.State;
import java.util.ArrayList;
import java.util.Comparator;
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
    State state = States.of(main).read();
    TreeSet<InstanceState> found =
        new TreeSet<>(
            Comparator.comparing(InstanceState::address, new ListingOrder())
                .thenComparing(InstanceState::id));
    if (addresses.isEmpty()) {
      state.objects().forEach(found::add);
    }
    for (String address : addresses) {
      found.addAll(Addresses.objects(state, address));
    }
    Console console = main.console(view);
    found.forEach(each -> console.line(each.id()));
    return Operation.OK;
  }
}
