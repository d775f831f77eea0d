package io.pgha.language.value;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Values as people read them: HCL-like text, nothing sensitive in it. */
public final class ValueText {
  private ValueText() {}

  /** The value over as many lines as it takes, as {@code console} and {@code output} show it. */
  public static String of(Value value) {
    return of(value, 0);
  }

  /** The value, whose further lines are indented by so many spaces. */
  public static String of(Value value, int indent) {
    return switch (value) {
      case Marked(_, Set<Mark> marks) ->
          marks.contains(Mark.SENSITIVE) ? "(sensitive value)" : "(ephemeral value)";
      case Unknown _ -> "(known after apply)";
      case Null(Type type) -> nullText(type);
      case Bool bool -> Boolean.toString(bool.value());
      case Num number -> number.text();
      case Str(String text) -> text.indexOf('\n') >= 0 ? heredoc(text, indent) : shown(text);
      case TupleValue(List<Value> elements) -> sequence(elements, indent);
      case ListValue(_, List<Value> elements) -> "tolist(" + sequence(elements, indent) + ")";
      case SetValue(_, List<Value> elements) -> "toset(" + sequence(elements, indent) + ")";
      case ObjectValue object -> mapping(object.attributes(), indent);
      case MapValue map -> "tomap(" + mapping(map.elements(), indent) + ")";
    };
  }

  /** A short text on one line, for messages: what a variable is, not all of its content. */
  public static String brief(Value value) {
    return switch (value) {
      case Marked(_, Set<Mark> marks) ->
          marks.contains(Mark.SENSITIVE) ? "a sensitive value" : "an ephemeral value";
      case Unknown(Type type, _) ->
          type.equals(Type.DYNAMIC)
              ? "a value, known only after apply"
              : "a " + type.friendlyName() + ", known only after apply";
      case Null _ -> "null";
      case Bool bool -> Boolean.toString(bool.value());
      case Num number -> number.text();
      case Str(String text) -> quote(text);
      case TupleValue(List<Value> elements) -> counted("tuple", elements);
      case ListValue(Type type, List<Value> elements) ->
          counted("list of " + type.friendlyName(), elements);
      case SetValue(Type type, List<Value> elements) ->
          counted("set of " + type.friendlyName(), elements);
      case MapValue map ->
          counted("map of " + map.elementType().friendlyName(), map.elements().keySet());
      case ObjectValue object ->
          switch (object.attributes().size()) {
            case 0 -> "object with no attributes";
            case 1 -> "object with 1 attribute " + quote(object.attributes().firstKey());
            default -> "object with " + object.attributes().size() + " attributes";
          };
    };
  }

  private static String counted(String kind, Collection<?> elements) {
    return switch (elements.size()) {
      case 0 -> "empty " + kind;
      case 1 -> kind + " with 1 element";
      default -> kind + " with " + elements.size() + " elements";
    };
  }

  private static String nullText(Type type) {
    return switch (type) {
      case Type.Primitive primitive ->
          switch (primitive) {
            case STRING -> "tostring(null)";
            case NUMBER -> "tonumber(null)";
            case BOOL -> "tobool(null)";
            case DYNAMIC -> "null";
          };
      case Type.ListType(Type element) -> "tolist(null) /* of " + element.friendlyName() + " */";
      case Type.SetType(Type element) -> "toset(null) /* of " + element.friendlyName() + " */";
      case Type.MapType(Type element) -> "tomap(null) /* of " + element.friendlyName() + " */";
      case Type.TupleType _, Type.ObjectType _ -> "null /* " + type.friendlyName() + " */";
    };
  }

  private static String sequence(List<Value> elements, int indent) {
    StringBuilder text = new StringBuilder("[");
    for (Value element : elements) {
      newLine(text, indent + 2).append(of(element, indent + 2)).append(',');
    }
    if (!elements.isEmpty()) {
      newLine(text, indent);
    }
    return text.append(']').toString();
  }

  private static String mapping(Map<String, Value> elements, int indent) {
    StringBuilder text = new StringBuilder("{");
    elements.forEach((name, element) ->
        newLine(text, indent + 2)
            .append(of(new Str(name), indent + 2))
            .append(" = ")
            .append(of(element, indent + 2)));
    if (!elements.isEmpty()) {
      newLine(text, indent);
    }
    return text.append('}').toString();
  }

  private static StringBuilder newLine(StringBuilder text, int indent) {
    return text.append('\n').repeat(' ', indent);
  }

  private static String heredoc(String content, int indent) {
    List<String> lines = List.of(content.split("\n", -1));
    StringBuilder delimiter = new StringBuilder("EOT");
    while (lines.stream().map(String::strip).anyMatch(line -> line.contentEquals(delimiter))) {
      delimiter.append('_');
    }
    StringBuilder text = new StringBuilder(indent > 0 ? "<<-" : "<<").append(delimiter);
    for (String line : lines) {
      newLine(text, indent).append(line);
    }
    return newLine(text, indent).append(delimiter).toString();
  }

  /**
   * The text in double quotes with all escaped that a reader would not see: that is more than what
   * addresses escape.
   */
  public static String shown(String text) {
    StringBuilder shown = new StringBuilder("\"");
    text.codePoints()
        .forEach(point -> {
          switch (point) {
            case '"' -> shown.append("\\\"");
            case '\\' -> shown.append("\\\\");
            case '\n' -> shown.append("\\n");
            case '\r' -> shown.append("\\r");
            case '\t' -> shown.append("\\t");
            case '\b' -> shown.append("\\b");
            case '\f' -> shown.append("\\f");
            case 7 -> shown.append("\\a");
            case 0xb -> shown.append("\\v");
            default -> appendSeen(shown, point);
          }
        });
    return shown.append('"').toString();
  }

  /** A line of a text with all escaped but tabs that a reader would not see. */
  public static String shownLine(String line) {
    StringBuilder shown = new StringBuilder();
    line.codePoints()
        .forEach(point -> {
          if (point == '\t') {
            shown.append('\t');
          } else {
            appendSeen(shown, point);
          }
        });
    return shown.toString();
  }

  private static void appendSeen(StringBuilder shown, int point) {
    if (isSeen(point)) {
      shown.appendCodePoint(point);
    } else {
      String form = point < 0x80 ? "\\x%02x" : point < 0x10000 ? "\\u%04x" : "\\U%08x";
      shown.append(String.format(form, point));
    }
  }

  /** Whether a reader sees a character, or it is a plain space. */
  public static boolean isSeen(int point) {
    return point == ' '
        || (Character.getType(point) != Character.SPACE_SEPARATOR && isWritable(point));
  }

  /** Whether a character stands for itself in a text, and is none that a reader can't see. */
  public static boolean isWritable(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /** The text in double quotes with what is not printable escaped. */
  public static String quote(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(point -> {
          switch (point) {
            case '"' -> quoted.append("\\\"");
            case '\\' -> quoted.append("\\\\");
            case '\n' -> quoted.append("\\n");
            case '\r' -> quoted.append("\\r");
            case '\t' -> quoted.append("\\t");
            default -> {
              if (Character.isISOControl(point)) {
                quoted.append(String.format("\\x%02x", point));
              } else {
                quoted.appendCodePoint(point);
              }
            }
          }
        });
    return quoted.append('"').toString();
  }
}
