package io.pgha.cli;

import io.pgha.state.HostState;
import io.pgha.state.InstanceState;
import io.pgha.state.StateException;
import io.pgha.state.StateSession;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code pgha state mv}. */
@Command(
    name = "mv",
    description = "Give instances another address, after they were renamed in the configuration.")
final class StateMoveCommand implements Callable<Integer> {
  @ParentCommand private StateCommand parent;
  @Mixin private ViewOptions view = new ViewOptions();
  @Mixin private LockOptions lock = new LockOptions();

  @Option(
      names = {"-dry-run", "--dry-run"},
      description = "Only say what would be moved.")
  private boolean dryRun;

  @Parameters(
      index = "0",
      paramLabel = "FROM",
      description = "An instance, a resource (all its instances) or a module.")
  private String from = "";

  @Parameters(index = "1", paramLabel = "TO", description = "Its new address.")
  private String to = "";

  @Override
  public Integer call() throws Exception {
    Main main = parent.main();
    Console console = main.console(view);
    if (dryRun) {
      Moves.of(States.read(main.directory()), from, to)
          .addresses()
          .forEach((old, now) -> console.line("Would move " + old + " to " + now));
      return Operation.OK;
    }
    States.edit(main.directory(), "state mv", lock, console, session -> move(session, console));
    return Operation.OK;
  }

  private void move(StateSession session, Console console) throws StateException {
    Moves moves = Moves.of(session.state(), from, to);
    for (InstanceState old : session.state().instances().values()) {
      InstanceState moved = moves.applied(old, Providers.types());
      if (!moved.equals(old)) {
        session.record(moved);
      }
    }
    for (Map.Entry<String, String> entry : moves.addresses().entrySet()) {
      HostState host = session.state().hosts().get(entry.getKey());
      if (host != null) {
        session.recordHost(entry.getValue(), host);
        session.removeHost(entry.getKey());
      }
      session.remove(entry.getKey());
      console.line("Moved " + entry.getKey() + " to " + entry.getValue());
    }
  }
}
