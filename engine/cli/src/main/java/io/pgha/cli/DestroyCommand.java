package io.pgha.cli;

import io.pgha.core.plan.Mode;
import java.util.concurrent.Callable;

/** {@code pgha destroy}. */
final class DestroyCommand implements Subcommand, Callable<Integer> {
  private final Main main;
  private final ViewOptions view = new ViewOptions();
  private final ProjectOptions project = new ProjectOptions();
  private final PlanningOptions planning = new PlanningOptions();
  private final ReportOptions report = new ReportOptions();
  private boolean approved;

  DestroyCommand(Main main) {
    this.main = main;
  }

  @Override
  public void declare(Arguments takes) {
    takes.description("Take away all that was made.");
    view.declare(takes);
    project.declare(takes);
    planning.declare(takes);
    report.declare(takes);
    LockOptions.declareBackup(takes);
    takes.flag("-auto-approve", "Don't ask before destroying anything.", given -> approved = given);
  }

  @Override
  public Integer call() throws Exception {
    return new Operation(main, view, project, planning, report)
        .apply(planning.options(Mode.DESTROY), approved);
  }
}
