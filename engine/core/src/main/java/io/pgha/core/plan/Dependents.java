package io.pgha.core.plan;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.provider.change.Action;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Skips what needs an instance that could not be planned. */
final class Dependents {
  private Dependents() {}

  /**
   * Marks as obstructed what needs something that was never made and can't be planned, and what
   * would be taken away from under something that can't be planned. An instance that was completely
   * applied before still serves those that need it.
   */
  static void obstruct(Map<String, PlannedInstance> planned) {
    boolean more = true;
    while (more) {
      more = false;
      for (PlannedInstance instance : List.copyOf(planned.values())) {
        if (!instance.isPlanned() || !instance.isChange()) {
          continue;
        }
        Optional<Diagnostic> obstacle =
            instance.action() == Action.DELETE || instance.action() == Action.REPLACE
                ? stillNeeded(instance, planned)
                : missing(instance, planned);
        if (obstacle.isPresent()) {
          planned.put(instance.address(), instance.leftAlone(obstacle.get()));
          more = true;
        }
      }
    }
  }

  private static Optional<Diagnostic> missing(
      PlannedInstance instance, Map<String, PlannedInstance> planned) {
    return instance.dependencies().stream()
        .map(planned::get)
        .filter(needed -> needed != null && !needed.isPlanned() && !wasMade(needed))
        .findFirst()
        .map(needed ->
            notPlanned(instance, "It needs " + needed.address() + ", which could not be planned."));
  }

  private static Optional<Diagnostic> stillNeeded(
      PlannedInstance instance, Map<String, PlannedInstance> planned) {
    return planned.values().stream()
        .filter(user ->
            !user.isPlanned() && wasMade(user) && user.dependencies().contains(instance.address()))
        .findFirst()
        .map(user -> notPlanned(instance, user.address() + " needs it, and could not be planned."));
  }

  private static Diagnostic notPlanned(PlannedInstance instance, String why) {
    return Diagnostic.warning(
            "dependency-not-planned",
            "Not planned: " + instance.address(),
            why + " It is left alone until that can be.")
        .about(instance.address());
  }

  private static boolean wasMade(PlannedInstance needed) {
    return !needed.before().attributes().isEmpty();
  }
}
