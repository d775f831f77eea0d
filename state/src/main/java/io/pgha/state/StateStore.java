package io.pgha.state;

import java.util.List;

/**
 * A backend's storage while its lock is held. For one thread at a time.
 *
 * <p>The order in which a run uses it: {@link #load} once; then, if there is anything to say,
 * {@link #writeSnapshot} where an older journal is still to be folded, and {@link #appendJournal}
 * with {@link JournalRecord.Begun} first; {@link #writeSnapshot} at the end.
 */
public interface StateStore extends AutoCloseable {
  /** What the user should know about how the lock was got; often nothing. */
  List<String> notices();

  /** Reads what is there. */
  StoredState load() throws StateException;

  /**
   * Appends records; they are durable when this returns. A {@link JournalRecord.Begun} starts a new
   * journal in the place of an older one, all or nothing.
   *
   * <p>Where it fails, nothing is known of the records given, all earlier ones are still there, and
   * the journal is not appended to any more: a snapshot or a new journal comes next.
   */
  void appendJournal(List<JournalRecord> records) throws StateException;

  /** Whether what was loaded is kept otherwise than it would be written now. */
  default boolean isOutdated() {
    return false;
  }

  /** How many bytes the journal of this run has. */
  long journalBytes();

  /**
   * Replaces the snapshot, durably and all or nothing, then removes the journal that the snapshot
   * names. A crash in between leaves a journal that is recognised as folded.
   */
  void writeSnapshot(State state) throws StateException;

  /** Removes a journal all of which the snapshot has. */
  void removeFoldedJournal() throws StateException;

  /** Gives the lock back. */
  @Override
  void close() throws StateException;
}
