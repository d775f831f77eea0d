package io.pgha.state;

import java.util.List;

/**
 * What a check, precondition or postcondition came to.
 *
 * @param address what was checked
 * @param status what came of it
 * @param messages the error messages of what failed
 */
public record CheckResult(String address, Status status, List<String> messages) {
  /** What a check comes to. */
  public enum Status {
    /** All conditions hold. */
    PASS,
    /** A condition does not hold. */
    FAIL,
    /** A condition could not be evaluated. */
    ERROR,
    /** A condition was not known yet. */
    UNKNOWN
  }

  public CheckResult {
    messages = List.copyOf(messages);
  }
}
