package io.pgha.state;

/** Sessions as tests need them. */
public final class Sessions {
  private Sessions() {}

  /** A session that folds its journal whenever it has more than the given bytes. */
  public static StateSession withLargeJournal(StateStore store, long bytes) throws StateException {
    return JournaledSession.open(store, "test", "0.1.0", bytes);
  }
}
