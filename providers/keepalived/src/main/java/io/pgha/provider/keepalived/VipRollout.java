package io.pgha.provider.keepalived;

import io.pgha.provider.change.Live;
import io.pgha.provider.rollout.Effect;
import io.pgha.provider.rollout.Gate;
import io.pgha.provider.rollout.Group;
import io.pgha.provider.rollout.RolloutPolicy;
import io.pgha.provider.rollout.Wave;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Members without the address first, the holder last; exactly one holder all the time. */
final class VipRollout implements RolloutPolicy {
  @Override
  public List<Wave> waves(Group group, Map<String, Effect> pending) {
    Set<String> holders =
        group.members().stream()
            .filter(member -> holds(group, member.address()))
            .map(io.pgha.provider.Instance::address)
            .collect(Collectors.toSet());
    List<String> quiet = new ArrayList<>();
    List<String> together = new ArrayList<>();
    List<Wave> waves = new ArrayList<>();
    List<Wave> last = new ArrayList<>();
    new TreeMap<>(pending)
        .forEach((member, effect) -> {
          if (!effect.kind().isDisruptive()) {
            quiet.add(member);
          } else if (effect.kind() == Effect.Kind.OUTAGE) {
            together.add(member);
          } else if (holders.contains(member)) {
            last.add(new Wave(List.of(member), "holds the VIP: last"));
          } else {
            waves.add(new Wave(List.of(member), "without the VIP"));
          }
        });
    if (!together.isEmpty()) {
      waves.addFirst(new Wave(together, "members that disagree would both take the VIP"));
    }
    if (!quiet.isEmpty()) {
      waves.addFirst(new Wave(quiet, ""));
    }
    waves.addAll(last);
    return waves;
  }

  private static boolean holds(Group group, String member) {
    Live live = group.live().get(member);
    return live != null
        && group.members().stream()
            .filter(each -> each.address().equals(member))
            .map(VipConfig::of)
            .anyMatch(vip -> VipLive.holds(vip, live.answers()));
  }

  @Override
  public Gate gate(Group group) {
    List<VipConfig> members = group.members().stream().map(VipConfig::of).toList();
    if (members.isEmpty() || group.removed().size() == members.size()) {
      return Gate.OPEN;
    }
    Set<io.pgha.provider.probe.PlacedProbe> probes = new LinkedHashSet<>();
    members.forEach(member -> probes.addAll(VipLive.holderProbes(member)));
    return new Gate(
        "exactly one host holds " + members.getFirst().address(),
        List.copyOf(probes),
        answers -> VipSteps.verdict(members, answers),
        Duration.ofSeconds(60));
  }
}
