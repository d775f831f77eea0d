package io.pgha.language.syntax;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a body may hold.
 *
 * @param attributes whether each argument is required, by name
 * @param blocks the label names of each block type, by type
 * @param literal the arguments whose strings are text as it is in JSON, and no templates
 * @param taken what was taken out of the body before by other schemas: this one refuses it, and
 *     still it may be what a misspelt name was meant as
 */
public record BodySchema(
    SequencedMap<String, Boolean> attributes,
    SequencedMap<String, List<String>> blocks,
    Set<String> literal,
    Optional<BodySchema> taken) {
  /** A schema of nothing, to be added to. */
  public static final BodySchema EMPTY =
      new BodySchema(new LinkedHashMap<>(), new LinkedHashMap<>(), Set.of(), Optional.empty());

  public BodySchema {
    attributes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(attributes));
    SequencedMap<String, List<String>> copied = new LinkedHashMap<>();
    blocks.forEach((type, labels) -> copied.put(type, List.copyOf(labels)));
    blocks = Collections.unmodifiableSequencedMap(copied);
    literal = Set.copyOf(literal);
  }

  /** This schema and optional arguments. */
  public BodySchema optional(String... names) {
    return withAttributes(List.of(names), false);
  }

  /** This schema and optional arguments that are constants: in JSON, their strings are text. */
  public BodySchema literal(String... names) {
    BodySchema more = optional(names);
    return new BodySchema(more.attributes, more.blocks, union(literal, Set.of(names)), taken);
  }

  /** The same schema, in which nothing is required. */
  public BodySchema withoutRequired() {
    return new BodySchema(EMPTY.optional(names(attributes)).attributes, blocks, literal, taken);
  }

  /** This schema and required arguments. */
  public BodySchema required(String... names) {
    return withAttributes(List.of(names), true);
  }

  /** This schema and a block type, with what its labels are called. */
  public BodySchema block(String type, String... labelNames) {
    SequencedMap<String, List<String>> more = new LinkedHashMap<>(blocks);
    more.put(type, List.of(labelNames));
    return new BodySchema(attributes, more, literal, taken);
  }

  /** All that this schema and another know; where both know something, the other one rules. */
  public BodySchema and(BodySchema other) {
    SequencedMap<String, Boolean> moreAttributes = new LinkedHashMap<>(attributes);
    moreAttributes.putAll(other.attributes);
    SequencedMap<String, List<String>> moreBlocks = new LinkedHashMap<>(blocks);
    moreBlocks.putAll(other.blocks);
    return new BodySchema(
        moreAttributes, moreBlocks, union(literal, other.literal), other.taken.or(() -> taken));
  }

  /** This schema of what another one has left over. */
  public BodySchema after(BodySchema other) {
    return new BodySchema(attributes, blocks, literal, Optional.of(other));
  }

  /** The names that a misspelt argument may be meant as. */
  Set<String> meantAttributes() {
    Set<String> names = new LinkedHashSet<>(attributes.keySet());
    taken.ifPresent(other -> names.addAll(other.meantAttributes()));
    return names;
  }

  /** The types that a misspelt block may be meant as. */
  Set<String> meantBlocks() {
    Set<String> types = new LinkedHashSet<>(blocks.keySet());
    taken.ifPresent(other -> types.addAll(other.meantBlocks()));
    return types;
  }

  /** Those of both: JSON does not tell them apart. */
  public Set<String> meantNames() {
    Set<String> names = meantAttributes();
    names.addAll(meantBlocks());
    return names;
  }

  private BodySchema withAttributes(List<String> names, boolean required) {
    SequencedMap<String, Boolean> more = new LinkedHashMap<>(attributes);
    names.forEach(name -> more.put(name, required));
    return new BodySchema(more, blocks, literal, taken);
  }

  private static String[] names(SequencedMap<String, Boolean> attributes) {
    return attributes.keySet().toArray(String[]::new);
  }

  private static Set<String> union(Set<String> one, Set<String> other) {
    Set<String> union = new TreeSet<>(one);
    union.addAll(other);
    return union;
  }
}
