package io.pgha.core.plan;

import io.pgha.core.evaluation.ResourceInstance;
import io.pgha.core.evaluation.Trigger;
import io.pgha.language.value.AttributePath;
import io.pgha.provider.change.Action;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is made anew because something changes that its replace_triggered_by names. */
final class TriggeredReplacements {
  /** What triggers it, by the address of the instance that is made anew. */
  private final Map<String, Trigger> triggered = new TreeMap<>();

  /** Whether an instance is made anew for this reason. */
  boolean includes(String address) {
    return triggered.containsKey(address);
  }

  /** Why an instance that {@link #includes included} is made anew. */
  Reason reason(String address) {
    return new Reason(
        ActionReason.REPLACE_TRIGGERED,
        "replace_triggered_by: " + triggered.get(address) + " changes");
  }

  /** Adds what is triggered by what is planned; says whether there is anything new. */
  boolean add(Map<String, PlannedInstance> planned) {
    boolean more = false;
    Named named = null;
    for (PlannedInstance instance : planned.values()) {
      List<Trigger> triggers =
          instance.configured().map(ResourceInstance::triggers).orElse(List.of());
      boolean stays = instance.action() != Action.CREATE && instance.action() != Action.DELETE;
      if (triggers.isEmpty() || !stays || triggered.containsKey(instance.address())) {
        continue;
      }
      if (named == null) {
        named = new Named(planned.keySet());
      }
      for (Trigger trigger : triggers) {
        if (named.instances(trigger.name()).stream()
            .map(planned::get)
            .anyMatch(other -> other != null && changes(other, trigger))) {
          triggered.put(instance.address(), trigger);
          more = true;
          break;
        }
      }
    }
    return more;
  }

  private static boolean changes(PlannedInstance other, Trigger trigger) {
    boolean changed = other.action() == Action.UPDATE || other.action() == Action.REPLACE;
    AttributePath path = trigger.path();
    return changed
        && (path.equals(AttributePath.ROOT)
            || !path.in(other.before()).equals(path.in(other.after())));
  }
}
