package io.pgha.core.configuration;

import io.pgha.core.configuration.Module.Resource;
import io.pgha.core.configuration.Module.Rule;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import io.pgha.language.syntax.Traverser;
import java.util.List;
import java.util.stream.Stream;

/** Finds conditions of a resource that refer to it by its name, and not as self. */
final class OwnReferences {
  private OwnReferences() {}

  /** Reports each reference to the resource in its own conditions and their messages. */
  static void refuse(Resource resource, Diagnostics diagnostics) {
    refuse(
        resource.lifecycle().preconditions(),
        resource,
        "precondition",
        "it is judged before there is any instance. What is to hold for an instance once it is"
            + " evaluated goes into a postcondition, where it is called self.",
        diagnostics);
    refuse(
        resource.lifecycle().postconditions(),
        resource,
        "postcondition",
        "the instance that it is about is called self, as in self.id.",
        diagnostics);
  }

  private static void refuse(
      List<Rule> rules, Resource resource, String kind, String instead, Diagnostics diagnostics) {
    rules.stream()
        .flatMap(rule -> Stream.of(rule.condition(), rule.errorMessage()))
        .flatMap(expression -> expression.variables().stream())
        .filter(reference -> isTo(reference, resource))
        .forEach(reference ->
            diagnostics.add(
                Diagnostic.error(
                    "invalid-reference",
                    "Invalid reference in " + kind,
                    "A " + kind + " of " + resource.key() + " can't refer to it: " + instead,
                    reference.range())));
  }

  private static boolean isTo(ScopeTraversal reference, Resource resource) {
    String name = reference.root();
    for (Traverser step : reference.steps()) {
      if (!(step instanceof Traverser.Attribute(String next, var _))
          || name.equals(resource.key())) {
        break;
      }
      name += "." + next;
    }
    return name.equals(resource.key());
  }
}
