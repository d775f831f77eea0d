package io.pgha.language.value;

import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;

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

  /**
   * Whether a value may be what another, known in part, turned out to be: the same where that was
   * known, and within what was known of the rest. Marks don't matter, and what is still unknown may
   * be anything.
   */
  public static boolean admits(Value foreseen, Value actual) {
    Value before = foreseen.unmarked();
    Value now = actual.unmarked();
    if (now instanceof Unknown) {
      return true;
    }
    return switch (before) {
      case Unknown(_, Refinement refinement) -> refinement.admits(now);
      case ListValue(_, List<Value> elements) ->
          now instanceof ListValue list && admitAll(elements, list.elements());
      case TupleValue(List<Value> elements) ->
          now instanceof TupleValue tuple && admitAll(elements, tuple.elements());
      case MapValue map ->
          now instanceof MapValue other && admitAll(map.elements(), other.elements());
      case ObjectValue object ->
          now instanceof ObjectValue other && admitAll(object.attributes(), other.attributes());
      case SetValue set when isWhollyKnown(set) && isWhollyKnown(now) ->
          Marks.removeDeep(now) instanceof SetValue other
              && ((SetValue) Marks.removeDeep(set)).elements().equals(other.elements());
      // What is not known yet may turn out to be equal to what is.
      case SetValue set -> now instanceof SetValue && Bounds.of(set).admits(Bounds.of(now));
      case Null _ -> now.isNull();
      case Str _, Num _, Bool _, Marked _ -> before.equals(now);
    };
  }

  private static boolean admitAll(List<Value> before, List<Value> now) {
    if (before.size() != now.size()) {
      return false;
    }
    for (int i = 0; i < before.size(); i++) {
      if (!admits(before.get(i), now.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Both are in the order of their keys. */
  private static boolean admitAll(SortedMap<String, Value> before, SortedMap<String, Value> now) {
    if (!before.keySet().equals(now.keySet())) {
      return false;
    }
    Iterator<Value> values = now.values().iterator();
    return before.values().stream().allMatch(value -> admits(value, values.next()));
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
