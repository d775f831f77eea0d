package io.pgha.cli.view;

import io.pgha.language.value.AttributePath;
import io.pgha.language.value.Bool;
import io.pgha.language.value.ListValue;
import io.pgha.language.value.MapValue;
import io.pgha.language.value.Mark;
import io.pgha.language.value.Marked;
import io.pgha.language.value.Marks;
import io.pgha.language.value.Null;
import io.pgha.language.value.Num;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.SetValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.TupleValue;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Takes out of values what is not to be shown: in its place stands {@link #HIDDEN}. */
public final class Redaction {
  /** What stands where a secret stood: a text that says so, marked as sensitive. */
  public static final Value HIDDEN =
      new Marked(new Str(ShownValues.HIDDEN), EnumSet.of(Mark.SENSITIVE));

  private final Set<List<String>> hidden = new HashSet<>();

  /** A redaction of what lies at the given paths, and of what is marked. */
  public Redaction(Collection<AttributePath> secretPaths) {
    secretPaths.forEach(path -> hidden.add(words(path)));
  }

  /** The path's steps without telling names from keys; it ends at a set, which hides as a whole. */
  private static List<String> words(AttributePath path) {
    List<String> words = new ArrayList<>();
    for (AttributePath.Step step : path.steps()) {
      switch (step) {
        case AttributePath.Name(String name) -> words.add(name);
        case AttributePath.Key(String key) -> words.add(key);
        case AttributePath.Index(int index) -> words.add(String.valueOf(index));
        case AttributePath.Element _ -> {
          return words;
        }
      }
    }
    return words;
  }

  /** Whether nothing at a path may be shown. */
  public boolean hides(AttributePath path) {
    List<String> words = words(path);
    for (int length = 0; length <= words.size(); length++) {
      if (hidden.contains(words.subList(0, length))) {
        return true;
      }
    }
    return false;
  }

  /** A whole instance's attributes as they may be shown. */
  public ObjectValue of(ObjectValue attributes) {
    if (hidden.isEmpty() && Marks.all(attributes).isEmpty()) {
      return attributes;
    }
    return hides(AttributePath.ROOT)
        ? ObjectValue.EMPTY
        : (ObjectValue) of(AttributePath.ROOT, attributes);
  }

  /** The value at a path as it may be shown. */
  public Value of(AttributePath path, Value value) {
    if (hides(path)) {
      return value instanceof Null ? value : HIDDEN;
    }
    return switch (value) {
      case Marked _ -> HIDDEN;
      case Unknown _, Null _, Bool _, Num _, Str _ -> value;
      case ListValue(var type, List<Value> elements) -> new ListValue(type, each(path, elements));
      case TupleValue(List<Value> elements) -> new TupleValue(each(path, elements));
      case SetValue _ -> value;
      case MapValue map -> {
        TreeMap<String, Value> elements = new TreeMap<>();
        map.elements().forEach((key, element) -> elements.put(key, of(path.key(key), element)));
        yield new MapValue(map.elementType(), elements);
      }
      case ObjectValue object -> {
        TreeMap<String, Value> attributes = new TreeMap<>();
        for (Map.Entry<String, Value> entry : object.attributes().entrySet()) {
          attributes.put(entry.getKey(), of(path.name(entry.getKey()), entry.getValue()));
        }
        yield ObjectValue.of(attributes);
      }
    };
  }

  private List<Value> each(AttributePath path, List<Value> elements) {
    List<Value> shown = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      shown.add(of(path.index(i), elements.get(i)));
    }
    return shown;
  }
}
