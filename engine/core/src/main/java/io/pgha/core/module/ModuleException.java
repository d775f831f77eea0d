package io.pgha.core.module;

import io.pgha.language.diagnostic.Diagnostic;

/** A module can't be had, and why. */
public final class ModuleException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final String summary;
  private final String detail;

  /**
   * A failure.
   *
   * @param code what kind of failure it is
   * @param detail why, and what to do next; without secrets
   */
  ModuleException(String code, String summary, String detail) {
    super(summary + ": " + detail);
    this.code = code;
    this.summary = summary;
    this.detail = detail;
  }

  /** It as an error, without a place in the source. */
  public Diagnostic diagnostic() {
    return Diagnostic.error(code, summary, detail);
  }
}
