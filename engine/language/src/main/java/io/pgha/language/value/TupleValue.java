package io.pgha.language.value;

import java.util.List;

/**
 * An ordered sequence of values, each of its own type.
 *
 * @param elements the elements; immutable
 */
public record TupleValue(List<Value> elements) implements Value {
  public TupleValue {
    elements = List.copyOf(elements);
  }

  @Override
  public Type type() {
    return new Type.TupleType(elements.stream().map(Value::type).toList());
  }
}
