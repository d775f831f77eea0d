package io.pgha.core.plan;

import io.pgha.core.evaluation.ResourceInstance;
import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.provider.change.Action;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides which replacements are made before what they replace is removed. */
final class Successors {
  private Successors() {}

  /**
   * Has all that a replacement with create_before_destroy needs made first too, where it is made
   * anew: what is put aside goes on needing what it was made with, until both are removed.
   */
  static void spread(Map<String, PlannedInstance> planned, TypeRegistry types) {
    Deque<String> open = new ArrayDeque<>();
    planned.values().stream()
        .filter(PlannedInstance::createBeforeDestroy)
        .filter(instance -> instance.action() == Action.REPLACE)
        .forEach(instance -> open.add(instance.address()));
    if (open.isEmpty()) {
      return;
    }
    Named named = new Named(planned.keySet());
    Set<String> seen = new HashSet<>(open);
    while (!open.isEmpty()) {
      PlannedInstance instance = planned.get(open.removeFirst());
      if (instance == null) {
        continue;
      }
      if (instance.action() == Action.REPLACE) {
        planned.put(instance.address(), first(instance, types));
      }
      for (String name : instance.dependencies()) {
        if (seen.add(name) || !named.isGroup(name)) {
          named.instances(name).stream()
              .filter(address -> address.equals(name) || seen.add(address))
              .forEach(open::add);
        }
      }
    }
  }

  private static PlannedInstance first(PlannedInstance instance, TypeRegistry types) {
    if (types.type(instance.type()).orElseThrow().coexists()) {
      return instance.withSuccessorFirst();
    }
    Diagnostic why =
        Diagnostic.error(
                "create-before-destroy",
                "Can't be made before it is destroyed: " + instance.address(),
                "It has to be made anew, and something that needs it has create_before_destroy, so"
                    + " the new one would have to be there beside the present one. A "
                    + instance.type()
                    + " can't be on its machine twice. Take create_before_destroy away from what"
                    + " needs it.")
            .about(instance.address());
    return instance.leftAlone(
        instance.configured().map(configured -> Findings.placed(why, configured)).orElse(why));
  }

  /** Why create_before_destroy can't be had for an instance; empty where it can. */
  static Optional<Diagnostic> impossible(ResourceInstance configured, TypeRegistry types) {
    if (!configured.lifecycle().createBeforeDestroy()
        || types.type(configured.type()).orElseThrow().coexists()) {
      return Optional.empty();
    }
    return Optional.of(
        Diagnostic.error(
                "create-before-destroy",
                "create_before_destroy is not possible here",
                "A "
                    + configured.type()
                    + " can't be on its machine twice, so its successor can't be made first. Take"
                    + " create_before_destroy away.",
                configured.range())
            .about(configured.address()));
  }
}
