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
import io.pgha.language.value.ValueText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Values as plans and states show them: as one would write them, on one line where they fit, long
 * texts cut, nothing that is marked.
 */
public final class ShownValues {
  /** What stands for a value that is not known yet. */
  public static final String UNKNOWN = "(known after apply)";

  /** What stands for a value that is not to be shown. */
  public static final String HIDDEN = "(sensitive value)";

  /** How long a line may get. */
  static final int WIDTH = 84;

  /** How many lines of a text are shown. */
  static final int LONGEST_TEXT = 50;

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

  private ShownValues() {}

  /** The value, its further lines indented by so many spaces. */
  public static String text(Value value, int indent) {
    String line = line(value);
    boolean fits = line.length() + indent <= WIDTH && line.indexOf('\n') < 0;
    return fits ? line : block(value, indent);
  }

  /** The value on one line, however long; texts of several lines take more. */
  static String line(Value value) {
    return switch (value) {
      case Marked _ -> HIDDEN;
      case Unknown _ -> UNKNOWN;
      case Null _ -> "null";
      case Bool bool -> String.valueOf(bool.value());
      case Num number -> number.text();
      case Str(String text) -> string(text, 0);
      case ListValue(_, List<Value> elements) -> sequence(elements);
      case SetValue(_, List<Value> elements) -> sequence(elements);
      case TupleValue(List<Value> elements) -> sequence(elements);
      case MapValue map -> mapping(map.elements());
      case ObjectValue object -> mapping(object.attributes());
    };
  }

  private static String block(Value value, int indent) {
    return switch (value) {
      case Str(String text) -> string(text, indent);
      case ListValue(_, List<Value> elements) -> sequenceBlock(elements, indent);
      case SetValue(_, List<Value> elements) -> sequenceBlock(elements, indent);
      case TupleValue(List<Value> elements) -> sequenceBlock(elements, indent);
      case MapValue map -> mappingBlock(map.elements(), indent);
      case ObjectValue object -> mappingBlock(object.attributes(), indent);
      case Marked _, Unknown _, Null _, Bool _, Num _ -> line(value);
    };
  }

  private static String string(String text, int indent) {
    long lines = text.lines().count();
    if (lines <= 1) {
      return ValueText.shown(text);
    }
    StringBuilder shown = new StringBuilder("<<-EOT\n");
    text.lines()
        .limit(LONGEST_TEXT)
        .forEach(
            line -> shown.repeat(' ', indent + 2).append(ValueText.shownLine(line)).append('\n'));
    if (lines > LONGEST_TEXT) {
      shown.repeat(' ', indent + 2).append("… (" + (lines - LONGEST_TEXT) + " more lines)\n");
    }
    return shown.repeat(' ', indent).append("EOT").toString();
  }

  private static String sequence(List<Value> elements) {
    return "[" + String.join(", ", elements.stream().map(ShownValues::line).toList()) + "]";
  }

  private static String mapping(Map<String, Value> elements) {
    List<String> texts = new ArrayList<>();
    elements.forEach((name, element) -> texts.add(name(name) + " = " + line(element)));
    return texts.isEmpty() ? "{}" : "{ " + String.join(", ", texts) + " }";
  }

  private static String sequenceBlock(List<Value> elements, int indent) {
    StringBuilder text = new StringBuilder("[\n");
    for (Value element : elements) {
      text.repeat(' ', indent + 2).append(text(element, indent + 2)).append(",\n");
    }
    return text.repeat(' ', indent).append(']').toString();
  }

  private static String mappingBlock(Map<String, Value> elements, int indent) {
    int width = widest(elements.keySet());
    StringBuilder text = new StringBuilder("{\n");
    elements.forEach((key, element) ->
        text.repeat(' ', indent + 2)
            .append(padded(name(key), width))
            .append(" = ")
            .append(text(element, indent + 2))
            .append('\n'));
    return text.repeat(' ', indent).append('}').toString();
  }

  /** How wide the names are, written as one writes them. */
  static int widest(java.util.Collection<String> names) {
    return names.stream().mapToInt(name -> name(name).length()).max().orElse(0);
  }

  /** A text with spaces behind it. */
  static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  /** A name, in quotes where it has to be. */
  static String name(String name) {
    return NAME.matcher(name).matches() ? name : ValueText.shown(name);
  }
}
