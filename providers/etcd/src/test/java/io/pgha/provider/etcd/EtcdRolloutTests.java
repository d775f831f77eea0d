package io.pgha.provider.etcd;

import static io.pgha.provider.etcd.EtcdFleet.address;
import static io.pgha.provider.etcd.EtcdFleet.peers;
import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.provider.rollout.Effect;
import io.pgha.provider.rollout.Gate;
import io.pgha.provider.rollout.Group;
import io.pgha.provider.rollout.Wave;
import io.pgha.provider.step.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EtcdRolloutTests {
  private static final Effect RESTART = new Effect(Effect.Kind.RESTART, "restart");
  private static final Effect BOOTSTRAP = new Effect(Effect.Kind.BOOTSTRAP, "");
  private static final Effect REMOVAL = new Effect(Effect.Kind.REMOVAL, "member leaves");

  private final EtcdRollout rollout = new EtcdRollout();

  private List<List<String>> waves(Group group, Map<String, Effect> pending) {
    return rollout.waves(group, pending).stream().map(Wave::members).toList();
  }

  @Test
  void theFirstStartTakesAllAtOnce() {
    EtcdFleet fleet = new EtcdFleet().declare(peers(1, 2, 3), 1, 2, 3);
    assertThat(
            waves(
                fleet.group(Set.of(), 1, 2, 3),
                Map.of(address(1), BOOTSTRAP, address(2), BOOTSTRAP, address(3), BOOTSTRAP)))
        .containsExactly(List.of(address(1), address(2), address(3)));
  }

  @Test
  void restartsGoOneByOneTheLeaderLast() {
    EtcdFleet fleet = EtcdFleet.made().leads(1);
    assertThat(
            waves(
                fleet.group(Set.of(), 1, 2, 3),
                Map.of(address(1), RESTART, address(2), RESTART, address(3), RESTART)))
        .containsExactly(List.of(address(2)), List.of(address(3)), List.of(address(1)));
  }

  @Test
  void newMembersJoinOneAfterTheOther() {
    EtcdFleet fleet = EtcdFleet.made().declare(peers(1, 2, 3, 4, 5), 1, 2, 3, 4, 5);
    assertThat(
            waves(
                fleet.group(Set.of(), 1, 2, 3, 4, 5),
                Map.of(address(1), Effect.NONE, address(4), BOOTSTRAP, address(5), BOOTSTRAP)))
        .containsExactly(List.of(address(1)), List.of(address(4)), List.of(address(5)));
  }

  @Test
  void oneThatItsClusterWasBegunWithIsNoNewMember() {
    EtcdFleet fleet = new EtcdFleet().declare(peers(1, 2, 3), 1, 2, 3);
    fleet.runs(1, true).runs(2, true).listed(3, "etcd-3", false, false);
    assertThat(
            rollout.waves(fleet.group(Set.of(), 1, 2, 3), Map.of(address(3), BOOTSTRAP)).stream()
                .map(Wave::reason))
        .containsExactly("");
  }

  @Test
  void theGateWaitsForEveryMemberThatHasJoined() {
    EtcdFleet fleet = EtcdFleet.made();
    Gate gate = rollout.gate(fleet.group(Set.of(), 1, 2, 3));
    assertThat(gate.condition().apply(fleet.machines)).isEqualTo(Verdict.holds());
    fleet.runs(2, false);
    fleet.group(Set.of(), 1, 2, 3);
    assertThat(gate.condition().apply(fleet.machines))
        .isEqualTo(new Verdict.NotYet("not healthy: etcd-2"));
  }

  @Test
  void aRestartThatWouldCostTheQuorumIsRefused() {
    EtcdFleet fleet = EtcdFleet.made().runs(2, false);
    List<Diagnostic> refusals =
        rollout.refuse(fleet.group(Set.of(), 1, 2, 3), Map.of(address(1), RESTART));
    assertThat(refusals)
        .singleElement()
        .satisfies(error ->
            assertThat(error.detail())
                .isEqualTo(
                    "2 of its 3 members are healthy; with this change (restart) 1 would be left,"
                        + " and 2 are needed. Nothing was touched. Bring the other members back"
                        + " first: a plan shows what is wrong with them."));
  }

  @Test
  void aMemberThatIsDownAnywayMayBeRestarted() {
    EtcdFleet fleet = EtcdFleet.made().runs(2, false);
    assertThat(rollout.refuse(fleet.group(Set.of(), 1, 2, 3), Map.of(address(2), RESTART)))
        .isEmpty();
  }

  @Test
  void aDeadMemberMayBeTakenOffTheList() {
    EtcdFleet fleet = EtcdFleet.made().declare(peers(1, 2, 3, 4), 4).runs(4, false);
    assertThat(rollout.refuse(fleet.group(Set.of(), 1, 2, 3), Map.of(address(1), REMOVAL)))
        .isEmpty();
  }

  @Test
  void theWholeClusterMayGoAtOnce() {
    EtcdFleet fleet = EtcdFleet.made();
    Set<String> all = Set.of(address(1), address(2), address(3));
    Group group = fleet.group(all, 1, 2, 3);
    Map<String, Effect> pending =
        Map.of(address(1), REMOVAL, address(2), REMOVAL, address(3), REMOVAL);
    assertThat(rollout.refuse(group, pending)).isEmpty();
    assertThat(waves(group, pending)).containsExactly(List.of(address(1), address(2), address(3)));
    assertThat(rollout.gate(group)).isEqualTo(Gate.OPEN);
  }

  @Test
  void twoOfThreeMayNotGo() {
    EtcdFleet fleet = EtcdFleet.made().runs(3, false);
    Group group = fleet.group(Set.of(address(1), address(2)), 1, 2, 3);
    assertThat(rollout.refuse(group, Map.of(address(1), REMOVAL, address(2), REMOVAL))).hasSize(2);
  }
}
