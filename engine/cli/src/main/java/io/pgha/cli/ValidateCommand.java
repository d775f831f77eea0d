package io.pgha.cli;

import io.pgha.core.Project;
import io.pgha.core.plan.PlanOptions;
import io.pgha.core.plan.Planner;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.state.State;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code pgha validate}. */
@Command(name = "validate", description = "Check the configuration without asking any machine.")
final class ValidateCommand implements Callable<Integer> {
  @ParentCommand private Main main;
  @Mixin private ProjectOptions options = new ProjectOptions();

  @Override
  public Integer call() {
    return DeepStack.call(() -> {
      Console console = Console.system(!options.noColour);
      Diagnostics diagnostics = new Diagnostics();
      Project project =
          Project.load(main.directory(), options.given(), Providers.types(), diagnostics);
      project
          .configuration()
          .ifPresent(configuration ->
              new Planner(configuration, State.EMPTY, PlanOptions.NORMAL, diagnostics).validate());
      console.show(diagnostics, project.sources());
      if (diagnostics.hasErrors()) {
        return Operation.FAILED;
      }
      console.line("The configuration is valid.");
      return Operation.OK;
    });
  }
}
