package io.pgha.core.evaluation;

import io.pgha.core.configuration.Module.Call;
import io.pgha.core.configuration.Module.Resource;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.expression.Scope;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import io.pgha.language.syntax.Traverser;
import java.util.List;

/** Makes what is being evaluated depend on what {@code depends_on} names. */
final class NamedDependencies {
  private final Evaluation evaluation;
  private final Diagnostics diagnostics;

  NamedDependencies(Evaluation evaluation, Diagnostics diagnostics) {
    this.evaluation = evaluation;
    this.diagnostics = diagnostics;
  }

  /**
   * Depends on all instances of a resource or module, or on what another reference comes from.
   *
   * @param scope what names mean where the reference is written, outside of any instance
   */
  void add(ModuleInstance module, ScopeTraversal reference, Scope scope) {
    int steps =
        switch (reference.root()) {
          case "module" -> module(module, reference, scope);
          case "var", "local", "path", "terraform", "pgha", "each", "count", "self" ->
              scope.resolve(reference, diagnostics).steps();
          default -> resource(module, reference);
        };
    if (steps < reference.steps().size()) {
      diagnostics.add(
          Diagnostic.error(
              "depends-on",
              "Not a whole object",
              "depends_on names what something waits for as a whole: "
                  + new ScopeTraversal(
                      reference.root(),
                      reference.rootRange(),
                      reference.steps().subList(0, steps),
                      reference.range())
                  + ", without what is inside of it.",
              reference.range()));
    }
  }

  /** Says how many steps of the reference name something. */
  private int module(ModuleInstance module, ScopeTraversal reference, Scope scope) {
    List<Traverser> steps = reference.steps();
    int after = isIndex(steps, 1) ? 2 : 1;
    List<String> names = NameScope.names(reference);
    Call call = names.isEmpty() ? null : module.module().calls().get(names.getFirst());
    if (call == null || steps.size() > after) {
      return scope.resolve(reference, diagnostics).steps();
    }
    evaluation.children(module, call).values().forEach(this::addAll);
    return after;
  }

  private int resource(ModuleInstance module, ScopeTraversal reference) {
    List<String> names = NameScope.names(reference);
    TypeRegistry.Kind kind = TypeRegistry.Kind.of(reference.root() + ".");
    int steps = kind == TypeRegistry.Kind.RESOURCE ? 1 : 2;
    String name =
        names.size() < steps
            ? reference.toString()
            : reference.root() + "." + String.join(".", names.subList(0, steps));
    Resource resource = module.module().resources().get(name);
    if (resource == null) {
      evaluation.report(
          NameScope.undeclared(
              kind.word(), name, module.module().resources().keySet(), reference.range()));
      return reference.steps().size();
    }
    addAll(module, resource);
    return isIndex(reference.steps(), steps) ? steps + 1 : steps;
  }

  private static boolean isIndex(List<Traverser> steps, int at) {
    return steps.size() > at && steps.get(at) instanceof Traverser.Index;
  }

  private void addAll(ModuleInstance module, Resource resource) {
    if (evaluation.expansion(module, resource) instanceof Expansion.Single) {
      evaluation.instanceValue(module, resource, new InstanceKey.None());
    } else {
      evaluation.resourceValue(module, resource);
    }
  }

  private void addAll(ModuleInstance module) {
    for (Resource resource : module.module().resources().values()) {
      addAll(module, resource);
    }
    for (Call call : module.module().calls().values()) {
      evaluation.children(module, call).values().forEach(this::addAll);
    }
  }
}
