package io.pgha.cli;

import io.pgha.state.encryption.Encryption;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** {@code pgha apply}. */
final class ApplyCommand implements Subcommand, Callable<Integer> {
  private final Main main;
  private final ViewOptions view = new ViewOptions();
  private final ProjectOptions project = new ProjectOptions();
  private final PlanningOptions planning = new PlanningOptions();
  private final ReportOptions report = new ReportOptions();
  private boolean approved;
  private @Nullable Path saved;

  ApplyCommand(Main main) {
    this.main = main;
  }

  @Override
  public void declare(Arguments takes) {
    takes.description("Take the machines to what the configuration says.");
    view.declare(takes);
    project.declare(takes);
    planning.declare(takes);
    report.declare(takes);
    LockOptions.declareBackup(takes);
    takes.flag("-auto-approve", "Don't ask before changing anything.", given -> approved = given);
    takes.optionalParameter(
        "PLAN",
        Path.class,
        "A file that pgha plan -out has written: it is applied without a question.",
        given -> saved = given);
  }

  @Override
  public Integer call() throws Exception {
    Operation operation = new Operation(main, view, project, planning, report);
    if (saved == null) {
      return operation.apply(planning.options(), approved);
    }
    Encryption encryption = States.storage(main, project.given(main.surroundings())).plan();
    return operation.apply(SavedPlan.read(main.directory().resolve(saved), encryption));
  }
}
