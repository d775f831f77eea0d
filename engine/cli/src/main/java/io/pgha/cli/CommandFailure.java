package io.pgha.cli;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.SourceFiles;

/** Ends a command with an error that is already worded for the user. */
final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Diagnostic diagnostic;
  private final transient SourceFiles sources;

  CommandFailure(Diagnostic diagnostic) {
    this(diagnostic, new SourceFiles());
  }

  /** A failure that shows lines of the given files. */
  CommandFailure(Diagnostic diagnostic, SourceFiles sources) {
    super(diagnostic.summary());
    this.diagnostic = diagnostic;
    this.sources = sources;
  }

  /** A failure with a summary and sentences that say what to do. */
  static CommandFailure of(String code, String summary, String detail) {
    return new CommandFailure(Diagnostic.error(code, summary, detail));
  }

  Diagnostic diagnostic() {
    return diagnostic;
  }

  SourceFiles sources() {
    return sources;
  }
}
