package io.pgha.core.plan;

import io.pgha.core.evaluation.ResourceInstance;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.state.InstanceState;
import io.pgha.state.State;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
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

  /** What the targets name, and what that needs. */
  static Selection of(
      Set<String> targets,
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
    Set<String> chosen = new TreeSet<>();
    while (!open.isEmpty()) {
      String address = open.removeFirst();
      if (!known.contains(address) || !chosen.add(address)) {
        continue;
      }
      ResourceInstance instance = configured.get(address);
      if (instance != null) {
        open.addAll(instance.dependencies());
      } else {
        InstanceState old = state.instances().get(address);
        if (old != null) {
          old.dependencies().forEach(open::add);
        }
      }
    }
    return new Selection(false, chosen);
  }

  private static boolean names(String target, String address) {
    return address.equals(target)
        || address.startsWith(target + "[")
        || (target.startsWith("module.") && address.startsWith(target + "."));
  }
}
