package io.pgha.provider;

import io.pgha.language.value.Bool;
import io.pgha.language.value.ListValue;
import io.pgha.language.value.MapValue;
import io.pgha.language.value.Null;
import io.pgha.language.value.Num;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.SetValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.TupleValue;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import io.pgha.provider.schema.Attribute;
import io.pgha.provider.schema.Attribute.Presence;
import io.pgha.provider.schema.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the plain Java content of an object's attributes.
 *
 * <p>A null, an unknown and a missing attribute are all empty here: a provider that must tell them
 * apart asks {@link #isKnown}.
 *
 * @param object the attributes, unmarked
 */
public record Values(ObjectValue object) {

  /** The attributes of an instance. */
  public static Values of(Instance instance) {
    return new Values(instance.values());
  }

  /** The named attribute as it is; a null where there is none. */
  public Value get(String name) {
    return object.get(name).unmarked();
  }

  /** Whether nothing at any depth of the named attribute is unknown. */
  public boolean isKnown(String name) {
    return whollyKnown(get(name));
  }

  /** A string. */
  public Optional<String> string(String name) {
    return get(name) instanceof Str(String text) ? Optional.of(text) : Optional.empty();
  }

  /** A string that the schema requires or gives a default; empty text while it is unknown. */
  public String text(String name) {
    return string(name).orElse("");
  }

  /** A whole number. */
  public Optional<Long> integer(String name) {
    return get(name) instanceof Num number && number.isInteger()
        ? Optional.of(number.longValueExact())
        : Optional.empty();
  }

  /** A truth value. */
  public Optional<Boolean> bool(String name) {
    return get(name) instanceof Bool bool ? Optional.of(bool.value()) : Optional.empty();
  }

  /** The known strings of a list, set or tuple; empty where there is none. */
  public List<String> strings(String name) {
    return elements(get(name)).stream()
        .map(Value::unmarked)
        .filter(Str.class::isInstance)
        .map(value -> ((Str) value).value())
        .toList();
  }

  /** The elements of a map or the attributes of an object; empty where there is none. */
  public Map<String, Value> map(String name) {
    return switch (get(name)) {
      case MapValue map -> map.elements();
      case ObjectValue nested -> nested.attributes();
      default -> new TreeMap<>();
    };
  }

  /** A nested object's attributes; empty where there is none. */
  public Optional<Values> nested(String name) {
    return get(name) instanceof ObjectValue nested
        ? Optional.of(new Values(nested))
        : Optional.empty();
  }

  /** The elements of a list, set or tuple; empty for anything else. */
  public static List<Value> elements(Value value) {
    return switch (value.unmarked()) {
      case ListValue list -> list.elements();
      case SetValue set -> set.elements();
      case TupleValue tuple -> tuple.elements();
      default -> List.of();
    };
  }

  /** The first argument of a schema that is not wholly known here; empty where all are. */
  public Optional<Attribute> unknownArgument(Schema schema) {
    return schema.attributes().stream()
        .filter(attribute ->
            attribute.presence() == Presence.REQUIRED || attribute.presence() == Presence.OPTIONAL)
        .filter(attribute -> !isKnown(attribute.name()))
        .findFirst();
  }

  /** Whether a value is known at every depth. */
  public static boolean whollyKnown(Value value) {
    return switch (value.unmarked()) {
      case Unknown unknown -> false;
      case Null none -> true;
      case MapValue map -> map.elements().values().stream().allMatch(Values::whollyKnown);
      case ObjectValue nested ->
          nested.attributes().values().stream().allMatch(Values::whollyKnown);
      case ListValue list -> list.elements().stream().allMatch(Values::whollyKnown);
      case SetValue set -> set.elements().stream().allMatch(Values::whollyKnown);
      case TupleValue tuple -> tuple.elements().stream().allMatch(Values::whollyKnown);
      default -> true;
    };
  }
}
