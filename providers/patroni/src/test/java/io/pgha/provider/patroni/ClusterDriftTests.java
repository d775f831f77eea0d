package io.pgha.provider.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.provider.drift.Difference;
import io.pgha.provider.drift.Since;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.probe.SqlRows;
import io.pgha.provider.testing.Drifts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClusterDriftTests {
  private static final String VERIFIERS =
      "|{\"verifier\": \"%s\"}|{\"verifier\": \"%s\"}"
          .formatted(ScramVerifier.of("s3cret-super"), ScramVerifier.of("s3cret-repl"));

  private static final long WRITTEN = 1_790_000_000;
  private static final long LOADED = 1_790_000_100;

  private final Fleet fleet = new Fleet();

  @BeforeEach
  void run() {
    fleet.running().appliedAll();
    for (int number = 1; number <= 3; number++) {
      settings(number);
      sql(
          number,
          PatroniRoles.query(fleet.clusterConfig()),
          "in_recovery|superuser|replication",
          (number == 1 ? "f" : "t") + VERIFIERS);
    }
  }

  /** The cluster as it runs with one more parameter declared. */
  private void runWith(String parameter, String value) {
    fleet.parameters.put(parameter, value);
    fleet.declare();
    run();
    config("\"parameters\": {", "\"parameters\": {\"%s\": \"%s\", ".formatted(parameter, value));
  }

  private void unasked(int number, String query, ProbeResult<SqlRows> answer) {
    fleet.machines.answer(
        Fleet.host(number),
        new Probe.OfSql(5432, "/var/run/postgresql", "postgres", query),
        answer);
  }

  private List<Difference> differences() {
    return fleet.drift(Fleet.CLUSTER);
  }

  private List<String> drift() {
    return Drifts.words(differences());
  }

  private void config(String from, String to) {
    for (int number = 1; number <= 3; number++) {
      fleet.http(number, "/config", Fleet.CONFIG.replace(from, to));
    }
  }

  private void sql(int number, String query, String columns, String... rows) {
    List<List<Optional<String>>> all = new ArrayList<>();
    for (String row : rows) {
      all.add(
          Arrays.stream(row.split("\\|", -1))
              .map(text -> text.isEmpty() ? Optional.<String>empty() : Optional.of(text))
              .toList());
    }
    fleet.machines.sql(
        Fleet.host(number),
        new Probe.OfSql(5432, "/var/run/postgresql", "postgres", query),
        new SqlRows(List.of(columns.split("\\|")), all));
  }

  private void settings(int number, String... rows) {
    sql(
        number,
        RunningSettings.query(fleet.clusterConfig()),
        "name|setting|source|pending_restart|written|sourcefile|sourceline|written_at|loaded_at",
        Arrays.stream(rows)
            .map(row -> "%s|%d|%d".formatted(row, WRITTEN, LOADED))
            .toArray(String[]::new));
  }

  @Test
  void whatIsAsAppliedIsNotTold() {
    assertThat(drift()).isEmpty();
  }

  @Test
  void theDynamicConfigurationIsGradedBySetting() {
    config("\"ttl\": 30", "\"ttl\": 40");
    assertThat(drift()).containsExactly("degraded dynamic-configuration ttl: 40, expected 30");
    config("\"use_slots\": true", "\"use_slots\": false");
    fleet.cluster.put("use_slots", true);
    config("\"parameters\": {", "\"parameters\": {\"fsync\": \"off\", \"work_mem\": \"8MB\", ");
    assertThat(drift())
        .containsExactlyInAnyOrder(
            "danger dynamic-configuration-undeclared parameters[\"fsync\"]: \"off\", expected not"
                + " set",
            "degraded dynamic-configuration-undeclared parameters[\"work_mem\"]: \"8MB\", expected"
                + " not set");
    config("\"wal_level\": \"replica\"", "\"wal_level\": \"minimal\"");
    assertThat(drift())
        .containsExactly(
            "danger dynamic-configuration parameters[\"wal_level\"]: \"minimal\", expected"
                + " \"replica\"");
  }

  @Test
  void rulesOfAccessAreAQuestionOfSecurityAndSecretsAreHidden() {
    config(
        "\"use_slots\": true",
        "\"use_slots\": true, \"pg_hba\": [\"host all all 0.0.0.0/0 trust\"]");
    assertThat(drift())
        .containsExactly(
            "security dynamic-configuration-undeclared dynamic_settings.postgresql:"
                + " {\"pg_hba\":[\"host all all 0.0.0.0/0 trust\"]}, expected not set");
    config("\"parameters\": {", "\"parameters\": {\"primary_conninfo\": \"password=hunter2\", ");
    assertThat(differences().toString()).doesNotContain("hunter2");
  }

  @Test
  void whatADeclaredCommandBecameIsHidden() {
    runWith("archive_command", "/bin/copy");
    assertThat(drift()).isEmpty();
    settings(
        2,
        "archive_command|KEY=hunter2 wal-g|configuration file|f|KEY=hunter2"
            + " wal-g|/var/lib/patroni/postgresql.auto.conf|3");
    assertThat(drift())
        .containsExactly(
            "danger alter-system parameters[\"archive_command\"]: (sensitive), expected"
                + " \"/bin/copy\"");
    assertThat(differences().toString()).doesNotContain("hunter2");
    settings(2);
    config("\"parameters\": {", "\"parameters\": {\"archive_command\": \"KEY=hunter2 wal-g\", ");
    assertThat(drift())
        .containsExactly(
            "danger dynamic-configuration parameters[\"archive_command\"]: (sensitive), expected"
                + " \"/bin/copy\"");
    config("\"ttl\": 30", "\"ttl\": 30");
    assertThat(drift())
        .containsExactly(
            "danger dynamic-configuration parameters[\"archive_command\"]: not set, expected"
                + " \"/bin/copy\"");
  }

  @Test
  void aWordOrANumberIsNoSecretWhateverItsName() {
    assertThat(List.of("password_encryption", "authentication_timeout", "log_replication_commands"))
        .noneMatch(SettingGrade::mayHoldSecret);
    assertThat(List.of("archive_command", "Primary_Conninfo", "tde.passphrase", "authentication"))
        .allMatch(SettingGrade::mayHoldSecret);
  }

  @Test
  void aSecretBelowASettingThatNobodyDeclaresIsHidden() {
    config(
        "\"ttl\": 30",
        "\"ttl\": 30, \"standby_cluster\": {\"restore_command\": \"KEY=hunter2 wal-g\"}");
    assertThat(drift())
        .containsExactly(
            "danger dynamic-configuration-undeclared dynamic_settings.standby_cluster:"
                + " (sensitive), expected not set");
    config(
        "\"use_slots\": true",
        "\"use_slots\": true, \"recovery_conf\": {\"primary_conninfo\": \"password=hunter2\"}");
    assertThat(drift())
        .containsExactly(
            "danger dynamic-configuration-undeclared dynamic_settings.postgresql: (sensitive),"
                + " expected not set");
    config("\"ttl\": 30", "\"ttl\": 30, \"mirrors\": [{\"password\": \"hunter2\"}]");
    assertThat(drift())
        .containsExactly(
            "degraded dynamic-configuration-undeclared dynamic_settings.mirrors: (sensitive),"
                + " expected not set");
  }

  @Test
  void aNameMayHoldWhatPathsAreMadeOf() {
    config("\"ttl\": 30", "\"ttl\": 30, \"a[b\": true, \"c.d\": {\"password\": \"hunter2\"}");
    assertThat(drift())
        .containsExactlyInAnyOrder(
            "degraded dynamic-configuration-undeclared dynamic_settings.a[b: true, expected not"
                + " set",
            "degraded dynamic-configuration-undeclared dynamic_settings.c.d: (sensitive), expected"
                + " not set");
  }

  @Test
  void aPausedClusterIsToldOnce() {
    config("\"ttl\": 30", "\"pause\": true, \"ttl\": 30");
    for (int number = 1; number <= 3; number++) {
      fleet.http(number, "/cluster", Fleet.VIEW.replace("\"scope\"", "\"pause\": true, \"scope\""));
    }
    assertThat(drift())
        .containsExactly(
            "danger patroni-paused dynamic_settings.pause: paused, expected not paused");
    assertThat(differences().getFirst().since()).isEqualTo(Since.UNKNOWN);
    for (int number = 1; number <= 2; number++) {
      String copy = "/var/lib/patroni/patroni.dynamic.json";
      fleet.machines.file(Fleet.host(number), copy, "{}", 0600, "postgres", "postgres");
      fleet.machines.written(Fleet.host(number), copy, WRITTEN + number);
    }
    assertThat(differences().getFirst().since())
        .isEqualTo(new Since(WRITTEN + 2, "Patroni's copy of its configuration"));
  }

  @Test
  void alterSystemIsToldByParameterAndServer() {
    settings(
        2,
        "archive_timeout|60|configuration file|f|60|/var/lib/patroni/postgresql.auto.conf|3",
        "work_mem|8192|configuration file|f|8MB|/var/lib/patroni/postgresql.auto.conf|4",
        "primary_conninfo|x|configuration file|f|password=hunter2|/var/lib/patroni/postgresql.auto.conf|5");
    assertThat(drift())
        .containsExactlyInAnyOrder(
            "degraded alter-system parameters[\"archive_timeout\"]: \"60\", expected \"1800s\"",
            "degraded alter-system-undeclared parameters[\"work_mem\"]: '8MB', expected not set",
            "danger alter-system-undeclared parameters[\"primary_conninfo\"]: (sensitive), expected"
                + " not set");
    assertThat(differences()).extracting(Difference::host).containsOnly(Fleet.host(2));
    assertThat(differences())
        .extracting(Difference::since)
        .containsOnly(new Since(WRITTEN, "the file's time"));
  }

  @Test
  void aPendingRestartIsTold() {
    settings(2, "max_connections|90|configuration file|t|100|/var/lib/patroni/postgresql.conf|3");
    assertThat(drift())
        .containsExactly(
            "degraded pending-restart parameters[\"max_connections\"]: \"90\", expected \"100\"");
    assertThat(differences().getFirst().since())
        .isEqualTo(new Since(LOADED, "the server's last reload"));
  }

  @Test
  void anUndeclaredMemberIsDanger() {
    for (int number = 1; number <= 3; number++) {
      fleet.http(
          number,
          "/cluster",
          Fleet.VIEW.replace(
              "{\"members\": [",
              "{\"members\": [{\"name\": \"spy\", \"role\": \"replica\", \"state\": \"streaming\", \"timeline\": 1, \"lag\": 0}, "));
    }
    fleet.appliedWithHosts(Fleet.host(1), Fleet.host(2), Fleet.host(3));
    assertThat(drift())
        .containsExactly(
            "danger patroni-foreign-member scope[\"spy\"]: a member that nobody declares, expected"
                + " no such member");
  }

  @Test
  void noLeaderIsDangerAndMayPass() {
    for (int number = 1; number <= 3; number++) {
      fleet.http(number, "/cluster", Fleet.VIEW.replace("\"leader\"", "\"replica\""));
    }
    assertThat(drift()).containsExactly("danger no-leader : no leader, expected a leader");
    assertThat(new PatroniClusterType().passing()).contains("no-leader", "two-primaries");
  }

  @Test
  void aClusterWhoseNodesAreAllDownHasNoLeader() {
    for (int number = 1; number <= 3; number++) {
      fleet.http(number, "/cluster", "");
      fleet.http(number, "/config", "");
    }
    fleet.etcd(Map.of("initialize", "7711187048642195097", "config", Fleet.CONFIG));
    assertThat(fleet.read(Fleet.CLUSTER).presence())
        .isEqualTo(io.pgha.provider.change.Live.Presence.PRESENT);
    assertThat(drift()).containsExactly("danger no-leader : no node answers, expected a leader");
  }

  @Test
  void twoPrimariesAreDanger() {
    for (int number = 1; number <= 2; number++) {
      sql(number, PatroniRoles.query(fleet.clusterConfig()), "in_recovery", "f");
    }
    assertThat(drift())
        .containsExactly(
            "danger two-primaries : psql-db-1 and psql-db-2, expected one server that takes writes");
  }

  @Test
  void aServerThatRunsAndGivesNoAnswerIsTold() {
    String settings = RunningSettings.query(fleet.clusterConfig());
    unasked(
        2,
        settings,
        new ProbeResult.Failed<>("psql: error: FATAL:  sorry, too many clients already\nHINT: x"));
    assertThat(drift())
        .containsExactly(
            "degraded postgresql-unasked : PostgreSQL runs, but gave no answer, expected PostgreSQL"
                + " answers");
    Difference told = differences().getFirst();
    assertThat(told.host()).isEqualTo(Fleet.host(2));
    assertThat(told.detail())
        .startsWith("What psql-db-2 runs with,")
        .endsWith("It failed: psql: error: FATAL:  sorry, too many clients already.");
    assertThat(new PatroniClusterType().passing()).contains("postgresql-unasked");
    unasked(2, settings, new ProbeResult.Absent<>());
    assertThat(differences().getFirst().detail())
        .endsWith(
            "It failed: psql is not there, or no server listens on port 5432 in"
                + " /var/run/postgresql.");
    settings(2);
    unasked(1, PatroniRoles.query(fleet.clusterConfig()), new ProbeResult.Failed<>("cut off"));
    assertThat(differences()).extracting(Difference::host).containsExactly(Fleet.host(1));
  }

  @Test
  void aServerThatDoesNotRunNeedNotAnswer() {
    unasked(2, RunningSettings.query(fleet.clusterConfig()), new ProbeResult.Absent<>());
    unasked(2, PatroniRoles.query(fleet.clusterConfig()), new ProbeResult.Absent<>());
    for (String state : List.of("stopped", "starting", "creating replica", "unknown")) {
      fleet.http(2, "/patroni", "{\"state\": \"%s\", \"role\": \"replica\"}".formatted(state));
      assertThat(drift()).as(state).isEmpty();
    }
    fleet.http(2, "/patroni", "");
    assertThat(drift()).isEmpty();
  }

  @Test
  void goneKeysAreDanger() {
    for (int number = 1; number <= 3; number++) {
      fleet.http(number, "/cluster", "");
      fleet.http(number, "/config", "");
    }
    fleet.etcd(Map.of());
    assertThat(
            Drifts.words(
                new PatroniClusterType()
                    .drift(
                        fleet.applied(fleet.world.get(Fleet.CLUSTER)),
                        List.of(
                            Difference.of(
                                "gone",
                                "",
                                "",
                                io.pgha.provider.drift.Grade.DEGRADED,
                                "there",
                                "not there")))))
        .containsExactly(
            "danger patroni-keys-missing scope: no such keys, expected the cluster under"
                + " /db/postgres/ in etcd");
  }
}
