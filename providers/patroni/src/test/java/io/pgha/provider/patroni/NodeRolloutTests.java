package io.pgha.provider.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.provider.change.Live;
import io.pgha.provider.rollout.Effect;
import io.pgha.provider.rollout.Effect.Kind;
import io.pgha.provider.rollout.Group;
import io.pgha.provider.rollout.RolloutPolicy;
import io.pgha.provider.rollout.Wave;
import io.pgha.provider.step.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class NodeRolloutTests {
  private final Fleet fleet = new Fleet();
  private final RolloutPolicy policy = new PatroniNodeType().rollout();

  private Group group(String... removed) {
    Map<String, Live> live = new TreeMap<>();
    for (int number = 1; number <= 3; number++) {
      live.put(Fleet.node(number), fleet.read(Fleet.node(number)));
    }
    return new Group(Fleet.CLUSTER, fleet.world.all("patroni_node"), live, Set.of(removed));
  }

  private static Map<String, Effect> all(Kind kind) {
    Effect effect = new Effect(kind, "");
    return Map.of(Fleet.node(1), effect, Fleet.node(2), effect, Fleet.node(3), effect);
  }

  private List<List<String>> members(Group group, Map<String, Effect> pending) {
    return policy.waves(group, pending).stream().map(Wave::members).toList();
  }

  @Test
  void letsTheFirstNodeBootstrapAloneAndTheOthersFollowTogether() {
    fleet.bare();
    assertThat(members(group(), all(Kind.BOOTSTRAP)))
        .containsExactly(List.of(Fleet.node(1)), List.of(Fleet.node(2), Fleet.node(3)));
  }

  @Test
  void resumesWithTheNodeWhoseDataGotFurthest() {
    fleet
        .bare()
        .disk(1, "entries=9\ntimeline=3\nlocation=0/9000028")
        .disk(2, "entries=9\ntimeline=3\nlocation=0/A000028")
        .disk(3, "entries=9\ntimeline=2\nlocation=1/0");
    assertThat(members(group(), all(Kind.BOOTSTRAP)).getFirst()).containsExactly(Fleet.node(2));
  }

  @Test
  void startsAllAtOnceWhereTheClusterIsThereAlready() {
    fleet.running();
    assertThat(members(group(), all(Kind.BOOTSTRAP)))
        .containsExactly(List.of(Fleet.node(1), Fleet.node(2), Fleet.node(3)));
  }

  @Test
  void disturbsOneMemberAtATimeTheLeaderLast() {
    fleet.running();
    assertThat(members(group(), all(Kind.RELOAD)))
        .containsExactly(List.of(Fleet.node(2)), List.of(Fleet.node(3)), List.of(Fleet.node(1)));
  }

  @Test
  void takesAWholeClusterAwayReplicasFirst() {
    fleet.running();
    Group group = group(Fleet.node(1), Fleet.node(2), Fleet.node(3));
    assertThat(members(group, all(Kind.REMOVAL)))
        .containsExactly(List.of(Fleet.node(2), Fleet.node(3)), List.of(Fleet.node(1)));
    assertThat(policy.refuse(group, all(Kind.REMOVAL))).isEmpty();
    assertThat(policy.gate(group).probes()).isEmpty();
  }

  @Test
  void neverRemovesTheLastRunningMember() {
    fleet.running();
    fleet.http(3, "/patroni", "");
    Group group = group(Fleet.node(1), Fleet.node(2));
    assertThat(policy.refuse(group, Map.of(Fleet.node(1), new Effect(Kind.REMOVAL, ""))))
        .extracting(Diagnostic::code)
        .containsExactly("last-member");
  }

  @Test
  void opensTheGateOnlyForAClusterInStep() {
    fleet.running();
    assertThat(verdict()).isInstanceOf(Verdict.Holds.class);
    for (int number = 1; number <= 3; number++) {
      fleet.http(number, "/cluster", Fleet.VIEW.replace("\"lag\": 0", "\"lag\": 99999999"));
    }
    assertThat(verdict())
        .isEqualTo(
            new Verdict.NotYet(
                "psql-db-2 lags 99999999 bytes behind; psql-db-3 lags 99999999 bytes behind"));
    for (int number = 1; number <= 3; number++) {
      fleet.http(number, "/cluster", Fleet.VIEW.replace("\"leader\"", "\"replica\""));
    }
    assertThat(verdict()).isEqualTo(new Verdict.NotYet("the cluster has no leader"));
    for (int number = 1; number <= 3; number++) {
      fleet.http(number, "/cluster", Fleet.VIEW.replace("\"scope\"", "\"pause\": true, \"scope\""));
    }
    assertThat(verdict().toString()).contains("the cluster is paused");
  }

  private Verdict verdict() {
    return policy.gate(group()).condition().apply(fleet.machines);
  }
}
