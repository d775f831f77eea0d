package io.pgha.provider.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.provider.change.Action;
import io.pgha.provider.change.Change;
import io.pgha.provider.probe.FileFacts;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.probe.Reach;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a node is neither made nor changed for. */
final class NodeObstaclesTests {
  private final Fleet fleet = new Fleet();

  private List<String> refusals(Change change) {
    assertThat(change.action()).isEqualTo(Action.NO_OP);
    assertThat(change.prepare()).isEmpty();
    assertThat(change.activate()).isEmpty();
    return change.diagnostics().stream()
        .map(each -> each.summary() + ". " + each.detail())
        .toList();
  }

  @Test
  void refusesAHostWithOtherClustersThatWouldStop() {
    fleet.bare().disk(1, "main=unused\nothers=16/main 17/prod");
    assertThat(refusals(fleet.plan(Fleet.node(1))))
        .containsExactly(
            "Other clusters of PostgreSQL are on psql-db-1. Found 16/main, 17/prod, as"
                + " pg_lsclusters lists them. A node stops and disables postgresql.service, and"
                + " with it whatever runs under it. Nothing was touched. Save what is in them and"
                + " drop each with pg_dropcluster, or use another host.");
  }

  @Test
  void neverStopsAClusterThatSomebodyMadeLater() {
    fleet.running().appliedAll();
    fleet.disk(1, "entries=24\nversion=17\nothers=17/prod");
    assertThat(fleet.plan(Fleet.node(1)).diagnostics()).isEmpty();
    fleet.machines.unit(Fleet.host(1), "postgresql.service", true, true);
    assertThat(refusals(fleet.plan(Fleet.node(1))))
        .singleElement()
        .satisfies(text -> assertThat(text).startsWith("Other clusters of PostgreSQL are on"));
  }

  @Test
  void refusesDataOfAnotherMajorVersion() {
    fleet.running().appliedAll();
    fleet.disk(2, "entries=24\nversion=16");
    assertThat(refusals(fleet.plan(Fleet.node(2))))
        .containsExactly(
            "The data of psql-db-2 is of PostgreSQL 16. /var/lib/patroni was made by PostgreSQL 16,"
                + " but patroni_cluster.main says postgresql_version = 17, whose programs can't read"
                + " it. pgha makes no major upgrades: write postgresql_version = 16, or use another"
                + " data_dir.");
  }

  @Test
  void endpointsOfEtcdNeedNoScheme() {
    fleet.cluster.put("etcd_endpoints", List.of("192.168.228.141:2379", "https://etcd_2:2379/"));
    fleet.declare();
    assertThat(NodeLive.reach(fleet.config(1), fleet.clusterConfig()).ports())
        .extracting(Reach.Port::toString)
        .startsWith("192.168.228.141:2379", "etcd_2:2379", "192.168.228.142:5432");
  }

  @Test
  void closedPortsAreToldBeforehandAndKeepNothingFromBeingMade() {
    fleet.bare();
    Reach reach = NodeLive.reach(fleet.config(1), fleet.clusterConfig());
    assertThat(reach.ports())
        .extracting(Reach.Port::toString)
        .containsExactly(
            "192.168.228.141:2379",
            "192.168.228.142:2379",
            "192.168.228.142:5432",
            "192.168.228.142:8008",
            "192.168.228.143:5432",
            "192.168.228.143:8008");
    fleet.machines.command(
        Fleet.host(1),
        (Probe.OfCommand) reach.probes().getFirst().probe(),
        0,
        "8008 192.168.228.143 No route to host\n5432 192.168.228.142 no answer");
    Change change = fleet.plan(Fleet.node(1));
    assertThat(change.action()).isEqualTo(Action.CREATE);
    assertThat(change.diagnostics())
        .singleElement()
        .satisfies(warning -> {
          assertThat(warning.isError()).isFalse();
          assertThat(warning.summary()).isEqualTo("psql-db-1 does not reach ports that it needs");
          assertThat(warning.detail())
              .contains(
                  "192.168.228.142:5432 (no answer), 192.168.228.143:8008 (No route to host).");
        });
  }

