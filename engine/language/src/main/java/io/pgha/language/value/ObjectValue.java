package io.pgha.language.value;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Named attributes, each of its own type, ordered by name.
 *
 * @param attributes the attributes; immutable
 */
public record ObjectValue(SortedMap<String, Value> attributes) implements Value {
  /** The object without attributes. */
  public static final ObjectValue EMPTY = new ObjectValue(new TreeMap<>());

  public ObjectValue {
    attributes = ValueOrder.byName(attributes);
  }

  /** An object of the given attributes in any order. */
  public static ObjectValue of(Map<String, ? extends Value> attributes) {
    return new ObjectValue(new TreeMap<>(attributes));
  }

  /** The named attribute, or a null of unknown type where there is none. */
  public Value get(String name) {
    Value value = attributes.get(name);
    return value == null ? Null.ANY : value;
  }

  /** This object with one attribute set. */
  public ObjectValue with(String name, Value value) {
    TreeMap<String, Value> changed = new TreeMap<>(attributes);
    changed.put(name, value);
    return new ObjectValue(changed);
  }

  @Override
  public Type type() {
    TreeMap<String, Type> types = new TreeMap<>();
    attributes.forEach((name, value) -> types.put(name, value.type()));
    return new Type.ObjectType(types, java.util.Set.of());
  }
}
