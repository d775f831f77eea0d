package io.pgha.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code pgha plan}. */
@Command(name = "plan", description = "Show what apply would change, on which machine and why.")
final class PlanCommand implements Callable<Integer> {
  @ParentCommand private Main main;
  @Mixin private ViewOptions view = new ViewOptions();
  @Mixin private ProjectOptions project = new ProjectOptions();
  @Mixin private PlanningOptions planning = new PlanningOptions();
  @Mixin private ReportOptions report = new ReportOptions();

  @Option(
      names = {"-detailed-exitcode", "--detailed-exitcode"},
      description = "Exit with 2 when there are changes.")
  private boolean detailedExitCode;

  @Option(
      names = {"-out", "--out"},
      paramLabel = "FILE",
      description =
          "Keep the plan in this file: pgha apply FILE does just that, pgha show FILE shows it.")
  private @Nullable Path saved;

  @Option(
      names = {"-generate-config-out", "--generate-config-out"},
      paramLabel = "FILE",
      description = {
        "Write resource blocks for what import blocks name and nobody has declared yet to this new"
            + " file of the configuration, from what is there."
      })
  private @Nullable Path generated;

  @Override
  public Integer call() throws Exception {
    return new Operation(main, view, project, planning, report)
        .plan(detailedExitCode, Optional.ofNullable(saved), Optional.ofNullable(generated));
  }
}
