package io.pgha.language.syntax;

import io.pgha.language.diagnostic.SourcePosition;
import io.pgha.language.diagnostic.SourceRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/** What a body that is being parsed holds so far. */
final class BodyItems {
  private final SequencedMap<String, Attribute> attributes = new LinkedHashMap<>();
  private final List<Block> blocks = new ArrayList<>();
  private boolean torn;

  /** Whether the last block was continued already. */
  private boolean continued;

  /** Adds an argument, unless there is one of its name, which is then given. */
  Optional<Attribute> add(Attribute attribute) {
    return Optional.ofNullable(attributes.putIfAbsent(attribute.name(), attribute));
  }

  void add(Block block) {
    blocks.add(block);
    continued = false;
  }

  /** Takes note that something in the body could not be read. */
  void tear() {
    torn = true;
  }

  boolean isEmpty() {
    return attributes.isEmpty() && blocks.isEmpty();
  }

  NativeBody body(SourceRange range, SourceRange missingItemRange) {
    return new NativeBody(attributes, blocks, torn, range, missingItemRange);
  }

  /** The line of the first of them; there must be one. */
  int firstLine() {
    return Stream.concat(
            attributes.values().stream().map(Attribute::nameRange),
            blocks.stream().map(Block::headerRange))
        .mapToInt(range -> range.start().line())
        .min()
        .orElseThrow();
  }

  /**
   * Takes out the items at the end that are indented deeper than a place.
   *
   * <p>Those end at a block that is not; an argument before that block stays, however deep it is.
   */
  BodyItems takeDeeperThan(SourcePosition place) {
    BodyItems taken = new BodyItems();
    while (!blocks.isEmpty() && isDeeper(blocks.getLast().headerRange(), place)) {
      taken.blocks.addFirst(blocks.removeLast());
    }
    int kept = blocks.isEmpty() ? 0 : blocks.getLast().range().end().offset();
    while (!attributes.isEmpty()) {
      Attribute last = attributes.lastEntry().getValue();
      if (last.nameRange().start().offset() < kept || !isDeeper(last.nameRange(), place)) {
        break;
      }
      attributes.remove(last.name());
      taken.attributes.putFirst(last.name(), last);
    }
    return taken;
  }

  private static boolean isDeeper(SourceRange range, SourcePosition place) {
    return range.start().column() > place.column();
  }

  /** The last block, if its closing brace is indented deeper than its header; once only. */
  Optional<Block> lastEndingTooDeep() {
    return blocks.isEmpty() || continued
        ? Optional.empty()
        : Optional.of(blocks.getLast())
            .filter(block -> isDeeper(closingBrace(block), block.headerRange().start()))
            .filter(block -> block.range().end().line() > block.headerRange().start().line());
  }

  /**
   * Adds items to those of the last block, where it has none of their names.
   *
   * @param end the brace that ends it instead
   */
  void continueLast(BodyItems more, SourceRange end) {
    Block last = blocks.removeLast();
    BodyItems all = new BodyItems();
    if (last.body() instanceof NativeBody before) {
      before.attributes().values().forEach(all::add);
      before.blocks().forEach(all::add);
    }
    all.tear();
    more.attributes.values().forEach(all::add);
    more.blocks.forEach(all::add);
    blocks.add(
        new Block(
            last.type(),
            last.typeRange(),
            last.labels(),
            all.body(last.body().range().to(end), last.body().missingItemRange()),
            last.headerRange(),
            last.range().to(end)));
    continued = true;
  }

  /** The brace that ends a block. */
  static SourceRange closingBrace(Block block) {
    SourcePosition end = block.range().end();
    return SourceRange.of(
        block.range().file(),
        new SourcePosition(end.offset() - 1, end.line(), end.column() - 1),
        end);
  }
}
