package io.pgha.core.refactoring;

import io.pgha.core.configuration.Module;
import io.pgha.core.configuration.Module.Move;
import io.pgha.core.configuration.RelativeAddress;
import io.pgha.core.configuration.RelativeAddress.Part;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.state.InstanceAddress;
import io.pgha.state.InstanceState;
import io.pgha.state.State;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a configuration says of instances that have other addresses by now. */
public final class DeclaredMoves {
  private final Module root;
  private final MovedInstances moved;

  /** What a root module and all below it say. */
  public DeclaredMoves(Module root) {
    this.root = root;
    this.moved = new MovedInstances(root);
  }

  /**
   * The instances of a state that move. Such as can't, since their new address is taken, are
   * reported: nothing that is there is destroyed because of a slip in a name.
   */
  public Moves of(State state, Diagnostics diagnostics) {
    ImpliedMoves implied = new ImpliedMoves(root, state);
    Set<String> addresses = new TreeSet<>();
    Stream.of(state.instances(), state.deposed())
        .flatMap(all -> all.values().stream())
        .map(InstanceState::address)
        .forEach(address -> addresses.add(address.text()));
    TreeMap<String, String> moves = new TreeMap<>();
    Map<String, Destination> reached = new HashMap<>();
    for (String address : addresses) {
      Destination destination = destination(address, implied, diagnostics);
      Destination other = reached.putIfAbsent(destination.address(), destination);
      if (other != null) {
        report(other, destination, diagnostics);
      } else if (!destination.address().equals(address)) {
        moves.put(address, destination.address());
      }
    }
    return diagnostics.hasErrors() ? Moves.NONE : new Moves(moves);
  }

  /**
   * Reports blocks that say that something moved away which is still configured at its old address.
   *
   * @param configured the addresses of all configured instances
   */
  public void check(Collection<String> configured, Diagnostics diagnostics) {
    moved.check(configured, diagnostics);
  }

  /**
   * Where an instance is in the end.
   *
   * @param by the last block that moved it; null where none did
   */
  private record Destination(String origin, String address, @Nullable Move by) {}

  private Destination destination(String origin, ImpliedMoves implied, Diagnostics diagnostics) {
    List<Part> address = RelativeAddress.parts(InstanceAddress.parse(origin));
    if (moved.next(address).isEmpty() && implied.next(address).isEmpty()) {
      return new Destination(origin, origin, null);
    }
    Move by = null;
    Set<Scoped<Move>> used = new HashSet<>();
    Set<List<Part>> seen = new HashSet<>();
    while (seen.add(address)) {
      Optional<MovedInstances.Step> step = moved.next(address);
      if (step.isPresent()) {
        by = step.get().by().block();
        if (by.changesType()) {
          diagnostics.add(otherType(origin, by));
          break;
        }
        if (!used.add(step.get().by()) || seen.contains(step.get().address())) {
          diagnostics.add(circle(origin, by));
          break;
        }
        address = step.get().address();
      } else {
        address = implied.next(address).filter(next -> !seen.contains(next)).orElse(address);
      }
    }
    return new Destination(origin, RelativeAddress.text(address), by);
  }

  private static Diagnostic otherType(String origin, Move by) {
    return Diagnostic.error(
        "invalid-move",
        "A " + by.from().last().type() + " can't become a " + by.to().last().type(),
        "State has "
            + origin
            + ", and what moves stays of its type. Take the moved block away: then it is destroyed,"
            + " or forgotten where a removed block says so.",
        by.to().range());
  }

  private static Diagnostic circle(String origin, Move by) {
    return Diagnostic.error(
        "invalid-move",
        "Moves in a circle",
        "By the moved blocks "
            + origin
            + " would move for ever. Keep those that say what was renamed last.",
        by.range());
  }

  private static void report(Destination one, Destination other, Diagnostics diagnostics) {
    boolean first = other.by() == null;
    Destination mover = first ? one : other;
    String stays = (first ? other : one).origin();
    String detail =
        "%s would be at %s, where %s is already or goes too. Have one of them forgotten (pgha state rm),"
                .formatted(mover.origin(), mover.address(), stays)
            + " or move one elsewhere (pgha state mv). Where "
            + mover.origin()
            + " is to be destroyed, take the moved block away.";
    diagnostics.add(
        mover.by() == null
            ? Diagnostic.error("address-taken", "Two have one address", detail)
            : Diagnostic.error(
                "address-taken", "The new address is taken", detail, mover.by().range()));
  }
}
