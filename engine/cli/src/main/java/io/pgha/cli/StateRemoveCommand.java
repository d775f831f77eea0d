package io.pgha.cli;

import io.pgha.state.State;
import io.pgha.state.StateException;
import io.pgha.state.StateSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code pgha state rm}. */
@Command(
    name = "rm",
    description = "Forget instances. What is on the machines stays there, no longer managed.")
final class StateRemoveCommand implements Callable<Integer> {
  @ParentCommand private StateCommand parent;
  @Mixin private ViewOptions view = new ViewOptions();
  @Mixin private LockOptions lock = new LockOptions();

  @Option(
      names = {"-dry-run", "--dry-run"},
      description = "Only say what would be forgotten.")
  private boolean dryRun;

  @Parameters(
      arity = "1..*",
      paramLabel = "ADDRESS",
      description = "Instances, resources (all their instances) or modules.")
  private List<String> addresses = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    Main main = parent.main();
    Console console = main.console(view);
    if (dryRun) {
      found(States.read(main.directory())).forEach(each -> console.line("Would forget " + each));
      return Operation.OK;
    }
    States.edit(main.directory(), "state rm", lock, console, session -> forget(session, console));
    return Operation.OK;
  }

  private void forget(StateSession session, Console console) throws StateException {
    for (String address : found(session.state())) {
      session.remove(address);
      if (session.state().hosts().containsKey(address)) {
        session.removeHost(address);
      }
      console.line("Forgot " + address);
    }
  }

  private Set<String> found(State state) {
    TreeSet<String> found = new TreeSet<>();
    for (String address : addresses) {
      Addresses.matching(state, address).forEach(each -> found.add(each.address().text()));
    }
    return found;
  }
}
