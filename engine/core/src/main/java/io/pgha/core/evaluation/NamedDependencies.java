package io.pgha.core.evaluation;

import io.pgha.core.configuration.Module;
import io.pgha.core.configuration.Module.Call;
import io.pgha.core.configuration.Module.Resource;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.expression.Scope;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import io.pgha.language.syntax.Traverser;
import java.util.List;
import java.util.Optional;

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
    if (reference.root().equals("module")) {
      module(module, reference, scope);
    } else if (!NameScope.isOfResource(reference)) {
      scope.resolve(reference, diagnostics);
    } else {
      Resource resource = module.module().resources().get(resource(reference));
      if (resource == null) {
        evaluation.report(undeclared(module.module(), reference, evaluation.suggestions()));
        return;
      }
      addAll(module, resource);
    }
    inside(reference).ifPresent(diagnostics::add);
  }

  private void module(ModuleInstance module, ScopeTraversal reference, Scope scope) {
    List<String> names = NameScope.names(reference);
    Call call = names.isEmpty() ? null : module.module().calls().get(names.getFirst());
    if (call == null || isOutputOfOne(reference, call)) {
      scope.resolve(reference, diagnostics);
    } else {
      if (names.size() > 1 && !call.module().outputs().containsKey(names.get(1))) {
        diagnostics.add(NameScope.noOutput(call.module(), names.get(1), reference.range()));
      }
      // Whatever of it is meant, it is there when all of it is.
      evaluation.children(module, call).values().forEach(this::addAll);
    }
  }

  /** Whether an output of a certain instance is meant. */
  private static boolean isOutputOfOne(ScopeTraversal reference, Call call) {
    List<Traverser> steps = reference.steps();
    boolean keyed = isIndex(steps, 1);
    return steps.size() > (keyed ? 2 : 1)
        && (keyed || call.repetition() instanceof Module.Repetition.Single);
  }

  /** What a reference to a resource names, by which its module declares it. */
  static String resource(ScopeTraversal reference) {
    List<String> names = NameScope.names(reference);
    int steps = resourceSteps(reference);
    return names.size() < steps
        ? reference.toString()
        : reference.root() + "." + String.join(".", names.subList(0, steps));
  }

  private static int resourceSteps(ScopeTraversal reference) {
    return TypeRegistry.Kind.of(reference.root() + ".") == TypeRegistry.Kind.RESOURCE ? 1 : 2;
  }

  /** Says that the resource that a reference names is not declared. */
  static Diagnostic undeclared(Module module, ScopeTraversal reference, Suggestions suggestions) {
    return NameScope.undeclaredResource(module, resource(reference), reference, suggestions);
  }

  /** What is wrong with a reference that goes into what it names, where it does. */
  static Optional<Diagnostic> inside(ScopeTraversal reference) {
    List<Traverser> steps = reference.steps();
    int named = 1;
    if (NameScope.isOfResource(reference)) {
      int resource = resourceSteps(reference);
      named = isIndex(steps, resource) ? resource + 1 : resource;
    } else if (reference.root().equals("module")) {
      int instance = isIndex(steps, 1) ? 2 : 1;
      // An output is a whole, too.
      named = steps.size() > instance && !isIndex(steps, instance) ? instance + 1 : instance;
    }
    return steps.size() <= named
        ? Optional.empty()
        : Optional.of(
            Diagnostic.error(
                "depends-on",
                "Not a whole object",
                "depends_on names what something waits for as a whole: "
                    + new ScopeTraversal(
                        reference.root(),
                        reference.rootRange(),
                        steps.subList(0, named),
                        reference.range())
                    + ", without what is inside of it.",
                reference.range()));
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
