package io.pgha.core.test;

import io.pgha.core.Configuration;
import io.pgha.core.Project;
import io.pgha.core.configuration.Module.Rule;
import io.pgha.core.configuration.TestFile.Command;
import io.pgha.core.configuration.TestFile.Run;
import io.pgha.core.evaluation.Ephemerals;
import io.pgha.core.evaluation.Evaluation;
import io.pgha.core.evaluation.Rules;
import io.pgha.core.evaluation.VariableInputs;
import io.pgha.core.execution.Executor;
import io.pgha.core.execution.Progress;
import io.pgha.core.execution.Stop;
import io.pgha.core.observation.Fleet;
import io.pgha.core.plan.Mode;
import io.pgha.core.plan.Plan;
import io.pgha.core.plan.PlanOptions;
import io.pgha.core.plan.Planner;
import io.pgha.core.test.TestSuite.Prepared;
import io.pgha.core.test.TestSuite.PreparedRun;
import io.pgha.core.test.TestSuite.Setup;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFiles;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.expression.Evaluator;
import io.pgha.language.expression.Scope;
import io.pgha.language.syntax.Attribute;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import io.pgha.language.syntax.Traverser;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Value;
import io.pgha.state.State;
import io.pgha.state.StateException;
import io.pgha.state.StateSession;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** One run: a plan or an apply, and whether what comes of it is as the test says. Used once. */
final class RunExecution {
  /** Values of variables see no more than variables and earlier runs. */
  private static final Scope NOTHING =
      (reference, diagnostics) -> {
        diagnostics.add(
            Diagnostic.error(
                "invalid-reference",
                "Invalid reference",
                "\""
                    + reference.root()
                    + "\" means nothing here: the values that a test gives see"
                    + " var.NAME, and within a run run.NAME.OUTPUT of earlier ones.",
                reference.range()));
        return Scope.Resolution.failed(reference);
      };

  private final Prepared file;
  private final PreparedRun prepared;
  private final Run run;
  private final Setup setup;
  private final SourceFiles sources;
  private final StateSession session;
  private final Map<String, Value> outputs;
  private final Stop stop;
  private final Evaluator evaluator;
  private final Diagnostics diagnostics = new Diagnostics();
  private final Instant started = Instant.now();
  private Optional<Plan> plan = Optional.empty();
  private Optional<State> applied = Optional.empty();

  RunExecution(
      Prepared file,
      PreparedRun prepared,
      Setup setup,
      SourceFiles sources,
      StateSession session,
      Map<String, Value> outputs,
      Stop stop) {
    this.file = file;
    this.prepared = prepared;
    this.run = prepared.run();
    this.setup = setup;
    this.sources = sources;
    this.session = session;
    this.outputs = outputs;
    this.stop = stop;
    this.evaluator = Project.evaluator(setup.directory(), setup.types());
  }

  /** Tries it; whatever goes wrong is the run's error, so that what was applied is destroyed. */
  RunResult run() throws InterruptedException, StateException {
    try {
      return tried();
    } catch (RuntimeException | StackOverflowError e) {
      List<Diagnostic> found = new ArrayList<>(diagnostics.all());
      found.add(Unforeseen.in("run \"" + run.name() + "\"", e).at(run.range()));
      return result(Status.ERROR, found);
    }
  }

  private RunResult tried() throws InterruptedException, StateException {
    Configuration configuration = configuration();
    if (diagnostics.hasErrors()) {
      return result(Status.ERROR, diagnostics.all());
    }
    Planner planner = new Planner(configuration, session.state(), options(), diagnostics);
    boolean evaluated;
    try (Fleet fleet = NoMachines.fleet()) {
      // What only follows from a value that is refused is not to be told besides.
      plan = diagnostics.hasErrors() ? Optional.empty() : planner.plan(fleet);
      evaluated = plan.isPresent() && !diagnostics.hasErrors();
      if (run.command() == Command.APPLY) {
        if (evaluated) {
          apply(configuration, planner, plan.get(), fleet);
        } else if (!isOutcomeForeseen()) {
          return unapplied();
        }
      }
    }
    return judged(evaluated, planner);
  }

