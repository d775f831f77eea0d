package io.pgha.provider.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.pgha.provider.change.ArtifactChange;
import io.pgha.provider.change.Change;
import io.pgha.provider.change.PlanRequest;
import io.pgha.provider.change.Prior;
import io.pgha.provider.drift.Difference;
import io.pgha.provider.drift.Since;
import io.pgha.provider.probe.FileFacts;
import io.pgha.provider.probe.LastChange;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.probe.UnitFacts;
import io.pgha.provider.rollout.Effect;
import io.pgha.provider.step.Fragment;
import io.pgha.provider.testing.Drifts;
import io.pgha.provider.testing.FakeInstance;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LbDriftTests {
  private final Fleet fleet = new Fleet();
  private final FakeInstance lb = fleet.lb(Map.of());
  private Prior prior = new Prior(lb.stored(), List.of());

  @BeforeEach
  void make() {
    fleet.installed(Fleet.LB1);
    prior = fleet.make(lb);
  }

  private List<Difference> differences() {
    return Drifts.of(
        fleet.type,
        new PlanRequest(lb, false, Optional.of(prior), fleet.type.read(lb, fleet.machines), true));
  }

  private List<String> drift() {
    return Drifts.words(differences());
  }

  private void file(String text) {
    fleet.machines.file(Fleet.LB1, LbFile.PATH, text, 0640, "root", "haproxy");
  }

  private String text() {
    return Fragment.reveal(LbFile.of(LbConfig.of(lb)));
  }

  @Test
  void whoIsUpIsNoDrift() {
    assertThat(drift()).isEmpty();
    fleet.status(
        Fleet.LB1,
        Fleet.stat(
            """
            production psql-db-1 DOWN
            production psql-db-2 UP
            production psql-db-3 DOWN
            standby psql-db-1 DOWN
            standby psql-db-2 DOWN
            standby psql-db-3 UP
            """));
    assertThat(drift()).isEmpty();
  }

  @Test
  void aServerThatWasAddedByHandIsDangerAndAReloadTakesItAway() {
    fleet.status(
        Fleet.LB1,
        Fleet.HEALTHY.stripTrailing()
            + "\nproduction,evil,0,0,0,0,,0,0,0,,0,,0,0,0,0,MAINT,1,1,0\n");
    assertThat(drift())
        .containsExactly(
            "danger haproxy-server-undeclared server:production/evil: added to the running"
                + " process, expected no such server");
    Change change = fleet.update(lb, prior);
    assertThat(change.artifacts())
        .extracting(ArtifactChange::key, ArtifactChange::summary)
        .containsExactly(tuple("server:production/evil", "not declared -> removed"));
    assertThat(change.effect().kind()).isEqualTo(Effect.Kind.RELOAD);
    assertThat(Fleet.described(change.activate()))
        .containsExactly(
            "save the servers' state, reload haproxy, check for one writer; else put the previous"
                + " file back");
  }

  @Test
  void aServerThatWasRemovedByHandIsMissing() {
    fleet.status(
        Fleet.LB1,
        Fleet.HEALTHY
            .lines()
            .filter(line -> !line.startsWith("standby,psql-db-3"))
            .collect(java.util.stream.Collectors.joining("\n")));
    assertThat(drift())
        .containsExactly(
            "degraded haproxy-server-missing server:standby/psql-db-3: removed from the running"
                + " process, expected there");
  }

  @Test
  void aServerThatIsLedElsewhereIsDanger() {
    String state =
        """
        1
        # be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight srv_iweight srv_time_since_last_change srv_check_status srv_check_result srv_check_health srv_check_state srv_agent_state bk_f_forced_id srv_f_forced_id srv_fqdn srv_port srvrecord srv_use_ssl srv_check_port srv_check_addr srv_agent_addr srv_agent_port
        3 production 1 psql-db-1 %s 2 0 1 1 100 15 3 4 6 0 0 0 - 5432 - 0 8008 - - 0
        """;
    fleet.status(Fleet.LB1, Fleet.HEALTHY + state.formatted("192.168.228.141"));
    assertThat(drift()).isEmpty();

    fleet.status(Fleet.LB1, Fleet.HEALTHY + state.formatted("203.0.113.9"));
    assertThat(drift())
        .containsExactly(
            "danger haproxy-server-moved server:production/psql-db-1: 203.0.113.9:5432, expected"
                + " 192.168.228.141:5432");
    assertThat(fleet.update(lb, prior).effect().kind()).isEqualTo(Effect.Kind.RELOAD);
  }

  @Test
  void aListenerThatWasClosedByHandIsTold() {
    String frontend = "standby,FRONTEND,0,0,0,0,,0,0,0,,0,,0,0,0,0,";
    fleet.status(Fleet.LB1, Fleet.HEALTHY.replace(frontend + "OPEN", frontend + "PAUSED"));
    assertThat(drift())
        .containsExactly("degraded listener-closed listener:standby: PAUSED, expected OPEN");
    assertThat(fleet.update(lb, prior).effect().kind()).isEqualTo(Effect.Kind.RELOAD);
  }

  @Test
  void aServerOutOfServiceIsToldAsSuch() {
    fleet.status(
        Fleet.LB1,
        Fleet.HEALTHY.replace(
            "production,psql-db-1,0,0,0,0,,0,0,0,,0,,0,0,0,0,UP",
            "production,psql-db-1,0,0,0,0,,0,0,0,,0,,0,0,0,0,MAINT"));
    assertThat(drift())
        .containsExactly(
            "degraded haproxy-server-out-of-service server:production/psql-db-1: MAINT, expected"
                + " ready");
    assertThat(differences().getFirst().since()).isEqualTo(Since.UNKNOWN);
  }

  @Test
  void theLogTellsSinceWhenAServerIsOut() {
    fleet.status(
        Fleet.LB1,
        Fleet.HEALTHY
            .replace(
                "production,psql-db-1,0,0,0,0,,0,0,0,,0,,0,0,0,0,UP",
                "production,psql-db-1,0,0,0,0,,0,0,0,,0,,0,0,0,0,DRAIN")
            .replace(
                "production,psql-db-2,0,0,0,0,,0,0,0,,0,,0,0,0,0,DOWN",
                "production,psql-db-2,0,0,0,0,,0,0,0,,0,,0,0,0,0,MAINT"));
    String log = "%d.5 psql-lb-1 haproxy[942]: [WARNING]  (942) : Server %s %s. 1 active\n";
    // As journalctl has it: the newest first.
    fleet.machines.command(
        Fleet.LB1,
        LbStatus.log(),
        0,
        log.formatted(1_790_000_200, "standby/psql-db-1", "is going DOWN for maintenance")
            + log.formatted(1_790_000_100, "production/psql-db-1", "enters drain state")
            + log.formatted(
                1_790_000_050, "production/psql-db-2", "was DOWN and now enters maintenance")
            + log.formatted(
                1_790_000_000, "production/psql-db-1", "is going DOWN for maintenance"));
    assertThat(differences())
        .extracting(Difference::subject, Difference::since)
        .containsExactly(
            tuple("server:production/psql-db-1", new Since(1_790_000_100, "HAProxy's log")),
            tuple("server:production/psql-db-2", new Since(1_790_000_050, "HAProxy's log")));
  }

  @Test
  void aFileThatIsEditedAndLoadedIsOneFinding() {
    file(text().replace("    server psql-db-3 192.168.228.143:5432 check port 8008\n", ""));
    fleet.status(
        Fleet.LB1,
        Fleet.HEALTHY
            .lines()
            .filter(line -> !line.contains(",psql-db-3,"))
            .collect(java.util.stream.Collectors.joining("\n")));
    assertThat(drift()).hasSize(1);
    assertThat(drift().getFirst())
        .startsWith("degraded file-content file:/etc/haproxy/haproxy.cfg");
  }

  @Test
  void aFileIsGradedByItsLines() {
    file("# hello\n" + text());
    assertThat(drift().getFirst()).startsWith("cosmetic file-content");
    file(text().replaceFirst("stats auth admin:\\S+", "stats auth admin:admin"));
    assertThat(drift().getFirst()).startsWith("security file-content");
    assertThat(differences().toString()).doesNotContain("s3cret-stats");
  }

  @Test
  void aPackageThatIsGoneHidesItsUnit() {
    fleet.machines.noSoftware(Fleet.LB1, "haproxy");
    fleet.machines.unit(Fleet.LB1, LbLive.UNIT, false, false);
    fleet.machines.noFile(Fleet.LB1, LbFile.PATH);
    fleet.status(Fleet.LB1, "asked\n");
    assertThat(drift())
        .containsExactly("degraded package-missing package:haproxy: not there, expected there");
  }

  @Test
  void whatNobodyCanAskIsNotCalledClean() {
    fleet.status(Fleet.LB1, "");
    assertThat(drift())
        .containsExactly("degraded command-missing command:socat: not there, expected there");
  }

  @Test
  void aStoppedUnitIsOneFinding() {
    fleet.machines.unit(Fleet.LB1, LbLive.UNIT, true, false);
    fleet.status(Fleet.LB1, "asked\n");
    assertThat(drift())
        .containsExactly("degraded unit-state unit:haproxy.service: stopped, expected running");
  }

  @Test
  void aDropInThatNobodyDeclaresIsTold() {
    fleet.machines.directory(
        Fleet.LB1, "/etc/systemd/system/haproxy.service.d", 0755, "root", "root");
    assertThat(drift()).isEmpty();
    fleet.machines.answer(
        Fleet.LB1,
        new Probe.OfFile("/etc/systemd/system/haproxy.service.d", Probe.Content.NONE),
        new ProbeResult.Found<>(
            new FileFacts(
                FileFacts.Kind.DIRECTORY,
                0755,
                "root",
                "root",
                1,
                Optional.empty(),
                Optional.empty(),
                false,
                1_790_000_000)));
    assertThat(drift())
        .containsExactly(
            "degraded unit-override unit:haproxy.service: changed by"
                + " /etc/systemd/system/haproxy.service.d, expected the package's unit");
    assertThat(differences().getFirst().since())
        .isEqualTo(new Since(1_790_000_000, "the file's time"));
  }

  @Test
  void aDropInUntilTheNextStartOfTheMachineIsToldToo() {
    String path = "/run/systemd/system/haproxy.service.d/hand.conf";
    fleet.machines.unit(
        Fleet.LB1,
        "haproxy.service",
        new UnitFacts(
            "active", "running", "enabled", 7, 0, false, LastChange.UNKNOWN, List.of(path)));
    assertThat(drift())
        .containsExactly(
            "degraded unit-override unit:haproxy.service: changed by "
                + path
                + ", expected the package's unit");
  }

  @Test
  void whatMayPassIsNamed() {
    fleet.status(
        Fleet.LB1,
        Fleet.HEALTHY.replace(
            "production,psql-db-1,0,0,0,0,,0,0,0,,0,,0,0,0,0,UP",
            "production,psql-db-1,0,0,0,0,,0,0,0,,0,,0,0,0,0,DOWN"));
    assertThat(differences())
        .extracting(Difference::code)
        .containsExactly("listener-without-server");
    assertThat(fleet.type.passing())
        .containsExactlyInAnyOrder(
            "haproxy-silent", "listener-without-server", "listener-with-two-primaries");
    fleet.status(Fleet.LB1, "asked\n");
    assertThat(differences()).extracting(Difference::code).containsExactly("haproxy-silent");
  }
}
