package io.pgha.language.expression;

import io.pgha.language.value.ListValue;
import io.pgha.language.value.MapValue;
import io.pgha.language.value.Mark;
import io.pgha.language.value.Marked;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.SetValue;
import io.pgha.language.value.TupleValue;
import io.pgha.language.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The defaults of optional attributes in a type constraint, by their place in it.
 *
 * @param values default values of an object's attributes by name, of the attributes' types
 * @param attributes what is inside of an object's attributes, or of a tuple's elements by index
 * @param elements what is inside of a collection's elements; empty for none
 */
record Defaults(
    Map<String, Value> values, Map<String, Defaults> attributes, List<Defaults> elements) {
  static final Defaults NONE = new Defaults(Map.of(), Map.of(), List.of());

  static Defaults ofElements(Defaults inner) {
    return inner.isEmpty() ? NONE : new Defaults(Map.of(), Map.of(), List.of(inner));
  }

  boolean isEmpty() {
    return values.isEmpty() && attributes.isEmpty() && elements.isEmpty();
  }

  /** The value with defaults wherever an optional attribute is missing or null. */
  Value apply(Value value) {
    if (isEmpty()) {
      return value;
    }
    if (value instanceof Marked(Value inner, Set<Mark> marks)) {
      return apply(inner).withMarks(marks);
    }
    if (!elements.isEmpty()) {
      return eachElement(value, elements.getFirst());
    }
    return switch (value) {
      case ObjectValue object -> new ObjectValue(fill(object.attributes()));
      case MapValue map -> new ObjectValue(fill(map.elements()));
      case TupleValue(List<Value> parts) -> {
        List<Value> filled = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
          filled.add(attributes.getOrDefault(String.valueOf(i), NONE).apply(parts.get(i)));
        }
        yield new TupleValue(filled);
      }
      default -> value;
    };
  }

  private SortedMap<String, Value> fill(SortedMap<String, Value> given) {
    TreeMap<String, Value> filled = new TreeMap<>(given);
    values.forEach((name, value) -> {
      Value own = filled.get(name);
      if (own == null || own.isNull()) {
        filled.put(name, own == null ? value : value.withMarks(own.marks()));
      }
    });
    attributes.forEach((name, inner) -> {
      Value own = filled.get(name);
      if (own != null) {
        filled.put(name, inner.apply(own));
      }
    });
    return filled;
  }

  /** Elements may come to differ in type here; the conversion that follows makes them one again. */
  private static Value eachElement(Value value, Defaults inner) {
    return switch (value) {
      case ListValue(_, List<Value> elements) -> applied(elements, inner);
      case TupleValue(List<Value> elements) -> applied(elements, inner);
      case SetValue(_, List<Value> elements) -> applied(elements, inner);
      case MapValue map -> new ObjectValue(applied(map.elements(), inner));
      case ObjectValue object -> new ObjectValue(applied(object.attributes(), inner));
      default -> value;
    };
  }

  private static TupleValue applied(List<Value> elements, Defaults inner) {
    return new TupleValue(elements.stream().map(inner::apply).toList());
  }

  private static SortedMap<String, Value> applied(
      SortedMap<String, Value> elements, Defaults inner) {
    TreeMap<String, Value> applied = new TreeMap<>();
    elements.forEach((name, element) -> applied.put(name, inner.apply(element)));
    return applied;
  }
}
