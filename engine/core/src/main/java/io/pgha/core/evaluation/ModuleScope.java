package io.pgha.core.evaluation;

import io.pgha.core.configuration.Module.Call;
import io.pgha.core.configuration.Module.Output;
import io.pgha.core.configuration.Module.Resource;
import io.pgha.core.configuration.Module.Variable;
import io.pgha.core.evaluation.ModuleInstance.Repetition;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.expression.Navigation;
import io.pgha.language.syntax.Attribute;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import io.pgha.language.syntax.Traverser;
import io.pgha.language.value.Str;
import io.pgha.language.value.Value;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the names of a module instance give as they are evaluated. */
final class ModuleScope extends NameScope {
  private final Evaluation evaluation;

  /** A scope; {@code self} is the instance that a postcondition is about. */
  ModuleScope(
      Evaluation evaluation,
      ModuleInstance module,
      @Nullable Repetition repetition,
      @Nullable Value self) {
    super(module, repetition, self);
    this.evaluation = evaluation;
  }

  @Override
  Value variable(Variable variable, ScopeTraversal reference) {
    return evaluation.variable(module(), variable, Optional.of(reference.range()));
  }

  @Override
  Value local(String name, Attribute local, ScopeTraversal reference) {
    return evaluation.local(module(), name, Optional.of(reference.range()));
  }

  @Override
  Value applying() {
    return evaluation.applying();
  }

  @Override
  void report(Diagnostic error) {
    evaluation.report(error);
  }

  @Override
  Suggestions suggestions() {
    return evaluation.suggestions();
  }

  @Override
  Resolution call(Call call, ScopeTraversal reference, Diagnostics diagnostics) {
    ModuleInstance module = module();
    Map<InstanceKey, ModuleInstance> children = evaluation.children(module, call);
    if (!evaluation.callExpansion(module, call).isTold()) {
      return Resolution.failed(reference);
    }
    if (evaluation.callExpansion(module, call) instanceof Expansion.Disabled) {
      return disabled(evaluation.callValue(module, call), 1, reference, diagnostics);
    }
    if (!isMember(call, children, reference)
        && !new ReferenceKeys(reference, 1).check(call.repetition(), diagnostics)) {
      return Resolution.failed(reference);
    }
    ModuleInstance single = children.get(new InstanceKey.None());
    if (single != null) {
      return output(single, reference, 1, diagnostics);
    }
    Optional<InstanceKey> key = key(reference, 1, evaluation.callExpansion(module, call));
    if (key.isPresent()) {
      ModuleInstance child = children.get(key.get());
      return child == null
          ? noInstance(
              "module." + call.name(), key.get(), children.keySet(), reference, diagnostics)
          : output(child, reference, 2, diagnostics);
    }
    return new Resolution(evaluation.callValue(module, call), 1);
  }

  /**
   * Whether what follows the name of a module is in its value, as an instance's key written as an
   * attribute is, and an output's name written as a key: modules are plain objects, resources not.
   */
  private static boolean isMember(
      Call call, Map<InstanceKey, ModuleInstance> children, ScopeTraversal reference) {
    if (reference.steps().size() < 2) {
      return true;
    }
    return switch (reference.steps().get(1)) {
      case Traverser.Attribute(String name, SourceRange _) ->
          children.containsKey(new InstanceKey.OfForEach(name));
      case Traverser.Index(Value key, SourceRange _) ->
          key.unmarked() instanceof Str(String name) && call.module().outputs().containsKey(name);
    };
  }

  /** Evaluates only the output that is asked for, where one is. */
  private Resolution output(
      ModuleInstance child, ScopeTraversal reference, int consumed, Diagnostics diagnostics) {
    if (reference.steps().size() > consumed
        && reference.steps().get(consumed)
            instanceof Traverser.Attribute(String name, SourceRange range)) {
      Output output = child.module().outputs().get(name);
      if (output == null) {
        diagnostics.add(noOutput(child.module(), name, range));
        return Resolution.failed(reference);
      }
      return new Resolution(evaluation.output(child, output), consumed + 1);
    }
    return new Resolution(evaluation.moduleValue(child), consumed);
  }

