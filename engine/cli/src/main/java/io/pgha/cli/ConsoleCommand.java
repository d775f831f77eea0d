package io.pgha.cli;

import io.pgha.core.Configuration;
import io.pgha.core.Project;
import io.pgha.core.evaluation.AppliedResources;
import io.pgha.core.plan.AppliedReferences;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFile;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code pgha console}. */
final class ConsoleCommand implements Subcommand, Callable<Integer> {
  private static final String HELP =
      """
      Type an expression and press Enter to see its value: var.name, local.name,
      host.db["psql-db-1"].address, module.name.output, functions and whatever else
      an argument may hold. Resources are as they were last applied.

      type(...) around an expression shows its type instead. An expression goes on
      over several lines while a bracket or a heredoc is open.

      The arrow keys bring back earlier lines. exit, Ctrl-C or Ctrl-D ends the console.\
      """;

  private final Main main;
  private final ViewOptions view = new ViewOptions();
  private final ProjectOptions options = new ProjectOptions();

  ConsoleCommand(Main main) {
    this.main = main;
  }

  @Override
  public void declare(Arguments takes) {
    takes.description(
        "Evaluate expressions, a line each, against the configuration and what was last applied."
            + " No machine is asked, nothing is changed.");
    view.declare(takes);
    options.declare(takes);
  }

  @Override
  public Integer call() throws Exception {
    return DeepStack.call(() -> {
      Diagnostics diagnostics = new Diagnostics();
      Project project =
          Project.loadForLooking(
              main.directory(), options.given(main.surroundings()), Providers.types(), diagnostics);
      main.console(view).show(diagnostics, project.sources());
      Optional<Configuration> configuration = project.configuration();
      if (configuration.isEmpty()) {
        return Operation.FAILED;
      }
      AppliedResources applied =
          AppliedReferences.of(States.read(main.directory()), configuration.get().types());
      ConsoleSession session = new ConsoleSession(configuration.get(), applied);
      Diagnostics wrong = new Diagnostics();
      session.validateVariables(wrong);
      main.console(view).show(wrong, project.sources());
      try (ConsoleInput input = ConsoleInput.of(main.surroundings())) {
        return answer(project, session, input);
      }
    });
  }

  /** Answers until there are no more questions, or until the first mistake where nobody sits. */
  private int answer(Project project, ConsoleSession session, ConsoleInput input) throws Exception {
    boolean live = main.surroundings().terminal();
    Optional<String> line = input.next();
    while (line.isPresent() && !line.get().strip().equals("exit")) {
      String text = line.get();
      if (text.strip().equals("help")) {
        main.console(view).line(HELP);
      } else if (!text.isBlank()) {
        // A new one each time: the same mistake made twice is shown twice.
        Console console = main.console(view);
        Diagnostics diagnostics = new Diagnostics();
        SourceFile source = project.sources().add(SourceFile.of(ConsoleSession.SOURCE_NAME, text));
        session.answer(source, diagnostics).ifPresent(console::line);
        console.show(diagnostics, project.sources());
        if (diagnostics.hasErrors() && !live) {
          return Operation.FAILED;
        }
      }
      line = input.next();
    }
    return Operation.OK;
  }
}
