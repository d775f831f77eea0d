package io.pgha.cli;

import io.pgha.cli.view.Graph;
import io.pgha.cli.view.PlanViews;
import io.pgha.cli.view.Svg;
import io.pgha.core.Configuration;
import io.pgha.core.Project;
import io.pgha.core.evaluation.Evaluation;
import io.pgha.core.evaluation.ResourceInstance;
import io.pgha.core.observation.Fleet;
import io.pgha.core.plan.Named;
import io.pgha.core.plan.PlanOptions;
import io.pgha.core.plan.Planner;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.value.ValueText;
import io.pgha.state.InstanceState;
import io.pgha.state.State;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;

/** {@code pgha graph}. */
final class GraphCommand implements Subcommand, Callable<Integer> {
  private final Main main;
  private final ViewOptions view = new ViewOptions();
  private final ProjectOptions options = new ProjectOptions();

  /** Of what the graph is. */
  enum Type {
    config,
    plan,
    state
  }

  private Type type = Type.config;
  private boolean svg;

  GraphCommand(Main main) {
    this.main = main;
  }

  @Override
  public void declare(Arguments takes) {
    takes.description("Write which instance needs which, in the DOT language or as a drawing.");
    view.declare(takes);
    options.declare(takes);
    takes.option(
        "-type",
        "TYPE",
        Type.class,
        "config",
        "Of what: config, what is declared; plan, with what would be done, for which the machines"
            + " are looked at; state, what was last applied. Default: ${DEFAULT-VALUE}.",
        given -> type = given);
    takes.understood("-draw-cycles", "a cycle is an error that names all in it.");
    takes.flag("-svg", "Draw it: pgha graph -svg > graph.svg", given -> svg = given);
  }

  @Override
  public Integer call() throws Exception {
    return DeepStack.call(() -> {
      Console console = main.console(view);
      Diagnostics diagnostics = new Diagnostics();
      Optional<Graph> graph =
          type == Type.state
              ? Optional.of(ofState(States.of(main).read()))
              : ofProject(console, diagnostics);
      if (graph.isEmpty() || diagnostics.hasErrors()) {
        return Operation.FAILED;
      }
      console.out().print(svg ? drawing(graph.get()) : dot(graph.get()));
      console.out().flush();
      return Operation.OK;
    });
  }

  private Optional<Graph> ofProject(Console console, Diagnostics diagnostics) throws Exception {
    Project project =
        Project.load(
            main.directory(), options.given(main.surroundings()), Providers.types(), diagnostics);
    Optional<Graph> graph = Optional.empty();
    if (project.configuration().isPresent()) {
      Configuration configuration = project.configuration().get();
      graph =
          type == Type.plan
              ? ofPlan(configuration, States.of(project), diagnostics)
              : Optional.of(ofConfiguration(configuration.closed(), diagnostics));
    }
    console.show(diagnostics, project.sources());
    return graph;
  }

  private Optional<Graph> ofPlan(
      Configuration configuration, States states, Diagnostics diagnostics) throws Exception {
    State state = states.read();
    Planner planner = new Planner(configuration, state, PlanOptions.NORMAL, diagnostics);
    try (Fleet fleet = new Fleet(Providers::transport, planner::connection)) {
      return planner.plan(fleet).map(plan -> Graph.of(PlanViews.of(plan)));
    }
  }

  private static Graph ofConfiguration(Configuration configuration, Diagnostics diagnostics) {
    Map<String, Collection<String>> needs = new TreeMap<>();
    Evaluation evaluation = configuration.evaluation(Map.of(), Map.of(), diagnostics);
    for (ResourceInstance instance : evaluation.instances()) {
      needs.put(instance.address(), instance.dependencies());
    }
    // One node for all that a data source will decide on.
    evaluation.deferrals().forEach(each -> needs.put(each.address(), each.needs()));
    return Graph.of(needs);
  }

  private static Graph ofState(State state) {
    Map<String, Collection<String>> needs = new TreeMap<>();
    for (InstanceState instance : state.instances().values()) {
      needs.put(instance.address().text(), instance.dependencies());
    }
    return Graph.of(needs);
  }

  private static String drawing(Graph graph) {
    return Svg.document(
        graph
            .condensed(Svg.MOST_NODES)
            .orElseThrow(() ->
                CommandFailure.of(
                    "too-large",
                    graph.nodes().size() + " instances are too many for a drawing",
                    "At most "
                        + Svg.MOST_NODES
                        + " boxes are drawn, and even with one for each module there are more."
                        + " Without -svg the whole graph is written in the DOT language.")));
  }

  /** An arrow from each instance to what it needs. */
  static String dot(Graph graph) {
    StringBuilder text = new StringBuilder("digraph pgha {\n  rankdir = \"RL\";\n");
    text.append("  node [shape = rect, fontname = \"sans-serif\"];\n");
    for (Graph.Node node : graph.nodes()) {
      text.append("  ").append(ValueText.quote(node.id()));
      node.action()
          .filter(action -> action.isChange())
          .ifPresent(action ->
              text.append(" [label = ")
                  .append(ValueText.quote(action.sign() + " " + node.id()))
                  .append(']'));
      text.append(";\n");
    }
    Named named = new Named(graph.needs().keySet());
    Set<String> groups = new TreeSet<>();
    graph
        .needs()
        .forEach((id, needed) -> {
          for (String name : needed) {
            arrow(text, id, name);
            if (!graph.needs().containsKey(name)) {
              groups.add(name);
            }
          }
        });
    for (String group : groups) {
      named.instances(group).forEach(member -> arrow(text, group, member));
    }
    return text.append("}\n").toString();
  }

  private static void arrow(StringBuilder text, String from, String to) {
    text.append("  ")
        .append(ValueText.quote(from))
        .append(" -> ")
        .append(ValueText.quote(to))
        .append(";\n");
  }
}
