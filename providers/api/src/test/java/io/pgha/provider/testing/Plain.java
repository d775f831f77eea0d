package io.pgha.provider.testing;

import io.pgha.language.value.Bool;
import io.pgha.language.value.ListValue;
import io.pgha.language.value.MapValue;
import io.pgha.language.value.Null;
import io.pgha.language.value.Num;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.SetValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.TupleValue;
import io.pgha.language.value.Type;
import io.pgha.language.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes values of plain Java ones: strings, numbers, truths, lists, maps, nulls, values. */
public final class Plain {
  private Plain() {}

  /** The value of the type; what is optional in an object and missing becomes a null. */
  public static Value value(@Nullable Object plain, Type type) {
    if (plain == null) {
      return new Null(type);
    }
    if (plain instanceof Value value) {
      return value;
    }
    return switch (type) {
      case Type.ListType(Type element) -> new ListValue(element, each((List<?>) plain, element));
      case Type.SetType(Type element) ->
          new SetValue(element, each(((List<?>) plain).stream().sorted().toList(), element));
      case Type.MapType(Type element) -> {
        TreeMap<String, Value> elements = new TreeMap<>();
        ((Map<?, ?>) plain)
            .forEach((key, each) -> elements.put((String) key, value(each, element)));
        yield MapValue.of(element, elements);
      }
      case Type.ObjectType object -> {
        TreeMap<String, Value> attributes = new TreeMap<>();
        object
            .attributes()
            .forEach(
                (name, inner) -> attributes.put(name, value(((Map<?, ?>) plain).get(name), inner)));
        for (Object name : ((Map<?, ?>) plain).keySet()) {
          if (!object.attributes().containsKey(name)) {
            throw new IllegalArgumentException("no attribute " + name + " in the object");
          }
        }
        yield ObjectValue.of(attributes);
      }
      case Type.TupleType tuple -> new TupleValue(each((List<?>) plain, Type.DYNAMIC));
      case Type.Primitive primitive -> dynamic(plain);
    };
  }

  /** The value of what carries its own type: a map becomes an object, a list a tuple. */
  public static Value dynamic(@Nullable Object plain) {
    return switch (plain) {
      case null -> Null.ANY;
      case Value value -> value;
      case String text -> new Str(text);
      case Boolean truth -> Bool.of(truth);
      case Integer number -> Num.of(number);
      case Long number -> Num.of(number);
      case BigDecimal number -> new Num(number);
      case List<?> list -> new TupleValue(each(list, Type.DYNAMIC));
      case Map<?, ?> map -> {
        TreeMap<String, Value> attributes = new TreeMap<>();
        map.forEach((key, each) -> attributes.put((String) key, dynamic(each)));
        yield ObjectValue.of(attributes);
      }
      default -> throw new IllegalArgumentException("no value is like " + plain.getClass());
    };
  }

  private static List<Value> each(List<?> elements, Type type) {
    List<Value> values = new ArrayList<>();
    elements.forEach(element -> values.add(value(element, type)));
    return values;
  }
}
