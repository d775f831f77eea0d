package io.pgha.core.evaluation;

import io.pgha.core.configuration.Module;
import io.pgha.core.configuration.Module.Call;
import io.pgha.core.configuration.Module.Output;
import io.pgha.core.configuration.Module.Repetition;
import io.pgha.core.configuration.Module.Variable;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.syntax.Attribute;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import io.pgha.language.syntax.Traverser;
import java.util.HashSet;
import java.util.Set;

/**
 * Warns whoever uses what a module is going to lose, each place once. It says so itself, by {@code
 * deprecated} of a variable or an output, as in OpenTofu 1.10.
 */
final class Deprecations {
  private final Diagnostics diagnostics = new Diagnostics();
  private final Set<SourceRange> told = new HashSet<>();

  /** Looks at the arguments of a call. */
  void call(Call call) {
    for (Variable variable : call.module().variables().values()) {
      Attribute argument = call.arguments().get(variable.name());
      if (argument != null && !variable.deprecation().isEmpty()) {
        tell("variable", variable.name(), variable.deprecation(), call, argument.nameRange());
      }
    }
  }

  /** Looks at a reference to a called module, whichever of its instances that means. */
  void reference(Call call, ScopeTraversal reference) {
    // With for_each the first name may be that of an instance.
    int first = call.repetition() instanceof Repetition.ForEach ? 2 : 1;
    int steps = reference.steps().size();
    for (Traverser step : reference.steps().subList(Math.min(first, steps), steps)) {
      if (step instanceof Traverser.Attribute(String name, SourceRange _)) {
        Output output = call.module().outputs().get(name);
        if (output != null && !output.deprecation().isEmpty()) {
          tell("output", name, output.deprecation(), call, reference.range());
        }
        return;
      }
    }
  }

  /**
   * Looks at what a loop or a splat takes of an element, which is an instance where what is gone
   * through is a called module.
   */
  void element(Module module, ScopeTraversal element) {
    if (element.root().equals("module")
        && element.steps().size() > 1
        && element.steps().getFirst() instanceof Traverser.Attribute(String name, SourceRange _)) {
      Call call = module.calls().get(name);
      // A loop over a module that is there once goes through its outputs.
      boolean outputs =
          call != null
              && call.repetition() instanceof Repetition.Single
              && element.steps().get(1) instanceof Traverser.Index;
      if (call != null && !outputs) {
        reference(call, element);
      }
    }
  }

  private void tell(String what, String name, String message, Call call, SourceRange range) {
    if (told.add(range)) {
      diagnostics.add(
          Diagnostic.warning(
                  "deprecated",
                  "Deprecated " + what + " \"" + name + "\"",
                  "The module \"%s\" says of it: %s".formatted(call.name(), message))
              .at(range));
    }
  }

  /** Gives out what was found. */
  void tellAll(Diagnostics target) {
    target.addAll(diagnostics.all());
  }
}