  private PlanOptions options() {
    return new PlanOptions(
        run.options().refreshOnly() ? Mode.REFRESH_ONLY : Mode.NORMAL,
        run.options().targets(),
        Set.of(),
        run.options().replacements(),
        run.options().refresh());
  }

  private Configuration configuration() {
    VariableInputs inputs =
        new VariableInputs(
            prepared.module().variables(),
            evaluator,
            sources,
            !prepared.module().directory().equals(file.root().directory()),
            diagnostics);
    file.addTo(inputs, setup);
    Map<String, Value> outside = outside();
    Scope ofFile = new TestScope(Map.of("var", outside), NOTHING);
    Map<String, Value> inside = new TreeMap<>(outside);
    for (Attribute written : file.file().variables().values()) {
      Value value = evaluator.evaluate(written.expression(), ofFile, diagnostics);
      inside.put(written.name(), value);
      if (prepared.module().variables().containsKey(written.name())) {
        inputs.add(written.name(), value, written.expression().range());
      }
    }
    Scope ofRun = new TestScope(Map.of("var", inside, "run", outputs), NOTHING);
    for (Attribute written : run.variables().values()) {
      written.expression().variables().forEach(this::checkKnown);
      inputs.add(
          written.name(),
          evaluator.evaluate(written.expression(), ofRun, diagnostics),
          written.expression().range());
    }
    return new Configuration(
        prepared.module(),
        inputs.values(VariableInputs.Lacking.REFUSED),
        inputs.ranges(),
        prepared.mocks().registry(),
        evaluator,
        // What reaches no machine and keeps nothing is as it is without a test.
        Ephemerals.opened(setup.directory()));
  }

  /** What an earlier run does not know can't be given to a later one. */
  private void checkKnown(ScopeTraversal reference) {
    if (!reference.root().equals("run")
        || reference.steps().isEmpty()
        || !(reference.steps().getFirst() instanceof Traverser.Attribute(String earlier, var _))
        || !(outputs.get(earlier) instanceof ObjectValue told)) {
      return;
    }
    Optional<String> one =
        reference.steps().size() > 1
                && reference.steps().get(1) instanceof Traverser.Attribute(String name, var _)
            ? Optional.of(name)
            : Optional.empty();
    told.attributes().entrySet().stream()
        .filter(each -> one.isEmpty() || one.get().equals(each.getKey()))
        .filter(each -> !each.getValue().isKnown())
        .findFirst()
        .ifPresent(each ->
            diagnostics.add(
                unknown("run." + earlier + "." + each.getKey(), earlier, reference.range())));
  }

  private Diagnostic unknown(String output, String earlier, SourceRange range) {
    boolean planned =
        file.file().runs().stream()
            .anyMatch(each -> each.name().equals(earlier) && each.command() == Command.PLAN);
    return Diagnostic.error(
        "unknown-value",
        "Reference to unknown value",
        planned
            ? "%s is known only after an apply, and run \"%s\" only plans. Say command ="
                    .formatted(output, earlier)
                + " apply there, or have a mock tell it when the plan is made: override_during ="
                + " plan."
            : "Nobody told %s, even after the apply of run \"%s\".".formatted(output, earlier),
        range);
  }

  /** The configuration's own variables, as they are without tests. */
  private Map<String, Value> outside() {
    VariableInputs inputs =
        new VariableInputs(file.root().variables(), evaluator, sources, diagnostics);
    file.addTo(inputs, setup);
    return inputs.values(VariableInputs.Lacking.UNKNOWN);
  }

  private void apply(Configuration configuration, Planner planner, Plan made, Fleet fleet)
      throws InterruptedException, StateException {
    Executor executor =
        new Executor(
            made,
            new Executor.Setup(
                configuration,
                planner,
                fleet,
                session,
                Progress.SILENT,
                stop,
                NoMachines.PARALLELISM),
            diagnostics);
    executor.run();
    session.finish(executor.outputs(session.state().outputs()));
    applied = Optional.of(session.state());
  }

