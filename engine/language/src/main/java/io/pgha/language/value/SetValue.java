package io.pgha.language.value;

import java.util.List;

/**
 * A set of values of one type, in the language's own order, each once.
 *
 * @param elementType the type of every element
 * @param elements the elements, unmarked at every depth, ordered and without equals; immutable
 */
public record SetValue(Type elementType, List<Value> elements) implements Value {
  public SetValue {
    elements = List.copyOf(elements);
  }

  @Override
  public Type type() {
    return new Type.SetType(elementType);
  }
}
