package io.pgha.provider.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.provider.change.Action;
import io.pgha.provider.change.Change;
import io.pgha.provider.probe.Credentials;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.SqlRows;
import io.pgha.provider.rollout.Effect;
import io.pgha.provider.step.Fragment;
import io.pgha.provider.step.PlacedStep;
import io.pgha.provider.step.Step;
import io.pgha.provider.step.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** New passwords for Patroni's own users: in PostgreSQL first, then in the nodes' files. */
final class PasswordRotationTests {
  private final Fleet fleet = new Fleet();

  /** What the servers answer about the two roles; psql-db-1 is the primary. */
  private void roles(String superuser, String replication) {
    String query = PatroniRoles.query(fleet.clusterConfig());
    for (int number = 1; number <= 3; number++) {
      List<Optional<String>> row = new ArrayList<>();
      row.add(Optional.of(number == 1 ? "f" : "t"));
      row.add(Optional.of(superuser).filter(text -> !text.isEmpty()));
      row.add(Optional.of(replication).filter(text -> !text.isEmpty()));
      fleet.machines.sql(
          Fleet.host(number),
          new Probe.OfSql(5432, "/var/run/postgresql", "postgres", query),
          new SqlRows(List.of("in_recovery", "superuser", "replication"), List.of(row)));
    }
  }

  private static String has(String password) {
    return "{\"verifier\" : \"" + ScramVerifier.of(password) + "\"}";
  }

  private void password(String argument, String username, String password) {
    fleet.cluster.put(argument, Map.of("username", username, "password", password));
    fleet.declare();
  }

  private static List<Step.SendHttp> requests(Change change) {
    return change.activate().stream()
        .map(PlacedStep::step)
        .filter(Step.SendHttp.class::isInstance)
        .map(Step.SendHttp.class::cast)
        .toList();
  }

  @Test
  void isDoneWhereTheServerHasThePasswords() {
    roles(has("s3cret-super"), has("s3cret-repl"));
    fleet.running().appliedAll();
    assertThat(fleet.plan(Fleet.CLUSTER).action()).isEqualTo(Action.NO_OP);
  }

  @Test
  void setsWhatDiffersOnThePrimaryWithAVerifierAndShowsNeither() {
    roles(has("s3cret-super"), has("s3cret-repl"));
    fleet.running().appliedAll();
    password("replication", "replicator", "n3w-repl");
    Change change = fleet.plan(Fleet.CLUSTER);
    assertThat(change.action()).isEqualTo(Action.UPDATE);
    assertThat(change.effect()).isEqualTo(Effect.NONE);
    assertThat(change.attributes())
        .singleElement()
        .satisfies(each -> {
          assertThat(each.path().toString()).isEqualTo("replication.password");
          assertThat(each.reason()).isEqualTo("the server has another password");
          assertThat(each.secret()).isTrue();
        });
    assertThat(change.activate())
        .singleElement()
        .satisfies(placed -> {
          assertThat(placed.target()).isEqualTo(new Target.Host(Fleet.host(1)));
          Step.RunSql sql = (Step.RunSql) placed.step();
          assertThat(sql.describe()).isEqualTo("set the password of replicator on psql-db-1");
          assertThat(Fragment.show(sql.sql()))
              .isEqualTo(
                  """
                  SET log_statement = 'none';
                  SELECT 'CREATE ROLE "replicator"' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'replicator')\\gexec
                  ALTER ROLE "replicator" WITH LOGIN REPLICATION PASSWORD '(sensitive)';
                  """);
          assertThat(Fragment.reveal(sql.sql())).doesNotContain("n3w-repl");
        });
  }

  @Test
  void saysThatARoleIsNotThere() {
    roles(has("s3cret-super"), "");
    fleet.running().appliedAll();
    assertThat(fleet.plan(Fleet.CLUSTER).attributes())
        .extracting(each -> each.path() + ": " + each.reason())
        .containsExactly("replication.password: the server has no role replicator");
  }

