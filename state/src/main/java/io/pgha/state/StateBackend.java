package io.pgha.state;

import java.time.Duration;
import java.util.Optional;

/**
 * Where state is kept.
 *
 * <p>A backend keeps a snapshot and the journal of what happened since. It need not understand
 * them: {@link StateSession} decides what is written when. Implementations are thread-safe.
 */
public interface StateBackend {
  /** Where it is, for people: a path or an address without secrets. */
  String location();

  /**
   * Reads what is there, without a lock and without changing anything.
   *
   * @throws StateException where it can't be read or understood
   */
  StoredState load() throws StateException;

  /**
   * Locks the state.
   *
   * @param lock who asks, and what for
   * @param timeout how long to wait while another holds it
   * @throws StateException with {@link StateException.Reason#LOCKED} where another still holds it
   */
  StateStore lock(LockInfo lock, Duration timeout) throws StateException;

  /**
   * Who holds the lock just now, as far as can be told without taking or touching it.
   *
   * @return empty where nobody does, or it can't be told
   */
  default Optional<LockInfo> holder() throws StateException {
    return Optional.empty();
  }

  /** The state for writing without a lock, for {@code -lock=false}. */
  StateStore unlocked() throws StateException;

  /**
   * Takes a lock away that was left behind.
   *
   * @param id the lock's id, as messages show it
   * @throws StateException where there is no such lock, or its holder is known to live
   */
  void forceUnlock(String id) throws StateException;

  /** The state as of now, for reading only. */
  default State read() throws StateException {
    return Replay.of(load(), location()).state().snapshot();
  }

  /** Locks the state and opens it for a run. */
  default StateSession open(LockInfo lock, Duration timeout) throws StateException {
    return JournaledSession.open(lock(lock, timeout), location(), lock.toolVersion());
  }

  /** Opens the state for a run without a lock. */
  default StateSession openUnlocked(String toolVersion) throws StateException {
    return JournaledSession.open(unlocked(), location(), toolVersion);
  }
}
