package io.pgha.cli;

import io.pgha.core.Configuration;
import io.pgha.core.Project;
import io.pgha.core.evaluation.ResourceInstance;
import io.pgha.core.plan.Named;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.value.ValueText;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** {@code pgha graph}. */
@Command(
    name = "graph",
    description =
        "Write which instance needs which, in the DOT language: pgha graph | dot -Tsvg > graph.svg")
final class GraphCommand implements Callable<Integer> {
  @ParentCommand private Main main;
  @Mixin private ViewOptions view = new ViewOptions();
  @Mixin private ProjectOptions options = new ProjectOptions();

  @Override
  public Integer call() throws Exception {
    return DeepStack.call(() -> {
      Console console = main.console(view);
      Diagnostics diagnostics = new Diagnostics();
      Project project =
          Project.load(
              main.directory(), options.given(main.surroundings()), Providers.types(), diagnostics);
      List<ResourceInstance> instances =
          project
              .configuration()
              .map(configuration -> instances(configuration, diagnostics))
              .orElse(List.of());
      console.show(diagnostics, project.sources());
      if (diagnostics.hasErrors()) {
        return Operation.FAILED;
      }
      console.out().print(dot(instances));
      console.out().flush();
      return Operation.OK;
    });
  }

  private static List<ResourceInstance> instances(
      Configuration configuration, Diagnostics diagnostics) {
    return configuration.evaluation(Map.of(), Map.of(), diagnostics).instances();
  }

  /** An arrow from each instance to what it needs. */
  static String dot(List<ResourceInstance> instances) {
    StringBuilder text = new StringBuilder("digraph pgha {\n  rankdir = \"RL\";\n");
    text.append("  node [shape = rect, fontname = \"sans-serif\"];\n");
    for (ResourceInstance instance : instances) {
      text.append("  ").append(ValueText.quote(instance.address())).append(";\n");
    }
    Named named = new Named(instances.stream().map(ResourceInstance::address).toList());
    Set<String> groups = new TreeSet<>();
    for (ResourceInstance instance : instances) {
      for (String needed : new TreeSet<>(instance.dependencies())) {
        arrow(text, instance.address(), needed);
        if (named.isGroup(needed)) {
          groups.add(needed);
        }
      }
    }
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
