package io.pgha.core.execution;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.state.StateException;
import java.io.Serial;

/** An instance could not be applied; the diagnostic says why, for the user. */
final class ExecutionException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  private final transient Diagnostic diagnostic;

  ExecutionException(Diagnostic diagnostic) {
    super(diagnostic.summary());
    this.diagnostic = diagnostic;
  }

  /** What can't be recorded must not be done: the state's own words say why. */
  static ExecutionException unrecorded(StateException e) {
    return new ExecutionException(
        Diagnostic.error("state", "Can't record what is done", String.valueOf(e.getMessage())));
  }

  Diagnostic diagnostic() {
    return diagnostic;
  }
}
