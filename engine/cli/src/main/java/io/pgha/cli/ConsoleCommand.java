package io.pgha.cli;

import io.pgha.core.Configuration;
import io.pgha.core.Project;
import io.pgha.core.evaluation.AppliedResources;
import io.pgha.core.observation.Fleet;
import io.pgha.core.plan.AppliedReferences;
import io.pgha.core.plan.PlanOptions;
import io.pgha.core.plan.Planner;
import io.pgha.core.plan.World;
import io.pgha.core.storage.Storage;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFile;
import io.pgha.language.syntax.Expression;
import io.pgha.language.value.Value;
import io.pgha.provider.transport.Transport;
import io.pgha.state.State;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

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
  private boolean planned;
  private Optional<Path> state = Optional.empty();

  ConsoleCommand(Main main) {
    this.main = main;
  }

  @Override
  public void declare(Arguments takes) {
    takes.description(
        "Evaluate expressions, a line each, against the configuration and what was last applied."
            + " Without -plan no machine is asked; nothing is changed.");
    view.declare(takes);
    options.declare(takes);
    takes.flag(
        "-plan",
        "Make a plan first, for which machines are asked: resources are as it will make them, and"
            + " what is read from machines is there.",
        given -> planned = given);
    takes.option(
        "-state",
        "FILE",
        Path.class,
        "Take what was last applied from this file instead of from the folder's own state.",
        given -> state = Optional.of(given));
  }

  @Override
  public Integer call() throws Exception {
    return DeepStack.call(() -> {
      Project project = load();
      Diagnostics diagnostics = new Diagnostics();
      Optional<ConsoleSession> session = Optional.empty();
      if (project.configuration().isPresent()) {
        Configuration configuration = project.configuration().get();
        session =
            planned
                ? planned(configuration, state(project), diagnostics)
                : Optional.of(applied(configuration, state(project), diagnostics));
      }
      main.console(view).show(diagnostics, project.sources());
      if (session.isEmpty()) {
        return Operation.FAILED;
      }
      try (ConsoleInput input = ConsoleInput.of(main.surroundings())) {
        return answer(project, session.get(), input);
      }
    });
  }

  private Project load() {
    Diagnostics diagnostics = new Diagnostics();
    Console console = main.console(view);
    Project project =
        planned
            ? Project.load(
                main.directory(), options.asking(console), Providers.types(), diagnostics)
            : Project.loadForLooking(
                main.directory(),
                options.given(main.surroundings()),
                Providers.types(),
                diagnostics);
    console.show(diagnostics, project.sources());
    return project;
  }

  /** Variables without a value are no mistake, unless the state can't be read without them. */
  private State state(Project project) throws Exception {
    Storage storage =
        project.storage().isPresent()
            ? project.storage().get()
            : States.storage(main, options.given(main.surroundings()));
    return state.isPresent()
        ? States.readFile(main.directory().resolve(state.get()), storage)
        : States.read(storage);
  }

  private ConsoleSession applied(
      Configuration configuration, State state, Diagnostics diagnostics) {
    AppliedResources applied = AppliedReferences.of(state, configuration.types());
    configuration.evaluation(applied, diagnostics).validateVariables();
    return new ConsoleSession(configuration, applied);
  }

  /** One in the world that a plan was made of; empty where none can be made. */
  private Optional<ConsoleSession> planned(
      Configuration configuration, State state, Diagnostics diagnostics)
      throws InterruptedException {
    Planner planner = new Planner(configuration, state, PlanOptions.NORMAL, diagnostics);
    Supplier<Transport> transport =
        Providers.transport(configuration, main.surroundings().transport());
    try (Fleet fleet = new Fleet(transport, planner::connection, main.surroundings().stages())) {
      return planner.plan(fleet).isEmpty()
          ? Optional.empty()
          : Optional.of(
              new ConsoleSession((expression, found) -> value(planner, expression, found)));
    }
  }

  private static Value value(Planner planner, Expression expression, Diagnostics found) {
    World world = planner.world();
    Value value = world.evaluation().evaluate(expression);
    found.addAll(world.evaluated().drain());
    return value;
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
