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
import picocli.CommandLine.Option;

/** Whom {@code plan}, {@code apply} and {@code destroy} write for, and what else they write. */
final class ReportOptions {
  @Option(
      names = {"-json", "--json"},
      description = "Write one JSON object a line, as Terraform does: for programs.")
  boolean json;

  @Option(
      names = {"-html", "--html"},
      paramLabel = "FILE",
      description = "Write the plan as a page for a browser too: one file, nothing secret in it.")
  @Nullable Path page;

  @Option(
      names = {"-document", "--document"},
      paramLabel = "FILE",
      description = "Write the plan as a JSON document too; pgha show FILE shows it again.")
  @Nullable Path document;

  /** Writes the files that were asked for. */
  void write(Path directory, PlanView plan, List<Diagnostic> diagnostics) throws IOException {
    String version = Version.current().number();
    if (page != null) {
      Files.writeString(directory.resolve(page), PlanPage.of(plan, diagnostics, version));
    }
    if (document != null) {
      Files.writeString(directory.resolve(document), PlanDocument.of(plan, diagnostics, version));
    }
  }
}
