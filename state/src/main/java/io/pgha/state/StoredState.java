package io.pgha.state;

import java.util.List;
import java.util.Optional;

/**
 * What a backend holds.
 *
 * @param snapshot the last snapshot; empty where none was ever written
 * @param journal the whole and valid records of the journal, in order
 * @param warnings what the user should know about how it was found
 */
public record StoredState(
    Optional<State> snapshot, List<JournalRecord> journal, List<String> warnings) {
  public StoredState {
    journal = List.copyOf(journal);
    warnings = List.copyOf(warnings);
  }
}
