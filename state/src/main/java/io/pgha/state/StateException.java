package io.pgha.state;

/** The state can't be read, written or locked. Its message tells the user what to do. */
public final class StateException extends Exception {
  private static final long serialVersionUID = 1;

  /** A failure with the sentence that the user reads. */
  public StateException(String message) {
    super(message);
  }
}
