package io.pgha.cli;

import io.pgha.state.InstanceState;
import io.pgha.state.StateException;
import io.pgha.state.StateSession;

/** Marks instances to be made anew. */
final class Taints {
  private Taints() {}

  /** Sets or takes off the mark; says whether that changed anything. */
  static boolean mark(StateSession session, String address, boolean tainted) throws StateException {
    InstanceState old = Addresses.one(session.state(), address);
    if (old.tainted() == tainted) {
      return false;
    }
    session.record(old.withTainted(tainted));
    return true;
  }
}
