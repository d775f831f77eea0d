package io.pgha.language.format;

import io.pgha.language.syntax.Parser;
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
import java.util.List;
import java.util.SortedMap;

/** Values as the native syntax that evaluates to them again. */
public final class ValueSyntax {
  private ValueSyntax() {}

  /**
   * An expression whose value is a known value without marks; collections become tuples and
   * objects, which convert back. Its layout is not the canonical one yet.
   *
   * @throws IllegalArgumentException for a value that is sensitive, ephemeral or not known
   */
  public static String of(Value value) {
    return of(value, true);
  }

  /**
   * The same with every text in quotes: no heredocs.
   *
   * @throws IllegalArgumentException for a value that is sensitive, ephemeral or not known
   */
  public static String quotedOf(Value value) {
    return of(value, false);
  }

  private static String of(Value value, boolean heredocs) {
    return switch (value) {
      case Null _ -> "null";
      case Bool bool -> Boolean.toString(bool.value());
      case Num number -> number.text();
      case Str(String text) -> heredocs ? string(text) : quoted(text);
      case ListValue(_, List<Value> elements) -> sequence(elements, heredocs);
      case SetValue(_, List<Value> elements) -> sequence(elements, heredocs);
      case TupleValue(List<Value> elements) -> sequence(elements, heredocs);
      case MapValue map -> mapping(map.elements(), heredocs);
      case ObjectValue object -> mapping(object.attributes(), heredocs);
      case Marked _ -> throw new IllegalArgumentException("it may not be written down");
      case Unknown _ -> throw new IllegalArgumentException("it is not known");
    };
  }

  /** A text in double quotes; nothing in it is taken for a template. */
  public static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    int[] points = text.codePoints().toArray();
    for (int i = 0; i < points.length; i++) {
      int point = points[i];
      boolean opens = i + 1 < points.length && points[i + 1] == '{';
      switch (point) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        case '$', '%' ->
            quoted.appendCodePoint(point).append(opens ? Character.toString(point) : "");
        default -> {
          if (ValueText.isSeen(point)) {
            quoted.appendCodePoint(point);
          } else {
            quoted.append(String.format(point < 0x10000 ? "\\u%04x" : "\\U%08x", point));
          }
        }
      }
    }
    return quoted.append('"').toString();
  }

  /** Lines as a heredoc, where all of it can stand there and be read. */
  private static String string(String text) {
    boolean lines = text.endsWith("\n") && text.indexOf('\n') < text.length() - 1;
    boolean plain =
        text.codePoints()
            .allMatch(point -> point == '\n' || point == '\t' || ValueText.isWritable(point));
    if (!lines || !plain) {
      return quoted(text);
    }
    StringBuilder delimiter = new StringBuilder("EOT");
    while (text.lines().map(String::strip).anyMatch(line -> line.contentEquals(delimiter))) {
      delimiter.append('_');
    }
    // A dollar sign before "${" can't be written in a heredoc: "$$${" is "$" and an
    // interpolation's.
    if (text.contains("$${") || text.contains("%%{")) {
      return quoted(text);
    }
    return "<<"
        + delimiter
        + "\n"
        + text.replace("${", "$${").replace("%{", "%%{")
        + delimiter
        + "\n";
  }

  private static String sequence(List<Value> elements, boolean heredocs) {
    if (elements.isEmpty()) {
      return "[]";
    }
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < elements.size(); i++) {
      text.append(i == 0 ? "" : ", ").append(inside(elements.get(i), heredocs));
    }
    return text.append("]").toString();
  }

  /** Within brackets a text stays on its line: after the end of a heredoc no comma may stand. */
  private static String inside(Value value, boolean heredocs) {
    return value instanceof Str(String text) ? quoted(text) : of(value, heredocs);
  }

  private static String mapping(SortedMap<String, Value> elements, boolean heredocs) {
    if (elements.isEmpty()) {
      return "{}";
    }
    StringBuilder text = new StringBuilder("{\n");
    elements.forEach((name, element) -> {
      String written = of(element, heredocs);
      text.append(key(name, name.equals(elements.firstKey()))).append(" = ").append(written);
      text.append(written.endsWith("\n") ? "" : "\n");
    });
    return text.append("}").toString();
  }

  /** Behind the opening brace, {@code for} without quotes would begin an expression of its own. */
  private static String key(String name, boolean first) {
    return Parser.isIdentifier(name) && !(first && name.equals("for")) ? name : quoted(name);
  }
}
