package io.pgha.cli;

import io.pgha.cli.view.PlanDocument;
import io.pgha.cli.view.PlanPage;
import io.pgha.cli.view.PlanView;
import io.pgha.language.diagnostic.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whom {@code plan}, {@code apply} and {@code destroy} write for, and what else they write. */
final class ReportOptions {
  boolean json;
  @Nullable Path page;
  @Nullable Path document;

  /** Declares them. */
  void declare(Arguments takes) {
    takes.flag(
        "-json",
        "Write one JSON object a line, as Terraform does: for programs.",
        given -> json = given);
    takes.option(
        "-html",
        "FILE",
        Path.class,
        "Write the plan as a page for a browser too: one file, nothing secret in it.",
        given -> page = given);
    takes.option(
        "-document",
        "FILE",
        Path.class,
        "Write the plan as a JSON document too; pgha show FILE shows it again.",
        given -> document = given);
  }

  /** Writes the files that were asked for. */
  void write(Path directory, PlanView plan, List<Diagnostic> diagnostics) throws IOException {
    if (page != null) {
      Files.writeString(directory.resolve(page), PlanPage.of(plan, diagnostics, version()));
    }
    if (document != null) {
      Files.writeString(directory.resolve(document), PlanDocument.of(plan, diagnostics, version()));
    }
  }

  private static String version() {
    return Version.current().number();
  }
}
