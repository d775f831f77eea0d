package io.pgha.cli;

import io.pgha.state.InstanceState;
import io.pgha.state.State;
import io.pgha.state.StateException;
import io.pgha.state.StateSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;

/** {@code pgha state rm}. */
final class StateRemoveCommand implements Subcommand, Callable<Integer> {
  private final Main main;
  private final ViewOptions view = new ViewOptions();
  private final LockOptions lock = new LockOptions();
  private boolean dryRun;
  private List<String> addresses = new ArrayList<>();

  StateRemoveCommand(Main main) {
    this.main = main;
  }

  @Override
  public void declare(Arguments takes) {
    takes.description("Forget instances. What is on the machines stays there, no longer managed.");
    view.declare(takes);
    lock.declare(takes);
    takes.flag("-dry-run", "Only say what would be forgotten.", given -> dryRun = given);
    takes.parameters(
        1,
        "ADDRESS",
        String.class,
        "Instances, resources (all their instances) or modules.",
        given -> addresses = given);
  }

  @Override
  public Integer call() throws Exception {
    Console console = main.console(view);
    if (dryRun) {
      found(States.of(main).read()).forEach(each -> console.line("Would forget " + each));
      return Operation.OK;
    }
    States.of(main).edit("state rm", lock, console, session -> forget(session, console));
    return Operation.OK;
  }

  private void forget(StateSession session, Console console) throws StateException {
    for (String id : found(session.state())) {
      session.remove(id);
      String address = InstanceState.Id.parse(id).address().text();
      State left = session.state();
      if (left.hosts().containsKey(address)
          && left.objects().noneMatch(object -> object.address().text().equals(address))) {
        session.removeHost(address);
      }
      console.line("Forgot " + id);
    }
  }

  private Set<String> found(State state) {
    TreeSet<String> found = new TreeSet<>();
    for (String address : addresses) {
      Addresses.objects(state, address).forEach(each -> found.add(each.id()));
    }
    return found;
  }
}
