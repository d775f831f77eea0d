package io.pgha.state;

import java.util.List;
import java.util.Optional;

/** Keeps nothing: the session that writes to it holds the state, for as long as it is open. */
final class MemoryStore implements StateStore {
  @Override
  public List<String> notices() {
    return List.of();
  }

  @Override
  public StoredState load() {
    return new StoredState(Optional.empty(), List.of(), List.of());
  }

  @Override
  public void appendJournal(List<JournalRecord> records) {
    // The session has them.
  }

  @Override
  public long journalBytes() {
    return 0;
  }

  @Override
  public void writeSnapshot(State state) {
    // The session has it.
  }

  @Override
  public void removeFoldedJournal() {
    // There is none.
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
