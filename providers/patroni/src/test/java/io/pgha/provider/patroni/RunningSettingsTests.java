package io.pgha.provider.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.Str;
import io.pgha.provider.change.Action;
import io.pgha.provider.change.Change;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.SqlRows;
import io.pgha.provider.rollout.Effect;
import io.pgha.provider.step.Fragment;
import io.pgha.provider.step.PlacedStep;
import io.pgha.provider.step.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What servers run with other than declared; rows as PostgreSQL 17 answered them. */
final class RunningSettingsTests {
  private static final String CONF = "/var/lib/patroni/postgresql.conf";
  private static final String ALTERED = "/var/lib/patroni/postgresql.auto.conf";

  private final Fleet fleet = new Fleet();

  /** name|setting|source|pending_restart|written|sourcefile|sourceline */
  private final Map<String, String> rows = new LinkedHashMap<>();

  @BeforeEach
  void declare() {
    fleet.parameters.put("work_mem", "8MB");
    fleet.parameters.put("shared_buffers", "128MB");
    fleet.parameters.put("wal_buffers", "-1");
    fleet.parameters.put("datestyle", "iso, mdy");
    fleet.parameters.put("wal_compression", "on");
    fleet.declare();
    fleet.running();
    String config =
        Fleet.CONFIG.replace(
            "\"archive_timeout\": \"30min\"",
            "\"archive_timeout\": \"30min\", \"work_mem\": \"8MB\", \"shared_buffers\": \"128MB\","
                + " \"wal_buffers\": -1, \"datestyle\": \"iso, mdy\", \"wal_compression\": \"on\"");
    for (int number = 1; number <= 3; number++) {
      fleet.http(number, "/config", config);
    }
    put("archive_timeout|1800|configuration file|f|1800s|" + CONF + "|4");
    put("DateStyle|ISO, MDY|configuration file|f|iso, mdy|" + CONF + "|5");
    put("max_connections|100|command line|f|100|" + CONF + "|6");
    put("shared_buffers|16384|configuration file|f|128MB|" + CONF + "|7");
    put("wal_buffers|512|override|f|-1|" + CONF + "|8");
    put("wal_compression|pglz|configuration file|f|on|" + CONF + "|8");
    put("wal_keep_size|128|configuration file|f|128MB|" + CONF + "|9");
    put("wal_level|replica|command line|f|replica|" + CONF + "|10");
    put("wal_log_hints|on|command line|f|on|" + CONF + "|11");
    put("work_mem|8192|configuration file|f|8MB|" + CONF + "|12");
    for (int number = 1; number <= 3; number++) {
      answer(number);
    }
    fleet.appliedAll();
  }

  private void put(String row) {
    rows.put(row.substring(0, row.indexOf('|')), row);
  }

  private void answer(int number) {
    List<List<Optional<String>>> values = new ArrayList<>();
    rows.values()
        .forEach(row ->
            values.add(
                List.of((row + "|1790000000|1790000100").split("\\|", -1)).stream()
                    .map(Optional::of)
                    .toList()));
    fleet.machines.sql(
        Fleet.host(number),
        new Probe.OfSql(
            5432, "/var/run/postgresql", "postgres", RunningSettings.query(fleet.clusterConfig())),
        new SqlRows(
            List.of(
                "name",
                "setting",
                "source",
                "pending_restart",
                "written",
                "sourcefile",
                "sourceline",
                "written_at",
                "loaded_at"),
            values));
  }

  private Change planWith(int number, String row) {
    put(row);
    answer(number);
    return fleet.plan(Fleet.CLUSTER);
  }

  private static List<String> reasons(Change change) {
    return change.attributes().stream()
        .map(each ->
            "%s: %s -> %s; %s"
                .formatted(
                    each.path(),
                    ((Str) each.before()).value(),
                    ((Str) each.after()).value(),
                    each.reason()))
        .toList();
  }

  @Test
  void areDoneWhereUnitsAndSpellingsDifferOnly() {
    assertThat(fleet.plan(Fleet.CLUSTER).action()).isEqualTo(Action.NO_OP);
    assertThat(fleet.plan(Fleet.CLUSTER).diagnostics()).isEmpty();
  }

  @Test
  void takeBackWhatAlterSystemOverrides() {
    Change change = planWith(2, "work_mem|65536|configuration file|f|64MB|" + ALTERED + "|3");
    assertThat(change.action()).isEqualTo(Action.UPDATE);
    assertThat(change.effect()).isEqualTo(new Effect(Effect.Kind.RELOAD, "reload"));
    assertThat(reasons(change))
        .containsExactly(
            "parameters[\"work_mem\"]: 64MB -> 8MB; psql-db-2: ALTER SYSTEM overrides it"
                + " (postgresql.auto.conf line 3)");
    assertThat(Fleet.words(change.activate()))
        .containsExactly(
            "ALTER SYSTEM RESET work_mem on psql-db-2",
            "systemctl reload patroni.service",
            "wake Patroni on psql-db-2, so that it is reloaded now",
            "wait until every server goes by what is declared, or waits for its restart only");
    Step.RunSql sql = (Step.RunSql) change.activate().getFirst().step();
    assertThat(Fragment.show(sql.sql())).isEqualTo("ALTER SYSTEM RESET \"work_mem\";\n");
    assertThat(sql.transaction()).isFalse();
  }

  @Test
  void needNoRestartWhereAlterSystemWaitsForOne() {
    Change change =
        planWith(3, "shared_buffers|16384|configuration file|t|256MB|" + ALTERED + "|3");
    assertThat(change.effect().kind()).isEqualTo(Effect.Kind.RELOAD);
    assertThat(Fleet.words(change.activate())).noneMatch(step -> step.startsWith("POST"));
  }

