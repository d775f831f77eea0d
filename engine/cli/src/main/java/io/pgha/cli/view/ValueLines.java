package io.pgha.cli.view;

import static io.pgha.cli.view.Line.Kind.ADDED;
import static io.pgha.cli.view.Line.Kind.CHANGED;
import static io.pgha.cli.view.Line.Kind.REMOVED;
import static io.pgha.cli.view.Line.Kind.SAME;

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
import io.pgha.language.value.ValueJson;
import io.pgha.language.value.ValueText;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes values, and what becomes of them, line by line: mappings and sequences element by element,
 * texts line by line, texts that are JSON as what they mean.
 */
final class ValueLines {
  /** How a value is written: a leaf on a line of its own, or something with parts. */
  sealed interface Shape {
    /** On one line. */
    record Leaf(String text) implements Shape {}

    /** Parts by name; {@code json} where it is a text that says them. */
    record Mapping(Map<String, Value> elements, boolean json, boolean object) implements Shape {}

    /** Parts in order; {@code json} where it is a text that says them. */
    record Sequence(List<Value> elements, boolean json, boolean set) implements Shape {}

    /** A text of several lines. */
    record Text(List<String> lines) implements Shape {}
  }

  private static final int SHORT_LINE = 60;

  private ValueLines() {}

  /**
   * What becomes of a value.
   *
   * @param label what stands before it, such as {@code name = }
   * @param end what stands behind it, such as a comma
   */
  static void write(
      List<Line> lines, int depth, String label, Value before, Value after, String end) {
    if (before.isNull() && !after.isNull()) {
      whole(lines, ADDED, depth, label, after, end);
    } else if (after.isNull()) {
      whole(lines, REMOVED, depth, label, before, end.equals(",") ? end : " -> null");
    } else if (before instanceof Marked || after instanceof Marked) {
      String text =
          before instanceof Marked && after instanceof Marked
              ? ShownValues.HIDDEN
              : brief(before) + " -> " + brief(after);
      lines.add(Line.of(CHANGED, depth, label + text + end));
    } else if (after instanceof Unknown) {
      int first = lines.size();
      whole(lines, REMOVED, depth, label, before, " -> " + ShownValues.UNKNOWN + end);
      lines.set(first, Line.of(CHANGED, depth, lines.get(first).text()));
    } else {
      changed(lines, depth, label, before, after, end);
    }
  }

  private static String brief(Value value) {
    String line = ShownValues.line(value);
    return line.length() > SHORT_LINE || line.indexOf('\n') >= 0 ? "(another value)" : line;
  }

  private static void changed(
      List<Line> lines, int depth, String label, Value before, Value after, String end) {
    Shape old = shape(before);
    Shape now = shape(after);
    if (old instanceof Shape.Mapping was
        && now instanceof Shape.Mapping is
        && was.json() == is.json()) {
      opened(
          lines,
          depth,
          label,
          "{",
          "}",
          end,
          is.json(),
          inner -> Differences.mappings(lines, inner, was, is));
    } else if (old instanceof Shape.Sequence was
        && now instanceof Shape.Sequence is
        && was.json() == is.json()) {
      opened(
          lines,
          depth,
          label,
          "[",
          "]",
          end,
          is.json(),
          inner -> Differences.sequences(lines, inner, was, is));
    } else if (old instanceof Shape.Text || now instanceof Shape.Text) {
      lines.add(Line.of(CHANGED, depth, label + "<<-EOT"));
      Differences.texts(lines, depth + 1, textOf(before), textOf(after));
      lines.add(Line.of(SAME, depth, "EOT" + end));
    } else if (old instanceof Shape.Leaf(String was) && now instanceof Shape.Leaf(String is)) {
      lines.add(Line.of(CHANGED, depth, label + was + " -> " + is + end));
    } else {
      String line = oneLine(old, before) + " -> " + oneLine(now, after);
      if (line.length() <= SHORT_LINE && line.indexOf('\n') < 0) {
        lines.add(Line.of(CHANGED, depth, label + line + end));
        return;
      }
      whole(lines, REMOVED, depth, label, before, end);
      whole(lines, ADDED, depth, label, after, end);
    }
  }

  private static List<String> textOf(Value value) {
    return value instanceof Str(String text) ? linesOf(text) : List.of(ShownValues.line(value));
  }

  private static List<String> linesOf(String text) {
    return text.lines().map(ValueText::shownLine).toList();
  }

  private interface Inner {
    void write(int depth);
  }

  private static void opened(
      List<Line> lines,
      int depth,
      String label,
      String open,
      String close,
      String end,
      boolean json,
      Inner inner) {
    if (!json) {
      lines.add(Line.of(CHANGED, depth, label + open));
      inner.write(depth + 1);
      lines.add(Line.of(SAME, depth, close + end));
      return;
    }
    int first = lines.size();
    lines.add(Line.of(CHANGED, depth, label + "jsonencode("));
    lines.add(Line.of(CHANGED, depth + 1, open));
    inner.write(depth + 2);
    if (lines.size() == first + 2) {
      lines.subList(first, lines.size()).clear();
      lines.add(
          Line.of(CHANGED, depth, label + "jsonencode(…)" + end)
              .withNote("only the spaces between the words of the JSON text change"));
      return;
    }
    lines.add(Line.of(SAME, depth + 1, close));
    lines.add(Line.of(SAME, depth, ")" + end));
  }

