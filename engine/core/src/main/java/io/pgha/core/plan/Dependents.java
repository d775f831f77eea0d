package io.pgha.core.plan;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.provider.change.Action;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

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
      Obstacles obstacles = new Obstacles(planned.values());
      if (obstacles.isEmpty()) {
        return;
      }
      for (PlannedInstance instance : List.copyOf(planned.values())) {
        if (!instance.isPlanned() || !instance.isChange()) {
          continue;
        }
        Optional<Diagnostic> obstacle =
            instance.action() == Action.DELETE || instance.action() == Action.REPLACE
                ? obstacles.stillNeeded(instance)
                : obstacles.missing(instance);
        if (obstacle.isPresent()) {
          planned.put(instance.address(), instance.leftAlone(obstacle.get()));
          more = true;
        }
      }
    }
  }

  /** What can't be planned, by the names that others know it by. */
  private static final class Obstacles {
    /** What was never made, by its address and its resource's. */
    private final Map<String, String> missing = new HashMap<>();

    /** What needs something, by the name of what it needs. */
    private final Map<String, String> users = new HashMap<>();

    Obstacles(Collection<PlannedInstance> planned) {
      for (PlannedInstance instance : planned) {
        String address = instance.address();
        if (instance.isPlanned()) {
          continue;
        }
        if (wasMade(instance)) {
          instance.dependencies().forEach(needed -> users.putIfAbsent(needed, address));
        } else {
          missing.put(address, address);
          missing.putIfAbsent(Named.resource(address), address);
        }
      }
    }

    boolean isEmpty() {
      return missing.isEmpty() && users.isEmpty();
    }

    Optional<Diagnostic> missing(PlannedInstance instance) {
      return instance.dependencies().stream()
          .map(missing::get)
          .filter(Objects::nonNull)
          .findFirst()
          .map(needed ->
              notPlanned(instance, "It needs " + needed + ", which could not be planned."));
    }

    Optional<Diagnostic> stillNeeded(PlannedInstance instance) {
      return Stream.of(instance.address(), Named.resource(instance.address()))
          .map(users::get)
          .filter(Objects::nonNull)
          .findFirst()
          .map(user -> notPlanned(instance, user + " needs it, and could not be planned."));
    }
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
