package io.pgha.cli;

import io.pgha.core.plan.Mode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code pgha destroy}. */
@Command(name = "destroy", description = "Take away all that was made.")
final class DestroyCommand implements Callable<Integer> {
  @ParentCommand private Main main;
  @Mixin private ViewOptions view = new ViewOptions();
  @Mixin private ProjectOptions project = new ProjectOptions();
  @Mixin private PlanningOptions planning = new PlanningOptions();
  @Mixin private ReportOptions report = new ReportOptions();

  @Option(
      names = {"-auto-approve", "--auto-approve"},
      description = "Don't ask before destroying anything.")
  private boolean approved;

  @Override
  public Integer call() throws Exception {
    return new Operation(main, view, project, planning, report)
        .apply(planning.options(Mode.DESTROY), approved);
  }
}
