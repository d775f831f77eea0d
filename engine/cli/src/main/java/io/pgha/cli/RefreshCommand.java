package io.pgha.cli;

import io.pgha.core.plan.Mode;
import java.util.concurrent.Callable;

/** {@code pgha refresh}: {@code pgha apply -refresh-only -auto-approve} by its older name. */
final class RefreshCommand implements Subcommand, Callable<Integer> {
  private final Main main;
  private final ViewOptions view = new ViewOptions();
  private final ProjectOptions project = new ProjectOptions();
  private final PlanningOptions planning = new PlanningOptions();
  private final ReportOptions report = new ReportOptions();

  RefreshCommand(Main main) {
    this.main = main;
  }

  @Override
  public void declare(Arguments takes) {
    takes.description(
        "Take what the machines say for what was last applied, without a question. No machine is"
            + " changed.",
        "The same as pgha apply -refresh-only -auto-approve; pgha plan -refresh-only shows it first.");
    view.declare(takes);
    project.declare(takes);
    planning.declare(takes);
    report.declare(takes);
    LockOptions.declareBackup(takes);
  }

  @Override
  public Integer call() throws Exception {
    planning.refreshOnly = true;
    return new Operation(main, view, project, planning, report)
        .apply(planning.options(planning.destroy ? Mode.DESTROY : Mode.REFRESH_ONLY), true);
  }
}
