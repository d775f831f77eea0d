package io.pgha.cli;

import io.pgha.language.value.AttributePath;
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
import io.pgha.language.value.ValueText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Values as plans and states show them: as one would write them, on one line where they fit, long
 * texts cut, nulls left out of objects, nothing secret.
 */
final class ShownValues {
  static final String UNKNOWN = "(known after apply)";
  static final String HIDDEN = "(sensitive value)";

  private static final int WIDTH = 84;
  private static final int LONGEST_TEXT = 6;
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

  private final Set<List<String>> hidden = new HashSet<>();

  /** A renderer that hides what lies at the given paths. */
  ShownValues(Collection<AttributePath> secretPaths) {
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

  private boolean hides(AttributePath path) {
    List<String> words = words(path);
    for (int length = 0; length <= words.size(); length++) {
      if (hidden.contains(words.subList(0, length))) {
        return true;
      }
    }
    return false;
  }

  /** The value at a path, its further lines indented by so many spaces. */
  String text(AttributePath path, Value value, int indent) {
    String line = line(path, value);
    boolean fits = line.length() + indent <= WIDTH && line.indexOf('\n') < 0;
    return fits ? line : block(path, value, indent);
  }

  private String line(AttributePath path, Value value) {
    if (hides(path)) {
      return HIDDEN;
    }
    return switch (value) {
      case Marked _ -> HIDDEN;
      case Unknown _ -> UNKNOWN;
      case Null _ -> "null";
      case Bool bool -> String.valueOf(bool.value());
      case Num number -> number.text();
      case Str(String text) -> string(text, 0);
      case ListValue(_, List<Value> elements) -> sequence(path, elements);
      case SetValue(_, List<Value> elements) -> sequence(path, elements);
      case TupleValue(List<Value> elements) -> sequence(path, elements);
      case MapValue map -> mapping(path, entries(map));
      case ObjectValue object -> mapping(path, entries(object));
    };
  }

  private String block(AttributePath path, Value value, int indent) {
    if (hides(path)) {
      return HIDDEN;
    }
    return switch (value) {
      case Str(String text) -> string(text, indent);
      case ListValue(_, List<Value> elements) -> sequenceBlock(path, elements, indent);
      case SetValue(_, List<Value> elements) -> sequenceBlock(path, elements, indent);
      case TupleValue(List<Value> elements) -> sequenceBlock(path, elements, indent);
      case MapValue map -> mappingBlock(path, entries(map), indent);
      case ObjectValue object -> mappingBlock(path, entries(object), indent);
      case Marked _, Unknown _, Null _, Bool _, Num _ -> line(path, value);
    };
  }

  private static String string(String text, int indent) {
    long lines = text.lines().count();
    if (lines <= 1) {
      return ValueText.quote(text);
    }
    return lines > LONGEST_TEXT
        ? ValueText.quote(text.lines().findFirst().orElse("")) + "… (" + lines + " lines)"
        : ValueText.of(new Str(text), indent);
  }

  private String sequence(AttributePath path, List<Value> elements) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      texts.add(line(path.index(i), elements.get(i)));
    }
    return "[" + String.join(", ", texts) + "]";
  }

  private String mapping(AttributePath path, List<Map.Entry<AttributePath.Step, Value>> entries) {
    List<String> texts = new ArrayList<>();
    entries.forEach(entry ->
        texts.add(
            name(entry.getKey()) + " = " + line(path.then(entry.getKey()), entry.getValue())));
    return texts.isEmpty() ? "{}" : "{ " + String.join(", ", texts) + " }";
  }

  private String sequenceBlock(AttributePath path, List<Value> elements, int indent) {
    StringBuilder text = new StringBuilder("[\n");
    for (int i = 0; i < elements.size(); i++) {
      text.repeat(' ', indent + 2)
          .append(text(path.index(i), elements.get(i), indent + 2))
          .append(",\n");
    }
    return text.repeat(' ', indent).append(']').toString();
  }

  private String mappingBlock(
      AttributePath path, List<Map.Entry<AttributePath.Step, Value>> entries, int indent) {
    int width = entries.stream().mapToInt(entry -> name(entry.getKey()).length()).max().orElse(0);
    StringBuilder text = new StringBuilder("{\n");
    for (Map.Entry<AttributePath.Step, Value> entry : entries) {
      String name = name(entry.getKey());
      text.repeat(' ', indent + 2)
          .append(name)
          .repeat(' ', width - name.length())
          .append(" = ")
          .append(text(path.then(entry.getKey()), entry.getValue(), indent + 2))
          .append('\n');
    }
    return text.repeat(' ', indent).append('}').toString();
  }

  private static List<Map.Entry<AttributePath.Step, Value>> entries(Value value) {
    List<Map.Entry<AttributePath.Step, Value>> entries = new ArrayList<>();
    switch (value) {
      case MapValue map ->
          map.elements()
              .forEach(
                  (key, element) -> entries.add(Map.entry(new AttributePath.Key(key), element)));
      case ObjectValue object ->
          object
              .attributes()
              .forEach((name, attribute) -> {
                if (!attribute.isNull()) {
                  entries.add(Map.entry(new AttributePath.Name(name), attribute));
                }
              });
      case Marked _,
          Unknown _,
          Null _,
          Bool _,
          Num _,
          Str _,
          ListValue _,
          SetValue _,
          TupleValue _ -> {
        // no entries
      }
    }
    return entries;
  }

  private static String name(AttributePath.Step step) {
    String name = words(new AttributePath(List.of(step))).getFirst();
    return NAME.matcher(name).matches() ? name : ValueText.quote(name);
  }

  /** What becomes of a value, entry by entry where both sides have entries. */
  String change(AttributePath path, Value before, Value after, int indent, Paint paint) {
    if (hides(path)) {
      return HIDDEN;
    }
    String oneLine = line(path, before) + " -> " + line(path, after);
    if (oneLine.indexOf('\n') < 0 && oneLine.length() + indent <= WIDTH) {
      return oneLine;
    }
    boolean bothMappings = isMapping(before) && isMapping(after);
    if (!bothMappings) {
      return text(path, before, indent)
          + "\n"
          + " ".repeat(indent)
          + "-> "
          + text(path, after, indent);
    }
    Map<AttributePath.Step, Value> old = new java.util.HashMap<>();
    entries(before).forEach(entry -> old.put(entry.getKey(), entry.getValue()));
    Map<AttributePath.Step, Value> now = new java.util.HashMap<>();
    entries(after).forEach(entry -> now.put(entry.getKey(), entry.getValue()));
    Set<AttributePath.Step> steps =
        new TreeSet<>(java.util.Comparator.comparing(ShownValues::name));
    steps.addAll(old.keySet());
    steps.addAll(now.keySet());
    StringBuilder text = new StringBuilder("{\n");
    for (AttributePath.Step step : steps) {
      Value was = old.get(step);
      Value is = now.get(step);
      if (was != null && was.equals(is)) {
        continue;
      }
      AttributePath inner = path.then(step);
      String shown;
      if (was == null) {
        shown =
            paint.added("+")
                + " "
                + name(step)
                + " = "
                + text(inner, java.util.Objects.requireNonNull(is), indent + 4);
      } else if (is == null) {
        shown = paint.removed("-") + " " + name(step) + " = " + text(inner, was, indent + 4);
      } else {
        shown =
            paint.changed("~")
                + " "
                + name(step)
                + " = "
                + change(inner, was, is, indent + 4, paint);
      }
      text.repeat(' ', indent + 2).append(shown).append('\n');
    }
    return text.repeat(' ', indent).append('}').toString();
  }

  private static boolean isMapping(Value value) {
    return value instanceof MapValue || value instanceof ObjectValue;
  }
}
