package io.pgha.core.plan;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.ObjectValue;
import io.pgha.provider.change.Action;
import io.pgha.provider.change.Change;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Skips what needs an instance that could not be planned. */
final class Dependents {
  private Dependents() {}

  /**
   * Marks dependents as obstructed. An instance that was completely applied before still serves
   * those that need it: only what was never made stops them.
   */
  static void obstruct(Map<String, PlannedInstance> planned) {
    boolean more = true;
    while (more) {
      more = false;
      for (PlannedInstance instance : List.copyOf(planned.values())) {
        if (!instance.isPlanned() || !instance.isChange() || instance.action() == Action.DELETE) {
          continue;
        }
        Optional<String> missing =
            instance.dependencies().stream()
                .map(planned::get)
                .filter(needed -> needed != null && !needed.isPlanned() && !wasMade(needed))
                .map(PlannedInstance::address)
                .findFirst();
        if (missing.isPresent()) {
          planned.put(instance.address(), skipped(instance, missing.get()));
          more = true;
        }
      }
    }
  }

  private static boolean wasMade(PlannedInstance needed) {
    return !needed.before().attributes().isEmpty();
  }

  private static PlannedInstance skipped(PlannedInstance instance, String missing) {
    return new PlannedInstance(
        instance.address(),
        instance.type(),
        Action.NO_OP,
        instance.instance(),
        instance.configured(),
        Change.none(ObjectValue.EMPTY),
        Optional.empty(),
        instance.live(),
        instance.before(),
        instance.after(),
        instance.secretPaths(),
        instance.dependencies(),
        instance.group(),
        instance.reason(),
        List.of(
            Diagnostic.warning(
                    "dependency-not-planned",
                    "Not planned",
                    instance.address()
                        + " needs "
                        + missing
                        + ", which could not be planned. It is left alone until that can be.")
                .about(instance.address())));
  }

  /** By address, in order. */
  static Map<String, PlannedInstance> byAddress(List<PlannedInstance> instances) {
    Map<String, PlannedInstance> all = new LinkedHashMap<>();
    instances.forEach(instance -> all.put(instance.address(), instance));
    return all;
  }
}
