package io.pgha.cli;

import io.pgha.cli.view.DiagnosticJson;
import io.pgha.core.Project;
import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.core.plan.PlanOptions;
import io.pgha.core.plan.Planner;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFiles;
import io.pgha.state.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/** {@code pgha validate}. */
final class ValidateCommand implements Subcommand, Callable<Integer> {
  private final Main main;
  private final ViewOptions view = new ViewOptions();
  private final ProjectOptions options = new ProjectOptions();
  private boolean json;

  ValidateCommand(Main main) {
    this.main = main;
  }

  @Override
  public void declare(Arguments takes) {
    takes.description("Check the configuration without asking any machine.");
    view.declare(takes);
    options.declare(takes);
    takes.understood("-no-tests", "tests are checked by pgha test.");
    takes.understood("-test-directory", "FOLDER", "tests are checked by pgha test.");
    takes.flag("-json", "Write what was found as JSON.", given -> json = given);
  }

  @Override
  public Integer call() throws Exception {
    return DeepStack.call(() -> {
      Console console = main.console(view);
      Diagnostics diagnostics = new Diagnostics();
      Project project = check(Project::loadForLooking, diagnostics);
      if (diagnostics.hasErrors()) {
        Diagnostics always = new Diagnostics();
        check(Project::loadOpen, always);
        weigh(diagnostics, always);
      }
      if (json) {
        console
            .out()
            .print(json(diagnostics.all().stream().distinct().toList(), project.sources()));
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

  /** How a folder is loaded. */
  private interface Loading {
    Project load(Path directory, Project.Given given, TypeRegistry types, Diagnostics found);
  }

  private Project check(Loading loading, Diagnostics diagnostics) {
    Project project =
        loading.load(
            main.directory(), options.given(main.surroundings()), Providers.types(), diagnostics);
    project
        .configuration()
        .ifPresent(configuration ->
            new Planner(configuration, State.EMPTY, PlanOptions.NORMAL, diagnostics).validate());
    return project;
  }

  /**
   * Makes warnings of errors that come of the defaults of variables alone: with other values, which
   * the caller of a module gives, all may be well.
   */
  private static void weigh(Diagnostics diagnostics, Diagnostics always) {
    Set<Object> sure = new HashSet<>();
    always.all().stream().filter(Diagnostic::isError).forEach(error -> sure.add(place(error)));
    for (Diagnostic found : diagnostics.drain()) {
      diagnostics.add(
          !found.isError() || sure.contains(place(found))
              ? found
              : found
                  .asWarning()
                  .explained("It is so with the defaults of variables that were given no value."));
    }
  }

  private static List<Object> place(Diagnostic found) {
    return List.of(found.code(), found.subject());
  }

  private static String json(List<Diagnostic> all, SourceFiles sources) throws IOException {
    long errors = all.stream().filter(Diagnostic::isError).count();
    return StateDocument.json(out -> {
      out.writeStartObject();
      out.writeStringField("format_version", "1.0");
      out.writeBooleanField("valid", errors == 0);
      out.writeNumberField("error_count", errors);
      out.writeNumberField("warning_count", all.size() - errors);
      out.writeArrayFieldStart("diagnostics");
      for (Diagnostic diagnostic : all) {
        DiagnosticJson.write(out, diagnostic, Optional.of(sources));
      }
      out.writeEndArray();
      out.writeEndObject();
    });
  }
}
