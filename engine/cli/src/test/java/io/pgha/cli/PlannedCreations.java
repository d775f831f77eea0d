package io.pgha.cli;

import io.pgha.core.Project;
import io.pgha.core.observation.Fleet;
import io.pgha.core.plan.Plan;
import io.pgha.core.plan.PlanOptions;
import io.pgha.core.plan.Planner;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.state.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Plans for tests of what is shown of a run. */
final class PlannedCreations {
  private PlannedCreations() {}

  /** A plan that makes {@code terraform_data.a}, so many times. */
  static Plan of(Path folder, int count) throws Exception {
    Files.writeString(
        folder.resolve("main.pgha.hcl"),
        "resource \"terraform_data\" \"a\" { count = " + count + " }\n");
    Diagnostics diagnostics = new Diagnostics();
    Project project =
        Project.load(
            folder, new Project.Given(Map.of(), List.of()), Providers.types(), diagnostics);
    Planner planner =
        new Planner(
            project.configuration().orElseThrow(), State.EMPTY, PlanOptions.NORMAL, diagnostics);
    try (Fleet fleet = new Fleet(Providers::transport, planner::connection)) {
      return planner.plan(fleet).orElseThrow();
    }
  }
}
