package io.pgha.state;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A state that is open for a run. What a method has returned from is durable. Thread-safe; calls at
 * the same time share one write to the disk.
 *
 * <p>Nothing is written before the first call that changes something. A method that fails has
 * changed nothing, and may be called again when its cause is gone.
 */
public interface StateSession extends AutoCloseable {
  /**
   * A session on a state that nothing was applied to yet, in memory only: it is gone with the
   * session.
   */
  static StateSession inMemory(String toolVersion) throws StateException {
    return JournaledSession.open(new MemoryStore(), "memory", toolVersion);
  }

  /**
   * The state as it is now; costs as much as there is when something changed since the last call.
   */
  State state();

  /**
   * One object as it is now, by {@link InstanceState#id}. Never waits for the disk, whatever others
   * are writing.
   */
  Optional<InstanceState> instance(String id);

  /** What the user should know: a lock that was taken over, a damaged journal. */
  List<String> notices();

  /** The steps that an earlier run had begun when it was cut off, and whose result nobody knows. */
  List<JournalRecord.Intended> interrupted();

  /** Says that a step is about to be done. */
  default void intent(String id, int step, String description) throws StateException {
    intent(id, step, description, Map.of());
  }

  /**
   * Says that a step is about to be done.
   *
   * @param id the instance; one that state doesn't know becomes an incomplete one
   * @param step its number among the instance's steps
   * @param description what it does, in one line without secrets
   * @param machineIds the machines it is done on, by the host's address: the instance's claims
   */
  default void intent(String id, int step, String description, Map<String, String> machineIds)
      throws StateException {
    commit(new JournalRecord.Intended(id, step, description, machineIds));
  }

  /** Says that a step was done. */
  default void done(String id, int step) throws StateException {
    commit(new JournalRecord.Done(id, step));
  }

  /** Records what an instance is now; its claims are what the record says. */
  default void record(InstanceState instance) throws StateException {
    commit(new JournalRecord.Recorded(instance));
  }

  /** Records that an object is gone. */
  default void remove(String id) throws StateException {
    commit(new JournalRecord.Removed(id));
  }

  /**
   * Puts the current object of an instance aside, to be deleted once its replacement is there.
   *
   * @return its id from now on
   */
  default String depose(String address, String key) throws StateException {
    InstanceState aside = known(address).withDeposed(key);
    commit(
        new JournalRecord.Together(
            List.of(new JournalRecord.Removed(address), new JournalRecord.Recorded(aside))));
    return aside.id();
  }

  /** Makes an object that was put aside the current one again. */
  default void restore(String deposedId) throws StateException {
    InstanceState present = known(deposedId).withDeposed("");
    commit(
        new JournalRecord.Together(
            List.of(new JournalRecord.Removed(deposedId), new JournalRecord.Recorded(present))));
  }

  /** Gives an instance another address. */
  default void move(String from, InstanceAddress to) throws StateException {
    InstanceState moved = known(from).withAddress(to);
    commit(
        new JournalRecord.Together(
            List.of(new JournalRecord.Removed(from), new JournalRecord.Recorded(moved))));
  }

  private InstanceState known(String id) throws StateException {
    return instance(id).orElseThrow(() -> new StateException("State has no instance " + id + "."));
  }

  /** Records how a host is reached and which machine it is. */
  default void recordHost(String address, HostState host) throws StateException {
    commit(new JournalRecord.HostRecorded(address, host));
  }

  /** Records that a host is gone. */
  default void removeHost(String address) throws StateException {
    commit(new JournalRecord.HostRemoved(address));
  }

  /** Appends any record. */
  void commit(JournalRecord entry) throws StateException;

  /** Folds everything into a new snapshot, with the outputs as given and the checks as they are. */
  default void finish(Map<String, OutputState> outputs) throws StateException {
    finish(outputs, state().checks());
  }

  /**
   * Folds everything into a new snapshot; writes none where nothing changed, unless it is to be
   * kept otherwise from now on. A journal that an earlier run had folded when it was cut off is
   * removed.
   */
  void finish(Map<String, OutputState> outputs, List<CheckResult> checks) throws StateException;

  /**
   * Gives the lock back. What was recorded stays, finished or not: the next run goes on from it.
   */
  @Override
  void close() throws StateException;
}
