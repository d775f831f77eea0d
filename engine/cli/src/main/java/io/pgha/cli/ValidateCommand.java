package io.pgha.cli;

import io.pgha.cli.view.DiagnosticJson;
import io.pgha.core.Project;
import io.pgha.core.evaluation.InstanceIndex;
import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.core.plan.PlanOptions;
import io.pgha.core.plan.Planner;
import io.pgha.core.test.TestSuite;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFiles;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.state.State;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code pgha validate}. */
final class ValidateCommand implements Subcommand, Callable<Integer> {
  private final Main main;
  private final ViewOptions view = new ViewOptions();
  private final ProjectOptions options = new ProjectOptions();
  private boolean json;
  private boolean withoutTests;
  private final TestOptions tests = new TestOptions();

  ValidateCommand(Main main) {
    this.main = main;
  }

  @Override
  public void declare(Arguments takes) {
    takes.description("Check the configuration without asking any machine.");
    view.declare(takes);
    options.declare(takes);
    takes.flag("-no-tests", "Leave files of tests out.", given -> withoutTests = given);
    tests.declare(takes);
    takes.flag("-json", "Write what was found as JSON.", given -> json = given);
  }

  @Override
  public Integer call() throws Exception {
    return DeepStack.call(() -> {
      Console console = main.console(view);
      Diagnostics diagnostics = new Diagnostics();
      Checked checked = check(Project::loadForLooking);
      diagnostics.addAll(
          checked.hasErrors() ? weighed(checked, check(Project::loadOpen)) : checked.all());
      Project project = checked.project();
      if (!withoutTests) {
        tests.checkThere(main.directory(), diagnostics);
        diagnostics.addAll(
            TestSuite.check(TestOptions.setup(main, options), tests.folder, project.sources()));
      }
      if (json) {
        console
            .out()
            .print(json(diagnostics.all().stream().distinct().toList(), project.sources()));
        console.out().flush();
      } else {
        console.show(diagnostics, project.sources());
        if (!diagnostics.hasErrors()) {
          console.line(
              project.files().isEmpty()
                  ? "There is no configuration here, so nothing is wrong with it."
                  : "The configuration is valid.");
        }
      }
      return diagnostics.hasErrors() ? Operation.FAILED : Operation.OK;
    });
  }

  /** How a folder is loaded. */
  private interface Loading {
    Project load(Path directory, Project.Given given, TypeRegistry types, Diagnostics found);
  }

  /**
   * What was found.
   *
   * @param evaluated what evaluation said
   * @param judged what was said of the values that it gave
   * @param instances who knows what was evaluated, where it came to that
   */
  private record Checked(
      Project project,
      List<Diagnostic> evaluated,
      List<Diagnostic> judged,
      Optional<InstanceIndex> instances) {
    List<Diagnostic> all() {
      return Stream.concat(evaluated.stream(), judged.stream()).toList();
    }

    List<Diagnostic> errors() {
      return all().stream().filter(Diagnostic::isError).toList();
    }

    boolean hasErrors() {
      return !errors().isEmpty();
    }

    /** Whether nothing was said of a value because there was none. */
    boolean passedOver(Diagnostic judgement) {
      return instances.isEmpty() || judgement.address().flatMap(instances.get()::get).isEmpty();
    }
  }

  private Checked check(Loading loading) {
    Diagnostics found = new Diagnostics();
    Project project =
        loading.load(
            main.directory(), options.given(main.surroundings()), Providers.types(), found);
    Optional<Planner> planner =
        project
            .configuration()
            .map(configuration ->
                new Planner(configuration, State.EMPTY, PlanOptions.NORMAL, found));
    List<Diagnostic> evaluated = found.all();
    planner.ifPresent(Planner::validate);
    List<Diagnostic> all = found.all();
    return new Checked(
        project,
        evaluated,
        all.subList(evaluated.size(), all.size()),
        planner.map(Planner::desired));
  }

  /**
   * Makes warnings of errors that come of the defaults of variables alone: with other values, which
   * the caller of a module gives, all may be well.
   *
   * @param always what was found where variables without a value are unknown
   */
  private static List<Diagnostic> weighed(Checked checked, Checked always) {
    List<Diagnostic> sure = always.errors();
    Set<Place> places = sure.stream().map(Place::of).collect(Collectors.toSet());
    Set<Place> told = new HashSet<>();
    List<Diagnostic> all = new ArrayList<>();
    for (Diagnostic found : checked.all()) {
      Place place = Place.of(found);
      boolean kept =
          !found.isError()
              // What refers to itself does so whatever the values are.
              || found.code().equals("cycle")
              || places.contains(place)
              || (checked.judged().contains(found) && always.passedOver(found));
      if (kept) {
        told.add(place);
        all.add(found);
      } else if (sure.stream().noneMatch(error -> overlap(error, found))) {
        all.add(
            found
                .asWarning()
                .explained("It is so with the defaults of variables that were given no value."));
      }
    }
    sure.stream().filter(error -> !told.contains(Place.of(error))).forEach(all::add);
    return all;
  }

  private static boolean overlap(Diagnostic one, Diagnostic other) {
    return one.subject().flatMap(range -> other.subject().filter(range::overlaps)).isPresent();
  }

  /** What is wrong, and where. */
  private record Place(String code, Optional<SourceRange> subject) {
    static Place of(Diagnostic found) {
      return new Place(found.code(), found.subject());
    }
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
      DiagnosticJson diagnostics = new DiagnosticJson();
      for (Diagnostic diagnostic : all) {
        diagnostics.write(out, diagnostic, Optional.of(sources));
      }
      out.writeEndArray();
      out.writeEndObject();
    });
  }
}
