package io.pgha.core.test;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.NearestName;
import io.pgha.language.expression.Scope;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import io.pgha.language.syntax.Traverser;
import io.pgha.language.value.Value;
import java.util.Map;

/**
 * What names mean in tests: some groups of values by name, such as the outputs of earlier runs, and
 * all that another scope knows.
 *
 * @param groups the values by name, by the group's name
 * @param outer who is asked for any other name
 */
record TestScope(Map<String, Map<String, Value>> groups, Scope outer) implements Scope {
  TestScope {
    groups = Map.copyOf(groups);
  }

  @Override
  public Resolution resolve(ScopeTraversal reference, Diagnostics diagnostics) {
    Map<String, Value> values = groups.get(reference.root());
    if (values == null) {
      return outer.resolve(reference, diagnostics);
    }
    String name =
        reference.steps().isEmpty()
                || !(reference.steps().getFirst()
                    instanceof Traverser.Attribute(String first, var _))
            ? ""
            : first;
    Value value = values.get(name);
    if (value != null) {
      return new Resolution(value, 1);
    }
    diagnostics.add(
        Diagnostic.error(
            "undeclared-reference",
            "Reference to undeclared " + reference.root(),
            name.isEmpty()
                ? "\"%s\" must be followed by a name.".formatted(reference.root())
                : "There is no %s.%s here.%s"
                    .formatted(
                        reference.root(),
                        name,
                        NearestName.of(name, values.keySet())
                            .map(near -> " Did you mean \"" + near + "\"?")
                            .orElse("")),
            reference.range()));
    return Resolution.failed(reference);
  }
}