  /** A value that is there as a whole, or not at all any more. */
  static void whole(
      List<Line> lines, Line.Kind kind, int depth, String label, Value value, String end) {
    Shape shape = shape(value);
    String line = oneLine(shape, value);
    if (shape instanceof Shape.Leaf
        || (line.indexOf('\n') < 0 && label.length() + line.length() + 4 * depth <= SHORT_LINE)) {
      lines.add(Line.of(kind, depth, label + line + end));
      return;
    }
    switch (shape) {
      case Shape.Leaf(String text) -> lines.add(Line.of(kind, depth, label + text + end));
      case Shape.Mapping(Map<String, Value> elements, boolean json, _) ->
          enclosed(
              lines,
              kind,
              depth,
              label,
              "{",
              "}",
              end,
              json,
              inner -> {
                int width = ShownValues.widest(elements.keySet());
                elements.forEach(
                    (name, element) -> whole(lines, kind, inner, label(name, width), element, ""));
              });
      case Shape.Sequence(List<Value> elements, boolean json, _) ->
          enclosed(
              lines,
              kind,
              depth,
              label,
              "[",
              "]",
              end,
              json,
              inner -> elements.forEach(element -> whole(lines, kind, inner, "", element, ",")));
      case Shape.Text(List<String> text) -> {
        lines.add(Line.of(kind, depth, label + "<<-EOT"));
        text.stream()
            .limit(ShownValues.LONGEST_TEXT)
            .forEach(each -> lines.add(Line.of(kind, depth + 1, each)));
        if (text.size() > ShownValues.LONGEST_TEXT) {
          Differences.hidden(lines, depth + 1, text.size() - ShownValues.LONGEST_TEXT, "more line");
        }
        lines.add(Line.of(SAME, depth, "EOT" + end));
      }
    }
  }

  private static void enclosed(
      List<Line> lines,
      Line.Kind kind,
      int depth,
      String label,
      String open,
      String close,
      String end,
      boolean json,
      Inner inner) {
    if (json) {
      lines.add(Line.of(kind, depth, label + "jsonencode("));
      lines.add(Line.of(kind, depth + 1, open));
      inner.write(depth + 2);
      lines.add(Line.of(SAME, depth + 1, close));
      lines.add(Line.of(SAME, depth, ")" + end));
    } else {
      lines.add(Line.of(kind, depth, label + open));
      inner.write(depth + 1);
      lines.add(Line.of(SAME, depth, close + end));
    }
  }

  /** A name and what follows it. */
  static String label(String name, int width) {
    return ShownValues.padded(ShownValues.name(name), width) + " = ";
  }

  private static String oneLine(Shape shape, Value value) {
    boolean json =
        (shape instanceof Shape.Mapping mapping && mapping.json())
            || (shape instanceof Shape.Sequence sequence && sequence.json());
    return json
        ? "jsonencode(" + ShownValues.line(parsed(value).orElse(value)) + ")"
        : ShownValues.line(value);
  }

  /** How a value is written. */
  static Shape shape(Value value) {
    return switch (value) {
      case Marked _, Unknown _, Null _, Bool _, Num _ -> new Shape.Leaf(ShownValues.line(value));
      case Str(String text) -> {
        Optional<Value> json = parsed(value);
        if (json.isPresent()) {
          yield json(shape(json.get()));
        }
        yield text.lines().count() > 1
            ? new Shape.Text(linesOf(text))
            : new Shape.Leaf(ShownValues.line(value));
      }
      case ListValue(_, List<Value> elements) -> sequence(elements, false);
      case TupleValue(List<Value> elements) -> sequence(elements, false);
      case SetValue(_, List<Value> elements) -> sequence(elements, true);
      case MapValue map -> mapping(map.elements(), false);
      case ObjectValue object -> mapping(object.attributes(), true);
    };
  }

  private static Shape mapping(Map<String, Value> elements, boolean object) {
    return elements.isEmpty() ? new Shape.Leaf("{}") : new Shape.Mapping(elements, false, object);
  }

  private static Shape sequence(List<Value> elements, boolean set) {
    return elements.isEmpty() ? new Shape.Leaf("[]") : new Shape.Sequence(elements, false, set);
  }

  private static Shape json(Shape shape) {
    return switch (shape) {
      case Shape.Leaf(String text) -> new Shape.Leaf("jsonencode(" + text + ")");
      case Shape.Text text -> text;
      case Shape.Mapping(var elements, _, boolean object) ->
          new Shape.Mapping(elements, true, object);
      case Shape.Sequence(var elements, _, boolean set) -> new Shape.Sequence(elements, true, set);
    };
  }

  /** What a text means, where it is a JSON object or array. */
  private static Optional<Value> parsed(Value value) {
    if (!(value instanceof Str(String text))) {
      return Optional.empty();
    }
    String start = text.stripLeading();
    if (!start.startsWith("{") && !start.startsWith("[")) {
      return Optional.empty();
    }
    try {
      return Optional.of(ValueJson.decode(text));
    } catch (IOException e) {
      // It only looks like JSON: then it is shown as the text that it is.
      return Optional.empty();
    }
  }
}
