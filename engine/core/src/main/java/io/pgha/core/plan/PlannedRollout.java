package io.pgha.core.plan;

import io.pgha.provider.rollout.Effect;
import io.pgha.provider.rollout.Wave;
import java.util.List;
import java.util.Map;

/**
 * The order in which the members of a group are to be changed, as it looks now; apply asks again
 * before every wave.
 *
 * @param group the group's name
 * @param waves the order
 * @param effects what each member's change does, by address
 * @param gate what must hold between the waves, in words; may be empty
 */
public record PlannedRollout(
    String group, List<Wave> waves, Map<String, Effect> effects, String gate) {
  public PlannedRollout {
    waves = List.copyOf(waves);
    effects = Map.copyOf(effects);
  }
}
