package io.pgha.core.evaluation;

import io.pgha.core.configuration.Module;
import io.pgha.core.configuration.ModuleProviders;
import io.pgha.language.expression.Evaluator;
import io.pgha.language.function.Function;
import io.pgha.language.function.FunctionTable;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Evaluates the expressions of modules, each of which may have names of its own for providers,
 * whose functions it calls by them. Not thread-safe.
 */
final class ModuleEvaluators {
  private final Evaluator shared;
  private final TypeRegistry types;
  private final IdentityHashMap<ModuleProviders, Evaluator> others = new IdentityHashMap<>();

  ModuleEvaluators(Evaluation.Inputs inputs) {
    this.shared = inputs.evaluator();
    this.types = inputs.types();
  }

  /** For what calls no function of a provider. */
  Evaluator shared() {
    return shared;
  }

  /** For the expressions of a module. */
  Evaluator of(Module module) {
    ModuleProviders providers = module.providers();
    return providers.required().isEmpty()
        ? shared
        : others.computeIfAbsent(providers, this::naming);
  }

  private Evaluator naming(ModuleProviders providers) {
    ProviderNames names = new ProviderNames(types, providers);
    FunctionTable functions = shared.functions();
    Map<String, Supplier<List<Function>>> offered = new HashMap<>(functions.providers());
    for (String local : providers.required().keySet()) {
      Optional<String> provider = names.provider(local);
      if (provider.isPresent() && functions.providers().containsKey(provider.get())) {
        offered.put(local, functions.providers().get(provider.get()));
      } else {
        offered.remove(local);
      }
    }
    return new Evaluator(functions.with(offered), shared.environment());
  }
}
