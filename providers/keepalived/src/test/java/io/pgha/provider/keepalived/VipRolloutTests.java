package io.pgha.provider.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.provider.rollout.Effect;
import io.pgha.provider.rollout.Gate;
import io.pgha.provider.rollout.Group;
import io.pgha.provider.rollout.Wave;
import io.pgha.provider.step.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VipRolloutTests {
  private static final Effect RELOAD = new Effect(Effect.Kind.RELOAD, "");
  private static final Effect OUTAGE = new Effect(Effect.Kind.OUTAGE, "");

  private final Pair pair = new Pair();
  private final VipRollout rollout = new VipRollout();

  private Group group(Set<String> removed) {
    return new Group(
        "VIP",
        pair.world.all(VipType.NAME),
        Map.of(Pair.name(1), pair.live(1), Pair.name(2), pair.live(2)),
        removed);
  }

  private List<List<String>> waves(Map<String, Effect> pending) {
    return rollout.waves(group(Set.of()), pending).stream().map(Wave::members).toList();
  }

  private Verdict gate() {
    Gate gate = rollout.gate(group(Set.of()));
    return gate.condition().apply(pair.machines.askedOnly(gate.probes()));
  }

  @Test
  void membersOfOneAddressAreAGroup() {
    assertThat(pair.type.group(pair.world.get(Pair.name(1)))).contains("VIP 192.168.228.140");
  }

  @Test
  void theHolderComesLast() {
    pair.make();
    assertThat(waves(Map.of(Pair.name(1), RELOAD, Pair.name(2), RELOAD)))
        .containsExactly(List.of(Pair.name(2)), List.of(Pair.name(1)));
    pair.holds(1, false);
    pair.holds(2, true);
    assertThat(waves(Map.of(Pair.name(1), RELOAD, Pair.name(2), RELOAD)))
        .containsExactly(List.of(Pair.name(1)), List.of(Pair.name(2)));
  }

  @Test
  void membersThatWouldDisagreeChangeTogether() {
    pair.make();
    assertThat(waves(Map.of(Pair.name(1), OUTAGE, Pair.name(2), OUTAGE)))
        .containsExactly(List.of(Pair.name(1), Pair.name(2)));
  }

  @Test
  void theGateIsOpenWithExactlyOneHolder() {
    pair.make();
    assertThat(gate()).isEqualTo(Verdict.holds());
  }

  @Test
  void theGateIsShutWithTwoHoldersOrNone() {
    pair.make();
    pair.holds(2, true);
    assertThat(gate())
        .isEqualTo(
            new Verdict.NotYet("192.168.228.140 is on psql-lb-1 and psql-lb-2 at the same time"));
    pair.holds(1, false);
    pair.holds(2, false);
    pair.says(1, "state fault\n");
    pair.says(2, "");
    assertThat(gate())
        .isEqualTo(
            new Verdict.NotYet(
                "nobody holds 192.168.228.140: psql-lb-1 is in state fault, psql-lb-2 is in state"
                    + " unknown"));
  }

  @Test
  void whenAllGoNothingIsWaitedFor() {
    assertThat(rollout.gate(group(Set.of(Pair.name(1), Pair.name(2))))).isEqualTo(Gate.OPEN);
  }
}
