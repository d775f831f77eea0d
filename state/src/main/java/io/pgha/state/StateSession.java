package io.pgha.state;

import java.util.Map;
import java.util.Optional;

/**
 * A state that is locked and may be written. What a method has returned from is on disk.
 * Thread-safe.
 */
public interface StateSession extends AutoCloseable {
  /** The state as it is now. */
  State state();

  /** One instance as it is now. */
  Optional<InstanceState> instance(String address);

  /** Says that a step is about to be done. */
  void intent(String address, int step, String description) throws StateException;

  /** Says that a step was done. */
  void done(String address, int step) throws StateException;

  /** Records an instance. */
  void record(InstanceState instance) throws StateException;

  /** Records that an instance is gone. */
  void remove(String address) throws StateException;

  /** Folds everything into a new snapshot, with the outputs as given. */
  void finish(Map<String, OutputState> outputs) throws StateException;

  /** Gives the lock back. What was recorded stays, finished or not. */
  @Override
  void close() throws StateException;
}
