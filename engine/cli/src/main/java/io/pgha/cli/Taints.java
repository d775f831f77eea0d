package io.pgha.cli;

import io.pgha.state.InstanceState;
import io.pgha.state.StateException;
import io.pgha.state.StateSession;

/** Marks instances to be made anew. */
final class Taints {
  private Taints() {}

  /**
   * Sets or takes off the mark, and says what came of it.
   *
   * @param missingAllowed whether it is no error that there is no such instance
   */
  static void mark(
      StateSession session,
      String address,
      boolean tainted,
      boolean missingAllowed,
      Console console)
      throws StateException {
    if (missingAllowed && !Addresses.isKnown(session.state(), address)) {
      console.line("The state has no " + address + ".");
      return;
    }
    boolean changed = mark(session, address, tainted);
    String now =
        tainted
            ? (changed ? " is marked: the next apply makes it anew." : " is marked already.")
            : (changed ? " is no longer marked." : " is not marked.");
    console.line(address + now);
  }

  /** Sets or takes off the mark; says whether that changed anything. */
  private static boolean mark(StateSession session, String address, boolean tainted)
      throws StateException {
    InstanceState old = Addresses.one(session.state(), address);
    if (old.tainted() == tainted) {
      return false;
    }
    session.record(old.withTainted(tainted));
    return true;
  }
}