  @Test
  void waitsForTheNextLookWhereMembersRestartBecausePatroniLogsInWithTheOldOneThen() {
    roles(has("s3cret-super"), has("s3cret-repl"));
    fleet.running().appliedAll();
    fleet.parameters.put("max_connections", "200");
    password("superuser", "postgres", "n3w-super");
    Change change = fleet.plan(Fleet.CLUSTER);
    assertThat(change.attributes())
        .extracting(each -> each.path().toString())
        .containsExactlyInAnyOrder("parameters[\"max_connections\"]", "superuser.password");
    assertThat(change.activate())
        .extracting(PlacedStep::step)
        .doesNotHaveAnyElementsOfTypes(Step.RunSql.class);
  }

  @Test
  void provesThatAReplicaCanLogInAfterItsReload() {
    fleet.running().appliedAll();
    password("replication", "replicator", "n3w-repl");
    Change change = fleet.plan(Fleet.node(2));
    assertThat(change.effect().kind()).isEqualTo(Effect.Kind.RELOAD);
    assertThat(Fleet.words(change.activate()))
        .containsExactly(
            "write /etc/patroni/config.yml",
            "systemctl reload patroni.service",
            "wake Patroni on psql-db-2, so that it takes the new passwords now",
            "put the new password into Patroni's password file on psql-db-2",
            "wait until psql-db-2 can log in at psql-db-1 as replicator",
            "wait until psql-db-2 leads or streams");
    assertThat(change.activate())
        .extracting(PlacedStep::step)
        .filteredOn(Step.RunScript.class::isInstance)
        .last()
        .satisfies(step ->
            assertThat(((Step.RunScript) step).script())
                .as("waits for what the reload writes, not for what was written before it")
                .contains("StateChangeTimestamp", "patroni.service", "-newermt"));
    assertThat(Fleet.words(fleet.plan(Fleet.node(1)).activate()))
        .noneMatch(step -> step.contains("log in"));
  }

  @Test
  void goesByTheOldRestPasswordUntilTheNodeHasTheNewOne() {
    roles(has("s3cret-super"), has("s3cret-repl"));
    fleet.running().appliedAll();
    fleet.parameters.put("work_mem", "8MB");
    password("rest_api", "patroni", "n3w-rest");
    assertThat(requests(fleet.plan(Fleet.CLUSTER)))
        .singleElement()
        .satisfies(patch ->
            assertThat(patch.credentials()).contains(new Credentials("patroni", "s3cret\"rest")));
    Change change = fleet.plan(Fleet.node(3));
    assertThat(Fleet.words(change.activate()))
        .containsExactly(
            "write /etc/patroni/config.yml",
            "systemctl reload patroni.service",
            "wake Patroni on psql-db-3, so that it takes the new passwords now",
            "wait until the REST API of psql-db-3 takes the new password",
            "wait until psql-db-3 leads or streams");
    assertThat(requests(change).getFirst().credentials())
        .contains(new Credentials("patroni", "s3cret\"rest"));
  }

  @Test
  void putsTheNewPasswordIntoPatronisFileAndKeepsTheRest(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("pgpass");
    Files.writeString(
        file, "fe80\\:\\:1:5432:*:replicator:old\\:one\n10.0.0.1:5432:*:replicator:old\n");
    fleet.node.put("settings", Map.of("postgresql", Map.of("pgpass", file.toString())));
    fleet.declare();
    fleet.running().appliedAll();
    password("replication", "replicator", "n3w:re\\pl");
    Step.RunScript step =
        fleet.plan(Fleet.node(2)).activate().stream()
            .map(PlacedStep::step)
            .filter(Step.RunScript.class::isInstance)
            .map(Step.RunScript.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(Sh.run(step.script(), Fragment.reveal(step.input()), folder).status()).isZero();
    assertThat(file)
        .hasContent(
            "fe80\\:\\:1:5432:*:replicator:n3w\\:re\\\\pl\n10.0.0.1:5432:*:replicator:n3w\\:re\\\\pl");
  }

  @Test
  void showsNoPasswordAnywhere() {
    roles(has("s3cret-super"), has("s3cret-repl"));
    fleet.running().appliedAll();
    password("replication", "replicator", "n3w-repl");
    password("superuser", "postgres", "n3w-super");
    Change change = fleet.plan(Fleet.CLUSTER);
    Change node = fleet.plan(Fleet.node(2));
    assertThat(
            change.attributes().toString() + change.activate() + node.artifacts() + node.activate())
        .doesNotContain("n3w-", "s3cret-repl", "s3cret-super", "SCRAM-SHA-256$");
  }
}
