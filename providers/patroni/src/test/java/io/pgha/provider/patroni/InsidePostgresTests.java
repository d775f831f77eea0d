package io.pgha.provider.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.provider.change.Action;
import io.pgha.provider.change.Change;
import io.pgha.provider.change.Live;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.probe.SqlRows;
import io.pgha.provider.step.Fragment;
import io.pgha.provider.step.Step;
import io.pgha.provider.step.Target;
import io.pgha.provider.testing.Drifts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class InsidePostgresTests {
  private static final String ROLE = "pg_role.admin";
  private static final String DATABASE = "pg_database.app";

  private final Fleet fleet = new Fleet();

  @BeforeEach
  void run() {
    fleet.running();
  }

  private void answer(String query, Map<String, String> columns) {
    for (int number = 1; number <= 3; number++) {
      Map<String, String> row = new LinkedHashMap<>(columns);
      row.put("in_recovery", number == 2 ? "f" : "t");
      fleet.machines.sql(
          Fleet.host(number),
          new Probe.OfSql(5432, "/var/run/postgresql", "postgres", query),
          new SqlRows(
              List.copyOf(row.keySet()),
              List.of(row.values().stream().map(Optional::of).toList())));
    }
  }

  private void forEveryNode(String query, String inRecovery) {
    for (int number = 1; number <= 3; number++) {
      fleet.machines.sql(
          Fleet.host(number),
          new Probe.OfSql(5432, "/var/run/postgresql", "postgres", query),
          new SqlRows(List.of("in_recovery"), List.of(List.of(Optional.of(inRecovery)))));
    }
  }

  private static String sql(Change change) {
    Step.RunSql step = (Step.RunSql) change.activate().getFirst().step();
    return Fragment.show(step.sql());
  }

  @Nested
  final class Roles {
    private final Map<String, Object> arguments = new LinkedHashMap<>();

    @BeforeEach
    void declare() {
      arguments.putAll(
          Map.of(
              "cluster",
              Fleet.CLUSTER,
              "name",
              "admin",
              "password",
              "pencil",
              "create_role",
              true));
      fleet.world.add(new PostgresRoleType(), ROLE, arguments);
    }

    private Map<String, String> row() {
      Map<String, String> row = new LinkedHashMap<>();
      row.put("present", "t");
      RoleLive.OPTIONS.values().forEach(option -> row.put(option.column(), "f"));
      row.put("rolcanlogin", "t");
      row.put("rolinherit", "t");
      row.put("rolcreaterole", "t");
      row.put("rolconnlimit", "-1");
      row.put("depends", "0");
      row.put("rolpassword", ScramVerifier.of("pencil"));
      row.put("member_of", "{\"roles\" : null}");
      return row;
    }

    private void live(Map<String, String> row) {
      answer(RoleLive.query("admin"), row);
    }

    @Test
    void areNotGoneByTheWordOfAServerThatPatroniDoesNotName() {
      live(Map.of("present", "f"));
      fleet.applied(ROLE);
      assertThat(fleet.read(ROLE).presence()).isEqualTo(Live.Presence.ABSENT);
      fleet.machines.answer(
          Fleet.host(1),
          new Probe.OfSql(5432, "/var/run/postgresql", "postgres", RoleLive.query("admin")),
          new ProbeResult.Unreachable<>("no route to host"));
      assertThat(fleet.read(ROLE).presence()).isEqualTo(Live.Presence.UNKNOWN);
      for (int number = 1; number <= 3; number++) {
        fleet.http(
            number,
            "/cluster",
            "{\"members\": [{\"name\": \"psql-db-2\", \"role\": \"leader\", \"state\": \"running\"}]}");
      }
      assertThat(fleet.read(ROLE).presence()).isEqualTo(Live.Presence.ABSENT);
    }

    @Test
    void whatIsNotAsAppliedIsGraded() {
      live(row());
      fleet.applied(ROLE);
      assertThat(fleet.drift(ROLE)).isEmpty();
      Map<String, String> another = row();
      another.put("rolsuper", "t");
      another.put("rolconnlimit", "5");
      another.put("rolpassword", ScramVerifier.of("other"));
      live(another);
      assertThat(Drifts.words(fleet.drift(ROLE)))
          .containsExactlyInAnyOrder(
              "security role-attribute superuser: true, expected false",
              "degraded role-attribute connection_limit: 5, expected -1",
              "security role-password password: (sensitive), expected (sensitive)");
    }

    @Test
    void areMadeOnWhoeverLeadsThen() {
      Change change = fleet.plan(ROLE);
      assertThat(change.action()).isEqualTo(Action.CREATE);
      assertThat(change.activate().getFirst().target()).isEqualTo(new Target.Leader(Fleet.CLUSTER));
      live(Map.of("present", "f"));
      assertThat(fleet.plan(ROLE).activate().getFirst().target())
          .isEqualTo(new Target.Host(Fleet.host(2)));
    }

    @Test
    void areMadeWithAVerifierAndNeverWithThePassword() {
      live(Map.of("present", "f"));
      Change change = fleet.plan(ROLE);
      assertThat(sql(change))
          .isEqualTo(
              """
              SET log_statement = 'none';
              SELECT 'CREATE ROLE "admin"' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'admin')\\gexec
              ALTER ROLE "admin" WITH LOGIN NOSUPERUSER CREATEROLE NOCREATEDB NOREPLICATION NOBYPASSRLS INHERIT CONNECTION LIMIT -1 PASSWORD '(sensitive)';
              """);
      Step.RunSql step = (Step.RunSql) change.activate().getFirst().step();
      assertThat(Fragment.reveal(step.sql())).doesNotContain("pencil").contains("SCRAM-SHA-256$");
    }

    @Test
    void areDoneWhereTheServerHasThePassword() {
      live(row());
      fleet.applied(ROLE);
      assertThat(fleet.plan(ROLE).action()).isEqualTo(Action.NO_OP);
    }

    @Test
    void getTheirPasswordBackWithoutShowingIt() {
      live(row());
      fleet.applied(ROLE);
      Map<String, String> other = row();
      other.put("rolpassword", ScramVerifier.of("brush"));
      live(other);
      Change change = fleet.plan(ROLE);
      assertThat(change.action()).isEqualTo(Action.UPDATE);
      assertThat(change.attributes())
          .singleElement()
          .satisfies(each -> {
            assertThat(each.secret()).isTrue();
            assertThat(each.reason()).isEqualTo("the server has another password");
          });
      assertThat(sql(change)).contains("PASSWORD '(sensitive)'");
    }

    @Test
    void areForeignWhereNobodyMadeThem() {
      live(row());
      Live live = fleet.read(ROLE);
      assertThat(live.presence()).isEqualTo(Live.Presence.PRESENT);
      assertThat(live.found()).isEqualTo("Found the role admin in patroni_cluster.main.");
    }

    @Test
    void areDroppedUnlessTheyOwnSomething() {
      live(row());
      fleet.applied(ROLE);
      assertThat(sql(fleet.plan(ROLE, true, true))).contains("DROP ROLE IF EXISTS \"admin\"");
      Map<String, String> owner = row();
      owner.put("depends", "1");
      live(owner);
      Change change = fleet.plan(ROLE, true, true);
      assertThat(sql(change))
          .contains("COMMENT ON ROLE \"admin\" IS 'pgha: kept when its resource");
      assertThat(change.diagnostics()).extracting(Diagnostic::code).containsExactly("role-kept");
    }

    @Test
    void resumeWithOneThatWasKept() {
      Map<String, String> kept = row();
      kept.put("comment", InsidePostgres.KEPT);
      live(kept);
      assertThat(fleet.read(ROLE).presence()).isEqualTo(Live.Presence.ABSENT);
      assertThat(sql(fleet.plan(ROLE))).contains("COMMENT ON ROLE \"admin\" IS NULL");
    }

    @Test
    void loseAPasswordThatIsNoLongerDeclared() {
      live(row());
      fleet.applied(ROLE);
      arguments.remove("password");
      fleet.world.add(new PostgresRoleType(), ROLE, arguments);
      Change change = fleet.plan(ROLE);
      assertThat(change.action()).isEqualTo(Action.UPDATE);
      assertThat(change.attributes())
          .singleElement()
          .satisfies(each -> {
            assertThat(each.path().toString()).isEqualTo("password");
            assertThat(each.after().isNull()).isTrue();
            assertThat(each.reason())
                .isEqualTo(
                    "no longer declared: the role loses it, and can't log in over the network");
          });
      assertThat(sql(change)).contains(" PASSWORD NULL;");
      Map<String, String> without = row();
      without.remove("rolpassword");
      live(without);
      assertThat(fleet.plan(ROLE).action()).isEqualTo(Action.NO_OP);
    }

    @Test
    void keepAPasswordThatWasNeverDeclared() {
      arguments.remove("password");
      fleet.world.add(new PostgresRoleType(), ROLE, arguments);
      live(row());
      fleet.applied(ROLE);
      assertThat(fleet.plan(ROLE).action()).isEqualTo(Action.NO_OP);
      arguments.put("create_db", true);
      fleet.world.add(new PostgresRoleType(), ROLE, arguments);
      assertThat(sql(fleet.plan(ROLE))).doesNotContain("PASSWORD");
    }

    @Test
    void areNotForgottenWhereNobodyLeads() {
      live(row());
      fleet.applied(ROLE);
      forEveryNode(RoleLive.query("admin"), "t");
      Change change = fleet.plan(ROLE, true, true);
      assertThat(change.activate().getFirst().target()).isEqualTo(new Target.Leader(Fleet.CLUSTER));
      assertThat(sql(change)).contains("DROP ROLE IF EXISTS \"admin\"");
      assertThat(change.diagnostics())
          .extracting(each -> each.summary() + ". " + each.detail())
          .containsExactly(
              "Nobody leads, who could take the role admin away. It is there as long as no server"
                  + " took it away: apply fails where none leads by then. See why with patronictl"
                  + " list on one of the nodes. Where the whole cluster goes and will not lead"
                  + " again, run first: pgha state rm 'pg_role.admin'.");
    }

    @Test
    void areGoneWhereThePrimarySaysSo() {
      live(row());
      fleet.applied(ROLE);
      live(Map.of("present", "f"));
      assertThat(fleet.plan(ROLE, true, true).activate()).isEmpty();
    }

    @Test
    void joinAndLeaveTheRolesThatAreDeclared() {
      arguments.put("member_of", List.of("readers", "wri\"ters"));
      fleet.world.add(new PostgresRoleType(), ROLE, arguments);
      Map<String, String> member = row();
      member.put("member_of", "{\"roles\" : [\"readers\",\"others\"]}");
      live(member);
      fleet.applied(ROLE);
      assertThat(sql(fleet.plan(ROLE)))
          .endsWith(
              """
              GRANT "wri""ters" TO "admin";
              REVOKE "others" FROM "admin";
              """);
    }
  }

  @Nested
  final class Databases {
    @BeforeEach
    void declare() {
      fleet.world.add(
          new PostgresDatabaseType(),
          DATABASE,
          Map.of("cluster", Fleet.CLUSTER, "name", "app", "owner", "admin", "encoding", "utf-8"));
    }

    private void live(Map<String, String> row) {
      answer(DatabaseLive.query("app"), row);
    }

    private Map<String, String> row() {
      return new LinkedHashMap<>(
          Map.of(
              "present",
              "t",
              "owner",
              "admin",
              "encoding",
              "UTF8",
              "datconnlimit",
              "-1",
              "locale",
              "C.UTF-8"));
    }

    @Test
    void areMadeWithQuotedNames() {
      live(Map.of("present", "f"));
      assertThat(sql(fleet.plan(DATABASE)))
          .isEqualTo(
              """
              SET log_statement = 'none';
              SELECT 'CREATE DATABASE "app" ENCODING ''utf-8''' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'app')\\gexec
              ALTER DATABASE "app" OWNER TO "admin";
              ALTER DATABASE "app" CONNECTION LIMIT -1;
              """);
    }

    @Test
    void areDoneWhereTheyAreAsDeclared() {
      live(row());
      fleet.applied(DATABASE);
      assertThat(fleet.plan(DATABASE).action()).isEqualTo(Action.NO_OP);
    }

    @Test
    void getTheirOwnerBack() {
      live(row());
      fleet.applied(DATABASE);
      Map<String, String> other = row();
      other.put("owner", "postgres");
      live(other);
      Change change = fleet.plan(DATABASE);
      assertThat(change.attributes())
          .extracting(each -> each.path() + " " + each.reason())
          .containsExactly("owner changed outside pgha");
    }

    @Test
    void keepTheirEncodingForEver() {
      Map<String, String> other = row();
      other.put("encoding", "LATIN1");
      live(other);
      fleet.applied(DATABASE);
      assertThat(fleet.plan(DATABASE).diagnostics())
          .extracting(Diagnostic::summary)
          .containsExactly("The encoding of a database can't be changed");
    }

    @Test
    void areNotForgottenWhereNobodyLeads() {
      live(row());
      fleet.applied(DATABASE);
      forEveryNode(DatabaseLive.query("app"), "t");
      Change change = fleet.plan(DATABASE, true, true);
      assertThat(change.activate().getFirst().target()).isEqualTo(new Target.Leader(Fleet.CLUSTER));
      assertThat(change.diagnostics())
          .extracting(Diagnostic::code)
          .containsExactly("nobody-leads", "database-kept");
    }

    @Test
    void stayOnDestroyUnlessAskedFor() {
      live(row());
      fleet.applied(DATABASE);
      Change change = fleet.plan(DATABASE, true, true);
      assertThat(sql(change)).contains("COMMENT ON DATABASE \"app\" IS 'pgha: kept");
      assertThat(change.diagnostics())
          .extracting(Diagnostic::code)
          .containsExactly("database-kept");
    }
  }
}
