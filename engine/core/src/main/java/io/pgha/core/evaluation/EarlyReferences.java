package io.pgha.core.evaluation;

import io.pgha.core.configuration.Module.Variable;
import io.pgha.core.evaluation.ModuleInstance.Caller;
import io.pgha.language.syntax.Attribute;
import io.pgha.language.syntax.Expression;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import io.pgha.language.value.Unknowns;
import io.pgha.language.value.Value;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an expression needs, also through local values and through arguments of its module.
 *
 * @param late something that only resources, modules or data sources tell
 * @param unset whether it needs a variable of the root module that has no value
 */
record EarlyReferences(Optional<ScopeTraversal> late, boolean unset) {

  private record Place(Expression expression, ModuleInstance module) {}

  /** What an expression of a module needs. */
  static EarlyReferences of(
      Expression expression, ModuleInstance module, Evaluation.Inputs inputs) {
    Deque<Place> open = new ArrayDeque<>(List.of(new Place(expression, module)));
    Set<String> seen = new HashSet<>();
    boolean unset = false;
    while (!open.isEmpty()) {
      Place place = open.removeFirst();
      ModuleInstance in = place.module();
      for (ScopeTraversal reference : place.expression().variables()) {
        List<String> names = NameScope.names(reference);
        String name = names.isEmpty() ? "" : names.getFirst();
        switch (reference.root()) {
          case "local" -> {
            Attribute local = in.module().locals().get(name);
            if (local != null && seen.add(in.address("local." + name))) {
              open.add(new Place(local.expression(), in));
            }
          }
          case "var" -> {
            Caller caller = in.caller();
            Variable variable = in.module().variables().get(name);
            if (caller == null) {
              unset |= variable != null && !isKnown(name, inputs);
            } else if (seen.add(in.address("var." + name))) {
              Attribute argument = caller.call().arguments().get(name);
              if (argument != null) {
                open.add(new Place(argument.expression(), caller.module()));
              }
            }
          }
          // Whoever evaluates these says where they are not there.
          case "each", "count", "path", "terraform", "pgha", "self" -> {}
          default -> {
            return new EarlyReferences(Optional.of(reference), unset);
          }
        }
      }
    }
    return new EarlyReferences(Optional.empty(), unset);
  }

  private static boolean isKnown(String variable, Evaluation.Inputs inputs) {
    Value value = inputs.variables().get(variable);
    return value != null && Unknowns.isWhollyKnown(value);
  }
}
