package io.pgha.language.syntax;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.syntax.Block.Label;
import io.pgha.language.value.ValueText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A body in native syntax.
 *
 * @param attributes its arguments by name, in source order
 * @param blocks its blocks in source order
 * @param torn whether something in it could not be read, so that what it has and what it lacks says
 *     nothing: what does not fit its schema is no error then
 * @param range the whole of it, with its braces
 * @param missingItemRange the header of its block, or the end of the file
 */
public record NativeBody(
    SequencedMap<String, Attribute> attributes,
    List<Block> blocks,
    boolean torn,
    SourceRange range,
    SourceRange missingItemRange)
    implements Body {
  public NativeBody {
    attributes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(attributes));
    blocks = List.copyOf(blocks);
  }

  @Override
  public BodyContent content(BodySchema schema, Diagnostics diagnostics) {
    Set<String> meant = new HashSet<>(blockTypes());
    // Who is told of a misspelt name need not be told that the right one is missing.
    meant.addAll(SchemaErrors.meant(attributes.keySet(), schema));
    Partial partial = partialContent(schema, meant, diagnostics);
    if (!torn && partial.remaining() instanceof NativeBody rest) {
      rest.attributes.values().forEach(a -> unexpected(a, schema, diagnostics));
      rest.blocks.stream()
          .filter(block -> !schema.blocks().containsKey(block.type()))
          .forEach(block -> unexpected(block, schema, diagnostics));
    }
    return partial.content();
  }

  private static void unexpected(Attribute found, BodySchema schema, Diagnostics diagnostics) {
    if (schema.blocks().containsKey(found.name())) {
      diagnostics.add(
          Diagnostic.error(
              "unexpected-argument",
              "Unsupported argument",
              "An argument named \""
                  + found.name()
                  + "\" is not expected here. Did you mean to"
                  + " define a block of type \""
                  + found.name()
                  + "\"? Then write it without the equals sign.",
              found.nameRange()));
      return;
    }
    SchemaErrors.unknownArgument(found.name(), found.nameRange(), schema, diagnostics);
  }

  private static void unexpected(Block found, BodySchema schema, Diagnostics diagnostics) {
    String type = found.type();
    String advice =
        schema.attributes().containsKey(type)
            ? " Did you mean to set the argument \""
                + type
                + "\"? Then use the equals sign: \""
                + type
                + " = ...\"."
            : SchemaErrors.didYouMean(type, schema.meantBlocks());
    SchemaErrors.unexpectedBlock(
        type, found.typeRange(), advice.isEmpty() ? typed(found, schema) : advice, diagnostics);
  }

  /**
   * A sentence that says how to write a block that begins with a type, such as a resource's, where
   * its own type may have been written for that; or nothing.
   */
  private static String typed(Block found, BodySchema schema) {
    if (found.labels().isEmpty()) {
      return "";
    }
    return schema.blocks().entrySet().stream()
        .filter(known -> known.getValue().size() == found.labels().size() + 1)
        .filter(known -> known.getValue().getFirst().equals("type"))
        .findFirst()
        .map(Map.Entry::getKey)
        .map(kind ->
            Stream.concat(Stream.of(found.type()), found.labels().stream().map(Label::text))
                .map(ValueText::quote)
                .collect(
                    Collectors.joining(
                        " ",
                        " If it is the type of a " + kind + ", write: " + kind + " ",
                        " { ... }.")))
        .orElse("");
  }

  @Override
  public Partial partialContent(BodySchema schema, Diagnostics diagnostics) {
    return partialContent(schema, blockTypes(), diagnostics);
  }

  private Partial partialContent(BodySchema schema, Set<String> meant, Diagnostics diagnostics) {
    SequencedMap<String, Attribute> known = new LinkedHashMap<>();
    SequencedMap<String, Attribute> others = new LinkedHashMap<>();
    attributes.forEach(
        (name, value) -> (schema.attributes().containsKey(name) ? known : others).put(name, value));
    List<Block> knownBlocks = new ArrayList<>();
    List<Block> otherBlocks = new ArrayList<>();
    for (Block block : blocks) {
      List<String> labels = schema.blocks().get(block.type());
      if (labels == null) {
        otherBlocks.add(block);
      } else if (hasLabels(block, labels, diagnostics)) {
        knownBlocks.add(block);
      }
    }
    if (!torn) {
      SchemaErrors.missing(
          schema, known.keySet(), others.keySet(), meant, missingItemRange, diagnostics);
    }
    return new Partial(
        new BodyContent(known, knownBlocks, missingItemRange),
        new NativeBody(others, otherBlocks, torn, range, missingItemRange));
  }

  private Set<String> blockTypes() {
    Set<String> types = new HashSet<>();
    blocks.forEach(block -> types.add(block.type()));
    return types;
  }

  private static boolean hasLabels(Block block, List<String> names, Diagnostics diagnostics) {
    if (block.labels().size() < names.size()) {
      String missing = names.get(block.labels().size());
      diagnostics.add(
          Diagnostic.error(
              "missing-label",
              "Missing " + missing + " for " + block.type(),
              "All blocks of type \""
                  + block.type()
                  + "\" must have "
                  + SchemaErrors.labels(names)
                  + ".",
              block.headerRange()));
      return false;
    }
    if (block.labels().size() > names.size()) {
      diagnostics.add(
          Diagnostic.error(
              "extra-label",
              "Extraneous label for " + block.type(),
              names.isEmpty()
                  ? "No labels are expected for blocks of type \"" + block.type() + "\"."
                  : "Blocks of type \""
                      + block.type()
                      + "\" must have only "
                      + SchemaErrors.labels(names)
                      + ".",
              block.labels().get(names.size()).range()));
      return false;
    }
    return true;
  }

  @Override
  public SequencedMap<String, Attribute> justAttributes(Diagnostics diagnostics) {
    if (!blocks.isEmpty()) {
      Block first = blocks.getFirst();
      diagnostics.add(
          Diagnostic.error(
              "unexpected-block",
              "Unexpected \"" + first.type() + "\" block",
              "Blocks are not allowed here, only arguments. To set an argument, use the equals"
                  + " sign: \""
                  + first.type()
                  + " = ...\".",
              first.typeRange()));
    }
    return attributes;
  }
}
