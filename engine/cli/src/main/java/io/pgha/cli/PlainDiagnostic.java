package io.pgha.cli;

import io.pgha.cli.drift.PlainText;
import io.pgha.language.diagnostic.Diagnostic;

/** Diagnostics made fit for a terminal: what they quote may be what a machine answered. */
final class PlainDiagnostic {
  private PlainDiagnostic() {}

  /** The diagnostic without anything that a terminal obeys. */
  static Diagnostic of(Diagnostic diagnostic) {
    return new Diagnostic(
        diagnostic.severity(),
        diagnostic.code(),
        PlainText.line(diagnostic.summary()),
        text(diagnostic.detail()),
        diagnostic.subject(),
        diagnostic.context(),
        diagnostic.address().map(PlainText::line),
        diagnostic.path(),
        diagnostic.host().map(PlainText::line),
        diagnostic.values().stream().map(PlainDiagnostic::text).toList());
  }

  private static String text(String text) {
    // Other programs' messages end lines in either way.
    return PlainText.clean(text.replace("\r\n", "\n").replace('\r', '\n'));
  }
}