  @Test
  void restartOnlyTheServerThatStartedWithAnotherValue() {
    Change change =
        planWith(3, "shared_buffers|32768|configuration file|f|256MB|" + ALTERED + "|3");
    assertThat(change.effect())
        .isEqualTo(new Effect(Effect.Kind.RESTART, "restart of psql-db-3, one by one"));
    assertThat(Fleet.words(change.activate()))
        .contains(
            "ALTER SYSTEM RESET shared_buffers on psql-db-3",
            "POST /restart to psql-db-3 if it is a replica that waits for it")
        .noneMatch(step -> step.contains("switchover") || step.contains("to psql-db-2"));
  }

  @Test
  void askForAllThatTheyWaitFor() {
    Change change =
        planWith(1, "shared_buffers|32768|configuration file|f|256MB|" + ALTERED + "|3");
    List<Step.Await> awaits =
        change.activate().stream()
            .map(PlacedStep::step)
            .filter(Step.Await.class::isInstance)
            .map(Step.Await.class::cast)
            .toList();
    assertThat(awaits).hasSizeGreaterThan(2);
    awaits.forEach(await ->
        assertThat(await.condition().apply(fleet.machines.askedOnly(await.probes())))
            .as(await.describe())
            .isNotNull());
  }

  @Test
  void handOverWhereTheLeaderStartedWithAnotherValue() {
    Change change =
        planWith(1, "shared_buffers|32768|configuration file|f|256MB|" + ALTERED + "|3");
    assertThat(change.effect().kind()).isEqualTo(Effect.Kind.SWITCHOVER);
    assertThat(Fleet.words(change.activate()))
        .contains("POST /switchover from psql-db-1 to psql-db-2");
  }

  @Test
  void haveAnEditedFileWrittenAnew() {
    Change change = planWith(1, "work_mem|4096|configuration file|f|4MB|" + CONF + "|40");
    assertThat(reasons(change))
        .containsExactly(
            "parameters[\"work_mem\"]: 4MB -> 8MB; psql-db-1: changed in " + CONF + " line 40");
    assertThat(Fleet.words(change.activate()))
        .first()
        .isEqualTo("systemctl reload patroni.service");
  }

  @Test
  void countByWhatIsWrittenWhereASessionHasItsOwnValue() {
    for (String source : List.of("client", "user", "database", "database user")) {
      assertThat(planWith(2, "work_mem|777|" + source + "|f|8MB|" + CONF + "|12").action())
          .as(source)
          .isEqualTo(Action.NO_OP);
      assertThat(reasons(planWith(2, "work_mem|777|" + source + "|f|64MB|" + ALTERED + "|3")))
          .as(source)
          .containsExactly(
              "parameters[\"work_mem\"]: 64MB -> 8MB; psql-db-2: ALTER SYSTEM overrides it"
                  + " (postgresql.auto.conf line 3)");
      assertThat(reasons(planWith(2, "work_mem|777|" + source + "|f|4MB|" + CONF + "|40")))
          .as(source)
          .containsExactly(
              "parameters[\"work_mem\"]: 4MB -> 8MB; psql-db-2: changed in " + CONF + " line 40");
    }
  }

  @Test
  void leaveALocalValueInANodesFileToTheNode() {
    String text =
        Fragment.reveal(NodeFile.content(fleet.config(2), fleet.clusterConfig(), Optional.empty()));
    fleet.machines.file(
        Fleet.host(2),
        NodeFile.PATH,
        text.replace("\npostgresql:\n", "\npostgresql:\n  parameters:\n    work_mem: 4MB\n"),
        0640,
        "root",
        "postgres");
    Change change = planWith(2, "work_mem|4096|configuration file|f|4MB|" + CONF + "|12");
    assertThat(change.action()).isEqualTo(Action.NO_OP);
    assertThat(fleet.plan(Fleet.node(2)).action()).isEqualTo(Action.UPDATE);
  }

  @Test
  void sayWhoWaitsForARestartThatSomebodyLeft() {
    for (int number = 1; number <= 3; number++) {
      fleet.http(
          number,
          "/cluster",
          Fleet.VIEW.replace(
              "\"name\": \"psql-db-2\"",
              "\"pending_restart\": true, \"pending_restart_reason\": {\"shared_buffers\":"
                  + " {\"old_value\": \"64MB\", \"new_value\": \"128MB\"}}, \"name\": \"psql-db-2\""));
    }
    Change change = planWith(2, "shared_buffers|8192|configuration file|t|128MB|" + CONF + "|7");
    assertThat(reasons(change))
        .containsExactly(
            "parameters[\"shared_buffers\"]: 8192 -> 128MB; psql-db-2: waits for a restart to"
                + " take it");
    assertThat(change.activate())
        .extracting(PlacedStep::step)
        .filteredOn(Step.SendHttp.class::isInstance)
        .extracting(Step::describe)
        .containsExactly(
            "wake Patroni on psql-db-2, so that it is reloaded now",
            "POST /restart to psql-db-2 if it is a replica that waits for it");
  }

  @Test
  void warnOfWhatAlterSystemSetAndNobodyDeclared() {
    Change change =
        planWith(2, "log_min_duration_statement|0|configuration file|f|0|" + ALTERED + "|3");
    assertThat(change.action()).isEqualTo(Action.NO_OP);
    assertThat(change.diagnostics())
        .extracting(Diagnostic::detail)
        .containsExactly(
            "log_min_duration_statement = '0' on psql-db-2. Such a value holds on one server only and"
                + " is lost with it. Declare it in parameters, or take it back with ALTER SYSTEM RESET"
                + " there.");
  }
}
