package io.pgha.cli;

import io.pgha.core.Project;
import io.pgha.core.configuration.Module;
import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.language.diagnostic.Diagnostics;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;

/** {@code pgha providers}. */
final class ProvidersCommand implements Subcommand, Callable<Integer> {
  private final Main main;
  private final ViewOptions view = new ViewOptions();
  private final ProjectOptions options = new ProjectOptions();

  ProvidersCommand(Main main) {
    this.main = main;
  }

  @Override
  public void declare(Arguments takes) {
    takes.description("Show which providers the configuration uses, and for which types.");
    takes.subcommand("schema", new ProvidersSchemaCommand(main));
    view.declare(takes);
    options.declare(takes);
  }

  @Override
  public Integer call() throws Exception {
    return DeepStack.call(() -> {
      Console console = main.console(view);
      Diagnostics diagnostics = new Diagnostics();
      TypeRegistry types = Providers.types();
      Project project =
          Project.loadModules(
              main.directory(), options.given(main.surroundings()), types, diagnostics);
      console.show(diagnostics, project.sources());
      if (project.configuration().isEmpty()) {
        return Operation.FAILED;
      }
      Map<String, Set<String>> used = new TreeMap<>();
      collect(project.configuration().get().module(), types, used);
      used.forEach((provider, names) ->
          console.line("%s: %s".formatted(provider, String.join(", ", names))));
      return Operation.OK;
    });
  }

  private static void collect(Module module, TypeRegistry types, Map<String, Set<String>> used) {
    for (Module.Resource resource : module.resources().values()) {
      String provider = types.provider(resource.type());
      if (!provider.isEmpty()) {
        used.computeIfAbsent(provider, name -> new TreeSet<>()).add(resource.type());
      }
    }
    module.calls().values().forEach(call -> collect(call.module(), types, used));
  }
}
