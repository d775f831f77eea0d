package io.pgha.cli;

import java.util.concurrent.Callable;
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

  @Override
  public Integer call() throws Exception {
    return new Operation(main, view, project, planning, report).plan(detailedExitCode);
  }
}
