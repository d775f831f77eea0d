package io.pgha.language.value;

import java.util.List;

/**
 * An ordered sequence of values of one type.
 *
 * @param elementType the type of every element
 * @param elements the elements; immutable
 */
public record ListValue(Type elementType, List<Value> elements) implements Value {
  public ListValue {
    elements = List.copyOf(elements);
  }

  @Override
  public Type type() {
    return new Type.ListType(elementType);
  }
}
