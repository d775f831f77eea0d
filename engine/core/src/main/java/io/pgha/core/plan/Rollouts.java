package io.pgha.core.plan;

import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.provider.Instance;
import io.pgha.provider.change.Action;
import io.pgha.provider.change.Live;
import io.pgha.provider.rollout.Effect;
import io.pgha.provider.rollout.Effect.Kind;
import io.pgha.provider.rollout.Group;
import io.pgha.provider.rollout.RolloutPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The order in which groups are changed. */
public final class Rollouts {
  private Rollouts() {}

  /**
   * The projected order of every group with a pending change. Where a policy refuses, the group's
   * changes can't be planned, and none of them is made.
   */
  static List<PlannedRollout> project(Map<String, PlannedInstance> planned, TypeRegistry types) {
    List<PlannedRollout> rollouts = new ArrayList<>();
    groups(planned)
        .forEach((name, members) -> {
          Map<String, Effect> pending = pending(members);
          if (pending.isEmpty()) {
            return;
          }
          RolloutPolicy policy = types.type(members.getFirst().type()).orElseThrow().rollout();
          Group group = group(name, members);
          List<Diagnostic> refusals =
              policy.refuse(group, pending).stream().filter(Diagnostic::isError).toList();
          if (refusals.isEmpty()) {
            rollouts.add(
                new PlannedRollout(
                    name, policy.waves(group, pending), pending, policy.gate(group).description()));
            return;
          }
          members.stream()
              .filter(PlannedInstance::isChange)
              .forEach(member -> planned.put(member.address(), refused(member, refusals)));
        });
    return rollouts;
  }

  private static PlannedInstance refused(PlannedInstance member, List<Diagnostic> refusals) {
    return member.leftAlone(
        refusals.stream()
            .map(refusal ->
                member
                    .configured()
                    .map(configured -> Findings.placed(refusal, configured))
                    .orElse(refusal.about(member.address())))
            .toArray(Diagnostic[]::new));
  }

  /** The effect of each member that is to be changed. */
  public static Map<String, Effect> pending(List<PlannedInstance> members) {
    Map<String, Effect> pending = new TreeMap<>();
    members.stream()
        .filter(PlannedInstance::isChange)
        .forEach(member -> pending.put(member.address(), effect(member)));
    return pending;
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
      case NO_OP, READ, UPDATE -> effect;
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
