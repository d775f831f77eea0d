package io.pgha.cli;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.DiagnosticText;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFiles;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Where a command writes.
 *
 * @param out results
 * @param errors diagnostics
 * @param colour whether colours may be used
 */
record Console(PrintStream out, PrintStream errors, boolean colour) {
  private static final int WIDTH = 78;

  /** The process's own streams; colours only on a terminal that wants them. */
  static Console system(boolean colourWanted) {
    boolean colour =
        colourWanted
            && System.getenv("NO_COLOR") == null
            && Optional.ofNullable(System.console())
                .filter(java.io.Console::isTerminal)
                .isPresent();
    return new Console(
        new PrintStream(
            new java.io.FileOutputStream(java.io.FileDescriptor.out),
            false,
            StandardCharsets.UTF_8),
        new PrintStream(
            new java.io.FileOutputStream(java.io.FileDescriptor.err), true, StandardCharsets.UTF_8),
        colour);
  }

  /** Writes a line of results. */
  void line(String text) {
    out.print(text + "\n");
    out.flush();
  }

  /** Writes what was found: warnings first, errors last, where they are seen. */
  void show(Diagnostics diagnostics, SourceFiles sources) {
    out.flush();
    DiagnosticText text = new DiagnosticText(sources, colour, WIDTH);
    List<Diagnostic> all = diagnostics.all().stream().distinct().toList();
    all.stream().filter(d -> !d.isError()).forEach(d -> errors.print(text.render(d) + "\n"));
    all.stream().filter(Diagnostic::isError).forEach(d -> errors.print(text.render(d) + "\n"));
    errors.flush();
  }
}
