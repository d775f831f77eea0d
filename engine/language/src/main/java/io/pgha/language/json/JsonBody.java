package io.pgha.language.json;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.json.JsonExpressions.Strings;
import io.pgha.language.syntax.Attribute;
import io.pgha.language.syntax.Block;
import io.pgha.language.syntax.Block.Label;
import io.pgha.language.syntax.Body;
import io.pgha.language.syntax.BodyContent;
import io.pgha.language.syntax.BodySchema;
import io.pgha.language.syntax.SchemaErrors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;

/**
 * A body in JSON, after HCL's JSON specification: a property is an argument or a block by what the
 * schema says, the labels of a block are further levels of objects, and arrays hold several blocks
 * of the same labels. A property named {@code //} is a comment.
 */
final class JsonBody implements Body {
  private static final String COMMENT = "//";

  private final JsonNode node;
  private final Strings strings;
  private final Set<String> hidden;

  /** A body over an object or an array of objects. */
  JsonBody(JsonNode node, Strings strings) {
    this(node, strings, Set.of());
  }

  private JsonBody(JsonNode node, Strings strings, Set<String> hidden) {
    this.node = node;
    this.strings = strings;
    this.hidden = Set.copyOf(hidden);
  }

  /** The objects that a value holds, if it is an object or an array of objects. */
  static Optional<List<JsonNode.Obj>> objects(JsonNode node) {
    return switch (node) {
      case JsonNode.Obj object -> Optional.of(List.of(object));
      case JsonNode.Array array -> {
        List<JsonNode.Obj> objects = new ArrayList<>();
        for (JsonNode element : array.elements()) {
          if (element instanceof JsonNode.Obj object) {
            objects.add(object);
          }
        }
        yield objects.size() == array.elements().size() ? Optional.of(objects) : Optional.empty();
      }
      case JsonNode.Text _, JsonNode.Num _, JsonNode.Bool _, JsonNode.Null _ -> Optional.empty();
    };
  }

  /** The members of this body, without those that an earlier schema took. */
  private List<JsonNode.Member> members() {
    return objects(node).orElse(List.of()).stream()
        .flatMap(object -> object.members().stream())
        .filter(member -> !hidden.contains(member.name()))
        .toList();
  }

  @Override
  public BodyContent content(BodySchema schema, Diagnostics diagnostics) {
    List<String> names =
        members().stream()
            .map(JsonNode.Member::name)
            .filter(name -> !name.equals(COMMENT))
            .toList();
    // Who is told of a misspelt name need not be told that the right one is missing.
    Set<String> meant = SchemaErrors.meant(names, schema);
    BodyContent content = partialContent(schema, meant, diagnostics).content();
    for (JsonNode.Member member : members()) {
      String name = member.name();
      if (!name.equals(COMMENT)
          && !schema.attributes().containsKey(name)
          && !schema.blocks().containsKey(name)) {
        diagnostics.add(
            Diagnostic.error(
                "unexpected-argument",
                "Extraneous JSON object property",
                "No argument or block type is named \""
                    + name
                    + "\"."
                    + SchemaErrors.didYouMean(name, schema.meantNames()),
                member.nameRange()));
      }
    }
    return content;
  }

  @Override
  public Partial partialContent(BodySchema schema, Diagnostics diagnostics) {
    return partialContent(schema, Set.of(), diagnostics);
  }

  private Partial partialContent(BodySchema schema, Set<String> meant, Diagnostics diagnostics) {
    SequencedMap<String, Attribute> attributes = new LinkedHashMap<>();
    List<Block> blocks = new ArrayList<>();
    Set<String> taken = new HashSet<>(hidden);
    for (JsonNode.Member member : members()) {
      List<String> labels = schema.blocks().get(member.name());
      if (schema.attributes().containsKey(member.name())) {
        taken.add(member.name());
        addAttribute(
            member,
            schema.literal().contains(member.name()) ? Strings.LITERAL : strings,
            attributes,
            diagnostics);
      } else if (labels != null) {
        taken.add(member.name());
        new BlockReader(member, labels, strings, blocks, diagnostics)
            .read(member.value(), List.of());
      }
    }
    Set<String> others = new TreeSet<>();
    members().stream()
        .map(JsonNode.Member::name)
        .filter(name -> !taken.contains(name))
        .forEach(others::add);
    SchemaErrors.missing(
        schema, attributes.keySet(), others, meant, missingItemRange(), diagnostics);
    return new Partial(
        new BodyContent(attributes, blocks, missingItemRange()),
        new JsonBody(node, strings, taken));
  }

