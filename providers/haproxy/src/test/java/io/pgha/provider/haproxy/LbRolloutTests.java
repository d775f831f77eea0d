package io.pgha.provider.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.provider.probe.MachineFacts;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.rollout.Effect;
import io.pgha.provider.rollout.Gate;
import io.pgha.provider.rollout.Group;
import io.pgha.provider.rollout.Wave;
import io.pgha.provider.step.PlacedStep;
import io.pgha.provider.step.Step;
import io.pgha.provider.step.Verdict;
import io.pgha.provider.testing.FakeInstance;
import io.pgha.provider.testing.FakeMachines;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LbRolloutTests {
  private static final String ONE = "haproxy_lb.main[\"psql-lb-1\"]";
  private static final String TWO = "haproxy_lb.main[\"psql-lb-2\"]";
  private static final Effect RELOAD = new Effect(Effect.Kind.RELOAD, "");
  private static final Effect BOOTSTRAP = new Effect(Effect.Kind.BOOTSTRAP, "");

  private final Fleet fleet = new Fleet();
  private final LbRollout rollout = new LbRollout();

  @BeforeEach
  void makeBoth() {
    fleet.make(fleet.lb(Fleet.LB1, Map.of()));
    fleet.make(fleet.lb(Fleet.LB2, Map.of()));
  }

  private Group group() {
    List<io.pgha.provider.Instance> members = fleet.world.all("haproxy_lb");
    return new Group(
        "load balancers",
        members,
        Map.of(
            ONE, fleet.type.read(members.get(0), fleet.machines),
            TWO, fleet.type.read(members.get(1), fleet.machines)),
        Set.of());
  }

  private Verdict gate() {
    Gate gate = rollout.gate(group());
    return gate.condition().apply(fleet.machines.askedOnly(gate.probes()));
  }

  @Test
  void thoseThatServeTheSameNodesAreAGroup() {
    assertThat(fleet.type.group(fleet.world.get(ONE)))
        .contains("load balancers of patroni_cluster.main")
        .isEqualTo(fleet.type.group(fleet.world.get(TWO)));
  }

  @Test
  void newOnesAreMadeAtOnceAndOthersChangedOneByOne() {
    assertThat(rollout.waves(group(), Map.of(ONE, BOOTSTRAP, TWO, BOOTSTRAP)))
        .extracting(Wave::members)
        .containsExactly(List.of(ONE, TWO));
    assertThat(rollout.waves(group(), Map.of(ONE, RELOAD, TWO, RELOAD)))
        .extracting(Wave::members)
        .containsExactly(List.of(ONE), List.of(TWO));
  }

  @Test
  void theOneWithTheFloatingAddressComesLast() {
    fleet.world.add(
        Neighbour.VIP, "vip.main", Map.of("host", Fleet.LB1, "address", "192.168.228.140"));
    MachineFacts plain = FakeMachines.debian13("psql-lb-1");
    fleet.machines.machine(
        Fleet.LB1,
        new MachineFacts(
            plain.machineId(),
            "psql-lb-1",
            "debian",
            "13",
            "trixie",
            "6",
            "amd64",
            1,
            1,
            List.of("eth0 192.168.228.144/24", "eth0 192.168.228.140/24"),
            0,
            "boot"));
    assertThat(rollout.waves(group(), Map.of(ONE, RELOAD, TWO, RELOAD)))
        .extracting(Wave::members, Wave::reason)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(List.of(TWO), "without the VIP"),
            org.assertj.core.groups.Tuple.tuple(List.of(ONE), "holds the VIP: last"));
  }

  @Test
  void theGateAllowsOneThatIsDownAndNotTwo() {
    assertThat(gate()).isEqualTo(Verdict.holds());
    fleet.status(Fleet.LB1, "asked");
    assertThat(gate()).isEqualTo(Verdict.holds());
    fleet.machines.unit(Fleet.LB2, LbLive.UNIT, true, false);
    assertThat(gate()).isEqualTo(new Verdict.NotYet("haproxy is down on psql-lb-1, psql-lb-2"));
  }

  private Verdict await(FakeInstance lb, int leader) {
    PlacedStep placed = new LbSteps(LbConfig.of(lb)).awaitOneWriter();
    Step.Await await = (Step.Await) placed.step();
    for (PlacedProbe each : await.probes()) {
      if (each.probe() instanceof Probe.OfHttp http) {
        boolean leads = http.url().startsWith("http://192.168.228.14" + leader + ":");
        fleet.machines.http(each.host(), http, leads ? 200 : 503, "");
      }
    }
    return await.condition().apply(fleet.machines.askedOnly(await.probes()));
  }

  @Test
  void exactlyTheLeaderMustBeUpAsWriter() {
    FakeInstance lb = fleet.world.get(ONE);
    assertThat(await(lb, 1)).isEqualTo(Verdict.holds());
    assertThat(await(lb, 2))
        .isEqualTo(
            new Verdict.NotYet(
                "listener production sends writers to psql-db-1; Patroni's leader is psql-db-2"));
    assertThat(await(lb, 0))
        .isEqualTo(
            new Verdict.NotYet(
                "listener production sends writers to psql-db-1; Patroni's leader is nobody"));
    fleet.status(Fleet.LB1, Fleet.stat("production psql-db-1 DOWN"));
    assertThat(await(lb, 0)).isEqualTo(Verdict.holds());
    fleet.machines.answer(Fleet.LB1, LbStatus.probe(), new ProbeResult.Absent<>());
    assertThat(await(lb, 1))
        .isEqualTo(new Verdict.NotYet("haproxy does not answer on /run/haproxy/admin.sock"));
  }

  @Test
  void aSingleOneHasNobodyToWaitFor() {
    Group alone = new Group("one", List.of(fleet.world.get(ONE)), Map.of(), Set.of());
    assertThat(rollout.gate(alone)).isEqualTo(Gate.OPEN);
    assertThat(rollout.waves(alone, Map.of(ONE, RELOAD))).hasSize(1);
  }
}
