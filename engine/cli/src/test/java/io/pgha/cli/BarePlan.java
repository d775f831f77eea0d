package io.pgha.cli;

import io.pgha.cli.view.PlanView;
import io.pgha.cli.view.PlanViews;
import io.pgha.core.Project;
import io.pgha.core.observation.Fleet;
import io.pgha.core.plan.Plan;
import io.pgha.core.plan.PlanOptions;
import io.pgha.core.plan.Planner;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.state.State;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is planned for the guide's example on machines with nothing on them.
 *
 * @param plan the plan
 * @param view what may be shown of it
 * @param diagnostics what was found
 */
record BarePlan(Plan plan, PlanView view, List<Diagnostic> diagnostics) {

  /** The plan of examples/guide, its variables from the environment that is given. */
  static BarePlan ofTheGuide(Map<String, String> variables) throws Exception {
    return of(Documents.ROOT.resolve("examples/guide"), variables);
  }

  /** The plan of a folder's configuration. */
  static BarePlan of(Path folder, Map<String, String> variables) throws Exception {
    Diagnostics diagnostics = new Diagnostics();
    List<Plan> plans = new ArrayList<>();
    DeepStack.call(() -> {
      Project project =
          Project.load(
              folder, new Project.Given(variables, List.of()), Providers.types(), diagnostics);
      Planner planner =
          new Planner(
              project.configuration().orElseThrow(() -> new AssertionError(diagnostics.all())),
              State.EMPTY,
              PlanOptions.NORMAL,
              diagnostics);
      try (Fleet fleet = new Fleet(BareMachines::new, planner::connection)) {
        plans.add(planner.plan(fleet).orElseThrow(() -> new AssertionError(diagnostics.all())));
      }
      return 0;
    });
    return new BarePlan(plans.getFirst(), PlanViews.of(plans.getFirst()), diagnostics.all());
  }
}
