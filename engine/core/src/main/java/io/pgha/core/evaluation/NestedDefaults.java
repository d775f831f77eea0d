package io.pgha.core.evaluation;

import io.pgha.language.value.ListValue;
import io.pgha.language.value.MapValue;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Value;
import io.pgha.provider.schema.Attribute;
import io.pgha.provider.schema.Attribute.Nesting;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Fills the defaults of attributes inside objects. */
final class NestedDefaults {
  private NestedDefaults() {}

  static Value fill(Attribute attribute, Value value) {
    if (attribute.nesting() == Nesting.NONE) {
      return value;
    }
    Value filled =
        switch (value.unmarked()) {
          case ObjectValue object -> object(attribute.nested(), object);
          case ListValue list -> {
            List<Value> elements = new ArrayList<>();
            list.elements().forEach(element -> elements.add(element(attribute, element)));
            yield new ListValue(list.elementType(), elements);
          }
          case MapValue map -> {
            TreeMap<String, Value> elements = new TreeMap<>();
            map.elements()
                .forEach((key, element) -> elements.put(key, element(attribute, element)));
            yield new MapValue(map.elementType(), elements);
          }
          default -> value.unmarked();
        };
    return filled.withMarks(value.marks());
  }

  private static Value element(Attribute attribute, Value element) {
    return element.unmarked() instanceof ObjectValue object
        ? object(attribute.nested(), object).withMarks(element.marks())
        : element;
  }

  private static Value object(List<Attribute> attributes, ObjectValue object) {
    TreeMap<String, Value> filled = new TreeMap<>(object.attributes());
    for (Attribute attribute : attributes) {
      Value given = object.get(attribute.name());
      if (given.isNull() && attribute.defaultValue().isPresent()) {
        filled.put(attribute.name(), attribute.defaultValue().get());
      } else {
        filled.put(attribute.name(), fill(attribute, given));
      }
    }
    return ObjectValue.of(filled);
  }
}
