package io.pgha.provider.haproxy;

import io.pgha.provider.Instance;
import io.pgha.provider.change.Live;
import io.pgha.provider.probe.MachineFacts;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.probe.UnitFacts;
import io.pgha.provider.rollout.Effect;
import io.pgha.provider.rollout.Gate;
import io.pgha.provider.rollout.Group;
import io.pgha.provider.rollout.RolloutPolicy;
import io.pgha.provider.rollout.Wave;
import io.pgha.provider.step.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One load balancer after the other, the one with the floating address last. */
final class LbRollout implements RolloutPolicy {
  @Override
  public List<Wave> waves(Group group, Map<String, Effect> pending) {
    List<String> together = new ArrayList<>();
    List<String> idle = new ArrayList<>();
    List<String> busy = new ArrayList<>();
    new TreeMap<>(pending)
        .forEach((member, effect) -> {
          if (!effect.kind().isDisruptive()) {
            together.add(member);
          } else if (holdsAddress(group, member)) {
            busy.add(member);
          } else {
            idle.add(member);
          }
        });
    List<Wave> waves = new ArrayList<>();
    if (!together.isEmpty()) {
      waves.add(new Wave(together, ""));
    }
    idle.forEach(
        member -> waves.add(new Wave(List.of(member), busy.isEmpty() ? "" : "without the VIP")));
    busy.forEach(member -> waves.add(new Wave(List.of(member), "holds the VIP: last")));
    return waves;
  }

  private static boolean holdsAddress(Group group, String member) {
    Optional<LbConfig> lb =
        group.members().stream()
            .filter(each -> each.address().equals(member))
            .findFirst()
            .map(LbConfig::of);
    Live live = group.live().get(member);
    return lb.isPresent()
        && live != null
        && LbPlan.holdsFloatingAddress(
            lb.get(),
            live.answers()
                .get(lb.get().host(), new Probe.OfMachine())
                .found()
                .map(MachineFacts::addresses));
  }

  /**
   * At most one member may be down, and one must be up. It is not all of them, so that a broken one
   * can be mended: a member's own last step has seen it in good health.
   */
  @Override
  public Gate gate(Group group) {
    List<LbConfig> members =
        group.members().stream()
            .filter(each -> !group.removed().contains(each.address()))
            .map((Instance each) -> LbConfig.of(each))
            .toList();
    if (members.size() < 2) {
      return Gate.OPEN;
    }
    List<PlacedProbe> probes = new ArrayList<>();
    for (LbConfig member : members) {
      probes.add(new PlacedProbe(member.host(), new Probe.OfUnit(LbLive.UNIT)));
      probes.add(new PlacedProbe(member.host(), LbStatus.probe()));
    }
    return new Gate(
        "haproxy answers on all load balancers but one at most",
        probes,
        answers -> healthy(members, answers),
        Duration.ofSeconds(60));
  }

  private static Verdict healthy(List<LbConfig> members, ProbeResults answers) {
    List<String> down =
        members.stream()
            .filter(member -> !serves(member, answers))
            .map(LbConfig::hostName)
            .toList();
    return Verdict.when(down.size() <= 1, "haproxy is down on " + String.join(", ", down));
  }

  private static boolean serves(LbConfig member, ProbeResults answers) {
    return answers
            .get(member.host(), new Probe.OfUnit(LbLive.UNIT))
            .found()
            .filter(UnitFacts::isActive)
            .isPresent()
        && LbStatus.of(answers.get(member.host(), LbStatus.probe())).answers();
  }
}
