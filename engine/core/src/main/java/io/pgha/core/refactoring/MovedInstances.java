package io.pgha.core.refactoring;

import io.pgha.core.configuration.Module;
import io.pgha.core.configuration.Module.Move;
import io.pgha.core.configuration.RelativeAddress.Part;
import io.pgha.core.refactoring.Scoped.Keys;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Where the {@code moved} blocks of all modules take an instance. */
final class MovedInstances {
  private final List<Scoped<Move>> blocks;

  MovedInstances(Module root) {
    blocks = new ArrayList<>(Scoped.all(root, Module::moves));
    // What is said of one instance comes before what is said of all of them.
    blocks.sort((one, other) -> Integer.compare(closeness(other), closeness(one)));
  }

  /** How closely it says what it means: an instance before a resource, that before a module. */
  private static int closeness(Scoped<Move> move) {
    return 2 * (move.calls().size() + move.block().from().parts().size())
        + (move.block().isWhole() ? 0 : 1);
  }

  /** Where something goes, and the block that takes it there. */
  record Step(List<Part> address, Scoped<Move> by) {}

  /** Where the block that says most closely where an instance goes takes it. */
  Optional<Step> next(List<Part> address) {
    return blocks.stream()
        .filter(move -> isFrom(address, move))
        .findFirst()
        .map(move -> new Step(moved(address, move), move));
  }

  private static boolean isFrom(List<Part> address, Scoped<Move> move) {
    return move.isWithin(
        address, move.block().from(), move.block().isWhole() ? Keys.ALL_BUT_THE_LAST : Keys.ALL);
  }

  private static List<Part> moved(List<Part> address, Scoped<Move> move) {
    int from = move.calls().size();
    int to = from + move.block().from().parts().size();
    List<Part> moved = new ArrayList<>(address.subList(0, from));
    moved.addAll(move.block().to().parts());
    if (move.block().isWhole()) {
      moved.add(moved.removeLast().withKey(address.get(to - 1).key()));
    }
    moved.addAll(address.subList(to, address.size()));
    return moved;
  }

  /** Reports blocks that say that something moved away which configuration still has there. */
  void check(Collection<String> configured, Diagnostics diagnostics) {
    Scoped.stillConfigured(
        blocks,
        configured,
        MovedInstances::isFrom,
        (move, address) ->
            diagnostics.add(
                Diagnostic.error(
                    "still-there",
                    "What moved is still there",
                    "This says that %s moved to %s, but the configuration has %s. Rename it there"
                            .formatted(move.from(), move.to(), address)
                        + " too, or take this block away.",
                    move.range())));
  }
}
