package io.pgha.core.evaluation;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.syntax.Attribute;
import io.pgha.language.syntax.Block;
import io.pgha.language.syntax.Body;
import io.pgha.language.syntax.BodyContent;
import io.pgha.language.syntax.BodySchema;
import io.pgha.language.syntax.Expression;
import io.pgha.language.syntax.Expression.ForObject;
import io.pgha.language.syntax.Expression.ForTuple;
import io.pgha.language.syntax.Expression.FunctionCall;
import io.pgha.language.syntax.Expression.Literal;
import io.pgha.language.syntax.Expression.ObjectConstructor;
import io.pgha.language.syntax.Expression.ObjectItem;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import io.pgha.language.syntax.Expression.TupleConstructor;
import io.pgha.language.syntax.Parser;
import io.pgha.language.syntax.SchemaErrors;
import io.pgha.language.syntax.Traverser;
import io.pgha.language.value.Str;
import io.pgha.provider.schema.Attribute.Nesting;
import io.pgha.provider.schema.Attribute.Presence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Blocks in place of arguments that hold objects, as Terraform's users write them, {@code dynamic}
 * ones too. Each is read as the argument that it stands for: {@code dynamic} as a {@code for}
 * expression. So whatever holds of arguments holds of them.
 */
final class NestedBlocks {
  private static final String DYNAMIC = "dynamic";
  private static final String KEY = "key";
  private static final String VALUE = "value";

  private static final BodySchema DYNAMIC_BODY =
      BodySchema.EMPTY.required("for_each").optional("iterator", "labels").block("content");

  private final Diagnostics diagnostics;

