package io.pgha.cli;

import io.pgha.cli.view.PlanView;
import io.pgha.cli.view.PlanViews;
import io.pgha.core.Configuration;
import io.pgha.core.Project;
import io.pgha.core.configuration.Module;
import io.pgha.core.execution.Executor;
import io.pgha.core.execution.Stop;
import io.pgha.core.observation.Fleet;
import io.pgha.core.observation.Stages;
import io.pgha.core.plan.Plan;
import io.pgha.core.plan.PlanOptions;
import io.pgha.core.plan.Planner;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.provider.transport.Transport;
import io.pgha.state.State;
import io.pgha.state.StateException;
import io.pgha.state.StateSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;

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
  private final List<String> arguments;
  private final ProjectOptions project;
  private final Project.Given given;
  private final PlanningOptions planning;
  private final Console console;
  private final ReportOptions reportOptions;
  private final RunReport report;
  private final Stages stages;
  private final Diagnostics diagnostics = new Diagnostics();
  private final AtomicBoolean givenUp = new AtomicBoolean();

  Operation(
      Main main,
      ViewOptions view,
      ProjectOptions project,
      PlanningOptions planning,
      ReportOptions report) {
    this.directory = main.directory();
    this.surroundings = main.surroundings();
    this.arguments = main.arguments();
    this.project = project;
    this.planning = planning;
    this.console = main.console(view, report);
    this.reportOptions = report;
    this.given = project.asking(console);
    this.report = RunReport.to(console);
    this.stages = surroundings.stages();
  }

  /**
   * Plans and shows the plan.
   *
   * @param saved the file to keep the plan in; empty where it is only looked at
   * @param generated the file to write configuration to for what is imported
   */
  int plan(boolean detailedExitCode, Optional<Path> saved, Optional<Path> generated)
      throws Exception {
    Optional<GeneratedFile> drafts = generated.map(name -> GeneratedFile.of(directory, name));
    saved.map(directory::resolve).ifPresent(SavedPlan::checkTarget);
    return DeepStack.call(() -> {
      Project loaded = load(given);
      State state = State.EMPTY;
      PlanOptions options = planning.options();
      if (loaded.configuration().isPresent()) {
        state = States.of(loaded).read();
        if (saved.isPresent()) {
          options =
              PlanningOptions.looking(
                  options, "A plan that can be applied", loaded.configuration().get(), state);
        }
        if (drafts.isPresent()) {
          loaded = generated(drafts.get(), loaded, state);
        }
      }
      if (loaded.configuration().isEmpty() || diagnostics.hasErrors()) {
        saved.ifPresent(_ -> notSaved());
        return failed(loaded);
      }
      Configuration configuration = loaded.configuration().get();
      Supplier<Transport> transport = Providers.transport(configuration, surroundings.transport());
      Planner planner = planner(configuration, state, options);
      Optional<Plan> plan;
      try (Fleet fleet = new Fleet(transport, planner::connection, stages)) {
        plan = planned(planner, fleet);
      }
      if (plan.isPresent()) {
        show(plan.get());
      }
      console.show(diagnostics, loaded.sources());
      if (plan.isEmpty() || diagnostics.hasErrors()) {
        saved.ifPresent(_ -> notSaved());
        return FAILED;
      }
      if (saved.isPresent()) {
        save(saved.get(), plan.get(), options, loaded, state);
      }
      return detailedExitCode && !plan.get().isEmpty() ? CHANGES : OK;
    });
  }

  /** The configuration with what is generated, where something is. */
  private Project generated(GeneratedFile file, Project loaded, State state) throws Exception {
    Configuration configuration = loaded.configuration().orElseThrow();
    if (!file.write(configuration, state, surroundings, diagnostics)) {
      return loaded;
    }
    console.line("Generated %s. Read it, and make it yours.\n".formatted(file.name()));
    return load(given);
  }

  private Planner planner(Configuration configuration, State state, PlanOptions options) {
    stages.reached("state read: " + state.instances().size() + " instances");
    Planner planner = new Planner(configuration, state, options, diagnostics);
    stages.reached("evaluated: " + planner.world().configured().size() + " instances");
    return planner;
  }

  private Optional<Plan> planned(Planner planner, Fleet fleet) throws InterruptedException {
    Optional<Plan> plan = planner.plan(planning.refresh ? report.told(fleet) : fleet);
    plan.ifPresent(made -> {
      stages.reached("planned: " + made.changes().size() + " changes");
      warnOfPart();
    });
    return plan;
  }

  /** That a part is as it should be says nothing of the rest. */
  private void warnOfPart() {
    PlanOptions options = planning.options();
    String option =
        !options.targets().isEmpty() ? "-target" : options.exclusions().isEmpty() ? "" : "-exclude";
    if (!option.isEmpty()) {
      diagnostics.add(
          Diagnostic.warning(
              "partial-plan",
              "The plan is for a part only (%s)".formatted(option),
              "The rest was not compared, and may not be as the configuration says: pgha plan"
                  + " without %s shows it.".formatted(option)));
    }
  }

  private void show(Plan plan) throws IOException {
    PlanView view = PlanViews.of(plan);
    report.planned(view);
    reportOptions.write(directory, view, diagnostics.all());
  }

  private void notSaved() {
    console.line("The plan was not saved: it is not whole, because of the errors.");
  }

  private void save(Path file, Plan plan, PlanOptions options, Project loaded, State state)
      throws IOException {
    Map<String, Module.Variable> variables =
        loaded.configuration().orElseThrow().module().variables();
    List<String> command = new Continuation(variables, address -> false).words(arguments);
    SavedPlan.write(
        directory.resolve(file), plan, options, loaded, state, command, diagnostics.all());
    console.line(
        "Saved to %s. To do just this: pgha apply %s"
            .formatted(file, Continuation.quoted(file.toString())));
  }

  /** Plans, asks unless that was approved beforehand, and carries the plan out. */
  int apply(PlanOptions options, boolean approved) throws Exception {
    Approval approval =
        new Approval() {
          @Override
          public List<Diagnostic> obstacles(Project loaded, State state) {
            return List.of();
          }

          @Override
          public boolean isGiven(Project loaded, Plan plan) throws IOException {
            show(plan);
            console.show(diagnostics, loaded.sources());
            return plan.isEmpty() || approved || confirmed(plan);
          }

          @Override
          public String continuation(
              Map<String, Module.Variable> variables, Predicate<String> done) {
            return new Continuation(variables, done).of(arguments);
          }
        };
    return apply(given, options, approval);
  }

  /** Carries out a plan that was saved, where it still holds. */
  int apply(SavedPlan saved) throws Exception {
    planning.checkParallelism();
    boolean fixed =
        project.vars().stream()
            .map(text -> text.replaceFirst("=.*", "").strip())
            .anyMatch(saved::keeps);
    if (fixed || planning.shapesThePlan()) {
      throw CommandFailure.of(
          "usage",
          "A saved plan is applied as it is",
          "-target, -exclude, -replace, -destroy, -refresh and variables that may be shown were for pgha"
              + " plan. Only what a plan does not hold is given again: variables that are"
              + " sensitive, ephemeral, or used for secrets.");
    }
    Approval approval =
        new Approval() {
          @Override
          public List<Diagnostic> obstacles(Project loaded, State state) {
            return saved.obstacles(loaded, state);
          }

          @Override
          public boolean isGiven(Project loaded, Plan plan) throws IOException {
            diagnostics.addAll(saved.differences(plan, loaded.configuration().orElseThrow()));
            boolean holds = diagnostics.all().stream().noneMatch(SavedPlan::isStale);
            if (holds) {
              show(plan);
            }
            console.show(diagnostics, loaded.sources());
            return holds;
          }

          @Override
          public String continuation(
              Map<String, Module.Variable> variables, Predicate<String> done) {
            return saved.command(variables, done)
                + " && "
                + new Continuation(variables, done).of(arguments);
          }
        };
    return apply(given.with(saved.variables()), saved.options(), approval);
  }

  private int apply(Project.Given values, PlanOptions options, Approval approval) throws Exception {
    return DeepStack.call(() -> {
      Project loaded = load(values);
      if (loaded.configuration().isEmpty()) {
        if (loaded.storage().isPresent()) {
          diagnostics.addAll(approval.obstacles(loaded, States.of(loaded).read()));
        }
        return failed(loaded);
      }
      try (StateSession session =
          States.of(loaded).open(States.operation(options.mode()), planning.lock, diagnostics)) {
        diagnostics.addAll(approval.obstacles(loaded, session.state()));
        return diagnostics.hasErrors() ? failed(loaded) : apply(loaded, session, options, approval);
      }
    });
  }

  private int apply(Project loaded, StateSession session, PlanOptions wanted, Approval approval)
      throws Exception {
    Configuration configuration = loaded.configuration().orElseThrow();
    PlanOptions options =
        PlanningOptions.looking(wanted, "pgha apply", configuration, session.state());
    Supplier<Transport> transport = Providers.transport(configuration, surroundings.transport());
    Planner planner = planner(configuration, session.state(), options);
    try (Fleet fleet = new Fleet(transport, planner::connection, stages)) {
      Optional<Plan> planned;
      try (Signals _ = Signals.hear(signal -> giveUp(session, signal))) {
        planned = planned(planner, fleet);
        if (planned.isEmpty()) {
          return failed(loaded);
        }
        if (!approval.isGiven(loaded, planned.get())) {
          console.line("Nothing was changed.");
          return FAILED;
        }
      }
      Plan plan = planned.get();
      Stop stop = new Stop();
      Outcome outcome = execute(plan, planner, configuration, fleet, session, stop);
      console.show(diagnostics, loaded.sources());
      if (diagnostics.hasErrors() || !outcome.complete()) {
        Predicate<String> done =
            address -> outcome.isDone(address) || session.instance(address).isEmpty();
        String goOn = approval.continuation(configuration.module().variables(), done);
        report.incomplete(plan.mode(), stop.isRequested(), outcome, goOn);
        return FAILED;
      }
      report.complete(plan.mode(), !plan.changes().isEmpty(), outcome);
      report.outputs(session.state().outputs());
      return OK;
    }
  }

  /** Ends the process before anything was begun; the lock is not left behind. */
  private void giveUp(StateSession session, int signal) {
    if (!givenUp.compareAndSet(false, true)) {
      // Asked again: it may be the user's terminal that hangs.
      Interrupts.end(signal);
    }
    try {
      session.close();
    } catch (StateException e) {
      new Failures(surroundings).show(States.error(e));
    }
    console.line("\nNothing was changed.");
    Interrupts.end(signal);
  }

  private Outcome execute(
      Plan plan,
      Planner planner,
      Configuration configuration,
      Fleet fleet,
      StateSession session,
      Stop stop)
      throws Exception {
    try (RunReport.Running running = report.running(!plan.changes().isEmpty(), session::instance)) {
      Outcome outcome = new Outcome(plan, running);
      Executor executor =
          new Executor(
              plan,
              new Executor.Setup(
                  configuration, planner, fleet, session, outcome, stop, planning.parallelism),
              diagnostics);
      // Until the state is written: whoever asks to stop now is not to be left with a journal.
      try (Interrupts _ = Interrupts.watch(stop, running::say)) {
        executor.run();
        finish(executor, session);
        stages.reached("executed");
      }
      return outcome;
    }
  }

  private void finish(Executor executor, StateSession session) {
    try {
      session.finish(executor.outputs(session.state().outputs()));
    } catch (StateException e) {
      // The journal has all that was done: what is left to do is to say what that is.
      diagnostics.add(States.error(e));
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
    Questions questions = new Questions(console);
    return switch (plan.mode()) {
      case DESTROY ->
          questions.confirm(
              "Do you really want to destroy all of this?",
              "What is listed above will be taken away. There is no undo.");
      case REFRESH_ONLY ->
          questions.confirm(
              "Do you want to record this?",
              "What is listed above is taken for what was last applied. No machine is changed.");
      case NORMAL ->
          questions.confirm("Do you want to do this?", "What is listed above will be done.");
    };
  }

  private Project load(Project.Given values) {
    Project loaded = Project.load(directory, values, Providers.types(), diagnostics);
    stages.reached("configuration read");
    return loaded;
  }

  private int failed(Project loaded) {
    console.show(diagnostics, loaded.sources());
    return FAILED;
  }
}
