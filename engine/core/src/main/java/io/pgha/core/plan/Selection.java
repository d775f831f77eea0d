package io.pgha.core.plan;

import io.pgha.core.evaluation.ResourceInstance;
import io.pgha.core.refactoring.Moves;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.state.InstanceState;
import io.pgha.state.State;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The instances that a plan is about.
 *
 * @param all whether it is about all of them
 * @param chosen their addresses otherwise
 */
record Selection(boolean all, Set<String> chosen) {
  boolean includes(String address) {
    return all || chosen.contains(address);
  }

  /** Reports moves that the plan is not about: a part of them would be a state nobody described. */
  void checkMoves(Moves moves, State state, Diagnostics diagnostics) {
    List<String> left =
        moves.addresses().entrySet().stream()
            .filter(move -> !includes(move.getValue()))
            .filter(move -> state.instances().containsKey(move.getValue()))
            .map(move -> move.getKey() + " to " + move.getValue())
            .toList();
    if (!left.isEmpty()) {
      diagnostics.add(
          Diagnostic.error(
              "moves-left-out",
              "Addresses change that the plan is not about",
              "These move, and the plan is limited to others (by -target, -exclude, or an import): "
                  + Listing.of(left)
                  + ". Apply without a limit first, or include the new addresses."));
    }
  }

  /**
   * What the targets name, and what that needs; for a destruction what needs it instead. Without
   * what is excluded, and what needs that; for a destruction what that needs. What is only needed
   * and no longer configured stays out: nobody asked for its removal.
   *
   * @param deferred resources and modules of which nobody knows yet which instances there are, and
   *     what they need; they stand for all of these
   */
  static Selection of(
      PlanOptions options,
      Map<String, ResourceInstance> configured,
      Map<String, Set<String>> deferred,
      State state,
      Moves moves,
      Diagnostics diagnostics) {
    if (options.targets().isEmpty() && options.exclusions().isEmpty()) {
      return new Selection(true, Set.of());
    }
    boolean destruction = options.mode() == Mode.DESTROY;
    Set<String> known = new TreeSet<>(configured.keySet());
    known.addAll(state.instances().keySet());
    known.addAll(deferred.keySet());
    Needs needs = new Needs(known, configured, deferred, state, destruction);
    Set<String> chosen = known;
    if (!options.targets().isEmpty()) {
      Set<String> named = named(options.targets(), "target", known, moves, diagnostics);
      chosen =
          options.exactly()
              ? named
              : destruction ? needs.withUsers(named) : needs.withNeeded(named);
      if (!destruction) {
        chosen.removeIf(address ->
            !configured.containsKey(address)
                && !deferred.containsKey(address)
                && !named.contains(address));
      }
    }
    if (!options.exclusions().isEmpty()) {
      Set<String> named = named(options.exclusions(), "exclude", known, moves, diagnostics);
      chosen = new TreeSet<>(chosen);
      chosen.removeAll(destruction ? needs.withNeeded(named) : needs.withUsers(named));
    }
    return new Selection(false, chosen);
  }

  private static Set<String> named(
      Set<String> targets, String option, Set<String> known, Moves moves, Diagnostics diagnostics) {
    Set<String> named = new TreeSet<>();
    for (String target : targets) {
      int before = named.size();
      known.stream().filter(address -> names(target, address)).forEach(named::add);
      if (named.size() == before && named.stream().noneMatch(each -> names(target, each))) {
        diagnostics.add(
            Diagnostic.error(
                "unknown-target",
                "Unknown target",
                "Neither configuration nor state has \""
                    + target
                    + "\", which -"
                    + option
                    + " names. "
                    + moves.addresses().entrySet().stream()
                        .filter(move -> names(target, move.getKey()))
                        .findFirst()
                        .map(
                            move -> move.getKey() + " moves to " + move.getValue() + ": name that.")
                        .orElse("Run pgha state list, or look for a slip.")));
      }
    }
    return named;
  }

  /** Who needs whom, by names. */
  private static final class Needs {
    private final Named named;
    private final Map<String, Set<String>> needed = new TreeMap<>();
    private final Map<String, Set<String>> users = new TreeMap<>();

    Needs(
        Set<String> known,
        Map<String, ResourceInstance> configured,
        Map<String, Set<String>> deferred,
        State state,
        boolean destruction) {
      named = new Named(known);
      for (String address : known) {
        Set<String> names = new TreeSet<>(deferred.getOrDefault(address, Set.of()));
        ResourceInstance instance = configured.get(address);
        if (instance != null) {
          names.addAll(instance.dependencies());
        }
        InstanceState old = state.instances().get(address);
        if (old != null && (instance == null || destruction)) {
          names.addAll(old.dependencies());
        }
        needed.put(address, names);
        names.forEach(name -> users.computeIfAbsent(name, key -> new TreeSet<>()).add(address));
      }
    }

    /** These and all that they need, directly or not. */
    Set<String> withNeeded(Set<String> addresses) {
      Set<String> found = new TreeSet<>();
      Set<String> seen = new HashSet<>();
      Deque<String> open = new ArrayDeque<>(addresses);
      while (!open.isEmpty()) {
        String address = open.removeFirst();
        if (needed.containsKey(address) && found.add(address)) {
          for (String name : needed.getOrDefault(address, Set.of())) {
            if (seen.add(name)) {
              open.addAll(named.instances(name));
            }
          }
        }
      }
      return found;
    }

    /** These and all that needs them, directly or not. */
    Set<String> withUsers(Set<String> addresses) {
      Set<String> found = new TreeSet<>();
      Set<String> seen = new HashSet<>();
      Deque<String> open = new ArrayDeque<>(addresses);
      while (!open.isEmpty()) {
        String address = open.removeFirst();
        if (found.add(address)) {
          open.addAll(users.getOrDefault(address, Set.of()));
          String resource = Named.resource(address);
          if (!resource.equals(address) && seen.add(resource)) {
            open.addAll(users.getOrDefault(resource, Set.of()));
          }
        }
      }
      return found;
    }
  }

  private static boolean names(String target, String address) {
    return address.equals(target)
        || address.startsWith(target + "[")
        || (target.startsWith("module.") && address.startsWith(target + "."));
  }
}