  private NestedBlocks(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /** What a body may hold that gives the attributes of a schema. */
  static BodySchema schema(List<io.pgha.provider.schema.Attribute> attributes) {
    BodySchema body = BodySchema.EMPTY.block(DYNAMIC, "block type");
    for (io.pgha.provider.schema.Attribute attribute : attributes) {
      if (attribute.presence() == Presence.COMPUTED) {
        // Known, so that it can be said why it is refused.
        body = body.optional(attribute.name());
        continue;
      }
      body =
          attribute.presence() == Presence.REQUIRED && !isRequiredAsBlocks(attribute)
              ? body.required(attribute.name())
              : body.optional(attribute.name());
      body =
          switch (attribute.nesting()) {
            case NONE -> body;
            case SINGLE, LIST -> body.block(attribute.name());
            case MAP -> body.block(attribute.name(), KEY);
          };
    }
    return body;
  }

  /** What a body holds, with blocks as the arguments that they stand for. */
  static BodyContent content(
      Body body,
      BodySchema schema,
      List<io.pgha.provider.schema.Attribute> attributes,
      Diagnostics diagnostics) {
    BodyContent content =
        withoutReadOnly(body.content(schema, diagnostics), attributes, diagnostics);
    BodyContent all =
        content.blocks().isEmpty()
            ? content
            : new NestedBlocks(diagnostics).withArguments(content, schema, attributes);
    for (io.pgha.provider.schema.Attribute attribute : attributes) {
      if (isRequiredAsBlocks(attribute) && all.attribute(attribute.name()).isEmpty()) {
        SchemaErrors.missing(
            BodySchema.EMPTY.required(attribute.name()),
            Set.of(),
            Set.of(),
            Set.of(),
            all.missingItemRange(),
            diagnostics);
      }
    }
    return all;
  }

  private static BodyContent withoutReadOnly(
      BodyContent content,
      List<io.pgha.provider.schema.Attribute> attributes,
      Diagnostics diagnostics) {
    List<Attribute> refused =
        attributes.stream()
            .filter(attribute -> attribute.presence() == Presence.COMPUTED)
            .flatMap(attribute -> content.attribute(attribute.name()).stream())
            .toList();
    if (refused.isEmpty()) {
      return content;
    }
    SequencedMap<String, Attribute> kept = new LinkedHashMap<>(content.attributes());
    for (Attribute argument : refused) {
      kept.remove(argument.name());
      diagnostics.add(
          Diagnostic.error(
              "read-only-attribute",
              "\"" + argument.name() + "\" is read-only",
              "It is not known before the object is there: others can refer to it, and nobody can"
                  + " set it.",
              argument.nameRange()));
    }
    return new BodyContent(kept, content.blocks(), content.missingItemRange());
  }

  /** What may be given by a block, too, is not missing before blocks were looked at. */
  private static boolean isRequiredAsBlocks(io.pgha.provider.schema.Attribute attribute) {
    return attribute.presence() == Presence.REQUIRED && attribute.nesting() != Nesting.NONE;
  }

  private BodyContent withArguments(
      BodyContent content, BodySchema schema, List<io.pgha.provider.schema.Attribute> attributes) {
    Map<String, List<Block>> byName = new LinkedHashMap<>();
    for (Block block : content.blocks()) {
      boolean dynamic = block.type().equals(DYNAMIC);
      String name = dynamic ? block.label(0) : block.type();
      if (dynamic && (!schema.blocks().containsKey(name) || name.equals(DYNAMIC))) {
        SchemaErrors.unknownBlock(name, block.labels().getFirst().range(), schema, diagnostics);
      } else {
        byName.computeIfAbsent(name, key -> new ArrayList<>()).add(block);
      }
    }
    SequencedMap<String, Attribute> all = new LinkedHashMap<>(content.attributes());
    for (io.pgha.provider.schema.Attribute attribute : attributes) {
      List<Block> blocks = byName.get(attribute.name());
      if (blocks == null) {
        continue;
      }
      Attribute argument = all.get(attribute.name());
      if (argument != null) {
        error(
            "Argument and block of one name",
            "\"%s\" is given as an argument at %s. Give it as an argument or as blocks."
                .formatted(attribute.name(), argument.nameRange()),
            blocks.getFirst().headerRange());
        continue;
      }
      all.put(attribute.name(), argument(attribute, blocks));
    }
    return new BodyContent(all, List.of(), content.missingItemRange());
  }

  private void error(String summary, String detail, SourceRange range) {
    diagnostics.add(Diagnostic.error("invalid-block", summary, detail, range));
  }

  /** The argument that blocks stand for; where they are wrong one that nothing more is said of. */
  private Attribute argument(io.pgha.provider.schema.Attribute attribute, List<Block> blocks) {
    Block first = blocks.getFirst();
    Diagnostics found = new Diagnostics();
    Expression value = new NestedBlocks(found).value(attribute, blocks);
    diagnostics.addAll(found.all());
    return new Attribute(
        attribute.name(),
        first.headerRange(),
        found.hasErrors() ? new Expression.Invalid(first.range()) : value,
        first.range());
  }

  private Expression value(io.pgha.provider.schema.Attribute attribute, List<Block> blocks) {
    List<Block> written = blocks.stream().filter(each -> !isDynamic(each)).toList();
    boolean dynamic = written.size() < blocks.size();
    SourceRange range = blocks.getFirst().range();
    return switch (attribute.nesting()) {
      case LIST -> list(attribute, blocks, range);
      case MAP -> {
        checkKeys(attribute, written);
        yield dynamic
            ? byKey(list(attribute, blocks, range), range)
            : new ObjectConstructor(
                written.stream()
                    .map(block ->
                        new ObjectItem(key(block), object(attribute, block.body(), block.range())))
                    .toList(),
                range);
      }
      case SINGLE -> {
        if (written.size() > 1) {
          error(
              "Duplicate " + attribute.name() + " block",
              "There is one at %s already, and there can be only one."
                  .formatted(written.getFirst().headerRange()),
              written.get(1).headerRange());
        }
        yield dynamic
            ? call("one", List.of(list(attribute, blocks, range)), range)
            : object(attribute, written.getFirst().body(), range);
      }
      case NONE -> throw new IllegalStateException(attribute.name() + " has no blocks");
    };
  }

  private static boolean isDynamic(Block block) {
    return block.type().equals(DYNAMIC);
  }

  private static Expression key(Block block) {
    Block.Label label = block.labels().getFirst();
    return new Literal(new Str(label.text()), label.range());
  }

  private void checkKeys(io.pgha.provider.schema.Attribute attribute, List<Block> written) {
    Map<String, Block> byKey = new TreeMap<>();
    for (Block block : written) {
      Block before = byKey.putIfAbsent(block.label(0), block);
      if (before != null) {
        error(
            "Duplicate " + attribute.name() + " block",
            "There is one of the key \"%s\" at %s already."
                .formatted(block.label(0), before.headerRange()),
            block.headerRange());
      }
    }
  }

  /** The objects of all blocks in source order; for a map each with its key. */
  private Expression list(
      io.pgha.provider.schema.Attribute attribute, List<Block> blocks, SourceRange range) {
    List<Expression> lists = new ArrayList<>();
    for (Block block : blocks) {
      lists.add(
          isDynamic(block)
              ? loop(attribute, block)
              : new TupleConstructor(
                  List.of(
                      element(
                          attribute,
                          attribute.nesting() == Nesting.MAP
                              ? Optional.of(key(block))
                              : Optional.empty(),
                          object(attribute, block.body(), block.range()),
                          block.range())),
                  block.range()));
    }
    return lists.size() == 1 ? lists.getFirst() : call("concat", lists, range);
  }

  private static Expression element(
      io.pgha.provider.schema.Attribute attribute,
      Optional<Expression> key,
      Expression object,
      SourceRange range) {
    return attribute.nesting() == Nesting.MAP
        ? new ObjectConstructor(
            List.of(item(KEY, key.orElseThrow(), range), item(VALUE, object, range)), range)
        : object;
  }

  /** {@code {for each in list : each.key => each.value}}: equal keys are its error. */
  private static Expression byKey(Expression list, SourceRange range) {
    return new ForObject(
        Optional.empty(),
        VALUE,
        list,
        part(VALUE, KEY, range),
        part(VALUE, VALUE, range),
        false,
        Optional.empty(),
        range);
  }

  /**
   * {@code [for ITERATOR in [for key, value in FOR_EACH : {key = key, value = value}] : CONTENT]}.
   */
  private Expression loop(io.pgha.provider.schema.Attribute attribute, Block block) {
    BodyContent content = block.body().content(DYNAMIC_BODY, diagnostics);
    List<Block> inner = content.blocksOf("content");
    Optional<Attribute> elements = content.attribute("for_each");
    if (inner.size() != 1) {
      error(
          inner.isEmpty() ? "Missing content block" : "Duplicate content block",
          "A dynamic block has one content block: what each \"%s\" block would hold."
              .formatted(attribute.name()),
          inner.isEmpty() ? content.missingItemRange() : inner.get(1).headerRange());
    }
    Optional<Expression> key = label(attribute, block, content);
    if (inner.isEmpty() || elements.isEmpty()) {
      return new Expression.Invalid(block.range());
    }
    Expression forEach = elements.get().expression();
    SourceRange range = forEach.range();
    Expression pairs =
        new ForTuple(
            Optional.of(KEY),
            VALUE,
            forEach,
            new ObjectConstructor(
                List.of(item(KEY, name(KEY, range), range), item(VALUE, name(VALUE, range), range)),
                range),
            Optional.empty(),
            range);
    Expression object = object(attribute, inner.getFirst().body(), inner.getFirst().range());
    return new ForTuple(
        Optional.empty(),
        iterator(attribute, content),
        pairs,
        key.isEmpty() && attribute.nesting() == Nesting.MAP
            ? new Expression.Invalid(block.range())
            : element(attribute, key, object, block.range()),
        Optional.empty(),
        block.range());
  }

  private String iterator(io.pgha.provider.schema.Attribute attribute, BodyContent content) {
    Optional<Attribute> iterator = content.attribute("iterator");
    if (iterator.isEmpty()) {
      return attribute.name();
    }
    Expression name = iterator.get().expression();
    if (name instanceof ScopeTraversal traversal && traversal.steps().isEmpty()) {
      return traversal.root();
    }
    if (name instanceof Expression.JsonString text && Parser.isIdentifier(text.text())) {
      return text.text();
    }
    error(
        "Invalid iterator name",
        "It is a name, without quotes, that the content calls each element by.",
        iterator.get().expression().range());
    return attribute.name();
  }

  /** The key of what a dynamic block makes; empty where there can be none, or none is given. */
  private Optional<Expression> label(
      io.pgha.provider.schema.Attribute attribute, Block block, BodyContent content) {
    Optional<Expression> labels = content.attribute("labels").map(Attribute::expression);
    if (attribute.nesting() != Nesting.MAP) {
      labels.ifPresent(written ->
          error(
              "Extraneous labels",
              "Blocks of type \"%s\" have no label.".formatted(attribute.name()),
              written.range()));
      return Optional.empty();
    }
    if (labels.isPresent()
        && labels.get() instanceof TupleConstructor(List<Expression> each, _)
        && each.size() == 1) {
      return Optional.of(each.getFirst());
    }
    error(
        "Invalid labels",
        "Blocks of type \"%s\" have one label: labels = [%s.key], or whatever else tells them apart."
            .formatted(attribute.name(), iterator(attribute, content)),
        labels.map(Expression::range).orElse(block.headerRange()));
    return Optional.empty();
  }

  /** The object that a body gives. */
  private Expression object(
      io.pgha.provider.schema.Attribute attribute, Body body, SourceRange range) {
    BodyContent content =
        content(body, schema(attribute.nested()), attribute.nested(), diagnostics);
    List<ObjectItem> items = new ArrayList<>();
    content
        .attributes()
        .forEach((name, argument) ->
            items.add(
                new ObjectItem(
                    new Literal(new Str(name), argument.nameRange()), argument.expression())));
    return new ObjectConstructor(items, range);
  }

  private static ObjectItem item(String name, Expression value, SourceRange range) {
    return new ObjectItem(new Literal(new Str(name), range), value);
  }

  private static Expression name(String name, SourceRange range) {
    return new ScopeTraversal(name, range, List.of(), range);
  }

  private static Expression part(String name, String part, SourceRange range) {
    return new ScopeTraversal(name, range, List.of(new Traverser.Attribute(part, range)), range);
  }

  private static Expression call(String name, List<Expression> arguments, SourceRange range) {
    return new FunctionCall(name, range, arguments, false, range, range);
  }
}
