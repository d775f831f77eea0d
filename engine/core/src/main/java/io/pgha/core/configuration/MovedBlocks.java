package io.pgha.core.configuration;

import io.pgha.core.configuration.Module.Move;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.syntax.Block;
import io.pgha.language.syntax.BodyContent;
import io.pgha.language.syntax.BodySchema;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Collects the {@code moved} blocks of one module; such as can't all be true are reported. */
final class MovedBlocks {
  private static final BodySchema BLOCK = BodySchema.EMPTY.required("from", "to");

  private final Map<String, Move> byOrigin = new LinkedHashMap<>();
  private final Map<String, Move> byDestination = new HashMap<>();
  private final Diagnostics diagnostics;

  MovedBlocks(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  void add(Block block) {
    BodyContent content = block.body().content(BLOCK, diagnostics);
    Optional<RelativeAddress> from = RelativeAddress.target(content, "from", diagnostics);
    Optional<RelativeAddress> to = RelativeAddress.target(content, "to", diagnostics);
    if (from.isPresent() && to.isPresent()) {
      Move move = new Move(from.get(), to.get(), block.headerRange());
      if (isSensible(move) && isOnlyOne(move)) {
        byOrigin.put(move.from().toString(), move);
        byDestination.put(move.to().toString(), move);
      }
    }
  }

  /** All that were added and make sense by themselves, in source order. */
  List<Move> all() {
    checkCircles();
    return List.copyOf(byOrigin.values());
  }

  private boolean isSensible(Move move) {
    if (move.from().isModule() != move.to().isModule()) {
      report(
          "A module can't become a resource",
          "Both addresses must be of modules, or both of resources.",
          move.to().range());
      return false;
    }
    if (move.to().isIn(move.from())) {
      report(
          "A module moves into itself",
          move.to()
              + " is a part of "
              + move.from()
              + ". Give the module another name, or move what it holds one by one.",
          move.range());
      return false;
    }
    if (move.from().toString().equals(move.to().toString())) {
      report(
          "Nothing moves here",
          "Both addresses are " + move.from() + ". Take the block away, or mend one of them.",
          move.range());
      return false;
    }
    return true;
  }

  private boolean isOnlyOne(Move move) {
    Move sameOrigin = byOrigin.get(move.from().toString());
    if (sameOrigin != null) {
      report(
          move.from() + " moves to two places",
          "The block at %s says that it moved to %s, this one that it moved to %s. Keep one of them."
              .formatted(sameOrigin.range(), sameOrigin.to(), move.to()),
          move.range());
      return false;
    }
    Move sameDestination = byDestination.get(move.to().toString());
    if (sameDestination != null) {
      report(
          "Two move to " + move.to(),
          "The block at %s says that %s moved there, this one that %s did. Keep one of them."
              .formatted(sameDestination.range(), sameDestination.from(), move.from()),
          move.range());
      return false;
    }
    return true;
  }

  private void checkCircles() {
    Set<String> done = new HashSet<>();
    for (Move start : byOrigin.values()) {
      Set<String> chain = new HashSet<>();
      Move move = start;
      while (move != null && chain.add(move.from().toString())) {
        move = byOrigin.get(move.to().toString());
      }
      if (start.equals(move) && done.addAll(chain)) {
        report(
            "Moves in a circle",
            "By these blocks "
                + start.from()
                + " ends up where it began. Keep those that say what was renamed last; to let two"
                + " change places use pgha state mv with a third address.",
            start.range());
      }
    }
  }

  private void report(String summary, String detail, SourceRange range) {
    diagnostics.add(Diagnostic.error("invalid-move", summary, detail, range));
  }
}
