package io.pgha.core.test;

import io.pgha.core.configuration.RelativeAddress;
import io.pgha.core.configuration.RelativeAddress.Part;
import io.pgha.core.configuration.TestFile.Substitution;
import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.expression.Evaluator;
import io.pgha.language.value.Value;
import io.pgha.provider.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is said of one instance, or of all of a resource.
 *
 * @param target the way to what is meant
 * @param alias the mocked configuration that it belongs to, and whose instances alone it is about;
 *     empty: those of any
 */
record Overriding(String type, List<Part> target, MockedValues values, Optional<String> alias) {
  Overriding {
    target = List.copyOf(target);
  }

  /** Reads what a block says; what is wrong in it is reported. */
  static Optional<Overriding> of(
      Substitution.OfResource written,
      Optional<String> alias,
      TypeRegistry types,
      Evaluator evaluator,
      Diagnostics diagnostics) {
    RelativeAddress target = written.target();
    String name = type(target);
    Optional<ResourceType> type = types.type(name);
    if (type.isEmpty()) {
      diagnostics.add(
          Diagnostic.error(
              "unknown-type",
              "Unknown type in a target",
              "No provider has a type \"" + name + "\".",
              target.range()));
      return Optional.empty();
    }
    Map<String, Value> values =
        written
            .values()
            .map(said ->
                MockedValues.of(said, "values", name, type.get().schema(), evaluator, diagnostics))
            .orElse(Map.of());
    return Optional.of(
        new Overriding(
            name, target.parts(), new MockedValues(values, written.duringPlan()), alias));
  }

  /** The type of the resource that an address leads to. */
  static String type(RelativeAddress target) {
    String name = target.last().name();
    return name.substring(0, name.lastIndexOf('.'));
  }

  /** Whether it is about an instance that uses a configuration, if that is one of the file's. */
  boolean isOf(List<Part> instance, Optional<String> used) {
    if (target.size() != instance.size() || !(alias.isEmpty() || alias.equals(used))) {
      return false;
    }
    for (int i = 0; i < target.size(); i++) {
      Part part = target.get(i);
      if (!part.name().equals(instance.get(i).name())
          || !(part.key().isEmpty() || part.key().equals(instance.get(i).key()))) {
        return false;
      }
    }
    return true;
  }

  /** How many keys the target has: the more it has, the fewer instances are meant. */
  long keys() {
    return target.stream().filter(part -> !part.key().isEmpty()).count();
  }
}