  private static void addAttribute(
      JsonNode.Member member,
      Strings strings,
      SequencedMap<String, Attribute> attributes,
      Diagnostics diagnostics) {
    Attribute attribute =
        new Attribute(
            member.name(),
            member.nameRange(),
            JsonExpressions.expression(member.value(), strings, diagnostics),
            member.nameRange().to(member.value().range()));
    Attribute before = attributes.putIfAbsent(member.name(), attribute);
    if (before != null) {
      diagnostics.add(
          Diagnostic.error(
              "duplicate-argument",
              "Argument redefined",
              "The argument \""
                  + member.name()
                  + "\" was already set at "
                  + before.nameRange()
                  + ". Each argument may be set only once.",
              member.nameRange()));
    }
  }

  @Override
  public SequencedMap<String, Attribute> justAttributes(Diagnostics diagnostics) {
    SequencedMap<String, Attribute> attributes = new LinkedHashMap<>();
    for (JsonNode.Member member : members()) {
      if (!member.name().equals(COMMENT)) {
        addAttribute(member, strings, attributes, diagnostics);
      }
    }
    return attributes;
  }

  @Override
  public SourceRange range() {
    return node.range();
  }

  @Override
  public SourceRange missingItemRange() {
    return node.range().first();
  }

  /** Reads the blocks that a property holds, level by level of their labels. */
  private record BlockReader(
      JsonNode.Member member,
      List<String> labelNames,
      Strings strings,
      List<Block> blocks,
      Diagnostics diagnostics) {

    void read(JsonNode value, List<Label> labels) {
      if (value instanceof JsonNode.Null) {
        return;
      }
      if (labels.size() < labelNames.size()) {
        readLabels(value, labels);
        return;
      }
      if (value instanceof JsonNode.Array array) {
        array.elements().forEach(element -> readBody(element, labels));
      } else {
        readBody(value, labels);
      }
    }

    private void readBody(JsonNode value, List<Label> labels) {
      if (value instanceof JsonNode.Null) {
        return;
      }
      if (!(value instanceof JsonNode.Obj)) {
        invalid("a block of type \"" + member.name() + "\"", value);
        return;
      }
      SourceRange header = labels.isEmpty() ? member.nameRange() : labels.getLast().range();
      blocks.add(
          new Block(
              member.name(),
              member.nameRange(),
              labels,
              new JsonBody(value, strings),
              header,
              header.to(value.range())));
    }

    private void readLabels(JsonNode value, List<Label> labels) {
      Optional<List<JsonNode.Obj>> objects = objects(value);
      if (objects.isEmpty()) {
        invalid("the " + labelNames.get(labels.size()) + " of \"" + member.name() + "\"", value);
        return;
      }
      for (JsonNode.Obj object : objects.get()) {
        for (JsonNode.Member level : object.members()) {
          if (level.name().equals(COMMENT)) {
            continue;
          }
          List<Label> more = new ArrayList<>(labels);
          more.add(new Label(level.name(), level.nameRange()));
          read(level.value(), more);
        }
      }
    }

    private void invalid(String what, JsonNode value) {
      diagnostics.add(
          Diagnostic.error(
              "invalid-json-body",
              "Incorrect JSON value type",
              "An object, or an array of objects, is required for "
                  + what
                  + ", but this is "
                  + value.kind()
                  + ".",
              value.range()));
    }
  }
}