  /** Whether all that keeps it from being applied is what is expected to come of it. */
  private boolean isOutcomeForeseen() {
    return run.assertions().isEmpty()
        && diagnostics.all().stream()
            .filter(Diagnostic::isError)
            .allMatch(prepared.expected()::isOfOutcome);
  }

  /** What is to be said of an apply that was not begun. */
  private RunResult unapplied() {
    List<Diagnostic> found = new ArrayList<>(diagnostics.all());
    if (found.stream().filter(Diagnostic::isError).allMatch(prepared.expected()::includes)) {
      found.addFirst(
          Diagnostic.warning(
                  "failed-too-early",
                  "The expected failure came before the apply",
                  "What is expected to fail does so when the plan is made, so nothing was applied, and"
                      + " the run does not do what it says. Say command = plan.")
              .at(run.range()));
    }
    return result(Status.ERROR, found);
  }

  private RunResult judged(boolean evaluated, Planner planner) {
    Evaluation evaluation = planner.world().evaluation();
    if (evaluated) {
      outputs.put(run.name(), ObjectValue.of(evaluation.outputs()));
    }
    Diagnostics asserted = planner.world().evaluated();
    diagnostics.addAll(asserted.drain());
    List<Diagnostic> expected =
        diagnostics.all().stream().filter(prepared.expected()::includes).toList();
    List<Diagnostic> rest = new ArrayList<>();
    for (Diagnostic found : diagnostics.all()) {
      if (!expected.contains(found)) {
        rest.add(Rules.isFailure(found) ? found.asError() : found);
      }
    }
    boolean erred = rest.stream().anyMatch(Diagnostic::isError);
    boolean failed = false;
    if (evaluated && !erred) {
      Scope scope =
          new TestScope(
              Map.of("output", evaluation.outputs(), "run", Map.copyOf(outputs)),
              evaluation.scope());
      Rules rules = new Rules(evaluation.evaluator(), asserted);
      for (Rule rule : run.assertions()) {
        Rules.Verdict verdict = rules.verdict(rule, scope);
        if (verdict == Rules.Verdict.FAILS) {
          failed = true;
          rest.add(rules.failed(rule, scope, "Test assertion"));
        } else if (verdict == Rules.Verdict.UNKNOWN) {
          rest.add(unknown(rule, scope));
          erred = true;
        }
        List<Diagnostic> wrong = asserted.drain();
        erred |= wrong.stream().anyMatch(Diagnostic::isError);
        rest.addAll(wrong);
      }
    }
    if (!evaluated && !erred && !run.assertions().isEmpty()) {
      rest.add(
          Diagnostic.warning(
                  "assertions-not-tried",
                  "The assertions were not tried",
                  "What is expected to fail keeps the plan from being made, and there is nothing to"
                      + " assert of it. Put the assertions into a run of their own.")
              .at(run.range()));
    }
    if (!erred) {
      List<Diagnostic> missing = prepared.expected().missing(expected);
      erred = !missing.isEmpty();
      rest.addAll(missing);
    }
    return result(erred ? Status.ERROR : failed ? Status.FAIL : Status.PASS, rest);
  }

  private Diagnostic unknown(Rule rule, Scope scope) {
    boolean planned = run.command() == Command.PLAN;
    return Diagnostic.error(
            "unknown-condition",
            "Condition is not known yet",
            planned
                ? "It needs something that only an apply tells. Say command = apply, or have a mock"
                    + " tell it when the plan is made: override_during = plan."
                : "It needs something that nobody told, even after the apply.",
            rule.condition().range())
        .with(evaluator.values(rule.condition(), scope));
  }

  private RunResult result(Status status, List<Diagnostic> found) {
    return new RunResult(
        status,
        started,
        Duration.between(started, Instant.now()),
        found.stream().distinct().toList(),
        plan,
        applied);
  }
}
