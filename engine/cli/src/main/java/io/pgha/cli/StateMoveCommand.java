package io.pgha.cli;

import io.pgha.core.refactoring.Moves;
import io.pgha.state.InstanceAddress;
import io.pgha.state.InstanceState;
import io.pgha.state.JournalRecord;
import io.pgha.state.State;
import io.pgha.state.StateException;
import io.pgha.state.StateSession;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/** {@code pgha state mv}. */
final class StateMoveCommand implements Subcommand, Callable<Integer> {
  private final Main main;
  private final ViewOptions view = new ViewOptions();
  private final LockOptions lock = new LockOptions();
  private boolean dryRun;
  private String from = "";
  private String to = "";

  StateMoveCommand(Main main) {
    this.main = main;
  }

  @Override
  public void declare(Arguments takes) {
    takes.description(
        "Give instances another address, after they were renamed in the configuration.");
    view.declare(takes);
    lock.declare(takes);
    takes.flag("-dry-run", "Only say what would be moved.", given -> dryRun = given);
    takes.parameter(
        "FROM",
        String.class,
        "An instance, a resource (all its instances) or a module.",
        given -> from = given);
    takes.parameter("TO", String.class, "Its new address.", given -> to = given);
  }

  @Override
  public Integer call() throws Exception {
    Console console = main.console(view);
    if (dryRun) {
      moves(States.of(main).read())
          .addresses()
          .forEach((old, now) -> console.line("Would move " + old + " to " + now));
      return Operation.OK;
    }
    States.of(main).edit("state mv", lock, console, session -> move(session, console));
    return Operation.OK;
  }

  private void move(StateSession session, Console console) throws StateException {
    State state = session.state();
    Moves moves = moves(state);
    session.commit(new JournalRecord.Together(moves.records(state, Providers.types())));
    moves.addresses().forEach((old, now) -> console.line("Moved " + old + " to " + now));
  }

  private Moves moves(State state) {
    TreeMap<String, String> addresses = new TreeMap<>();
    for (InstanceState instance : Addresses.matching(state, from)) {
      String old = instance.address().text();
      String moved = to + old.substring(from.length());
      InstanceAddress parsed = parse(moved);
      if (!parsed.type().equals(instance.address().type())) {
        throw CommandFailure.of(
            "another-type",
            "A " + instance.address().type() + " can't become a " + parsed.type(),
            "Both addresses must be of one resource type.");
      }
      if (state.instances().containsKey(moved)) {
        throw CommandFailure.of(
            "address-taken",
            "The state has " + moved + " already",
            "Move that one away first, or have it forgotten with pgha state rm.");
      }
      addresses.put(old, moved);
    }
    return new Moves(addresses);
  }

  private static InstanceAddress parse(String address) {
    try {
      return InstanceAddress.parse(address);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.of("invalid-address", "Not an address", e.getMessage() + ".");
    }
  }
}
