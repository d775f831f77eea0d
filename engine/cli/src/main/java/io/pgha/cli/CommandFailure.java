package io.pgha.cli;

import io.pgha.language.diagnostic.Diagnostic;

/** Ends a command with an error that is already worded for the user. */
final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Diagnostic diagnostic;

  CommandFailure(Diagnostic diagnostic) {
    super(diagnostic.summary());
    this.diagnostic = diagnostic;
  }

  /** A failure with a summary and sentences that say what to do. */
  static CommandFailure of(String code, String summary, String detail) {
    return new CommandFailure(Diagnostic.error(code, summary, detail));
  }

  Diagnostic diagnostic() {
    return diagnostic;
  }
}
