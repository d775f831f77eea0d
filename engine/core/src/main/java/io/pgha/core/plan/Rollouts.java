package io.pgha.core.plan;

import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.provider.Instance;
import io.pgha.provider.change.Action;
import io.pgha.provider.change.Live;
import io.pgha.provider.rollout.Effect;
import io.pgha.provider.rollout.Effect.Kind;
import io.pgha.provider.rollout.Group;
import io.pgha.provider.rollout.RolloutPolicy;
import io.pgha.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The order in which groups are changed. */
public final class Rollouts {
  private Rollouts() {}

  /** The projected order of every group with a pending change; refusals become errors. */
  static List<PlannedRollout> project(
      Map<String, PlannedInstance> planned,
      TypeRegistry types,
      Planner.World world,
      State state,
      Diagnostics diagnostics) {
    List<PlannedRollout> rollouts = new ArrayList<>();
    groups(planned)
        .forEach((name, members) -> {
          Map<String, Effect> pending = new TreeMap<>();
          members.stream()
              .filter(PlannedInstance::isChange)
              .forEach(member -> pending.put(member.address(), effect(member)));
          if (pending.isEmpty()) {
            return;
          }
          RolloutPolicy policy = types.type(members.getFirst().type()).orElseThrow().rollout();
          Group group = group(name, members);
          for (Diagnostic refusal : policy.refuse(group, pending)) {
            diagnostics.add(Findings.placed(refusal, world.configured()));
          }
          rollouts.add(
              new PlannedRollout(
                  name, policy.waves(group, pending), pending, policy.gate(group).description()));
        });
    return rollouts;
  }

  /** The members of every group, changed or not, by the group's name. */
  public static Map<String, List<PlannedInstance>> groups(Map<String, PlannedInstance> planned) {
    Map<String, List<PlannedInstance>> groups = new TreeMap<>();
    planned
        .values()
        .forEach(instance ->
            instance
                .group()
                .ifPresent(
                    name -> groups.computeIfAbsent(name, key -> new ArrayList<>()).add(instance)));
    return groups;
  }

  /** What a member's change does to its group. */
  public static Effect effect(PlannedInstance member) {
    Effect effect = member.change().effect();
    return switch (member.action()) {
      case CREATE -> effect.kind() == Kind.NONE ? new Effect(Kind.BOOTSTRAP, "") : effect;
      case DELETE, REPLACE ->
          effect.kind().isDisruptive() ? effect : new Effect(Kind.REMOVAL, effect.description());
      case NO_OP, UPDATE -> effect;
    };
  }

  /** A group as its members were planned. */
  static Group group(String name, List<PlannedInstance> members) {
    List<Instance> instances = new ArrayList<>();
    Map<String, Live> live = new TreeMap<>();
    Set<String> removed = new TreeSet<>();
    for (PlannedInstance member : members) {
      instances.add(member.instance());
      member.live().ifPresent(found -> live.put(member.address(), found));
      if (member.action() == Action.DELETE) {
        removed.add(member.address());
      }
    }
    return new Group(name, instances, live, removed);
  }
}
