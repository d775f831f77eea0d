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
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import java.util.List;
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
  void undeclared(Diagnostic error, Diagnostics diagnostics) {
    diagnostics.add(error);
  }

  @Override
  Resolution call(Call call, ScopeTraversal reference, Diagnostics diagnostics) {
    List<Traverser> steps = reference.steps();
    if (steps.size() < 2) {
      return new Resolution(Unknown.ANY, 1);
    }
    return switch (steps.get(1)) {
      case Traverser.Attribute(String name, SourceRange range) ->
          switch (call.repetition()) {
            case Module.Repetition.Single() -> output(call, name, range, reference, 2, diagnostics);
            // The key of an instance may be written as an attribute.
            case Module.Repetition.ForEach _ -> new Resolution(Unknown.ANY, 2);
            case Module.Repetition.Count _ -> keyed(call, reference, diagnostics);
          };
      case Traverser.Index(Value key, SourceRange range) ->
          call.repetition() instanceof Module.Repetition.Single
                  && key.unmarked() instanceof Str(String name)
              ? output(call, name, range, reference, 2, diagnostics)
              : keyed(call, reference, diagnostics);
    };
  }

  private static Resolution keyed(Call call, ScopeTraversal reference, Diagnostics diagnostics) {
    if (!new ReferenceKeys(reference, 1).check(call.repetition(), diagnostics)) {
      return Resolution.failed(reference);
    }
    return reference.steps().size() > 2
            && reference.steps().get(2)
                instanceof Traverser.Attribute(String name, SourceRange range)
        ? output(call, name, range, reference, 3, diagnostics)
        : new Resolution(Unknown.ANY, 2);
  }

  private static Resolution output(
      Call call,
      String name,
      SourceRange range,
      ScopeTraversal reference,
      int steps,
      Diagnostics diagnostics) {
    if (!call.module().outputs().containsKey(name)) {
      diagnostics.add(noOutput(call.module(), name, range));
      return Resolution.failed(reference);
    }
    return new Resolution(Unknown.ANY, steps);
  }

  @Override
  Resolution resource(
      Resource resource, int steps, ScopeTraversal reference, Diagnostics diagnostics) {
    if (!new ReferenceKeys(reference, steps).check(resource.repetition(), diagnostics)) {
      return Resolution.failed(reference);
    }
    if (resource.repetition() instanceof Module.Repetition.Single) {
      return new Resolution(check.instance(resource), steps);
    }
    return reference.steps().size() > steps
        ? new Resolution(check.instance(resource), steps + 1)
        : new Resolution(Unknown.ANY, steps);
  }
}
