package io.pgha.provider.patroni;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Settings as trees of plain Java values, the form that YAML and JSON share: {@code Map<String,
 * Object>}, {@code List<Object>}, {@link String}, {@link BigDecimal}, {@link Boolean}, and {@link
 * Secret}. A null is never held: in a map it means that the key is not there.
 */
final class Trees {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private Trees() {}

  /**
   * A value of the configuration language as a tree; nulls are left out, and what is unknown is a
   * word that says so.
   */
  static Optional<Object> of(Value value) {
    return switch (value) {
      case Str(String text) -> Optional.of(text);
      case Num number -> Optional.of(number.value());
      case Bool bool -> Optional.of(bool.value());
      case ListValue list -> Optional.of(list(list.elements()));
      case SetValue set -> Optional.of(list(set.elements()));
      case TupleValue tuple -> Optional.of(list(tuple.elements()));
      case MapValue map -> Optional.of(map(map.elements()));
      case ObjectValue object -> Optional.of(map(object.attributes()));
      case Null none -> Optional.empty();
      case Unknown unknown -> Optional.of("(known after apply)");
      case Marked marked -> of(marked.value());
    };
  }

  private static List<Object> list(List<Value> elements) {
    List<Object> list = new ArrayList<>();
    elements.forEach(element -> of(element).ifPresent(list::add));
    return list;
  }

  /** A map of values as a tree. */
  static Map<String, Object> map(Map<String, Value> elements) {
    Map<String, Object> map = new LinkedHashMap<>();
    elements.forEach((key, element) -> of(element).ifPresent(tree -> map.put(key, tree)));
    return map;
  }

  /** A tree as a value: maps as objects, lists as tuples. */
  static Value value(Object tree) {
    return switch (tree) {
      case Map<?, ?> map -> {
        Map<String, Value> attributes = new LinkedHashMap<>();
        map.forEach((key, element) -> attributes.put(String.valueOf(key), value(element)));
        yield ObjectValue.of(attributes);
      }
      case List<?> list -> new TupleValue(list.stream().map(Trees::value).toList());
      case Boolean bool -> Bool.of(bool);
      case BigDecimal number -> new Num(number);
      default -> new Str(tree.toString());
    };
  }

  /** The map under a key, or an empty one. */
  static Map<String, Object> child(Map<String, Object> tree, String key) {
    return tree.get(key) instanceof Map<?, ?> map ? strings(map) : Map.of();
  }

  /** A copy of a map with strings as keys, without its nulls. */
  static Map<String, Object> strings(Map<?, ?> map) {
    Map<String, Object> strings = new LinkedHashMap<>();
    map.forEach((key, element) -> {
      if (element != null) {
        strings.put(String.valueOf(key), element);
      }
    });
    return strings;
  }

  /** A tree with another laid over it: maps are merged, everything else is replaced. */
  static Map<String, Object> merge(Map<String, Object> under, Map<String, Object> over) {
    Map<String, Object> merged = new LinkedHashMap<>(under);
    over.forEach((key, element) -> {
      if (element instanceof Map<?, ?> map && merged.get(key) instanceof Map<?, ?> present) {
        merged.put(key, merge(strings(present), strings(map)));
      } else {
        merged.put(key, element);
      }
    });
    return merged;
  }

  /** The text of a scalar, as messages show it. */
  static String text(Object scalar) {
    return scalar instanceof BigDecimal number
        ? new Num(number).text()
        : scalar instanceof Map<?, ?> || scalar instanceof List<?>
            ? json(scalar)
            : scalar.toString();
  }

  /** A tree as JSON in one line, keys in order; secrets are an error. */
  static String json(Object tree) {
    try {
      return JSON.writeValueAsString(plainNumbers(tree));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a tree of settings is always JSON", e);
    }
  }

  /** Whole numbers as integers, keys in order, so that JSON has 100 and never 1E+2. */
  private static Object plainNumbers(Object tree) {
    return switch (tree) {
      case Map<?, ?> map -> {
        Map<String, Object> plain = new TreeMap<>();
        map.forEach((key, element) ->
            plain.put(
                String.valueOf(key),
                element instanceof Deletion ? Deletion.JSON_NULL : plainNumbers(element)));
        yield plain;
      }
      case List<?> list -> list.stream().map(Trees::plainNumbers).toList();
      case BigDecimal number when number.stripTrailingZeros().scale() <= 0 ->
          number.toBigIntegerExact();
      case Secret secret ->
          throw new IllegalArgumentException("a secret has no place in shared settings");
      default -> tree;
    };
  }

  /** What is to be deleted in a patch. */
  enum Deletion {
    DELETED;

    /** What stands for it in JSON. */
    static final Object JSON_NULL = com.fasterxml.jackson.databind.node.NullNode.getInstance();
  }

  /** The object that a JSON text holds; empty where it is none. */
  static Optional<Map<String, Object>> parseObject(String json) {
    try {
      return JSON.readValue(json, Object.class) instanceof Map<?, ?> map
          ? Optional.of(normal(map))
          : Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static Map<String, Object> normal(Map<?, ?> map) {
    Map<String, Object> normal = new LinkedHashMap<>();
    map.forEach((key, element) -> {
      if (element != null) {
        normal.put(String.valueOf(key), normal(element));
      }
    });
    return normal;
  }

  private static Object normal(Object element) {
    return switch (element) {
      case Map<?, ?> map -> normal(map);
      case List<?> list -> list.stream().filter(item -> item != null).map(Trees::normal).toList();
      case Integer number -> BigDecimal.valueOf(number);
      case Long number -> BigDecimal.valueOf(number);
      case BigInteger number -> new BigDecimal(number);
      default -> element;
    };
  }
}
