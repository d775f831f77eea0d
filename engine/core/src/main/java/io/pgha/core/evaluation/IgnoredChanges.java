package io.pgha.core.evaluation;

import io.pgha.core.configuration.Module.Lifecycle;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.syntax.Expression;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import io.pgha.language.syntax.Traverser;
import io.pgha.language.value.MapValue;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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
        values.put(path.root(), kept(desired, Optional.of(old), path.steps()).orElse(desired));
      }
    }
  }

  /** The desired value with what a path leads to taken from the applied one; empty: it goes. */
  private static Optional<Value> kept(Value desired, Optional<Value> old, List<Traverser> steps) {
    if (steps.isEmpty()) {
      return old;
    }
    String name =
        switch (steps.getFirst()) {
          case Traverser.Attribute(String attribute, var range) -> attribute;
          case Traverser.Index(Value key, var range) -> key instanceof Str(String text) ? text : "";
        };
    List<Traverser> rest = steps.subList(1, steps.size());
    Map<String, Value> inside = elements(desired);
    Optional<Value> oldInside = old.map(IgnoredChanges::elements).map(map -> map.get(name));
    Value desiredInside = inside.get(name);
    TreeMap<String, Value> changed = new TreeMap<>(inside);
    Optional<Value> result =
        desiredInside == null ? oldInside : kept(desiredInside, oldInside, rest);
    result.ifPresentOrElse(value -> changed.put(name, value), () -> changed.remove(name));
    return switch (desired.unmarked()) {
      case MapValue map ->
          Optional.of(new MapValue(map.elementType(), changed).withMarks(desired.marks()));
      case ObjectValue object -> Optional.of(ObjectValue.of(changed).withMarks(desired.marks()));
      default -> Optional.of(desired);
    };
  }

  private static Map<String, Value> elements(Value value) {
    return switch (value.unmarked()) {
      case MapValue map -> map.elements();
      case ObjectValue object -> object.attributes();
      default -> Map.of();
    };
  }
}
