package io.pgha.language.diagnostic;

/** How bad a diagnostic is. */
public enum Severity {
  /** The run can't go on. */
  ERROR,
  /** Worth knowing; the run goes on. */
  WARNING
}
