package io.pgha.language.function;

import io.pgha.language.value.Bool;
import io.pgha.language.value.ListValue;
import io.pgha.language.value.MapValue;
import io.pgha.language.value.Null;
import io.pgha.language.value.Num;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.SetValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.TupleValue;
import io.pgha.language.value.Value;
import io.pgha.language.value.ValueJson;
import java.util.List;
import java.util.Map;

/** Writes values as YAML, in block style. */
final class YamlWriter {
  private YamlWriter() {}

  static String encode(Value value) {
    StringBuilder out = new StringBuilder();
    write(out, value.unmarked(), 0, false);
    boolean plain =
        switch (value.unmarked()) {
          case Num _, Bool _, Null _ -> true;
          default -> false;
        };
    // A plain scalar alone could go on, so the end of the document is said.
    return plain ? out.append("...\n").toString() : out.toString();
  }

  /** Writes a value that starts at the current place and ends with a newline. */
  private static void write(StringBuilder out, Value value, int indent, boolean inSequence) {
    switch (value.unmarked()) {
      case ObjectValue object -> writeMapping(out, object.attributes(), indent, inSequence);
      case MapValue map -> writeMapping(out, map.elements(), indent, inSequence);
      case ListValue(_, List<Value> elements) -> writeSequence(out, elements, indent, inSequence);
      case SetValue(_, List<Value> elements) -> writeSequence(out, elements, indent, inSequence);
      case TupleValue(List<Value> elements) -> writeSequence(out, elements, indent, inSequence);
      // An item's lines begin where the item does.
      case Str(String text) when isLiteral(text) ->
          writeLiteral(out, text, inSequence ? indent - 2 : indent);
      case Str(String text) -> out.append(quote(text)).append('\n');
      default -> out.append(ValueJson.encode(value)).append('\n');
    }
  }

  private static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(point -> {
          switch (point) {
            case '"' -> quoted.append("\\\"");
            case '\\' -> quoted.append("\\\\");
            case '\n' -> quoted.append("\\n");
            case '\r' -> quoted.append("\\r");
            case '\t' -> quoted.append("\\t");
            case 0 -> quoted.append("\\0");
            case 7 -> quoted.append("\\a");
            case '\b' -> quoted.append("\\b");
            case 0xb -> quoted.append("\\v");
            case '\f' -> quoted.append("\\f");
            case 0x1b -> quoted.append("\\e");
            case 0x85 -> quoted.append("\\N");
            case 0x2028 -> quoted.append("\\L");
            case 0x2029 -> quoted.append("\\P");
            case 0xfeff -> quoted.append("\\uFEFF");
            default -> {
              if (Character.isISOControl(point)) {
                quoted.append(String.format("\\x%02X", point));
              } else if (!Character.isBmpCodePoint(point)) {
                quoted.append(String.format("\\U%08X", point));
              } else {
                quoted.appendCodePoint(point);
              }
            }
          }
        });
    return quoted.append('"').toString();
  }

  private static void writeMapping(
      StringBuilder out, Map<String, Value> elements, int indent, boolean inSequence) {
    if (elements.isEmpty()) {
      out.append("{}\n");
      return;
    }
    boolean first = true;
    for (Map.Entry<String, Value> entry : elements.entrySet()) {
      if (!first || !inSequence) {
        out.repeat(' ', indent);
      }
      first = false;
      if (isLiteral(entry.getKey())) {
        out.append("? ");
        writeLiteral(out, entry.getKey(), indent);
        out.repeat(' ', indent).append(':');
      } else {
        out.append(quote(entry.getKey())).append(':');
      }
      writeChild(out, entry.getValue(), indent);
    }
  }

  private static void writeChild(StringBuilder out, Value child, int indent) {
    switch (child.unmarked()) {
      case ObjectValue object when !object.attributes().isEmpty() -> nested(out, child, indent + 2);
      case MapValue map when !map.elements().isEmpty() -> nested(out, child, indent + 2);
      // A sequence under a key needs no indentation of its own.
      case ListValue(_, List<Value> elements) when !elements.isEmpty() ->
          nested(out, child, indent);
      case SetValue(_, List<Value> elements) when !elements.isEmpty() -> nested(out, child, indent);
      case TupleValue(List<Value> elements) when !elements.isEmpty() -> nested(out, child, indent);
      default -> {
        out.append(' ');
        write(out, child, indent, false);
      }
    }
  }

  private static void nested(StringBuilder out, Value child, int indent) {
    out.append('\n');
    write(out, child, indent, false);
  }

  private static void writeSequence(
      StringBuilder out, List<Value> elements, int indent, boolean inSequence) {
    if (elements.isEmpty()) {
      out.append("[]\n");
      return;
    }
    boolean first = true;
    for (Value element : elements) {
      if (!first || !inSequence) {
        out.repeat(' ', indent);
      }
      first = false;
      out.append("- ");
      write(out, element, indent + 2, true);
    }
  }

  private static boolean isLiteral(String text) {
    return text.indexOf('\n') >= 0
        && text.lines().noneMatch(line -> line.endsWith(" "))
        && text.codePoints().allMatch(point -> point == '\n' || isPlain(point));
  }

  /** Whether readers of all kinds take a character as it is. */
  private static boolean isPlain(int point) {
    return !Character.isISOControl(point)
        && Character.isBmpCodePoint(point)
        && point != 0x2028
        && point != 0x2029
        && point != 0xfeff;
  }

  private static void writeLiteral(StringBuilder out, String text, int indent) {
    out.append('|');
    if (text.startsWith(" ") || text.startsWith("\n")) {
      // Nothing else would tell where the lines begin.
      out.append(2);
    }
    boolean keepsAll = text.endsWith("\n\n") || text.equals("\n");
    out.append(!text.endsWith("\n") ? "-" : keepsAll ? "+" : "").append('\n');
    String content = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    for (String line : content.split("\n", -1)) {
      if (!line.isEmpty()) {
        out.repeat(' ', indent + 2).append(line);
      }
      out.append('\n');
    }
  }
}
