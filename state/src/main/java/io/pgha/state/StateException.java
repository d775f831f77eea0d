package io.pgha.state;

import java.util.Locale;

/** The state can't be read, written or locked. Its message tells the user what to do. */
public final class StateException extends Exception {
  private static final long serialVersionUID = 1;

  /** What code may react to. */
  public enum Reason {
    /** Another process holds the lock. */
    LOCKED,
    /** There is no such lock. */
    NOT_LOCKED,
    /** What is stored can't be understood. */
    DAMAGED,
    /** It is encrypted and can't be decrypted, or it is not and should be. */
    ENCRYPTED,
    /** A newer pgha wrote it. */
    NEWER,
    /** Snapshot and journal don't belong together. */
    MISMATCH,
    /** The disk has no room left. */
    NO_SPACE,
    /** Reading or writing isn't permitted. */
    NOT_PERMITTED,
    /** Any other failure to read or write. */
    FAILED
  }

  private final Reason reason;

  /** A failure with the sentences that the user reads. */
  public StateException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** A failure with the sentences that the user reads and where it came from. */
  public StateException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** A failure of no particular reason. */
  public StateException(String message) {
    this(Reason.FAILED, message);
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /** The code of a diagnostic about this, such as {@code state-locked}. */
  public String code() {
    return "state-" + reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
