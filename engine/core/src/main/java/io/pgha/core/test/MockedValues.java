package io.pgha.core.test;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.NearestName;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.expression.Evaluator;
import io.pgha.language.expression.Variables;
import io.pgha.language.syntax.Expression;
import io.pgha.language.value.Conversion;
import io.pgha.language.value.ConversionException;
import io.pgha.language.value.Marks;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.Value;
import io.pgha.provider.Values;
import io.pgha.provider.schema.Attribute;
import io.pgha.provider.schema.Schema;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What tests say of computed attributes.
 *
 * @param values by name, of the attributes' types
 * @param duringPlan whether they are known when a plan is made
 */
record MockedValues(Map<String, Value> values, boolean duringPlan) {
  /** Nothing is said. */
  static final MockedValues NONE = new MockedValues(Map.of(), false);

  MockedValues {
    values = Map.copyOf(values);
  }

  /** What is said here, and what others say besides. */
  MockedValues or(MockedValues others) {
    Map<String, Value> all = new TreeMap<>(others.values);
    all.putAll(values);
    return new MockedValues(all, duringPlan || others.duringPlan);
  }

  /** Evaluates an object of constants; what is wrong in it is reported. */
  static Map<String, Value> constants(
      Expression written, String what, Evaluator evaluator, Diagnostics diagnostics) {
    int before = diagnostics.all().size();
    Value value = Marks.removeDeep(evaluator.evaluate(written, Variables.NONE, diagnostics));
    if (value instanceof ObjectValue object && Values.whollyKnown(object)) {
      return object.attributes();
    }
    if (diagnostics.all().size() == before) {
      diagnostics.add(
          Diagnostic.error(
              "object-needed",
              "Not an object",
              "\"%s\" takes an object: { name = value }.".formatted(what),
              written.range()));
    }
    return Map.of();
  }

  /** What is said of the computed attributes of a type. */
  static Map<String, Value> of(
      Expression written,
      String what,
      String type,
      Schema schema,
      Evaluator evaluator,
      Diagnostics diagnostics) {
    Map<String, Value> values = new TreeMap<>();
    constants(written, what, evaluator, diagnostics)
        .forEach((name, value) ->
            converted(type, schema, name, value, range(written, name), diagnostics)
                .ifPresent(good -> values.put(name, good)));
    return values;
  }

  private static Optional<Value> converted(
      String type,
      Schema schema,
      String name,
      Value value,
      SourceRange range,
      Diagnostics diagnostics) {
    Optional<Attribute> attribute = schema.attribute(name).filter(MockedType::isComputed);
    if (attribute.isEmpty()) {
      diagnostics.add(
          schema.attribute(name).isPresent()
              ? Diagnostic.error(
                  "not-computed",
                  "Not for a mock to say: " + name,
                  "Configuration gives \"%s\" of %s its value. A mock gives what a machine would tell: %s."
                      .formatted(name, type, computed(schema)),
                  range)
              : Diagnostic.error(
                  "unsupported-attribute",
                  "Unsupported attribute",
                  "%s has no attribute named \"%s\".%s"
                      .formatted(
                          type,
                          name,
                          NearestName.of(
                                  name, schema.attributes().stream().map(Attribute::name).toList())
                              .map(near -> " Did you mean \"" + near + "\"?")
                              .orElse("")),
                  range));
      return Optional.empty();
    }
    try {
      return Optional.of(Conversion.convert(value, attribute.get().type()));
    } catch (ConversionException e) {
      diagnostics.add(
          Diagnostic.error(
              "wrong-type",
              "Inappropriate value for attribute \"" + name + "\"",
              e.messageWithPath() + ".",
              range));
      return Optional.empty();
    }
  }

  private static String computed(Schema schema) {
    String names =
        String.join(
            ", ",
            schema.attributes().stream()
                .filter(MockedType::isComputed)
                .map(Attribute::name)
                .toList());
    return names.isEmpty() ? "of this type nothing" : names;
  }

  /** Where the value of a name is written; the whole object where that can't be told. */
  static SourceRange range(Expression written, String name) {
    if (written instanceof Expression.ObjectConstructor object) {
      for (Expression.ObjectItem item : object.items()) {
        if (item.key() instanceof Expression.Literal literal
            && literal.value() instanceof Str(String key)
            && key.equals(name)) {
          return item.value().range();
        }
      }
    }
    return written.range();
  }
}
