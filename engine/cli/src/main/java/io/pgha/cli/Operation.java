package io.pgha.cli;

import io.pgha.cli.view.PlanView;
import io.pgha.cli.view.PlanViews;
import io.pgha.core.Configuration;
import io.pgha.core.Project;
import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.core.execution.Executor;
import io.pgha.core.execution.Stop;
import io.pgha.core.observation.Fleet;
import io.pgha.core.plan.Mode;
import io.pgha.core.plan.Plan;
import io.pgha.core.plan.PlanOptions;
import io.pgha.core.plan.Planner;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.state.State;
import io.pgha.state.StateSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What {@code plan}, {@code apply} and {@code destroy} have in common. */
final class Operation {
  /** All went well. */
  static final int OK = 0;

  /** Something went wrong. */
  static final int FAILED = 1;

  /** There are changes, and the exit status was to tell. */
  static final int CHANGES = 2;

  private final Path directory;
  private final Surroundings surroundings;
  private final ProjectOptions project;
  private final PlanningOptions planning;
  private final Console console;
  private final ReportOptions reportOptions;
  private final RunReport report;
  private final Diagnostics diagnostics = new Diagnostics();

  Operation(
      Main main,
      ViewOptions view,
      ProjectOptions project,
      PlanningOptions planning,
      ReportOptions report) {
    this.directory = main.directory();
    this.surroundings = main.surroundings();
    this.project = project;
    this.planning = planning;
    this.console = main.console(view, report);
    this.reportOptions = report;
    this.report = RunReport.to(console);
  }

  /** Plans and shows the plan. */
  int plan(boolean detailedExitCode) throws Exception {
    return DeepStack.call(() -> {
      Project loaded = load();
      if (loaded.configuration().isEmpty()) {
        return failed(loaded);
      }
      Configuration configuration = loaded.configuration().get();
      State state = States.read(loaded.directory());
      Planner planner = new Planner(configuration, state, planning.options(), diagnostics);
      Optional<Plan> plan;
      try (Fleet fleet = new Fleet(Providers::transport, planner::connection)) {
        plan = planner.plan(fleet);
      }
      if (plan.isPresent()) {
        show(plan.get());
      }
      console.show(diagnostics, loaded.sources());
      if (plan.isEmpty() || diagnostics.hasErrors()) {
        return FAILED;
      }
      return detailedExitCode && !plan.get().isEmpty() ? CHANGES : OK;
    });
  }

  private void show(Plan plan) throws IOException {
    PlanView view = PlanViews.of(plan);
    report.planned(view);
    reportOptions.write(directory, view, diagnostics.all());
  }

  /** Plans, asks, and carries the plan out. */
  int apply(Mode mode, boolean approved) throws Exception {
    return DeepStack.call(() -> {
      Project loaded = load();
      if (loaded.configuration().isEmpty()) {
        return failed(loaded);
      }
      try (StateSession session =
          States.open(loaded.directory(), States.operation(mode), planning.lock, diagnostics)) {
        return apply(loaded, session, mode, approved);
      }
    });
  }

  private int apply(Project loaded, StateSession session, Mode mode, boolean approved)
      throws Exception {
    Configuration configuration = loaded.configuration().orElseThrow();
    PlanOptions options = planning.options(planning.destroy ? Mode.DESTROY : mode);
    Planner planner = new Planner(configuration, session.state(), options, diagnostics);
    try (Fleet fleet = new Fleet(Providers::transport, planner::connection)) {
      Optional<Plan> planned = planner.plan(fleet);
      if (planned.isEmpty()) {
        return failed(loaded);
      }
      Plan plan = planned.get();
      show(plan);
      console.show(diagnostics, loaded.sources());
      if (!plan.isEmpty() && !approved && !confirmed(plan)) {
        console.line("Nothing was changed.");
        return FAILED;
      }
      Outcome outcome = execute(plan, planner, configuration, fleet, session);
      console.show(diagnostics, loaded.sources());
      if (diagnostics.hasErrors()) {
        report.incomplete(outcome);
        return FAILED;
      }
      report.complete(plan.mode(), !plan.changes().isEmpty(), outcome);
      report.outputs(session.state().outputs());
      return OK;
    }
  }

  private Outcome execute(
      Plan plan, Planner planner, Configuration configuration, Fleet fleet, StateSession session)
      throws Exception {
    Stop stop = new Stop();
    try (RunReport.Running running = report.running(!plan.changes().isEmpty())) {
      Outcome outcome = new Outcome(running);
      Executor executor =
          new Executor(
              plan,
              new Executor.Setup(
                  configuration, planner, fleet, session, outcome, stop, planning.parallelism),
              diagnostics);
      Interrupts interrupts = Interrupts.watch(stop, console);
      try {
        executor.run();
      } finally {
        interrupts.close();
      }
      if (plan.mode() == Mode.DESTROY) {
        session.finish(Map.of());
      } else {
        session.finish(States.outputs(executor.outputs(), session.state().outputs()));
      }
      return outcome;
    }
  }

  private boolean confirmed(Plan plan) {
    if (console.json().isPresent()) {
      throw CommandFailure.of(
          "usage",
          "-json needs -auto-approve",
          "No question can be asked where the answers are read by a program. Look at the plan with"
              + " pgha plan, then apply with -json -auto-approve.");
    }
    if (!project.input) {
      console.line("No question may be asked (-input=false): use -auto-approve to apply.");
      return false;
    }
    return plan.mode() == Mode.DESTROY
        ? Questions.confirm(
            console,
            "Do you really want to destroy all of this?",
            "What is listed above will be taken away. There is no undo.")
        : Questions.confirm(
            console, "Do you want to do this?", "What is listed above will be done.");
  }

  private Project load() {
    TypeRegistry types = Providers.types();
    return Project.load(directory, project.given(surroundings), types, diagnostics);
  }

  private int failed(Project loaded) {
    console.show(diagnostics, loaded.sources());
    return FAILED;
  }
}
