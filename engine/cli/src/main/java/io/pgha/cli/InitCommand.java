package io.pgha.cli;

import io.pgha.core.Project;
import io.pgha.language.diagnostic.Diagnostics;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code pgha init}. */
@Command(name = "init", description = "Prepare a folder: read it and all modules that it calls.")
final class InitCommand implements Callable<Integer> {
  @ParentCommand private Main main;
  @Mixin private ViewOptions view = new ViewOptions();

  /** Understood, not needed: values of variables are not asked for yet. */
  @SuppressWarnings("UnusedVariable")
  @Mixin
  private ProjectOptions options = new ProjectOptions();

  @Override
  public Integer call() throws Exception {
    return DeepStack.call(() -> {
      Console console = main.console(view);
      Diagnostics diagnostics = new Diagnostics();
      Project project = Project.loadModules(main.directory(), Providers.types(), diagnostics);
      console.show(diagnostics, project.sources());
      if (diagnostics.hasErrors()) {
        return Operation.FAILED;
      }
      console.line("Ready. All providers are part of pgha; nothing had to be fetched.");
      return Operation.OK;
    });
  }
}
