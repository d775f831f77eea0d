package io.pgha.core.evaluation;

import io.pgha.core.configuration.Module;
import io.pgha.core.configuration.Module.Resource;
import io.pgha.core.configuration.ResourcePrefix;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.expression.Scope;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import io.pgha.language.syntax.Traverser;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Resolves the references of replace_triggered_by, and remembers what they name. */
final class TriggerScope implements Scope {
  private static final Set<String> REPETITION = Set.of("each", "count");

  private final Scope scope;
  private final ModuleInstance module;
  private final List<Trigger> triggers = new ArrayList<>();

  TriggerScope(Scope scope, ModuleInstance module) {
    this.scope = scope;
    this.module = module;
  }

  /** What was named so far. */
  List<Trigger> triggers() {
    return triggers;
  }

  @Override
  public Resolution resolve(ScopeTraversal reference, Diagnostics diagnostics) {
    if (ResourcePrefix.isAt(reference)) {
      Resolution resolved = resolve(ResourcePrefix.without(reference), diagnostics);
      return new Resolution(resolved.value(), resolved.steps() + 1);
    }
    if (REPETITION.contains(reference.root())) {
      return scope.resolve(reference, diagnostics);
    }
    List<String> names = NameScope.names(reference);
    if (names.isEmpty()
        || !NameScope.isOfResource(reference)
        || TypeRegistry.Kind.of(reference.root() + ".") != TypeRegistry.Kind.RESOURCE) {
      diagnostics.add(
          Diagnostic.error(
              "replace-triggered-by",
              "Not a reference to a resource",
              "replace_triggered_by takes references to resources of this module, their instances"
                  + " or attributes, such as [terraform_data.release] or"
                  + " [terraform_data.release.output]. To have a variable or local value trigger a"
                  + " replacement, put it in the input of a terraform_data.",
              reference.range()));
      return Resolution.failed(reference);
    }
    Resolution resolution = scope.resolve(reference, diagnostics);
    String name = reference.root() + "." + names.getFirst();
    List<Traverser> steps = reference.steps();
    int next = 1;
    if (steps.size() > next
        && steps.get(next) instanceof Traverser.Index(var key, var range)
        && resolution.steps() > next) {
      Resource resource = module.module().resources().get(name);
      boolean counted =
          resource != null && resource.repetition() instanceof Module.Repetition.Count;
      name += InstanceKey.of(key, counted).suffix();
      next++;
    }
    triggers.add(
        new Trigger(module.address(name), SourcePaths.of(steps.subList(next, steps.size()))));
    return resolution;
  }
}
