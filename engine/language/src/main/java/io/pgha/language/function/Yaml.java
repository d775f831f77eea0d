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
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** YAML: one document read by YAML 1.2's core schema, and values written in block style. */
final class Yaml {
  private Yaml() {}

  static Value decode(String text) throws FunctionException {
    LoadSettings settings =
        LoadSettings.builder()
            .setSchema(new CoreSchema())
            .setAllowDuplicateKeys(false)
            .setMaxAliasesForCollections(1000)
            .build();
    try {
      Iterator<Object> documents = new Load(settings).loadAllFromString(text).iterator();
      if (!documents.hasNext()) {
        return Null.ANY;
      }
      Object document = documents.next();
      if (documents.hasNext()) {
        throw new FunctionException(0, "only one document is allowed");
      }
      return value(document);
    } catch (MarkedYamlEngineException e) {
      String where =
          e.getProblemMark()
              .map(mark -> "on line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1))
              .orElse("");
      throw new FunctionException(0, (where + ": " + e.getProblem()).replaceFirst("^: ", ""));
    } catch (YamlEngineException e) {
      throw new FunctionException(0, "invalid YAML: " + e.getMessage());
    }
  }

  private static Value value(@Nullable Object loaded) throws FunctionException {
    return switch (loaded) {
      case null -> Null.ANY;
      case String text -> new Str(text);
      case Boolean truth -> Bool.of(truth);
      case Integer number -> Num.of(number);
      case Long number -> Num.of(number);
      case BigInteger number -> Num.of(number);
      case Double number -> decimal(number);
      case List<?> list -> {
        List<Value> elements = new ArrayList<>();
        for (Object element : list) {
          elements.add(value(element));
        }
        yield new TupleValue(elements);
      }
      case Map<?, ?> map -> {
        TreeMap<String, Value> attributes = new TreeMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          Value key = value(entry.getKey());
          String name =
              switch (key) {
                case Str(String text) -> text;
                case Num number -> number.text();
                case Bool truth -> String.valueOf(truth.value());
                default -> throw new FunctionException(0, "mapping keys must be strings");
              };
          attributes.put(name, value(entry.getValue()));
        }
        yield new ObjectValue(attributes);
      }
      case byte[] bytes -> new Str(Base64.getEncoder().encodeToString(bytes));
      default ->
          throw new FunctionException(
              0, "unsupported YAML value of type " + loaded.getClass().getSimpleName());
    };
  }

  private static Value decimal(double number) throws FunctionException {
    if (Double.isInfinite(number) || Double.isNaN(number)) {
      throw new FunctionException(0, "floating point infinity and NaN are not supported");
    }
    return new Num(new BigDecimal(Double.toString(number)));
  }

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
      case Str(String text) when isLiteral(text) -> writeLiteral(out, text, indent);
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
            case 0x85 -> quoted.append("\\N");
            case 0x2028 -> quoted.append("\\L");
            case 0x2029 -> quoted.append("\\P");
            case 0xfeff -> quoted.append("\\uFEFF");
            default -> {
              if (Character.isISOControl(point)) {
                quoted.append(String.format("\\x%02X", point));
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
      out.append(quote(entry.getKey())).append(':');
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
        && !text.startsWith(" ")
        && !text.startsWith("\n")
        && text.lines().noneMatch(line -> line.endsWith(" "))
        && text.codePoints().allMatch(point -> point == '\n' || !Character.isISOControl(point));
  }

  private static void writeLiteral(StringBuilder out, String text, int indent) {
    int newlines = text.length() - text.stripTrailing().length();
    out.append('|').append(newlines == 0 ? "-" : newlines == 1 ? "" : "+").append('\n');
    String content = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    for (String line : content.split("\n", -1)) {
      if (!line.isEmpty()) {
        out.repeat(' ', indent + 2).append(line);
      }
      out.append('\n');
    }
  }
}
