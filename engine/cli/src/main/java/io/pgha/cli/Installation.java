package io.pgha.cli;

import io.pgha.core.Project;
import io.pgha.core.module.ModuleInstaller;
import io.pgha.language.diagnostic.Diagnostics;

/**
 * Installs the modules that a configuration calls, for {@code pgha init} and {@code pgha get}.
 *
 * @param options give the variables their values that sources of modules refer to
 */
record Installation(Main main, Console console, ProjectOptions options) {

  /** Reads the configuration with what is installed. */
  int check(String done) throws Exception {
    return DeepStack.call(() -> {
      Diagnostics diagnostics = new Diagnostics();
      return ended(
          Project.loadForLooking(main.directory(), given(), Providers.types(), diagnostics),
          diagnostics,
          done);
    });
  }

  /**
   * Installs.
   *
   * @param upgrade whether refs are followed to what they are now
   * @param locked whether the lock file must stay as it is
   * @param done what to say where all went well
   */
  int run(boolean upgrade, boolean locked, String done) throws Exception {
    return DeepStack.call(() -> {
      console
          .json()
          .ifPresent(
              lines -> lines.init("initializing_modules_message", "Initializing modules..."));
      Diagnostics diagnostics = new Diagnostics();
      ModuleInstaller installer =
          new ModuleInstaller(
              main.directory(),
              new ModuleInstaller.Mode(upgrade, locked),
              console::line,
              diagnostics);
      Project project =
          Project.install(main.directory(), given(), installer, Providers.types(), diagnostics);
      if (!diagnostics.hasErrors()) {
        console.show(diagnostics, project.sources());
        installer.installed().forEach(console::line);
      }
      return ended(project, diagnostics, done);
    });
  }

  private Project.Given given() {
    return options.given(main.surroundings());
  }

  private int ended(Project project, Diagnostics diagnostics, String done) {
    console.show(diagnostics, project.sources());
    if (diagnostics.hasErrors()) {
      return Operation.FAILED;
    }
    String said = project.files().isEmpty() ? "There is no configuration here yet. " + done : done;
    console
        .json()
        .ifPresentOrElse(
            lines -> lines.init("output_init_success_message", said), () -> console.line(said));
    return Operation.OK;
  }
}
