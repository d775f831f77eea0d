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
   * be anything. Types may be others, as they follow from all values that are to have one: a number
   * may have become its text, a tuple a list.
   */
  public static boolean admits(Value foreseen, Value actual) {
    Value before = foreseen.unmarked();
    Value now = actual.unmarked();
    if (now instanceof Unknown) {
      return true;
    }
    return switch (before) {
      case Unknown(_, Refinement refinement) -> refinement.admits(now);
      case ListValue(_, List<Value> elements) -> admitSequence(elements, now);
      case TupleValue(List<Value> elements) -> admitSequence(elements, now);
      case MapValue map -> admitMapping(map.elements(), now);
      case ObjectValue object -> admitMapping(object.attributes(), now);
      case SetValue set when isWhollyKnown(set) && isWhollyKnown(now) ->
          Marks.removeDeep(now) instanceof SetValue other
              && ((SetValue) Marks.removeDeep(set)).elements().equals(other.elements());
      // What is not known yet may turn out to be equal to what is.
      case SetValue set -> now instanceof SetValue && Bounds.of(set).admits(Bounds.of(now));
      case Null _ -> now.isNull();
      case Num number -> before.equals(now) || now.equals(new Str(number.text()));
      case Bool bool -> before.equals(now) || now.equals(new Str(Boolean.toString(bool.value())));
      case Str _, Marked _ -> before.equals(now);
    };
  }

  private static boolean admitSequence(List<Value> before, Value now) {
    return switch (now) {
      case ListValue(_, List<Value> elements) -> admitAll(before, elements);
      case TupleValue(List<Value> elements) -> admitAll(before, elements);
      default -> false;
    };
  }

  private static boolean admitMapping(SortedMap<String, Value> before, Value now) {
    return switch (now) {
      case MapValue map -> admitAll(before, map.elements());
      case ObjectValue object -> admitAll(before, object.attributes());
      default -> false;
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
