package io.pgha.core.observation;

/**
 * Is told how far a run has come, for whoever wants to see what goes on inside and how long it
 * takes. What is told holds no secret. Thread-safe.
 */
public interface Stages {
  /** Tells nobody. */
  Stages UNSEEN = stage -> {};

  /**
   * A stage is behind the run.
   *
   * @param stage one line in words, such as {@code configuration read}
   */
  void reached(String stage);
}
