package io.pgha.language.expression;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import io.pgha.language.value.Value;
import java.util.Map;

/**
 * A scope of fixed values by name, inside another scope that knows all other names: what {@code
 * for}, {@code each}, {@code count}, {@code self} and template variables are.
 *
 * @param values the values by root name; immutable
 * @param outer who is asked for any other name
 */
public record Variables(Map<String, Value> values, Scope outer) implements Scope {
  /** The scope that knows no name. */
  public static final Scope NONE =
      (reference, diagnostics) -> {
        diagnostics.add(
            Diagnostic.error(
                "unknown-variable",
                "Variables not allowed",
                "There is nothing to refer to here, so \"%s\" means nothing. Text stands in quotes."
                    .formatted(reference),
                reference.rootRange()));
        return Resolution.failed(reference);
      };

  public Variables {
    values = Map.copyOf(values);
  }

  /** A scope of these values only. */
  public static Variables of(Map<String, Value> values) {
    return new Variables(values, NONE);
  }

  @Override
  public Resolution resolve(ScopeTraversal reference, Diagnostics diagnostics) {
    Value value = values.get(reference.root());
    return value == null ? outer.resolve(reference, diagnostics) : Resolution.root(value);
  }
}
