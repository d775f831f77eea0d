package io.pgha.provider.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.Type;
import io.pgha.language.value.Unknown;
import io.pgha.provider.change.Action;
import io.pgha.provider.change.ArtifactChange;
import io.pgha.provider.change.Change;
import io.pgha.provider.change.Live;
import io.pgha.provider.rollout.Effect;
import io.pgha.provider.step.Fragment;
import io.pgha.provider.step.PlacedStep;
import io.pgha.provider.step.Step;
import io.pgha.provider.testing.FakeInstance;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PatroniNodeTests {
  private final Fleet fleet = new Fleet();

  @Test
  void writesTheFileOfTheGuideWithItsSecretsHidden() {
    assertThat(
            Fragment.show(
                NodeFile.content(fleet.config(1), fleet.clusterConfig(), Optional.empty())))
        .isEqualTo(
            """
            # Written by pgha, which undoes changes made here.
            scope: postgres
            namespace: /db/
            name: psql-db-1
            restapi:
              listen: '192.168.228.141:8008'
              connect_address: '192.168.228.141:8008'
              authentication:
                username: patroni
                password: (sensitive)
            etcd3:
              hosts:
                - '192.168.228.141:2379'
                - '192.168.228.142:2379'
            bootstrap:
              dcs:
                ttl: 30
                loop_wait: 10
                retry_timeout: 10
                maximum_lag_on_failover: 1048576
                postgresql:
                  use_pg_rewind: true
                  use_slots: true
                  parameters:
                    archive_timeout: '1800s'
                    max_connections: 100
                    wal_keep_size: '128MB'
                    wal_level: replica
                    wal_log_hints: 'on'
              initdb:
                - auth: scram-sha-256
                - encoding: UTF8
                - data-checksums
            postgresql:
              listen: '192.168.228.141:5432'
              connect_address: '192.168.228.141:5432'
              data_dir: /var/lib/patroni
              bin_dir: /usr/lib/postgresql/17/bin
              pgpass: /var/lib/postgresql/.pgpass_patroni
              pg_hba:
                - local all postgres peer
                - host replication replicator 192.168.228.141/32 scram-sha-256
                - host all all 0.0.0.0/0 scram-sha-256
              authentication:
                superuser:
                  username: postgres
                  password: (sensitive)
                replication:
                  username: replicator
                  password: (sensitive)
            tags:
              nofailover: false
            """);
    assertThat(
            Fragment.reveal(
                NodeFile.content(fleet.config(1), fleet.clusterConfig(), Optional.empty())))
        .contains("password: \"s3cret\\\"rest\"\n");
  }

  @Test
  void hidesWhatIsPassedOnAndCameMarkedAsSensitive() {
    fleet.cluster.put(
        "node_settings",
        Map.of("log", Map.of("level", "INFO", "static_fields", Map.of("token", "hush-1"))));
    fleet.cluster.put("recovery_conf", Map.of("restore_command", "fetch hush-2"));
    fleet.cluster.put(
        "dynamic_settings", Map.of("ignore_slots", List.of(Map.of("name", "hush-3"))));
    fleet.node.put("settings", Map.of("watchdog", Map.of("safety_margin", 77)));
    fleet.parameters.put("archive_command", "push hush-4");
    fleet.declare();
    fleet
        .world
        .get(Fleet.CLUSTER)
        .sensitive(
            "node_settings.log.static_fields.token",
            "recovery_conf",
            "dynamic_settings.ignore_slots[0].name",
            "parameters[\"archive_command\"]",
            "pg_hba[2]");
    fleet.world.get(Fleet.node(1)).sensitive("settings.watchdog");
    List<Fragment> content =
        NodeFile.content(fleet.config(1), fleet.clusterConfig(), Optional.empty());
    assertThat(Fragment.show(content))
        .contains(
            "  level: INFO\n",
            "    token: (sensitive)\n",
            "        restore_command: (sensitive)\n",
            "      - name: (sensitive)\n",
            "        archive_command: (sensitive)\n        archive_timeout: '1800s'\n",
            "  safety_margin: (sensitive)\n",
            "    - (sensitive)\n")
        .doesNotContain("hush", "77", "0.0.0.0/0");
    assertThat(Fragment.reveal(content))
        .contains(
            "token: \"hush-1\"",
            "restore_command: \"fetch hush-2\"",
            "- name: \"hush-3\"",
            "archive_command: \"push hush-4\"",
            "safety_margin: 77\n",
            "- \"host all all 0.0.0.0/0 scram-sha-256\"");
  }

  @Test
  void hidesTheValuesOfAKeptBootstrapSectionWhereSomeAreSensitive() {
    fleet.parameters.put("archive_command", "push hush");
    fleet.declare();
    fleet.world.get(Fleet.CLUSTER).sensitive("parameters[\"archive_command\"]");
    String section =
        """
        bootstrap:
          dcs:
            ttl: 30
            postgresql:
              parameters:
                archive_command: 'push: hush'
          initdb:
            - auth: scram-sha-256
            - data-checksums
        """;
    List<Fragment> content =
        NodeFile.content(fleet.config(1), fleet.clusterConfig(), Optional.of(section));
    assertThat(Fragment.reveal(content)).contains(section);
    assertThat(Fragment.show(content))
        .contains(
            """
            bootstrap:
              dcs:
                ttl: (sensitive)
                postgresql:
                  parameters:
                    archive_command: (sensitive)
              initdb:
                - auth: (sensitive)
                - (sensitive)
            postgresql:
            """);
  }

  @Test
  void makesABareNodeInTheOrderThatNeverStartsACluster() {
    fleet.bare();
    Change change = fleet.plan(Fleet.node(1));
    assertThat(fleet.read(Fleet.node(1)).presence()).isEqualTo(Live.Presence.ABSENT);
    assertThat(change.action()).isEqualTo(Action.CREATE);
    assertThat(Fleet.words(change.prepare()))
        .containsExactly(
            "set create_main_cluster = false, so that the package makes no cluster of its own",
            "install patroni, postgresql-17, python3-etcd, python3-psycopg2",
            "systemctl disable postgresql.service",
            "make directory /var/lib/patroni");
    assertThat(Fleet.words(change.activate()))
        .containsExactly(
            "wait until etcd answers, and has a leader if the cluster was ever bootstrapped",
            "write /etc/patroni/config.yml",
            "systemctl enable patroni.service",
            "systemctl start patroni.service",
            "wait until psql-db-1 is a member",
            "wake the leader, so that it makes the replication slot of psql-db-1 now",
            "wait until psql-db-1 leads or streams");
  }

  @Test
  void isDoneWhenAllIsAsDeclared() {
    fleet.running().appliedAll();
    for (int number = 1; number <= 3; number++) {
      Change change = fleet.plan(Fleet.node(number));
      assertThat(change.action()).isEqualTo(Action.NO_OP);
      assertThat(change.diagnostics()).isEmpty();
    }
  }

  @Test
  void isDoneRightAfterItWasMadeToo() {
    fleet.running();
    assertThat(fleet.plan(Fleet.node(2), false, true).action()).isEqualTo(Action.NO_OP);
  }

  @Test
  void leavesTheBootstrapSectionAloneWhenTheClustersSettingsChange() {
    fleet.running().appliedAll();
    fleet.parameters.put("work_mem", "8MB");
    fleet.declare();
    assertThat(fleet.plan(Fleet.node(2)).action()).isEqualTo(Action.NO_OP);
  }

  @Test
  void reloadsAnEditedFileAndNeverRestarts() {
    fleet.running().appliedAll();
    String text =
        Fragment.reveal(NodeFile.content(fleet.config(2), fleet.clusterConfig(), Optional.empty()));
    fleet.machines.file(
        Fleet.host(2),
        NodeFile.PATH,
        text.replace("nofailover: false", "nofailover: true"),
        0666,
        "root",
        "postgres");
    Change change = fleet.plan(Fleet.node(2));
    assertThat(change.action()).isEqualTo(Action.UPDATE);
    assertThat(change.effect().kind()).isEqualTo(Effect.Kind.RELOAD);
    assertThat(change.artifacts())
        .singleElement()
        .satisfies(artifact -> {
          assertThat(artifact.summary()).isEqualTo("content, mode 0666 -> 0640");
          assertThat(artifact.reason()).isEqualTo("changed outside pgha");
          assertThat(artifact.diff()).contains("-  nofailover: true", "+  nofailover: false");
        });
    assertThat(Fleet.words(change.activate()))
        .containsExactly(
            "write /etc/patroni/config.yml",
            "systemctl reload patroni.service",
            "wait until psql-db-2 leads or streams");
  }

  @Test
  void makesUpForAReloadThatWasCutOff() {
    fleet.running().appliedAll();
    fleet.node.put("tags", Map.of("nofailover", "true"));
    fleet.declare();
    fleet.machines.run(fleet.plan(Fleet.node(2)).activate().subList(0, 1));
    fleet.applied(Fleet.node(2));
    Change change = fleet.plan(Fleet.node(2));
    assertThat(change.action()).isEqualTo(Action.UPDATE);
    assertThat(change.effect().kind()).isEqualTo(Effect.Kind.RELOAD);
    assertThat(change.artifacts())
        .extracting(artifact -> artifact.summary() + ": " + artifact.reason())
        .containsExactly(
            "runs with an older configuration -> reloaded: /etc/patroni/config.yml was written"
                + " after patroni was last started or reloaded");
    assertThat(Fleet.words(change.activate()))
        .containsExactly(
            "systemctl reload patroni.service", "wait until psql-db-2 leads or streams");
    fleet.machines.run(change.activate());
    assertThat(fleet.plan(Fleet.node(2)).action()).isEqualTo(Action.NO_OP);
  }

  @Test
  void mendsAModeWithoutAReload() {
    fleet.running().appliedAll();
    String text =
        Fragment.reveal(NodeFile.content(fleet.config(1), fleet.clusterConfig(), Optional.empty()));
    fleet.machines.file(Fleet.host(1), NodeFile.PATH, text, 0644, "root", "postgres");
    Change change = fleet.plan(Fleet.node(1));
    assertThat(change.effect()).isEqualTo(Effect.NONE);
    assertThat(Fleet.words(change.activate()))
        .containsExactly("set /etc/patroni/config.yml to 0640 root:postgres");
  }

  @Test
  void startsAndEnablesAStoppedNodeWithItsData() {
    fleet.running().appliedAll();
    fleet.machines.unit(Fleet.host(3), "patroni.service", false, false);
    Change change = fleet.plan(Fleet.node(3));
    assertThat(change.effect())
        .isEqualTo(new Effect(Effect.Kind.BOOTSTRAP, "start of a stopped node"));
    assertThat(change.artifacts())
        .extracting(ArtifactChange::summary)
        .containsExactly("disabled -> enabled, stopped -> running");
    assertThat(Fleet.words(change.activate()))
        .startsWith("systemctl enable patroni.service", "systemctl start patroni.service")
        .endsWith("wait until psql-db-3 leads or streams");
  }

  @Test
  void warnsOfANodeThatDoesNotStreamButLeavesItToPatroni() {
    fleet.running().appliedAll();
    fleet.http(
        2,
        "/cluster",
        Fleet.VIEW.replaceFirst("\"state\": \"streaming\"", "\"state\": \"starting\""));
    Change change = fleet.plan(Fleet.node(2));
    assertThat(change.action()).isEqualTo(Action.NO_OP);
    assertThat(change.diagnostics())
        .extracting(Diagnostic::detail)
        .containsExactly(
            "psql-db-2 is starting, not streaming. Patroni brings it back by itself where it can;"
                + " where it stays so, see patronictl list and, for a replica that can't, patronictl"
                + " reinit.");
  }

  @Test
  void warnsOfANodeThatIsNoMember() {
    fleet.running().appliedAll();
    fleet.http(2, "/cluster", Fleet.VIEW.replace("psql-db-2", "psql-db-9"));
    assertThat(fleet.plan(Fleet.node(2)).diagnostics())
        .extracting(Diagnostic::summary)
        .containsExactly("psql-db-2 is no member of its cluster");
  }

  @Test
  void refusesAPatroniThatIsTooOld() {
    fleet.running().appliedAll();
    fleet.machines.software(Fleet.host(2), "patroni", "3.3.2-1", false);
    assertThat(fleet.plan(Fleet.node(2)).diagnostics())
        .extracting(each -> each.code() + ": " + each.summary() + ": " + each.detail())
        .containsExactly(
            "patroni-too-old: Patroni on this machine is too old: The package patroni is 3.3.2-1,"
                + " but pgha needs 4.0 or newer. Install it from PGDG, which has it for every"
                + " release that pgha supports: see apt_sources of host.");
    fleet.machines.software(Fleet.host(2), "patroni", "1:10.0~rc1", false);
    assertThat(fleet.plan(Fleet.node(2)).diagnostics()).isEmpty();
  }

  @Test
  void saysWhatForeignDataItFound() {
    fleet.bare().disk(1, "entries=24\nversion=16\nidentifier=42");
    Live live = fleet.read(Fleet.node(1));
    assertThat(live.presence()).isEqualTo(Live.Presence.PRESENT);
    assertThat(live.found())
        .isEqualTo(
            "Found a data directory /var/lib/patroni of PostgreSQL 16 (system identifier 42) that"
                + " this configuration did not make.");
  }

  @Test
  void resumesWithDataThatItsOwnDestroyKept() {
    fleet.bare().disk(1, "entries=24\nversion=17\nidentifier=42\nkept=/db/postgres/ psql-db-1");
    assertThat(fleet.read(Fleet.node(1)).presence()).isEqualTo(Live.Presence.ABSENT);
    assertThat(Fleet.words(fleet.plan(Fleet.node(1)).activate()))
        .contains("remove /var/lib/patroni/pgha-kept")
        .doesNotContain(
            "wait until etcd answers, and has a leader if the cluster was ever bootstrapped");
    fleet.disk(1, "entries=24\nversion=17\nidentifier=42\nkept=/db/other/ psql-db-1");
    assertThat(fleet.read(Fleet.node(1)).presence()).isEqualTo(Live.Presence.PRESENT);
  }

  @Test
  void dropsAnEmptyMainClusterButNeverOneWithData() {
    fleet.bare().disk(1, "main=unused");
    assertThat(Fleet.words(fleet.plan(Fleet.node(1)).prepare()))
        .contains("drop the package's own, empty cluster 17/main");
    fleet.disk(
        1, "main=used\nwhy=/etc/postgresql/17/main/postgresql.conf says data_directory = '/d'");
    assertThat(fleet.read(Fleet.node(1)).presence())
        .as("it can't be imported as a node")
        .isEqualTo(Live.Presence.ABSENT);
    assertThat(fleet.plan(Fleet.node(1), false, true).diagnostics())
        .singleElement()
        .satisfies(error -> {
          assertThat(error.code()).isEqualTo("used-main-cluster");
          assertThat(error.detail())
              .startsWith(
                  "Found PostgreSQL's cluster 17/main, which is not proven to be unused:"
                      + " /etc/postgresql/17/main/postgresql.conf says data_directory = '/d'.");
        });
  }

  @Test
  void handsOverBeforeTheLeaderGoesAndKeepsItsData() {
    fleet.running().appliedAll();
    Change change = fleet.plan(Fleet.node(1), true, true);
    assertThat(change.action()).isEqualTo(Action.DELETE);
    assertThat(Fleet.words(change.activate()))
        .containsExactly(
            "hand over to a replica: psql-db-1 leads",
            "wait until another node leads",
            "systemctl stop patroni.service",
            "systemctl disable patroni.service",
            "take psql-db-1 out of the list of members in etcd",
            "have the leader drop the replication slot of psql-db-1",
            "remove /etc/patroni/config.yml",
            "write /var/lib/patroni/pgha-kept",
            "remove /var/lib/postgresql/.pgpass_patroni and what kept the package from making a"
                + " cluster");
    assertThat(change.diagnostics()).extracting(Diagnostic::code).containsExactly("data-kept");
  }

  @Test
  void namesASlotAsPatroniDoes() {
    assertThat(SlotRemoval.slot("psql-db-1.Example")).isEqualTo("psql_db_1_example");
    assertThat(SlotRemoval.slot("db#1")).isEqualTo("dbu00351");
  }

  @Test
  void putsTheTimeThatSlotsAreKeptForBackToWhatItWas() {
    fleet.running().appliedAll();
    assertThat(slotScript(fleet.plan(Fleet.node(2), true, true)))
        .contains("patch '{\"member_slots_ttl\":null}'");
    fleet.etcd(
        Map.of(
            "initialize", "7711187048642195097",
            "leader", "psql-db-1",
            "config", "{\"ttl\": 30, \"member_slots_ttl\": \"5min\"}"));
    assertThat(slotScript(fleet.plan(Fleet.node(2), true, true)))
        .contains("patch '{\"member_slots_ttl\":\"5min\"}'")
        .doesNotContain("s3cret");
  }

  private static String slotScript(Change change) {
    return change.activate().stream()
        .map(PlacedStep::step)
        .filter(step -> step.describe().contains("replication slot"))
        .map(step -> ((Step.RunScript) step).script())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void failsWhereAKeyInEtcdCanNotBeDeleted() throws Exception {
    String script = EtcdGateway.of(fleet.clusterConfig()).delete(EtcdGateway.key("/a"));
    Sh run = Sh.run("curl() { return 7; }\n" + script);
    assertThat(run.said())
        .isEqualTo(
            "none of the etcd endpoints deleted the keys, so they are still there: bring a majority"
                + " of the etcd members up and apply again\n");
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void deletesDataOnlyWhereItIsAskedFor() {
    fleet.cluster.put("delete_data_on_destroy", true);
    fleet.declare();
    fleet.running().appliedAll();
    Change change = fleet.plan(Fleet.node(2), true, true);
    assertThat(Fleet.words(change.activate()))
        .contains("remove directory /var/lib/patroni")
        .doesNotContain("write /var/lib/patroni/pgha-kept", "wait until another node leads");
  }

  @Test
  void showsNoSecretInAnyStepOrDifference() {
    fleet.bare();
    Change change = fleet.plan(Fleet.node(1));
    assertThat(List.of(change.artifacts(), change.prepare(), change.activate()).toString())
        .doesNotContain("s3cret");
  }

  @Test
  void whatDependsOnSomethingThatIsNotKnownYetIsNotKnown() {
    FakeInstance node =
        fleet.world.add(
            new PatroniNodeType(),
            "patroni_node.late",
            Map.of(
                "host",
                Fleet.host(1),
                "cluster",
                Fleet.CLUSTER,
                "rest_port",
                Unknown.of(Type.NUMBER)));
    assertThat(node.values().get("address").isKnown()).isTrue();
    assertThat(node.values().get("bin_dir").isKnown()).isTrue();
    assertThat(node.values().get("api_url").isKnown()).isFalse();
  }
}
