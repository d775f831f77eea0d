package io.pgha.core.plan;

import io.pgha.core.evaluation.ResourceInstance;
import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.provider.change.Action;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Decides which replacements are made before what they replace is removed. */
final class Successors {
  private Successors() {}

  /**
   * Has all that something with create_before_destroy needs made first too, where it is made anew.
   * Where the former is made anew itself that must be, as what is put aside goes on needing what it
   * was made with until both are removed. Where it is only changed, so that it uses the successor
   * before what it used is removed, it is done where it is possible.
   */
  static void spread(Map<String, PlannedInstance> planned, TypeRegistry types) {
    Set<String> needed = needed(planned, _ -> true);
    if (needed.isEmpty()
        || planned.values().stream().noneMatch(each -> each.action() == Action.REPLACE)) {
      return;
    }
    for (String address : needed(planned, each -> each.action() == Action.REPLACE)) {
      planned.computeIfPresent(
          address, (_, each) -> each.action() == Action.REPLACE ? first(each, types) : each);
    }
    Set<String> bound = bound(planned, types);
    for (String address : needed) {
      planned.computeIfPresent(
          address,
          (_, each) ->
              each.action() == Action.REPLACE && !bound.contains(address)
                  ? each.withSuccessorFirst()
                  : each);
    }
  }

  /** What is removed first since it can't be there twice, and all that needs such a thing. */
  private static Set<String> bound(Map<String, PlannedInstance> planned, TypeRegistry types) {
    Set<String> bound = new HashSet<>();
    planned.values().stream()
        .filter(each -> each.action() == Action.REPLACE && !coexists(each, types))
        .forEach(each -> bound.add(each.address()));
    Named named = new Named(planned.keySet());
    boolean more = !bound.isEmpty();
    while (more) {
      more = false;
      for (PlannedInstance each : planned.values()) {
        more |=
            !bound.contains(each.address())
                && each.dependencies().stream()
                    .flatMap(name -> named.instances(name).stream())
                    .anyMatch(bound::contains)
                && bound.add(each.address());
      }
    }
    return bound;
  }

  /** Some of what has create_before_destroy, and all that it needs, directly or not. */
  private static Set<String> needed(
      Map<String, PlannedInstance> planned, Predicate<PlannedInstance> some) {
    Deque<String> open = new ArrayDeque<>();
    planned.values().stream()
        .filter(PlannedInstance::createBeforeDestroy)
        .filter(some)
        .forEach(instance -> open.add(instance.address()));
    Set<String> needed = new LinkedHashSet<>();
    if (open.isEmpty()) {
      return needed;
    }
    Named named = new Named(planned.keySet());
    Set<String> seen = new HashSet<>(open);
    Set<String> groups = new HashSet<>();
    while (!open.isEmpty()) {
      PlannedInstance instance = planned.get(open.removeFirst());
      if (instance == null) {
        continue;
      }
      needed.add(instance.address());
      for (String name : instance.dependencies()) {
        if (!named.isGroup(name) || groups.add(name)) {
          named.instances(name).stream().filter(seen::add).forEach(open::add);
        }
      }
    }
    return needed;
  }

  private static PlannedInstance first(PlannedInstance instance, TypeRegistry types) {
    if (coexists(instance, types)) {
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

  private static boolean coexists(PlannedInstance instance, TypeRegistry types) {
    return types.type(instance.type()).orElseThrow().coexists();
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
