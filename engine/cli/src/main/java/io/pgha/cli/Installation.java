package io.pgha.cli;

import io.pgha.core.Project;
import io.pgha.core.module.ModuleInstaller;
import io.pgha.language.diagnostic.Diagnostics;

/** Installs the modules that a configuration calls, for {@code pgha init} and {@code pgha get}. */
final class Installation {
  private Installation() {}

  /** Reads the configuration with what is installed. */
  static int check(Main main, ViewOptions view, ProjectOptions options, String done)
      throws Exception {
    return DeepStack.call(() -> {
      Console console = main.console(view);
      Diagnostics diagnostics = new Diagnostics();
      Project project =
          Project.loadForLooking(
              main.directory(), options.given(main.surroundings()), Providers.types(), diagnostics);
      console.show(diagnostics, project.sources());
      if (diagnostics.hasErrors()) {
        return Operation.FAILED;
      }
      console.line(done(project, done));
      return Operation.OK;
    });
  }

  private static String done(Project project, String done) {
    return project.files().isEmpty() ? "There is no configuration here yet. " + done : done;
  }

  /**
   * Installs.
   *
   * @param options give the variables their values that sources of modules refer to
   * @param upgrade whether refs are followed to what they are now
   * @param done what to say where all went well
   */
  static int run(Main main, ViewOptions view, ProjectOptions options, boolean upgrade, String done)
      throws Exception {
    return DeepStack.call(() -> {
      Console console = main.console(view);
      Diagnostics diagnostics = new Diagnostics();
      ModuleInstaller installer =
          new ModuleInstaller(main.directory(), upgrade, console::line, diagnostics);
      Project project =
          Project.install(
              main.directory(),
              options.given(main.surroundings()),
              installer,
              Providers.types(),
              diagnostics);
      console.show(diagnostics, project.sources());
      if (diagnostics.hasErrors()) {
        return Operation.FAILED;
      }
      installer.installed().forEach(console::line);
      console.line(done(project, done));
      return Operation.OK;
    });
  }
}
