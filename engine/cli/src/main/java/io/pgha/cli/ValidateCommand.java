package io.pgha.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pgha.core.Project;
import io.pgha.core.plan.PlanOptions;
import io.pgha.core.plan.Planner;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourcePosition;
import io.pgha.state.State;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code pgha validate}. */
@Command(name = "validate", description = "Check the configuration without asking any machine.")
final class ValidateCommand implements Callable<Integer> {
  @ParentCommand private Main main;
  @Mixin private ViewOptions view = new ViewOptions();
  @Mixin private ProjectOptions options = new ProjectOptions();

  @Option(
      names = {"-json", "--json"},
      description = "Write what was found as JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    return DeepStack.call(() -> {
      Console console = main.console(view);
      Diagnostics diagnostics = new Diagnostics();
      Project project =
          Project.loadForValidation(
              main.directory(), options.given(main.surroundings()), Providers.types(), diagnostics);
      project
          .configuration()
          .ifPresent(configuration ->
              new Planner(configuration, State.EMPTY, PlanOptions.NORMAL, diagnostics).validate());
      if (json) {
        console.out().print(json(diagnostics.all().stream().distinct().toList()));
        console.out().flush();
      } else {
        console.show(diagnostics, project.sources());
        if (!diagnostics.hasErrors()) {
          console.line("The configuration is valid.");
        }
      }
      return diagnostics.hasErrors() ? Operation.FAILED : Operation.OK;
    });
  }

  private static String json(List<Diagnostic> all) throws IOException {
    long errors = all.stream().filter(Diagnostic::isError).count();
    return StateDocument.json(out -> {
      out.writeStartObject();
      out.writeStringField("format_version", "1.0");
      out.writeBooleanField("valid", errors == 0);
      out.writeNumberField("error_count", errors);
      out.writeNumberField("warning_count", all.size() - errors);
      out.writeArrayFieldStart("diagnostics");
      for (Diagnostic diagnostic : all) {
        write(out, diagnostic);
      }
      out.writeEndArray();
      out.writeEndObject();
    });
  }

  private static void write(JsonGenerator out, Diagnostic diagnostic) throws IOException {
    out.writeStartObject();
    out.writeStringField("severity", diagnostic.isError() ? "error" : "warning");
    out.writeStringField("code", diagnostic.code());
    out.writeStringField("summary", diagnostic.summary());
    out.writeStringField("detail", diagnostic.detail());
    if (diagnostic.address().isPresent()) {
      out.writeStringField("address", diagnostic.address().get());
    }
    if (diagnostic.subject().isPresent()) {
      out.writeObjectFieldStart("range");
      out.writeStringField("filename", diagnostic.subject().get().file());
      position(out, "start", diagnostic.subject().get().start());
      position(out, "end", diagnostic.subject().get().end());
      out.writeEndObject();
    }
    out.writeEndObject();
  }

  private static void position(JsonGenerator out, String name, SourcePosition position)
      throws IOException {
    out.writeObjectFieldStart(name);
    out.writeNumberField("line", position.line());
    out.writeNumberField("column", position.column());
    out.writeNumberField("byte", position.offset());
    out.writeEndObject();
  }
}
