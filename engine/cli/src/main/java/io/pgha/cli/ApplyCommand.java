package io.pgha.cli;

import io.pgha.core.plan.Mode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code pgha apply}. */
@Command(name = "apply", description = "Take the machines to what the configuration says.")
final class ApplyCommand implements Callable<Integer> {
  @ParentCommand private Main main;
  @Mixin private ViewOptions view = new ViewOptions();
  @Mixin private ProjectOptions project = new ProjectOptions();
  @Mixin private PlanningOptions planning = new PlanningOptions();
  @Mixin private ReportOptions report = new ReportOptions();

  @Option(
      names = {"-auto-approve", "--auto-approve"},
      description = "Don't ask before changing anything.")
  private boolean approved;

  @Override
  public Integer call() throws Exception {
    return new Operation(main, view, project, planning, report).apply(Mode.NORMAL, approved);
  }
}
