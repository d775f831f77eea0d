package io.pgha.language.value;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The order of the elements of a set: strings by code point, numbers by size, false before true,
 * nulls after everything known and unknowns last; anything else by a text of its content.
 */
final class ValueOrder implements Comparator<Value> {
  static final ValueOrder OF_SETS = new ValueOrder();

  private ValueOrder() {}

  @Override
  public int compare(Value one, Value other) {
    int byRank = Integer.compare(rank(one), rank(other));
    if (byRank != 0) {
      return byRank;
    }
    if (one instanceof Str(String a) && other instanceof Str(String b)) {
      return compareText(a, b);
    }
    if (one instanceof Num a && other instanceof Num b) {
      return a.compareTo(b);
    }
    if (one instanceof Bool a && other instanceof Bool b) {
      return a.compareTo(b);
    }
    return one.equals(other) ? 0 : compareContent(one, other);
  }

  private static int rank(Value value) {
    return switch (value) {
      case Unknown _ -> 2;
      case Null _ -> 1;
      case Str _, Num _, Bool _, ListValue _, SetValue _, MapValue _, TupleValue _, ObjectValue _ ->
          0;
      case Marked(Value inner, _) -> rank(inner);
    };
  }

  private static int compareContent(Value one, Value other) {
    int byContent = compareText(content(one), content(other));
    return byContent != 0 ? byContent : one.toString().compareTo(other.toString());
  }

  /** Compares by Unicode code point, which the order of UTF-16 units is not beyond the BMP. */
  static int compareText(String one, String other) {
    int length = Math.min(one.length(), other.length());
    for (int i = 0; i < length; i++) {
      char a = one.charAt(i);
      char b = other.charAt(i);
      if (a != b) {
        boolean pairs = Character.isSurrogate(a) != Character.isSurrogate(b);
        return pairs ? (Character.isSurrogate(a) ? 1 : -1) : Character.compare(a, b);
      }
    }
    return Integer.compare(one.length(), other.length());
  }

  /** A copy of what is named, in the order of the names by code point; immutable. */
  static <V> SortedMap<String, V> byName(Map<String, V> named) {
    TreeMap<String, V> sorted = new TreeMap<>(ValueOrder::compareText);
    sorted.putAll(named);
    return Collections.unmodifiableSortedMap(sorted);
  }

  private static String content(Value value) {
    StringBuilder text = new StringBuilder();
    append(text, value);
    return text.toString();
  }

  private static void append(StringBuilder text, Value value) {
    switch (value) {
      case Str(String string) -> text.append(ValueText.quote(string));
      case Num number -> text.append(number.text());
      case Bool bool -> text.append(bool.value() ? '1' : '0');
      case ListValue(_, List<Value> elements) -> append(text, '[', elements, ']');
      case SetValue(_, List<Value> elements) -> append(text, '[', elements, ']');
      case TupleValue(List<Value> elements) -> append(text, '<', elements, '>');
      case MapValue map -> {
        text.append('{');
        map.elements()
            .forEach((key, element) -> {
              text.append(ValueText.quote(key)).append(':');
              append(text, element);
              text.append(';');
            });
        text.append('}');
      }
      case ObjectValue object -> append(text, '<', List.copyOf(object.attributes().values()), '>');
      case Null _ -> text.append('~');
      case Unknown _ -> text.append('?');
      case Marked(Value inner, _) -> append(text, inner);
    }
  }

  private static void append(StringBuilder text, char open, List<Value> elements, char close) {
    text.append(open);
    for (Value element : elements) {
      append(text, element);
      text.append(';');
    }
    text.append(close);
  }
}
