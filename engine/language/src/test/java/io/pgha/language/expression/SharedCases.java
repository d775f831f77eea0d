package io.pgha.language.expression;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgha.language.value.ListValue;
import io.pgha.language.value.MapValue;
import io.pgha.language.value.Mark;
import io.pgha.language.value.Marks;
import io.pgha.language.value.Null;
import io.pgha.language.value.Num;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.SetValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.TupleValue;
import io.pgha.language.value.Type;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import io.pgha.language.value.ValueJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cases that other implementations are tested with, kept beside the project, not in it. */
final class SharedCases {
  static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  private static final Pattern STEP = Pattern.compile("\\.([A-Za-z_][\\w-]*)|\\[(\\d+)\\]");

  private SharedCases() {}

  /** The folder of the cases, which only those have who got it with the project. */
  static Optional<Path> folder() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path cases = at.resolve("shared").resolve("cases");
      if (Files.isDirectory(cases)) {
        return Optional.of(cases);
      }
    }
    return Optional.empty();
  }

  static List<JsonNode> read(Path file) {
    try {
      List<JsonNode> cases = new ArrayList<>();
      JSON.readTree(file.toFile()).forEach(cases::add);
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Type type(JsonNode node) {
    try (var parser = JSON.treeAsTokens(node)) {
      parser.nextToken();
      return ValueJson.readType(parser);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The value of a node with type, value and marks. */
  static Value value(JsonNode node) {
    Value value = value(type(node.get("type")), node.get("value"));
    for (JsonNode mark : node.path("marks")) {
      value = mark(value, mark.get(0).asText(), kind(mark.get(1).asText()));
    }
    return value;
  }

  private static Mark kind(String name) {
    return name.equals("ephemeral") ? Mark.EPHEMERAL : Mark.SENSITIVE;
  }

  private static Value mark(Value value, String path, Mark mark) {
    Matcher step = STEP.matcher(path);
    if (path.equals(".") || !step.find() || value.unmarked() instanceof SetValue) {
      return value.withMarks(Set.of(mark));
    }
    String rest = path.substring(step.end());
    String next = rest.isEmpty() ? "." : rest;
    Value marked =
        switch (value.unmarked()) {
          case ListValue(Type type, List<Value> elements) ->
              new ListValue(type, replaced(elements, step.group(2), next, mark));
          case TupleValue(List<Value> elements) ->
              new TupleValue(replaced(elements, step.group(2), next, mark));
          case MapValue map ->
              MapValue.of(map.elementType(), replaced(map.elements(), step, next, mark));
          case ObjectValue object ->
              ObjectValue.of(replaced(object.attributes(), step, next, mark));
          default -> value.unmarked();
        };
    return marked.withMarks(value.marks());
  }

  private static List<Value> replaced(List<Value> elements, String index, String path, Mark mark) {
    List<Value> copy = new ArrayList<>(elements);
    int position = Integer.parseInt(index);
    copy.set(position, mark(copy.get(position), path, mark));
    return copy;
  }

  private static Map<String, Value> replaced(
      Map<String, Value> elements, Matcher step, String path, Mark mark) {
    Map<String, Value> copy = new TreeMap<>(elements);
    String name = step.group(1) == null ? step.group(2) : step.group(1);
    copy.computeIfPresent(name, (_, value) -> mark(value, path, mark));
    return copy;
  }

  private static Value value(Type type, JsonNode node) {
    if (node == null || node.isNull()) {
      return new Null(type);
    }
    if (node.isObject() && node.has("$unknown")) {
      return Unknown.of(type(node.get("$unknown")));
    }
    return switch (type) {
      case Type.Primitive primitive ->
          switch (primitive) {
            case STRING -> new Str(node.asText());
            case NUMBER ->
                Num.parse(node.asText())
                    .orElseThrow(() -> new IllegalArgumentException("no number: " + node));
            case BOOL -> io.pgha.language.value.Bool.of(node.asBoolean());
            case DYNAMIC -> throw new IllegalArgumentException("no type for " + node);
          };
      case Type.ListType(Type element) -> new ListValue(element, elements(element, node));
      case Type.SetType(Type element) -> SetValue.of(element, elements(element, node));
      case Type.TupleType(List<Type> types) -> {
        List<Value> elements = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
          elements.add(value(types.get(i), node.get(i)));
        }
        yield new TupleValue(elements);
      }
      case Type.MapType(Type element) -> {
        Map<String, Value> elements = new TreeMap<>();
        node.properties().forEach(e -> elements.put(e.getKey(), value(element, e.getValue())));
        yield MapValue.of(element, elements);
      }
      case Type.ObjectType(var types, _) -> {
        Map<String, Value> attributes = new TreeMap<>();
        types.forEach((name, part) -> attributes.put(name, value(part, node.get(name))));
        yield ObjectValue.of(attributes);
      }
    };
  }

  private static List<Value> elements(Type type, JsonNode node) {
    List<Value> elements = new ArrayList<>();
    node.forEach(element -> elements.add(value(type, element)));
    return elements;
  }

  /** Values compared without refinements of unknowns, which are compared on their own. */
  static Value unrefined(Value value) {
    Marks.Paths paths = Marks.paths(value);
    Value plain = plain(paths.value());
    return Marks.apply(plain, paths.marks());
  }

  private static Value plain(Value value) {
    return switch (value) {
      case Unknown unknown -> Unknown.of(unknown.type());
      case ListValue(Type type, List<Value> elements) ->
          new ListValue(type, elements.stream().map(SharedCases::plain).toList());
      case SetValue(Type type, List<Value> elements) ->
          new SetValue(type, elements.stream().map(SharedCases::plain).toList());
      case TupleValue(List<Value> elements) ->
          new TupleValue(elements.stream().map(SharedCases::plain).toList());
      case MapValue map -> MapValue.of(map.elementType(), plain(map.elements()));
      case ObjectValue object -> ObjectValue.of(plain(object.attributes()));
      default -> value;
    };
  }

  private static Map<String, Value> plain(Map<String, Value> elements) {
    Map<String, Value> plain = new TreeMap<>();
    elements.forEach((name, element) -> plain.put(name, plain(element)));
    return plain;
  }

  /** What differs between a result and what a case expects; empty where nothing does. */
  static Optional<String> difference(Value actual, JsonNode expected) {
    Value wanted = value(expected);
    if (!unrefined(actual).equals(wanted)) {
      return Optional.of("expected " + wanted + " but was " + actual);
    }
    String refinements = expected.path("refinements").toString();
    if (actual.unmarked() instanceof Unknown unknown) {
      if (refinements.toLowerCase(java.util.Locale.ROOT).contains("notnull")
          && !unknown.refinement().notNull()) {
        return Optional.of("not known not to be null");
      }
      Matcher prefix = Pattern.compile("StringPrefixFull\\((.*?)\\)").matcher(refinements);
      if (prefix.find() && !unknown.refinement().prefix().equals(prefix.group(1))) {
        return Optional.of("prefix was " + unknown.refinement().prefix());
      }
    }
    return Optional.empty();
  }
}
