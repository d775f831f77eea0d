package io.pgha.cli;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.DiagnosticText;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFiles;
import java.io.PrintStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Where a command writes: results to one stream, diagnostics to the other. */
final class Console {
  private static final int WIDTH = 78;

  private final Surroundings surroundings;
  private final boolean colour;

  /** Nobody reads more than this of a kind on a terminal. */
  private static final int MOST = 100;

  private final boolean compactWarnings;
  private final Optional<JsonLines> json;
  private final Set<Diagnostic> shown = new LinkedHashSet<>();

  Console(Surroundings surroundings, ViewOptions view) {
    this(surroundings, view, Optional.empty());
  }

  /** One that writes for a program, where there are lines to write to. */
  Console(Surroundings surroundings, ViewOptions view, Optional<JsonLines> json) {
    this.json = json;
    this.surroundings = surroundings;
    this.colour = surroundings.colour() && !view.noColour;
    this.compactWarnings = view.compactWarnings;
  }

  /** Where everything goes, where it is for a program. */
  Optional<JsonLines> json() {
    return json;
  }

  PrintStream out() {
    return surroundings.out();
  }

  Surroundings surroundings() {
    return surroundings;
  }

  /** Whether results are coloured. */
  boolean colour() {
    return colour;
  }

  Paint paint() {
    return new Paint(colour);
  }

  /** Whether lines may be drawn over. */
  boolean live() {
    return surroundings.terminal()
        && !surroundings.environment().getOrDefault("TERM", "").equals("dumb");
  }

  /** Writes a line of results. */
  void line(String text) {
    if (json.isPresent()) {
      json.get().log(text);
      return;
    }
    out().print(surroundings.inert(text + "\n"));
    out().flush();
  }

  /** Writes what was found and not shown yet: warnings first, errors last, where they are seen. */
  void show(Diagnostics diagnostics, SourceFiles sources) {
    out().flush();
    List<Diagnostic> news = diagnostics.all().stream().distinct().filter(shown::add).toList();
    if (json.isPresent()) {
      news.forEach(diagnostic -> json.get().diagnostic(diagnostic, sources));
      return;
    }
    PrintStream errors = surroundings.errors();
    DiagnosticText text = new DiagnosticText(sources, colour, WIDTH);
    List<Diagnostic> warnings = plain(news.stream().filter(d -> !d.isError()));
    if (compactWarnings && !warnings.isEmpty()) {
      errors.print("Warnings:\n\n");
      warnings.forEach(warning ->
          errors.print(
              surroundings.inert(
                  "- "
                      + warning.summary()
                      + warning.subject().map(subject -> " (" + subject + ")").orElse("")
                      + "\n")));
      errors.print("\n");
    } else {
      render(warnings, "warnings", text);
    }
    render(plain(news.stream().filter(Diagnostic::isError)), "errors", text);
    errors.flush();
  }

  /** Writes the first of them, and how many there are besides. */
  private void render(List<Diagnostic> diagnostics, String what, DiagnosticText text) {
    PrintStream errors = surroundings.errors();
    diagnostics.stream()
        .limit(MOST)
        .forEach(diagnostic -> errors.print(surroundings.inert(text.render(diagnostic) + "\n")));
    int left = diagnostics.size() - MOST;
    if (left > 0) {
      errors.print("And " + left + " more " + what + ", which are not shown.\n\n");
    }
  }

  private static List<Diagnostic> plain(Stream<Diagnostic> diagnostics) {
    return Similar.merge(diagnostics.toList()).stream().map(PlainDiagnostic::of).toList();
  }
}
