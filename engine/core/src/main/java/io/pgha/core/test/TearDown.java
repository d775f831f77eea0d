package io.pgha.core.test;

import io.pgha.core.Configuration;
import io.pgha.core.Project;
import io.pgha.core.configuration.Module;
import io.pgha.core.evaluation.Ephemerals;
import io.pgha.core.execution.Executor;
import io.pgha.core.execution.Progress;
import io.pgha.core.execution.Stop;
import io.pgha.core.observation.Fleet;
import io.pgha.core.plan.Mode;
import io.pgha.core.plan.Plan;
import io.pgha.core.plan.PlanOptions;
import io.pgha.core.plan.Planner;
import io.pgha.core.test.TestSuite.PreparedRun;
import io.pgha.core.test.TestSuite.Setup;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.state.StateException;
import io.pgha.state.StateSession;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Destroys all that a state has, whatever configuration says by now. */
final class TearDown {
  private TearDown() {}

  static void of(PreparedRun last, Setup setup, StateSession session, Diagnostics diagnostics)
      throws InterruptedException, StateException {
    Configuration nothing =
        new Configuration(
            Module.empty(last.module().directory()),
            Map.of(),
            Map.of(),
            last.mocks().registry(),
            Project.evaluator(setup.directory(), setup.types()),
            Ephemerals.CLOSED);
    Planner planner =
        new Planner(
            nothing,
            session.state(),
            new PlanOptions(Mode.DESTROY, Set.of(), Set.of()),
            diagnostics);
    try (Fleet fleet = NoMachines.fleet()) {
      Optional<Plan> plan = planner.plan(fleet);
      if (plan.isPresent()) {
        new Executor(
                plan.get(),
                new Executor.Setup(
                    nothing,
                    planner,
                    fleet,
                    session,
                    Progress.SILENT,
                    new Stop(),
                    NoMachines.PARALLELISM),
                diagnostics)
            .run();
        session.finish(Map.of());
      }
    }
  }
}
