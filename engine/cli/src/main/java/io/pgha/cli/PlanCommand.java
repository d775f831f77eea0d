package io.pgha.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** {@code pgha plan}. */
final class PlanCommand implements Subcommand, Callable<Integer> {
  private final Main main;
  private final ViewOptions view = new ViewOptions();
  private final ProjectOptions project = new ProjectOptions();
  private final PlanningOptions planning = new PlanningOptions();
  private final ReportOptions report = new ReportOptions();
  private boolean detailedExitCode;
  private @Nullable Path saved;
  private @Nullable Path generated;

  PlanCommand(Main main) {
    this.main = main;
  }

  @Override
  public void declare(Arguments takes) {
    takes.description("Show what apply would change, on which machine and why.");
    view.declare(takes);
    project.declare(takes);
    planning.declare(takes);
    report.declare(takes);
    takes.flag(
        "-detailed-exitcode",
        "Exit with 2 when there are changes.",
        given -> detailedExitCode = given);
    takes.option(
        "-out",
        "FILE",
        Path.class,
        "Keep the plan in this file: pgha apply FILE does just that, pgha show FILE shows it.",
        given -> saved = given);
    takes.option(
        "-generate-config-out",
        "FILE",
        Path.class,
        "Write resource blocks for what import blocks name and nobody has declared yet to this new"
            + " file of the configuration, from what is there.",
        given -> generated = given);
  }

  @Override
  public Integer call() throws Exception {
    return new Operation(main, view, project, planning, report)
        .plan(detailedExitCode, Optional.ofNullable(saved), Optional.ofNullable(generated));
  }
}