  private void archive(FileFacts.Kind kind, String owner, long entries) {
    fleet.machines.answer(
        Fleet.host(1),
        new Probe.OfFile("/srv/wal", Probe.Content.NONE),
        new ProbeResult.Found<>(
            new FileFacts(
                kind, 0755, owner, owner, entries, Optional.empty(), Optional.empty(), false)));
  }

  @Test
  void takesOverNoFolderOfOthersForTheArchive() {
    fleet.cluster.put("archive_directory", "/srv/wal");
    fleet.declare();
    fleet.bare();
    archive(FileFacts.Kind.DIRECTORY, "backup", 3);
    assertThat(refusals(fleet.plan(Fleet.node(1))))
        .containsExactly(
            "/srv/wal belongs to somebody else. The folder holds something and is owned by backup."
                + " As archive_directory it would be given to postgres alone, and deleted with the"
                + " node where delete_data_on_destroy is true. It was left untouched. Name a folder"
                + " that is not there yet, or an empty one.");
    archive(FileFacts.Kind.SYMLINK, "postgres", 0);
    assertThat(refusals(fleet.plan(Fleet.node(1))))
        .singleElement()
        .satisfies(text -> assertThat(text).contains("It is no folder."));
    archive(FileFacts.Kind.DIRECTORY, "backup", 0);
    assertThat(fleet.plan(Fleet.node(1)).action()).isEqualTo(Action.CREATE);
    archive(FileFacts.Kind.DIRECTORY, "postgres", 3);
    assertThat(fleet.plan(Fleet.node(1)).action()).isEqualTo(Action.CREATE);
  }

  @Test
  void looksAtTheArchiveOfANodeThatGetsOneLaterAndMendsItsOwn() {
    fleet.running().appliedAll();
    fleet.cluster.put("archive_directory", "/srv/wal");
    fleet.declare();
    archive(FileFacts.Kind.DIRECTORY, "backup", 3);
    assertThat(refusals(fleet.plan(Fleet.node(1)))).hasSize(1);
    archive(FileFacts.Kind.DIRECTORY, "postgres", 3);
    fleet.applied(Fleet.node(1));
    archive(FileFacts.Kind.DIRECTORY, "backup", 3);
    assertThat(fleet.plan(Fleet.node(1)).diagnostics()).isEmpty();
  }

  @Test
  void movesNoServerThatRuns() {
    fleet.running().appliedAll();
    fleet.node.put("port", 5433);
    fleet.declare();
    assertThat(refusals(fleet.plan(Fleet.node(2))))
        .containsExactly(
            "A running PostgreSQL can't be moved to 192.168.228.142:5433. The server of psql-db-2"
                + " listens on 192.168.228.142:5432, and takes another address or port only when it"
                + " is started. Write the former listen_address and port again; or move one node"
                + " after the other: take it out of the configuration, apply, declare it with the"
                + " new ones and apply again. Its data is kept unless delete_data_on_destroy is"
                + " true.");
    fleet.node.remove("port");
    fleet.node.put("listen_address", "0.0.0.0");
    fleet.declare();
    assertThat(refusals(fleet.plan(Fleet.node(2)))).hasSize(1);
    fleet.node.put("listen_address", "192.168.228.142");
    fleet.declare();
    assertThat(fleet.plan(Fleet.node(2)).diagnostics()).isEmpty();
  }

  @Test
  void startsAStoppedServerWhereItIsToListenNow() {
    fleet.running().appliedAll();
    fleet.node.put("port", 5433);
    fleet.declare();
    fleet.http(2, "/patroni", "").machines.unit(Fleet.host(2), "patroni.service", true, false);
    Change change = fleet.plan(Fleet.node(2));
    assertThat(change.diagnostics()).isEmpty();
    assertThat(Fleet.words(change.activate()))
        .contains("write /etc/patroni/config.yml", "systemctl start patroni.service");
  }
}
