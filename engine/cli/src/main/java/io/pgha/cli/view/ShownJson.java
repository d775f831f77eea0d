package io.pgha.cli.view;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import io.pgha.language.value.Bool;
import io.pgha.language.value.ListValue;
import io.pgha.language.value.MapValue;
import io.pgha.language.value.Marked;
import io.pgha.language.value.Null;
import io.pgha.language.value.Num;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.SetValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.TupleValue;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import io.pgha.language.value.ValueJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Redacted values as JSON, with a mask beside for what is unknown and one for what is sensitive: a
 * mask has {@code true} where the value is so, and else the value's own shape. In the value itself
 * unknown attributes are left out, and sensitive and unknown elements are nulls.
 */
final class ShownJson {
  private ShownJson() {}

  static boolean unknown(Value value) {
    return value instanceof Unknown;
  }

  static boolean sensitive(Value value) {
    return value instanceof Marked;
  }

  /** Writes the value. */
  static void value(JsonGenerator out, Value value) throws IOException {
    switch (value) {
      case Marked _, Unknown _, Null _ -> out.writeNull();
      case Str _, Num _, Bool _ -> ValueJson.write(out, value);
      case ListValue(_, List<Value> elements) -> values(out, elements);
      case SetValue(_, List<Value> elements) -> values(out, elements);
      case TupleValue(List<Value> elements) -> values(out, elements);
      case MapValue map -> values(out, map.elements());
      case ObjectValue object -> values(out, object.attributes());
    }
  }

  private static void values(JsonGenerator out, List<Value> elements) throws IOException {
    out.writeStartArray();
    for (Value element : elements) {
      value(out, element);
    }
    out.writeEndArray();
  }

  private static void values(JsonGenerator out, Map<String, Value> elements) throws IOException {
    out.writeStartObject();
    for (Map.Entry<String, Value> entry : elements.entrySet()) {
      if (!unknown(entry.getValue())) {
        out.writeFieldName(entry.getKey());
        value(out, entry.getValue());
      }
    }
    out.writeEndObject();
  }

  /** Writes where the value is so. */
  static void mask(JsonGenerator out, Value value, Predicate<Value> so) throws IOException {
    if (so.test(value)) {
      out.writeBoolean(true);
      return;
    }
    switch (value) {
      case Marked _, Unknown _, Null _, Str _, Num _, Bool _ -> out.writeBoolean(false);
      case ListValue(_, List<Value> elements) -> masks(out, elements, so);
      case SetValue(_, List<Value> elements) -> masks(out, elements, so);
      case TupleValue(List<Value> elements) -> masks(out, elements, so);
      case MapValue map -> masks(out, map.elements(), so);
      case ObjectValue object -> masks(out, object.attributes(), so);
    }
  }

  private static void masks(JsonGenerator out, List<Value> elements, Predicate<Value> so)
      throws IOException {
    out.writeStartArray();
    for (Value element : elements) {
      mask(out, element, so);
    }
    out.writeEndArray();
  }

  private static void masks(JsonGenerator out, Map<String, Value> elements, Predicate<Value> so)
      throws IOException {
    out.writeStartObject();
    for (Map.Entry<String, Value> entry : elements.entrySet()) {
      if (any(entry.getValue(), so)) {
        out.writeFieldName(entry.getKey());
        mask(out, entry.getValue(), so);
      }
    }
    out.writeEndObject();
  }

  private static boolean any(Value value, Predicate<Value> so) {
    return so.test(value)
        || switch (value) {
          case Marked _, Unknown _, Null _, Str _, Num _, Bool _ -> false;
          case ListValue(_, List<Value> elements) -> elements.stream().anyMatch(e -> any(e, so));
          case SetValue(_, List<Value> elements) -> elements.stream().anyMatch(e -> any(e, so));
          case TupleValue(List<Value> elements) -> elements.stream().anyMatch(e -> any(e, so));
          case MapValue map -> map.elements().values().stream().anyMatch(e -> any(e, so));
          case ObjectValue object ->
              object.attributes().values().stream().anyMatch(e -> any(e, so));
        };
  }

  /** Reads a value with its masks; collections come back as tuples and objects. */
  static Value read(JsonNode json, JsonNode unknown, JsonNode sensitive) throws IOException {
    try (JsonParser parser = json.traverse()) {
      parser.nextToken();
      return masked(ValueJson.read(parser), unknown, sensitive);
    }
  }

  private static Value masked(Value value, JsonNode unknown, JsonNode sensitive) {
    if (unknown.asBoolean()) {
      return Unknown.ANY;
    }
    if (sensitive.asBoolean()) {
      return Redaction.HIDDEN;
    }
    return switch (value) {
      case ObjectValue object -> {
        TreeMap<String, Value> attributes = new TreeMap<>(object.attributes());
        // What is unknown was left out: only its mask tells of it.
        unknown.fieldNames().forEachRemaining(name -> attributes.putIfAbsent(name, Null.ANY));
        attributes.replaceAll(
            (name, each) -> masked(each, unknown.path(name), sensitive.path(name)));
        yield ObjectValue.of(attributes);
      }
      case TupleValue(List<Value> elements) -> {
        List<Value> all = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
          all.add(masked(elements.get(i), unknown.path(i), sensitive.path(i)));
        }
        yield new TupleValue(all);
      }
      default -> value;
    };
  }
}
