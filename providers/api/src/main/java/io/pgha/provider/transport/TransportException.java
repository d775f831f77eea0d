package io.pgha.provider.transport;

/** A machine that could not be reached, or was lost. Its message is for the user. */
public final class TransportException extends Exception {
  private static final long serialVersionUID = 1;

  /** Why. */
  public enum Code {
    UNREACHABLE,
    UNKNOWN_HOST_KEY,
    CHANGED_HOST_KEY,
    AUTHENTICATION_FAILED,
    SUDO_FAILED,
    TIMED_OUT,
    CONNECTION_LOST
  }

  private final Code code;

  /** A failure with the sentence that the user reads: what, where, why, and what to do. */
  public TransportException(Code code, String message) {
    super(message);
    this.code = code;
  }

  /** Why, for code that reacts to it. */
  public Code code() {
    return code;
  }
}
