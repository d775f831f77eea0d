package io.pgha.core.configuration;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.syntax.Attribute;
import io.pgha.language.syntax.Block;
import io.pgha.language.syntax.Body;
import io.pgha.language.syntax.BodyContent;
import io.pgha.language.syntax.BodySchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * A body with what an override file says of it laid over: its arguments one by one, {@code
 * lifecycle} and {@code required_providers} blocks the same way. Conditions stay as they are, as in
 * Terraform.
 *
 * @param base what is overridden
 * @param over what overrides
 */
record OverriddenBody(Body base, Body over) implements Body {
  /** What is laid over argument by argument; any other block replaces those of its type. */
  private static final Set<String> ONE_BY_ONE = Set.of("lifecycle", "required_providers");

  private static final Set<String> CONDITIONS =
      Set.of("validation", "precondition", "postcondition");

  /** The other way to say how many there are goes with the one that is overridden. */
  private static final Map<String, String> INSTEAD =
      Map.of("count", "for_each", "for_each", "count");

  // What an override file does not say is as it was: nothing is required there.

  @Override
  public BodyContent content(BodySchema schema, Diagnostics diagnostics) {
    return merged(
        base.content(schema, diagnostics),
        over.content(schema.withoutRequired(), diagnostics),
        diagnostics);
  }

  @Override
  public Partial partialContent(BodySchema schema, Diagnostics diagnostics) {
    Partial below = base.partialContent(schema, diagnostics);
    Partial above = over.partialContent(schema.withoutRequired(), diagnostics);
    return new Partial(
        merged(below.content(), above.content(), diagnostics),
        new OverriddenBody(below.remaining(), above.remaining()));
  }

  private static BodyContent merged(BodyContent base, BodyContent over, Diagnostics diagnostics) {
    // What is an argument in one file may be blocks in the other.
    SequencedMap<String, Attribute> arguments = new LinkedHashMap<>(base.attributes());
    over.blocks().forEach(block -> arguments.remove(kind(block)));
    List<Block> blocks =
        base.blocks().stream()
            .filter(block -> !over.attributes().containsKey(kind(block)))
            .toList();
    return new BodyContent(
        attributes(arguments, over.attributes(), diagnostics),
        blocks(blocks, over.blocks(), diagnostics),
        base.missingItemRange());
  }

  /** The type of a block, or of those that a dynamic block makes. */
  private static String kind(Block block) {
    return block.type().equals("dynamic") && !block.labels().isEmpty()
        ? block.label(0)
        : block.type();
  }

  private static SequencedMap<String, Attribute> attributes(
      Map<String, Attribute> base, Map<String, Attribute> over, Diagnostics diagnostics) {
    SequencedMap<String, Attribute> merged = new LinkedHashMap<>(base);
    over.forEach((name, attribute) -> {
      if (name.equals("depends_on")) {
        diagnostics.add(
            Diagnostic.error(
                "invalid-override",
                "depends_on can't be overridden",
                "What something waits for is said where it is declared.",
                attribute.nameRange()));
      } else {
        merged.put(name, attribute);
        String instead = INSTEAD.get(name);
        if (instead != null && !over.containsKey(instead)) {
          merged.remove(instead);
        }
      }
    });
    return merged;
  }

  private static List<Block> blocks(List<Block> base, List<Block> over, Diagnostics diagnostics) {
    List<Block> merged = new ArrayList<>(base);
    for (Block block : over) {
      int first = 0;
      while (first < merged.size() && !merged.get(first).type().equals(block.type())) {
        first++;
      }
      if (CONDITIONS.contains(block.type())) {
        diagnostics.add(
            Diagnostic.error(
                "invalid-override",
                "A " + block.type() + " block can't be overridden",
                "Conditions are in the file that declares what they are about.",
                block.headerRange()));
      } else if (ONE_BY_ONE.contains(block.type()) && first < merged.size()) {
        merged.set(first, of(merged.get(first), block));
      } else {
        merged.removeIf(each -> kind(each).equals(kind(block)) && base.contains(each));
        merged.add(block);
      }
    }
    return merged;
  }

  /** A block with what another says laid over it. */
  static Block of(Block base, Block over) {
    return new Block(
        base.type(),
        base.typeRange(),
        base.labels(),
        new OverriddenBody(base.body(), over.body()),
        base.headerRange(),
        base.range());
  }

  @Override
  public SequencedMap<String, Attribute> justAttributes(Diagnostics diagnostics) {
    SequencedMap<String, Attribute> merged = new LinkedHashMap<>(base.justAttributes(diagnostics));
    merged.putAll(over.justAttributes(diagnostics));
    return merged;
  }

  @Override
  public SourceRange range() {
    return base.range();
  }

  @Override
  public SourceRange missingItemRange() {
    return base.missingItemRange();
  }
}
