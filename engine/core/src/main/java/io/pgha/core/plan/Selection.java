package io.pgha.core.plan;

import io.pgha.core.evaluation.ResourceInstance;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.state.InstanceState;
import io.pgha.state.State;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
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

  /**
   * What the targets name, and what that needs; for a destruction what needs it instead. What is
   * only needed and no longer configured stays out: nobody asked for its removal.
   */
  static Selection of(
      Set<String> targets,
      Mode mode,
      Map<String, ResourceInstance> configured,
      State state,
      Diagnostics diagnostics) {
    if (targets.isEmpty()) {
      return new Selection(true, Set.of());
    }
    Set<String> known = new TreeSet<>(configured.keySet());
    known.addAll(state.instances().keySet());
    Deque<String> open = new ArrayDeque<>();
    for (String target : targets) {
      long before = open.size();
      known.stream().filter(address -> names(target, address)).forEach(open::add);
      if (open.size() == before) {
        diagnostics.add(
            Diagnostic.error(
                "unknown-target",
                "Unknown target",
                "Neither configuration nor state has \""
                    + target
                    + "\". Run pgha state list, or"
                    + " look for a slip."));
      }
    }
    Named resources = new Named(known);
    Map<String, Set<String>> neighbours = neighbours(mode, known, configured, state);
    Set<String> named = new TreeSet<>(open);
    Set<String> chosen = new TreeSet<>();
    Set<String> groups = new HashSet<>();
    while (!open.isEmpty()) {
      String address = open.removeFirst();
      if (resources.isGroup(address)) {
        if (groups.add(address)) {
          open.addAll(
              mode == Mode.DESTROY
                  ? neighbours.getOrDefault(address, Set.of())
                  : resources.instances(address));
        }
        continue;
      }
      boolean orphan = mode == Mode.NORMAL && !configured.containsKey(address);
      if (!known.contains(address) || (orphan && !named.contains(address))) {
        continue;
      }
      if (chosen.add(address)) {
        open.addAll(neighbours.getOrDefault(address, Set.of()));
        if (mode == Mode.DESTROY) {
          open.add(Named.resource(address));
        }
      }
    }
    return new Selection(false, chosen);
  }

  /**
   * What each instance takes along: the names of what it needs, or for a destruction, by the names
   * of what is needed, the instances that need it.
   */
  private static Map<String, Set<String>> neighbours(
      Mode mode, Set<String> known, Map<String, ResourceInstance> configured, State state) {
    Map<String, Set<String>> neighbours = new TreeMap<>();
    for (String address : known) {
      Set<String> needs = new TreeSet<>();
      ResourceInstance instance = configured.get(address);
      if (instance != null) {
        needs.addAll(instance.dependencies());
      }
      InstanceState old = state.instances().get(address);
      if (old != null && (instance == null || mode == Mode.DESTROY)) {
        needs.addAll(old.dependencies());
      }
      for (String needed : needs) {
        String from = mode == Mode.DESTROY ? needed : address;
        String to = mode == Mode.DESTROY ? address : needed;
        neighbours.computeIfAbsent(from, key -> new TreeSet<>()).add(to);
      }
    }
    return neighbours;
  }

  private static boolean names(String target, String address) {
    return address.equals(target)
        || address.startsWith(target + "[")
        || (target.startsWith("module.") && address.startsWith(target + "."));
  }
}
