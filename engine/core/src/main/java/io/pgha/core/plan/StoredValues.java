package io.pgha.core.plan;

import io.pgha.language.value.ListValue;
import io.pgha.language.value.MapValue;
import io.pgha.language.value.Null;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Value;
import io.pgha.provider.Values;
import io.pgha.provider.schema.Attribute;
import io.pgha.provider.schema.Attribute.Flag;
import io.pgha.provider.schema.Attribute.Nesting;
import io.pgha.provider.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Takes out of an instance's values what must not be stored: secrets, and what moves by itself. */
public final class StoredValues {
  private StoredValues() {}

  /** The values that state keeps; what is not known yet is left out. */
  public static ObjectValue of(Schema schema, ObjectValue values) {
    TreeMap<String, Value> stored = new TreeMap<>(kept(schema.attributes(), values));
    stored.values().removeIf(value -> !Values.whollyKnown(value));
    Value id = values.attributes().get("id");
    if (id != null) {
      stored.put("id", id);
    }
    return ObjectValue.of(stored);
  }

  /** Whether state keeps anything of an attribute. */
  public static boolean keeps(Attribute attribute) {
    return !attribute.has(Flag.SECRET) && !attribute.has(Flag.VOLATILE);
  }

  private static Map<String, Value> kept(List<Attribute> attributes, ObjectValue values) {
    TreeMap<String, Value> kept = new TreeMap<>();
    for (Attribute attribute : attributes) {
      if (attribute.has(Flag.SECRET)) {
        kept.put(attribute.name(), new Null(attribute.type()));
      } else if (!attribute.has(Flag.VOLATILE)) {
        kept.put(attribute.name(), withoutSecrets(attribute, values.get(attribute.name())));
      }
    }
    return kept;
  }

  /** What state keeps of the value of an attribute that it keeps, with what is not known yet. */
  public static Value withoutSecrets(Attribute attribute, Value value) {
    if (attribute.nesting() == Nesting.NONE) {
      return value;
    }
    return switch (value) {
      case ObjectValue object -> ObjectValue.of(kept(attribute.nested(), object));
      case MapValue map -> {
        TreeMap<String, Value> elements = new TreeMap<>();
        map.elements().forEach((key, element) -> elements.put(key, nested(attribute, element)));
        yield new MapValue(map.elementType(), elements);
      }
      case ListValue list -> {
        List<Value> elements = new ArrayList<>();
        list.elements().forEach(element -> elements.add(nested(attribute, element)));
        yield new ListValue(list.elementType(), elements);
      }
      default -> value;
    };
  }

  private static Value nested(Attribute attribute, Value element) {
    return element instanceof ObjectValue object
        ? ObjectValue.of(kept(attribute.nested(), object))
        : element;
  }
}
