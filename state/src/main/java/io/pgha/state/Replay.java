package io.pgha.state;

import java.util.List;
import java.util.Optional;

/**
 * Snapshot and journal put together.
 *
 * @param state the state that they mean
 * @param journal the id of the journal that is not in the snapshot yet; empty for none
 * @param leftover whether there is a journal all of which the snapshot has
 */
record Replay(WorkingState state, String journal, boolean leftover) {

  static Replay of(StoredState stored, String location) throws StateException {
    State base = stored.snapshot().orElse(State.EMPTY);
    WorkingState working = new WorkingState(base);
    List<JournalRecord> records = stored.journal();
    if (records.isEmpty()) {
      return new Replay(working, "", false);
    }
    if (!(records.getFirst() instanceof JournalRecord.Begun begun)) {
      throw mismatch(location, "The journal's first record is missing.");
    }
    if (stored.snapshot().isPresent() && begun.journal().equals(base.journal())) {
      // The crash came after the snapshot that folded this journal and before its removal.
      return new Replay(working, "", true);
    }
    check(stored.snapshot(), begun, location);
    for (JournalRecord each : records) {
      working.apply(each);
    }
    return new Replay(working, begun.journal(), false);
  }

  private static void check(Optional<State> snapshot, JournalRecord.Begun begun, String location)
      throws StateException {
    if (snapshot.isEmpty()) {
      if (begun.serial() != 0) {
        throw mismatch(
            location,
            "The journal goes on from serial " + begun.serial() + ", but there is no state file.");
      }
      return;
    }
    State state = snapshot.get();
    if (!begun.lineage().equals(state.lineage())) {
      throw mismatch(
          location,
          "The journal belongs to lineage "
              + begun.lineage()
              + ", the state file to lineage "
              + state.lineage()
              + ".");
    }
    if (begun.serial() != state.serial()) {
      throw mismatch(
          location,
          "The journal goes on from serial "
              + begun.serial()
              + ", the state file has serial "
              + state.serial()
              + ".");
    }
  }

  private static StateException mismatch(String location, String what) {
    return new StateException(
        StateException.Reason.MISMATCH,
        "The state at "
            + location
            + " and the journal beside it don't belong together. "
            + what
            + " The journal holds work of a run that was interrupted, so neither was touched. Put"
            + " back the state file that the journal belongs to; or, if that work is to be"
            + " forgotten, move the journal away.");
  }
}
