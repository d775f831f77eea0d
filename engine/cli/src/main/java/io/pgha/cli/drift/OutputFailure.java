package io.pgha.cli.drift;

import io.pgha.language.diagnostic.Diagnostic;

/** A document can't be written; worded for the user. */
public final class OutputFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient Diagnostic diagnostic;

  OutputFailure(String code, String summary, String detail) {
    super(summary);
    this.diagnostic = Diagnostic.error(code, summary, detail);
  }

  /** What to tell the user. */
  public Diagnostic diagnostic() {
    return diagnostic;
  }
}
