package io.pgha.core.evaluation;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.NearestName;
import io.pgha.language.expression.Scope.Resolution;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import io.pgha.language.syntax.Traverser;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import io.pgha.provider.schema.Attribute;
import java.util.Map;
import java.util.TreeSet;

/**
 * Resources as they were last applied, for who looks at them without planning anything.
 *
 * @param values what references give, by the resource's address without a key: an object, or a
 *     tuple or object of all instances
 * @param types who knows the resource types
 */
public record AppliedResources(Map<String, Value> values, TypeRegistry types) {
  public AppliedResources {
    values = Map.copyOf(values);
  }

  /**
   * What a reference to a declared resource means; unknown where nothing of it was applied.
   *
   * @param address the resource's address
   * @param type its type
   * @param steps how many steps of the reference name it
   */
  Resolution resolve(
      String address, String type, ScopeTraversal reference, int steps, Diagnostics diagnostics) {
    Value applied = values.get(address);
    if (applied != null) {
      return new Resolution(applied, steps);
    }
    return isMisspelt(type, reference, steps, diagnostics)
        ? Resolution.failed(reference)
        : new Resolution(Unknown.ANY, steps);
  }

  /** Reports an attribute that no instance of the type can have. */
  private boolean isMisspelt(
      String type, ScopeTraversal reference, int steps, Diagnostics diagnostics) {
    boolean indexed =
        reference.steps().size() > steps && reference.steps().get(steps) instanceof Traverser.Index;
    int at = indexed ? steps + 1 : steps;
    if (types.type(type).isEmpty()
        || reference.steps().size() <= at
        || !(reference.steps().get(at) instanceof Traverser.Attribute(String name, var range))) {
      return false;
    }
    TreeSet<String> names = new TreeSet<>();
    names.add("id");
    types.type(type).get().schema().attributes().stream().map(Attribute::name).forEach(names::add);
    if (names.contains(name)) {
      return false;
    }
    diagnostics.add(
        Diagnostic.error(
            "unsupported-attribute",
            "Unsupported attribute",
            type
                + " has no attribute named \""
                + name
                + "\"."
                + NearestName.of(name, names)
                    .map(nearest -> " Did you mean \"" + nearest + "\"?")
                    .orElse(""),
            range));
    return true;
  }
}
