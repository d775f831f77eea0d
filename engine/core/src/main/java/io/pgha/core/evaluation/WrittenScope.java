package io.pgha.core.evaluation;

import io.pgha.core.configuration.Module;
import io.pgha.core.configuration.Module.Call;
import io.pgha.core.configuration.Module.Resource;
import io.pgha.core.configuration.Module.Variable;
import io.pgha.core.evaluation.ModuleInstance.Repetition;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.syntax.Attribute;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import io.pgha.language.syntax.Traverser;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the names of a module give as they are written: a type at most, and no value. */
final class WrittenScope extends NameScope {
  private final WrittenCheck check;

  WrittenScope(
      WrittenCheck check,
      ModuleInstance module,
      @Nullable Repetition repetition,
      @Nullable Value self) {
    super(module, repetition, self);
    this.check = check;
  }

  @Override
  Value variable(Variable variable, ScopeTraversal reference) {
    return check.variable(variable);
  }

  @Override
  Value local(String name, Attribute local, ScopeTraversal reference) {
    return check.local(module(), name, local);
  }

  /** Which instance it is is not known. */
  @Override
  Resolution repetition(
      String root, String name, ScopeTraversal reference, Diagnostics diagnostics) {
    Resolution known = super.repetition(root, name, reference, diagnostics);
    return new Resolution(Unknown.of(known.value().type()), known.steps());
  }

  @Override
  Value applying() {
    return check.applying();
  }

  @Override
  void report(Diagnostic error) {
    check.report(error);
  }

  @Override
  Suggestions suggestions() {
    return check.suggestions();
  }

  @Override
  Resolution call(Call call, ScopeTraversal reference, Diagnostics diagnostics) {
    Type instance =
        Type.object(
            call.module().outputs().keySet().stream()
                .collect(Collectors.toMap(name -> name, name -> Type.DYNAMIC)));
    check.deprecations().reference(call, reference);
    List<Traverser> steps = reference.steps();
    return switch (call.repetition()) {
      case Module.Repetition.Single _ -> {
        if (steps.size() > 1
            && steps.get(1) instanceof Traverser.Index(Value key, SourceRange _)
            && !(key.unmarked() instanceof Str(String name)
                && call.module().outputs().containsKey(name))) {
          new ReferenceKeys(reference, 1).check(call.repetition(), diagnostics);
          yield Resolution.failed(reference);
        }
        yield output(call, reference, 1, Unknown.of(instance), diagnostics);
      }
      case Module.Repetition.Count _ ->
          new ReferenceKeys(reference, 1).check(call.repetition(), diagnostics)
              ? output(call, reference, 2, Unknown.of(Type.list(instance)), diagnostics)
              : Resolution.failed(reference);
      // The key of an instance may be written as an attribute is.
      case Module.Repetition.ForEach _ ->
          steps.size() > 1 && steps.get(1) instanceof Traverser.Attribute
              ? new Resolution(Unknown.ANY, 2)
              : output(call, reference, 2, Unknown.of(Type.map(instance)), diagnostics);
    };
  }

  /**
   * What a called module gives, where the reference does not go on to an output that is not there.
   *
   * @param at which step may name an output
   */
  private static Resolution output(
      Call call, ScopeTraversal reference, int at, Value whole, Diagnostics diagnostics) {
    if (reference.steps().size() > at
        && reference.steps().get(at) instanceof Traverser.Attribute(String name, SourceRange range)
        && !call.module().outputs().containsKey(name)) {
      diagnostics.add(noOutput(call.module(), name, range));
      return Resolution.failed(reference);
    }
    return new Resolution(whole, 1);
  }

  @Override
  Resolution resource(
      Resource resource, int steps, ScopeTraversal reference, Diagnostics diagnostics) {
    if (!new ReferenceKeys(reference, steps).check(resource.repetition(), diagnostics)) {
      return Resolution.failed(reference);
    }
    Value instance = check.instance(resource);
    if (resource.repetition() instanceof Module.Repetition.Single) {
      return new Resolution(instance, steps);
    }
    if (reference.steps().size() <= steps) {
      return new Resolution(Unknown.ANY, steps);
    }
    Type type = instance.type();
    Value all =
        Unknown.of(
            resource.repetition() instanceof Module.Repetition.Count
                ? Type.list(type)
                : Type.map(type));
    return new Resolution(all.withMarks(instance.marks()), steps);
  }
}
