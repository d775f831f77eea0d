package io.pgha.provider.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.provider.change.Action;
import io.pgha.provider.change.Change;
import io.pgha.provider.change.Live;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.rollout.Effect;
import io.pgha.provider.step.Fragment;
import io.pgha.provider.step.PlacedStep;
import io.pgha.provider.step.Step;
import io.pgha.provider.step.Target;
import io.pgha.provider.step.Verdict;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PatroniClusterTests {
  private final Fleet fleet = new Fleet();

  private void config(String config) {
    for (int number = 1; number <= 3; number++) {
      fleet.http(number, "/config", config);
    }
  }

  private static List<String> bodies(Change change) {
    return change.activate().stream()
        .map(PlacedStep::step)
        .filter(Step.SendHttp.class::isInstance)
        .map(Step.SendHttp.class::cast)
        .map(http -> http.method() + " " + http.url() + " " + Fragment.show(http.body()))
        .toList();
  }

  @Test
  void isMadeWithoutAStepBeforeTheFirstBootstrap() {
    fleet.bare();
    Change change = fleet.plan(Fleet.CLUSTER);
    assertThat(fleet.read(Fleet.CLUSTER).presence()).isEqualTo(Live.Presence.ABSENT);
    assertThat(change.action()).isEqualTo(Action.CREATE);
    assertThat(change.activate()).isEmpty();
    assertThat(fleet.plan(Fleet.CLUSTER, false, true).action()).isEqualTo(Action.NO_OP);
    fleet.applied(Fleet.CLUSTER);
    assertThat(fleet.plan(Fleet.CLUSTER).action()).isEqualTo(Action.NO_OP);
  }

  @Test
  void isDoneWhereTheLiveConfigurationMeansTheSame() {
    fleet.running().appliedAll();
    assertThat(fleet.plan(Fleet.CLUSTER).action()).isEqualTo(Action.NO_OP);
  }

  @Test
  void saysWhichForeignClusterItFound() {
    fleet.running();
    Live live = fleet.read(Fleet.CLUSTER);
    assertThat(live.presence()).isEqualTo(Live.Presence.PRESENT);
    assertThat(live.found())
        .isEqualTo(
            "Found a Patroni cluster under /db/postgres/ in etcd (system identifier"
                + " 7711187048642195097) with the members psql-db-1, psql-db-2, psql-db-3.");
  }

  @Test
  void takesUndeclaredKeysBackAndPatchesOnlyWhatDiffers() {
    fleet.running().appliedAll();
    config(
        Fleet.CONFIG
            .replace("\"max_connections\": 100", "\"max_connections\": 100, \"work_mem\": \"8MB\"")
            .replace("\"ttl\": 30", "\"ttl\": 40, \"pause\": true"));
    Change change = fleet.plan(Fleet.CLUSTER);
    assertThat(change.action()).isEqualTo(Action.UPDATE);
    assertThat(change.attributes())
        .extracting(each -> each.path() + ": " + each.reason())
        .containsExactlyInAnyOrder(
            "ttl: changed outside pgha",
            "parameters[\"work_mem\"]: changed outside pgha",
            "dynamic_settings.pause: changed outside pgha");
    assertThat(bodies(change))
        .containsExactly(
            "PATCH http://192.168.228.141:8008/config"
                + " {\"pause\":null,\"postgresql\":{\"parameters\":{\"work_mem\":null}},\"ttl\":30}");
  }

  @Test
  void bringsARaisedParameterInReplicasFirstThenSwitchesOver() {
    fleet.running().appliedAll();
    fleet.parameters.put("max_connections", "200");
    fleet.declare();
    Change change = fleet.plan(Fleet.CLUSTER);
    assertThat(change.effect())
        .isEqualTo(
            new Effect(
                Effect.Kind.SWITCHOVER, "restart of the replicas one by one, then one switchover"));
    assertThat(change.attributes().getFirst().reason())
        .isEqualTo("needs a restart: replicas first");
    assertThat(bodies(change))
        .containsExactly(
            "PATCH http://192.168.228.141:8008/config"
                + " {\"postgresql\":{\"parameters\":{\"max_connections\":200}}}",
            "POST http://192.168.228.142:8008/restart"
                + " {\"restart_pending\":true,\"role\":\"replica\"}",
            "POST http://192.168.228.143:8008/restart"
                + " {\"restart_pending\":true,\"role\":\"replica\"}",
            "POST http://192.168.228.141:8008/switchover"
                + " {\"candidate\":\"psql-db-2\",\"leader\":\"psql-db-1\"}");
    assertThat(Fleet.words(change.activate()))
        .startsWith(
            "wait until one member leads and every other one streams with low lag",
            "PATCH /config with max_connections",
            "wait until every member has taken the change")
        .endsWith("wait until psql-db-1 is in step, waits for no restart and shows the values");
  }

  @Test
  void bringsALoweredParameterInPrimaryFirst() {
    fleet.running().appliedAll();
    fleet.parameters.put("max_connections", "50");
    fleet.declare();
    Change change = fleet.plan(Fleet.CLUSTER);
    assertThat(change.effect().kind()).isEqualTo(Effect.Kind.RESTART);
    assertThat(bodies(change).get(1))
        .isEqualTo(
            "POST http://192.168.228.141:8008/restart"
                + " {\"restart_pending\":true,\"role\":\"primary\"}");
    assertThat(bodies(change)).noneMatch(body -> body.contains("switchover"));
  }

  @Test
  void takesTwoPassesWhereSomeAreLoweredAndOthersRaised() {
    fleet.running().appliedAll();
    fleet.parameters.put("max_connections", "50");
    fleet.parameters.put("max_wal_senders", "20");
    fleet.declare();
    List<String> patches =
        bodies(fleet.plan(Fleet.CLUSTER)).stream()
            .filter(body -> body.startsWith("PATCH"))
            .toList();
    assertThat(patches)
        .containsExactly(
            "PATCH http://192.168.228.141:8008/config"
                + " {\"postgresql\":{\"parameters\":{\"max_wal_senders\":20}}}",
            "PATCH http://192.168.228.141:8008/config"
                + " {\"postgresql\":{\"parameters\":{\"max_connections\":50}}}");
  }

  @Test
  void onlyReloadsWhereNoRestartIsNeeded() {
    fleet.running().appliedAll();
    fleet.parameters.put("work_mem", "8MB");
    fleet.declare();
    Change change = fleet.plan(Fleet.CLUSTER);
    assertThat(change.effect().kind()).isEqualTo(Effect.Kind.RELOAD);
    assertThat(Fleet.words(change.activate()))
        .containsExactly(
            "PATCH /config with work_mem", "wait until every member has taken the change");
  }

  @Test
  void hidesASensitiveParameterInWhatItSends() {
    fleet.running().appliedAll();
    fleet.parameters.put("archive_command", "push hush");
    fleet.declare();
    fleet.world.get(Fleet.CLUSTER).sensitive("parameters[\"archive_command\"]");
    Change change = fleet.plan(Fleet.CLUSTER);
    assertThat(bodies(change))
        .containsExactly(
            "PATCH http://192.168.228.141:8008/config"
                + " {\"postgresql\":{\"parameters\":{\"archive_command\":(sensitive)}}}");
    assertThat(change.toString()).doesNotContain("hush");
  }

  @Test
  void putsTheSettingsOfASleepingClusterIntoEtcdWithoutACommandLineThatShowsThem()
      throws Exception {
    fleet.bare().etcd(Map.of("initialize", "7711187048642195097", "config", Fleet.CONFIG));
    fleet.parameters.put("archive_command", "push hush");
    fleet.declare();
    Step.RunScript put = (Step.RunScript) fleet.plan(Fleet.CLUSTER).activate().getFirst().step();
    String body = Fragment.reveal(put.input());
    assertThat(new String(Base64.getDecoder().decode(body.split("\"")[7]), StandardCharsets.UTF_8))
        .contains("\"archive_command\":\"push hush\"");
    assertThat(put.script()).doesNotContain(body.split("\"")[7]);
    assertThat(Fragment.show(put.input())).isEqualTo(Fragment.HIDDEN);
    Process process =
        new ProcessBuilder(
                "sh",
                "-c",
                "curl() { echo \"$*\"; cat; [ \"$endpoint\" != \"${endpoint#*142}\" ]; }\n"
                    + put.script())
            .start();
    try (OutputStream input = process.getOutputStream()) {
      input.write(body.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo(
            ("-sf --noproxy * --max-time 4 -o /dev/null -d @- http://192.168.228.141:2379/v3/kv/put\n"
                + body
                + "-sf --noproxy * --max-time 4 -o /dev/null -d @- http://192.168.228.142:2379/v3/kv/put\n"
                + body));
    assertThat(process.waitFor()).isZero();
  }

  private void view(String view) {
    for (int number = 1; number <= 3; number++) {
      fleet.http(number, "/cluster", view);
    }
  }

  private List<String> warnings() {
    Change change = fleet.plan(Fleet.CLUSTER);
    assertThat(change.action()).isEqualTo(Action.NO_OP);
    return change.diagnostics().stream()
        .map(each -> each.code() + ": " + each.summary() + ": " + each.detail())
        .toList();
  }

  @Test
  void warnsOfAClusterWithoutALeaderAndSaysWhatWasNotCompared() {
    fleet.running().appliedAll();
    view(
        Fleet.VIEW
            .replace("\"leader\"", "\"replica\"")
            .replaceFirst("\"streaming\"", "\"stopped\"")
            .replace("\"psql-db-3\"", "\"psql-db-9\""));
    fleet.machines.answer(
        Fleet.host(3),
        ClusterView.question(fleet.config(3), "/cluster"),
        new ProbeResult.Absent<>());
    assertThat(warnings().getFirst())
        .isEqualTo(
            "no-leader: The cluster postgres has no leader: Nobody takes writes: psql-db-1 is a"
                + " replica, running, psql-db-2 is a replica, stopped, psql-db-3 is no member and"
                + " does not answer, psql-db-9 is a replica, streaming. The passwords of its users,"
                + " its roles and its databases were not compared: for them the plan goes by what"
                + " was last applied. Patroni elects a leader by itself as soon as it can; where it"
                + " does not, see patronictl -c /etc/patroni/config.yml list and journalctl -u"
                + " patroni on a node, and whether etcd has a quorum.");
  }

  @Test
  void warnsWhereNoNodeAnswers() {
    fleet.running().appliedAll();
    for (int number = 1; number <= 3; number++) {
      fleet.machines.answer(
          Fleet.host(number),
          ClusterView.question(fleet.config(number), "/cluster"),
          new ProbeResult.Absent<>());
    }
    assertThat(warnings())
        .singleElement()
        .asString()
        .startsWith(
            "no-leader: No node of the cluster postgres answers: Nobody takes writes: psql-db-1 is"
                + " no member and does not answer, psql-db-2");
  }

  @Test
  void takesNoNoticeOfWhoLeads() {
    fleet.running().appliedAll();
    view(
        Fleet.VIEW
            .replace("\"leader\", \"state\": \"running\"", "\"replica\", \"state\": \"streaming\"")
            .replaceFirst(
                "\"psql-db-2\", \"role\": \"replica\", \"state\": \"streaming\"",
                "\"psql-db-2\", \"role\": \"leader\", \"state\": \"running\""));
    assertThat(warnings()).isEmpty();
  }

  @Test
  void namesMembersThatNobodyDeclaresButNotThoseOfANodeThatGoes() {
    fleet.running().appliedAll();
    view(
        Fleet.VIEW.replace(
            "{\"members\": [",
            "{\"members\": [{\"name\": \"stray\", \"role\": \"sync_standby\", \"state\":"
                + " \"streaming\", \"timeline\": 1, \"lag\": 0}, "));
    assertThat(warnings())
        .containsExactly(
            "undeclared-member: Members of the cluster postgres that nobody declares: stray (a sync"
                + " standby, streaming). A switchover or a failover may make one of them the leader,"
                + " to which no load balancer leads. Declare it as a patroni_node and pgha import"
                + " it, or stop Patroni on its machine.");
    view(Fleet.VIEW);
    fleet.appliedWithHosts(Fleet.host(1), Fleet.host(2), Fleet.host(3));
    fleet.world.remove(Fleet.node(3));
    assertThat(fleet.plan(Fleet.CLUSTER).diagnostics()).isEmpty();
  }

  @Test
  void finishesARestartThatSomebodyLeftPending() {
    fleet.running().appliedAll();
    for (int number = 1; number <= 3; number++) {
      fleet.http(
          number,
          "/cluster",
          Fleet.VIEW.replace("\"timeline\": 1", "\"timeline\": 1, \"pending_restart\": true"));
    }
    assertThat(bodies(fleet.plan(Fleet.CLUSTER)))
        .hasSize(3)
        .last()
        .isEqualTo(
            "POST http://192.168.228.141:8008/switchover"
                + " {\"candidate\":\"psql-db-2\",\"leader\":\"psql-db-1\"}");
  }

  @Test
  void deletesItsKeysOnlyWhereTheDataWentToo() {
    fleet.running().appliedAll();
    assertThat(Fleet.words(fleet.plan(Fleet.CLUSTER, true, true).activate()))
        .containsExactly("wait until no member of the cluster is left in etcd");
    fleet.cluster.put("delete_data_on_destroy", true);
    fleet.declare();
    Change change = fleet.plan(Fleet.CLUSTER, true, true);
    assertThat(Fleet.words(change.activate()))
        .containsExactly(
            "wait until no member of the cluster is left in etcd",
            "delete the cluster's keys under /db/postgres/ in etcd");
    assertThat(change.activate().getLast().target()).isEqualTo(new Target.Host(Fleet.host(1)));
  }

  @Test
  void keepsItsKeysWhileAnybodyIsAMember() {
    fleet.running().appliedAll();
    Step.Await await =
        (Step.Await) fleet.plan(Fleet.CLUSTER, true, true).activate().getFirst().step();
    assertThat(await.condition().apply(fleet.machines.askedOnly(await.probes())))
        .isEqualTo(
            new Verdict.NotYet(
                "psql-db-1, psql-db-2, psql-db-3 are still in the cluster under /db/postgres/: a"
                    + " cluster can't be destroyed or made anew under its members, take them away"
                    + " first"));
    fleet.etcd(Map.of("initialize", "42"));
    assertThat(await.condition().apply(fleet.machines.askedOnly(await.probes())))
        .isInstanceOf(Verdict.Holds.class);
  }

  private List<String> refusals() {
    Change change = fleet.plan(Fleet.CLUSTER);
    assertThat(change.activate()).isEmpty();
    return change.diagnostics().stream()
        .map(each -> each.summary() + ". " + each.detail())
        .toList();
  }

  @Test
  void refusesAnotherMajorVersionUnderItsNodes() {
    fleet.running().appliedAll();
    fleet.cluster.put("postgresql_version", 18);
    fleet.declare();
    assertThat(refusals())
        .containsExactly(
            "postgresql_version can't be changed while the cluster is there. patroni_cluster.main"
                + " has nodes or data (psql-db-1, psql-db-2, psql-db-3). The programs of another"
                + " major version can't read its data, and pgha makes no major upgrades. Write 17"
                + " again. To have it otherwise, declare another patroni_cluster beside this one"
                + " and bring the data over, by a dump or by logical replication; or take this"
                + " one's nodes away first.");
  }

  @Test
  void refusesAnotherVersionForDataThatWasKept() {
    fleet.bare().applied(Fleet.CLUSTER);
    fleet.etcd(Map.of("initialize", "42", "config", Fleet.CONFIG));
    fleet.cluster.put("postgresql_version", 18);
    fleet.declare();
    assertThat(refusals())
        .singleElement()
        .satisfies(text ->
            assertThat(text).contains("nodes or data (its keys under /db/postgres/ in etcd)"));
  }

  @Test
  void refusesAnotherScopeAndNamespaceThoughNothingIsUnderTheNewOneYet() {
    fleet.running().appliedAll();
    fleet.cluster.put("scope", "other");
    fleet.cluster.put("namespace", "/elsewhere/");
    fleet.declare();
    fleet.etcd(Map.of());
    for (int number = 1; number <= 3; number++) {
      fleet.http(number, "/cluster", "").http(number, "/config", "");
    }
    assertThat(refusals())
        .satisfiesExactlyInAnyOrder(
            text ->
                assertThat(text)
                    .startsWith("scope can't be changed")
                    .contains("would be another cluster. Write postgres again."),
            text ->
                assertThat(text)
                    .startsWith("namespace can't be changed")
                    .contains("Write /db/ again."));
  }

  @Test
  void mayBeAnotherOneBeforeAnythingOfItIsThere() {
    fleet.bare().applied(Fleet.CLUSTER);
    fleet.cluster.put("postgresql_version", 18);
    fleet.cluster.put("scope", "other");
    fleet.declare();
    fleet.bare();
    Change change = fleet.plan(Fleet.CLUSTER);
    assertThat(change.diagnostics()).isEmpty();
    assertThat(change.action()).isEqualTo(Action.REPLACE);
  }

  private List<String> restarted(Change change) {
    return bodies(change).stream().filter(body -> body.startsWith("POST")).toList();
  }

  @Test
  void bringsARaisedParameterThatIsTakenOutInPrimaryFirst() {
    fleet.parameters.put("max_connections", "200");
    fleet.declare();
    fleet.running();
    config(Fleet.CONFIG.replace("\"max_connections\": 100", "\"max_connections\": 200"));
    fleet.appliedAll();
    fleet.parameters.remove("max_connections");
    fleet.declare();
    Change change = fleet.plan(Fleet.CLUSTER);
    assertThat(change.attributes().getFirst().reason())
        .isEqualTo("needs a restart; lowered: primary first");
    assertThat(restarted(change).getFirst())
        .isEqualTo(
            "POST http://192.168.228.141:8008/restart"
                + " {\"restart_pending\":true,\"role\":\"primary\"}");
    // Patroni falls back to 100: replicas wait until their control files say so.
    Step.Await lowered =
        change.activate().stream()
            .map(PlacedStep::step)
            .filter(step -> step.describe().startsWith("wait until the lowered values"))
            .map(Step.Await.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(lowered.condition().apply(fleet.machines.askedOnly(lowered.probes())))
        .isEqualTo(
            new Verdict.NotYet(
                "the control file of psql-db-1 does not say max_connections = 100 yet"));
  }

  @Test
  void bringsAParameterInPrimaryFirstThatIsDeclaredLowerThanPatronisDefault() {
    fleet.running().appliedAll();
    fleet.parameters.put("max_worker_processes", "4");
    fleet.declare();
    assertThat(restarted(fleet.plan(Fleet.CLUSTER)).getFirst()).contains("\"role\":\"primary\"");
    fleet.parameters.put("max_worker_processes", "16");
    fleet.declare();
    assertThat(restarted(fleet.plan(Fleet.CLUSTER)).getFirst()).contains("\"role\":\"replica\"");
  }
}
