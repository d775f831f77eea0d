package io.pgha.language.value;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Values of one type by name, ordered by name.
 *
 * @param elementType the type of every element
 * @param elements the elements; immutable
 */
public record MapValue(Type elementType, SortedMap<String, Value> elements) implements Value {
  public MapValue {
    elements = ValueOrder.byName(elements);
  }

  /** A map of the given elements in any order. */
  public static MapValue of(Type elementType, Map<String, ? extends Value> elements) {
    return new MapValue(elementType, new TreeMap<>(elements));
  }

  @Override
  public Type type() {
    return new Type.MapType(elementType);
  }
}