  @Override
  Resolution resource(
      Resource resource, int steps, ScopeTraversal reference, Diagnostics diagnostics) {
    ModuleInstance module = module();
    Optional<AppliedResources> applied =
        evaluation
            .applied()
            .filter(all -> !TypeRegistry.isEphemeral(resource.type()))
            .filter(all ->
                all.values().containsKey(module.address(resource.key()))
                    || !(evaluation.expansion(module, resource) instanceof Expansion.Disabled));
    if (applied.isPresent()) {
      return applied
          .get()
          .resolve(module.address(resource.key()), resource.type(), reference, steps, diagnostics);
    }
    if (!new ReferenceKeys(reference, steps).check(resource.repetition(), diagnostics)) {
      return Resolution.failed(reference);
    }
    Expansion expansion = evaluation.expansion(module, resource);
    if (!expansion.isTold()) {
      // Whoever refers to it needs all of it, whatever that will be.
      evaluation.resourceValue(module, resource);
      return Resolution.failed(reference);
    }
    if (expansion instanceof Expansion.Disabled) {
      return disabled(evaluation.resourceValue(module, resource), steps, reference, diagnostics);
    }
    if (expansion instanceof Expansion.Single) {
      return new Resolution(
          evaluation.instanceValue(module, resource, new InstanceKey.None()), steps);
    }
    Set<InstanceKey> keys = expansion.keys().keySet();
    Optional<InstanceKey> key = key(reference, steps, expansion);
    if (key.isPresent()) {
      return keys.contains(key.get())
          ? new Resolution(evaluation.instanceValue(module, resource, key.get()), steps + 1)
          : noInstance(resource.key(), key.get(), keys, reference, diagnostics);
    }
    return new Resolution(evaluation.resourceValue(module, resource), steps);
  }

  /** What is disabled is null, and has nothing in it. */
  private static Resolution disabled(
      Value none, int steps, ScopeTraversal reference, Diagnostics diagnostics) {
    if (reference.steps().size() == steps) {
      return new Resolution(none, steps);
    }
    String name = reference.root() + Traverser.text(reference.steps().subList(0, steps));
    diagnostics.add(
        Diagnostic.error(
            "disabled",
            name + " is disabled",
            "Its lifecycle says enabled = false, so it is null and has no attributes. Ask first, as"
                + " in %1$s != null ? %2$s : null, or write try(%2$s, null)."
                    .formatted(name, reference),
            reference.range()));
    return Resolution.failed(reference);
  }

  /**
   * The key that a reference names; empty where it names none that it is known of, and where that
   * is not to be shown: what is found by it is no more to be shown than it.
   */
  private static Optional<InstanceKey> key(ScopeTraversal reference, int at, Expansion expansion) {
    if (reference.steps().size() <= at
        || !(reference.steps().get(at) instanceof Traverser.Index(Value index, SourceRange _))
        || index.isNull()
        || !index.marks().isEmpty()) {
      return Optional.empty();
    }
    InstanceKey key = InstanceKey.of(index, expansion instanceof Expansion.Counted);
    // Anything else is looked for in all instances, which says what is wrong with it.
    return key instanceof InstanceKey.None ? Optional.empty() : Optional.of(key);
  }

  private static Resolution noInstance(
      String what,
      InstanceKey key,
      Collection<InstanceKey> keys,
      ScopeTraversal reference,
      Diagnostics diagnostics) {
    diagnostics.add(
        Diagnostic.error(
            Navigation.INVALID_INDEX,
            "Invalid index",
            what + " has no instance " + key.suffix() + "; it has " + InstanceKey.list(keys) + ".",
            reference.range()));
    return Resolution.failed(reference);
  }
}
