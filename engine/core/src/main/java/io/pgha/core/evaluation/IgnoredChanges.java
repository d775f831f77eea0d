package io.pgha.core.evaluation;

import io.pgha.core.configuration.Module.Lifecycle;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.syntax.Expression;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import io.pgha.language.syntax.Traverser;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.Num;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keeps the applied values of arguments whose changes the lifecycle says to ignore. */
final class IgnoredChanges {
  private IgnoredChanges() {}

  static void keep(
      Lifecycle lifecycle,
      ObjectValue applied,
      Map<String, Value> values,
      Diagnostics diagnostics) {
    if (lifecycle.ignoreAll()) {
      values.replaceAll((name, value) -> applied.attributes().getOrDefault(name, value));
      return;
    }
    for (Expression expression : lifecycle.ignoreChanges()) {
      if (!(expression instanceof ScopeTraversal path) || !values.containsKey(path.root())) {
        diagnostics.add(
            Diagnostic.error(
                "ignore-changes",
                "No such argument in ignore_changes",
                "ignore_changes takes names of arguments of this resource, such as [parameters] or"
                    + " [parameters[\"work_mem\"]].",
                expression.range()));
        continue;
      }
      Value old = applied.attributes().get(path.root());
      Value desired = values.get(path.root());
      if (old != null && desired != null) {
        AttributePath inside = path(path.steps());
        values.put(path.root(), inside.with(desired, inside.in(old)));
      }
    }
  }

  private static AttributePath path(List<Traverser> steps) {
    List<AttributePath.Step> path = new ArrayList<>();
    for (Traverser step : steps) {
      path.add(
          switch (step) {
            case Traverser.Attribute(String attribute, var _) -> new AttributePath.Name(attribute);
            case Traverser.Index(Str(String key), var _) -> new AttributePath.Key(key);
            case Traverser.Index(Num number, var _) ->
                new AttributePath.Index(number.value().intValue());
            case Traverser.Index(Value key, var _) -> new AttributePath.Element(key);
          });
    }
    return new AttributePath(path);
  }
}
