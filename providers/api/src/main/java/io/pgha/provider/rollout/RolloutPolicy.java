package io.pgha.provider.rollout;

import io.pgha.language.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the members of a group are changed. Pure: called at plan for the projected order, and again
 * before every wave at apply, with what is live then and the changes still to make.
 */
public interface RolloutPolicy {
  /** New members at once, then the others one after the other, without a gate. */
  RolloutPolicy ONE_BY_ONE =
      new RolloutPolicy() {
        @Override
        public List<Wave> waves(Group group, Map<String, Effect> pending) {
          List<String> together = new ArrayList<>();
          List<Wave> waves = new ArrayList<>();
          new TreeMap<>(pending)
              .forEach((member, effect) -> {
                if (effect.kind().isDisruptive()) {
                  waves.add(new Wave(List.of(member), ""));
                } else {
                  together.add(member);
                }
              });
          if (!together.isEmpty()) {
            waves.addFirst(new Wave(together, ""));
          }
          return waves;
        }

        @Override
        public Gate gate(Group group) {
          return Gate.OPEN;
        }
      };

  /**
   * The order in which pending members are changed: each exactly once. The engine runs the first
   * wave, asks again for the rest, and so on.
   *
   * @param group the group as it is now
   * @param pending the effect of each member that is still to be changed, by address
   */
  List<Wave> waves(Group group, Map<String, Effect> pending);

  /** What must hold before the first disruptive wave and after every wave. */
  Gate gate(Group group);

  /**
   * Why the pending changes must not be made at all, such as a quorum that would be lost; asked
   * before anything is touched.
   */
  default List<Diagnostic> refuse(Group group, Map<String, Effect> pending) {
    return List.of();
  }
}
