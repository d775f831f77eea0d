package io.pgha.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
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

  @Parameters(
      arity = "0..1",
      paramLabel = "PLAN",
      description = "A file that pgha plan -out has written: it is applied without a question.")
  private @Nullable Path saved;

  @Override
  public Integer call() throws Exception {
    Operation operation = new Operation(main, view, project, planning, report);
    return saved == null
        ? operation.apply(planning.options(), approved)
        : operation.apply(SavedPlan.read(main.directory().resolve(saved)));
  }
}
