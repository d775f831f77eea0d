package io.pgha.language.value;

import java.util.List;

/** What is asked about unknowns at every depth of a value. */
public final class Unknowns {
  private Unknowns() {}

  /** Whether neither the value nor anything inside it is unknown. */
  public static boolean isWhollyKnown(Value value) {
    return switch (value) {
      case Unknown _ -> false;
      case Marked(Value inner, _) -> isWhollyKnown(inner);
      case ListValue(_, List<Value> elements) -> areWhollyKnown(elements);
      case SetValue(_, List<Value> elements) -> areWhollyKnown(elements);
      case TupleValue(List<Value> elements) -> areWhollyKnown(elements);
      case MapValue map -> areWhollyKnown(map.elements().values());
      case ObjectValue object -> areWhollyKnown(object.attributes().values());
      case Str _, Num _, Bool _, Null _ -> true;
    };
  }

  private static boolean areWhollyKnown(Iterable<Value> values) {
    for (Value value : values) {
      if (!isWhollyKnown(value)) {
        return false;
      }
    }
    return true;
  }
}
