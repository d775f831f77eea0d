package io.pgha.language.syntax;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * What a body may hold.
 *
 * @param attributes whether each argument is required, by name
 * @param blocks the label names of each block type, by type
 */
public record BodySchema(
    SequencedMap<String, Boolean> attributes, SequencedMap<String, List<String>> blocks) {
  /** A schema of nothing, to be added to. */
  public static final BodySchema EMPTY =
      new BodySchema(new LinkedHashMap<>(), new LinkedHashMap<>());

  public BodySchema {
    attributes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(attributes));
    SequencedMap<String, List<String>> copied = new LinkedHashMap<>();
    blocks.forEach((type, labels) -> copied.put(type, List.copyOf(labels)));
    blocks = Collections.unmodifiableSequencedMap(copied);
  }

  /** This schema and optional arguments. */
  public BodySchema optional(String... names) {
    return withAttributes(List.of(names), false);
  }

  /** This schema and required arguments. */
  public BodySchema required(String... names) {
    return withAttributes(List.of(names), true);
  }

  /** This schema and a block type, with what its labels are called. */
  public BodySchema block(String type, String... labelNames) {
    SequencedMap<String, List<String>> more = new LinkedHashMap<>(blocks);
    more.put(type, List.of(labelNames));
    return new BodySchema(attributes, more);
  }

  /** All that this schema and another know; where both know something, the other one rules. */
  public BodySchema and(BodySchema other) {
    SequencedMap<String, Boolean> moreAttributes = new LinkedHashMap<>(attributes);
    moreAttributes.putAll(other.attributes);
    SequencedMap<String, List<String>> moreBlocks = new LinkedHashMap<>(blocks);
    moreBlocks.putAll(other.blocks);
    return new BodySchema(moreAttributes, moreBlocks);
  }

  /** All names that the schema knows, of arguments and of block types. */
  public List<String> names() {
    List<String> names = new ArrayList<>(attributes.keySet());
    names.addAll(blocks.keySet());
    return names;
  }

  private BodySchema withAttributes(List<String> names, boolean required) {
    SequencedMap<String, Boolean> more = new LinkedHashMap<>(attributes);
    names.forEach(name -> more.put(name, required));
    return new BodySchema(more, blocks);
  }
}
