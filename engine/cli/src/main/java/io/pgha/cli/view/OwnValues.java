package io.pgha.cli.view;

import io.pgha.language.value.Bool;
import io.pgha.language.value.ListValue;
import io.pgha.language.value.MapValue;
import io.pgha.language.value.Marked;
import io.pgha.language.value.Null;
import io.pgha.language.value.Num;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.SetValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.TupleValue;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Tells the nulls that a user has written from those that stand for arguments that nobody gave: the
 * former are part of a value and shown, the latter would hide what was given.
 */
public final class OwnValues {
  /** The types whose attributes hold any value, as it was given. */
  private static final Set<String> FREE = Set.of("terraform_data");

  private OwnValues() {}

  /** What is shown of an attribute's value of an instance of a type. */
  public static Value of(String type, Value value) {
    return FREE.contains(type) ? value : given(value);
  }

  private static Value given(Value value) {
    return switch (value) {
      case Marked _, Unknown _, Null _, Bool _, Num _, Str _ -> value;
      case ListValue(var type, List<Value> elements) -> new ListValue(type, each(elements));
      case TupleValue(List<Value> elements) -> new TupleValue(each(elements));
      case SetValue _ -> value;
      case MapValue map -> {
        TreeMap<String, Value> elements = new TreeMap<>(map.elements());
        elements.replaceAll((name, element) -> given(element));
        yield new MapValue(map.elementType(), elements);
      }
      case ObjectValue object -> {
        TreeMap<String, Value> some = new TreeMap<>(object.attributes());
        some.values().removeIf(Value::isNull);
        some.replaceAll((name, element) -> given(element));
        yield ObjectValue.of(some);
      }
    };
  }

  private static List<Value> each(List<Value> elements) {
    return elements.stream().map(OwnValues::given).toList();
  }
}
