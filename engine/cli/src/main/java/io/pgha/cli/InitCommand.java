package io.pgha.cli;

import io.pgha.core.Project;
import io.pgha.language.diagnostic.Diagnostics;
import java.util.concurrent.Callable;

/** {@code pgha init}. */
final class InitCommand implements Subcommand, Callable<Integer> {
  private final Main main;
  private final ViewOptions view = new ViewOptions();

  /** Understood, not needed: values of variables are not asked for yet. */
  @SuppressWarnings("UnusedVariable")
  private final ProjectOptions options = new ProjectOptions();

  InitCommand(Main main) {
    this.main = main;
  }

  @Override
  public void declare(Arguments takes) {
    takes.description("Prepare a folder: read it and all modules that it calls.");
    view.declare(takes);
    options.declare(takes);
  }

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
