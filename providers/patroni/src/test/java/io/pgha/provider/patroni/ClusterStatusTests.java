package io.pgha.provider.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.language.value.AttributePath;
import io.pgha.language.value.Bool;
import io.pgha.language.value.Num;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.provider.DataType.Reading;
import io.pgha.provider.Instance;
import io.pgha.provider.change.Live;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClusterStatusTests {
  private final Fleet fleet = new Fleet();
  private final ClusterStatusType type = new ClusterStatusType();

  private Reading read() {
    Instance status =
        fleet.world.add(type, "data.patroni_cluster.main", Map.of("cluster", Fleet.CLUSTER));
    return type.read(status, fleet.machines.askedOnly(type.probes(status)));
  }

  private ObjectValue found() {
    return ((Reading.Found) read()).attributes();
  }

  @Test
  void saysWhoLeadsAndHowTheOthersAre() {
    fleet.running();
    ObjectValue status = found();
    assertThat(status.get("leader")).isEqualTo(new Str("psql-db-1"));
    assertThat(status.get("timeline")).isEqualTo(Num.of(1));
    assertThat(status.get("paused")).isEqualTo(Bool.FALSE);
    assertThat(AttributePath.parse("members[\"psql-db-2\"].state").in(status))
        .contains(new Str("streaming"));
    assertThat(AttributePath.parse("members[\"psql-db-2\"].lag").in(status)).contains(Num.of(0));
    assertThat(AttributePath.parse("members[\"psql-db-1\"].role").in(status))
        .contains(new Str("leader"));
  }

  @Test
  void thatNobodyLeadsIsNoError() {
    fleet.running();
    for (int number = 1; number <= 3; number++) {
      fleet.machines.http(
          Fleet.host(number),
          Probe.OfHttp.get("http://192.168.228.14" + number + ":8008/cluster"),
          200,
          Fleet.VIEW.replace("\"leader\"", "\"replica\""));
    }
    assertThat(found().get("leader").isNull()).isTrue();
    assertThat(found().get("timeline").isNull()).isTrue();
  }

  @Test
  void whoIsSilentIsNotGone() {
    fleet.bare();
    ClusterConfig cluster = ClusterConfig.of(fleet.world.get(Fleet.CLUSTER));
    assertThat(ClusterLive.of(cluster, fleet.machines).live().presence())
        .as("etcd says that there is none")
        .isEqualTo(Live.Presence.ABSENT);
    for (int number = 1; number <= 3; number++) {
      fleet.machines.answer(
          Fleet.host(number), EtcdKeys.probe(cluster), new ProbeResult.Failed<>("no answer"));
    }
    assertThat(ClusterLive.of(cluster, fleet.machines).live().presence())
        .isEqualTo(Live.Presence.UNKNOWN);
    Instance role =
        fleet.world.add(
            new PostgresRoleType(), "pg_role.a", Map.of("cluster", Fleet.CLUSTER, "name", "a"));
    assertThat(new PostgresRoleType().read(role, fleet.machines).presence())
        .isEqualTo(Live.Presence.UNKNOWN);
    Instance database =
        fleet.world.add(
            new PostgresDatabaseType(),
            "pg_database.a",
            Map.of("cluster", Fleet.CLUSTER, "name", "a"));
    assertThat(new PostgresDatabaseType().read(database, fleet.machines).presence())
        .isEqualTo(Live.Presence.UNKNOWN);
  }

  @Test
  void thatNobodyAnswersIs() {
    fleet.bare();
    assertThat(read())
        .isInstanceOfSatisfying(
            Reading.Failed.class,
            failed ->
                assertThat(failed.why().summary() + ": " + failed.why().detail())
                    .isEqualTo(
                        "No member of the cluster answers: None of its nodes tells who leads. See"
                            + " why with patronictl list on one of them."));
  }
}
