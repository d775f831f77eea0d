package io.pgha.language.syntax;

import io.pgha.language.diagnostic.SourceRange;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What was found in a body by a schema.
 *
 * @param attributes the arguments by name, in source order
 * @param blocks the blocks in source order
 * @param missingItemRange where an error about something missing in the body points at
 */
public record BodyContent(
    SequencedMap<String, Attribute> attributes, List<Block> blocks, SourceRange missingItemRange) {
  public BodyContent {
    attributes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(attributes));
    blocks = List.copyOf(blocks);
  }

  /** An argument by name. */
  public Optional<Attribute> attribute(String name) {
    return Optional.ofNullable(attributes.get(name));
  }

  /** The blocks of a type, in source order. */
  public List<Block> blocksOf(String type) {
    return blocks.stream().filter(block -> block.type().equals(type)).toList();
  }
}
