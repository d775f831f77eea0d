package io.pgha.provider.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.provider.artifact.CertificateDrift;
import io.pgha.provider.change.PlanRequest;
import io.pgha.provider.drift.Difference;
import io.pgha.provider.probe.FileFacts;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.testing.Certificates;
import io.pgha.provider.testing.Drifts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EtcdDriftTests {
  private final EtcdFleet fleet = EtcdFleet.made();

  private List<Difference> differences(int number) {
    return Drifts.of(
        fleet.type,
        new PlanRequest(
            fleet.instance(number),
            false,
            Optional.of(fleet.prior(number)),
            fleet.live(number),
            true));
  }

  private List<String> drift(int number) {
    return Drifts.words(differences(number));
  }

  private void unit(int number, boolean enabled, boolean running) {
    fleet.machines.unit(EtcdFleet.host(number), EtcdSteps.UNIT, enabled, running);
  }

  private void edit(String from, String to) {
    FileFacts facts =
        fleet
            .machines
            .get(EtcdFleet.host(1), new Probe.OfFile(EtcdEnvironment.PATH, Probe.Content.TEXT))
            .found()
            .orElseThrow();
    fleet.machines.file(
        EtcdFleet.host(1),
        EtcdEnvironment.PATH,
        facts.text().orElseThrow().replace(from, to),
        0644,
        "root",
        "root");
  }

  @Test
  void whatIsAsAppliedIsNotTold() {
    assertThat(drift(1)).isEmpty();
    fleet.leads(1);
    assertThat(drift(1)).isEmpty();
    assertThat(drift(2)).isEmpty();
  }

  @Test
  void aStoppedMemberIsItsUnitAndNothingElse() {
    unit(1, true, false);
    fleet.runs(1, false);
    assertThat(drift(1))
        .containsExactly("degraded unit-state unit:etcd.service: stopped, expected running");
    assertThat(drift(2)).isEmpty();
  }

  @Test
  void aMemberThatWaitsForTheOthersHasNoQuorum() {
    fleet.runs(2, false).runs(3, false).ails(1);
    assertThat(drift(1))
        .containsExactly("danger etcd-no-quorum health: without a quorum, expected healthy");
    assertThat(differences(1).getFirst().detail())
        .isEqualTo(
            "2 of 3 members must be well for anything to be written. Without that no leader of"
                + " PostgreSQL can be elected, and the one that leads steps down. Start the members"
                + " that are down first.");
  }

  @Test
  void oneThatIsIllWhileTheOthersAreWell() {
    fleet.ails(1);
    assertThat(drift(1))
        .containsExactly("degraded etcd-member-unhealthy health: unhealthy, expected healthy");
  }

  @Test
  void oneThatRunsAndDoesNotAnswer() {
    fleet.runs(1, false);
    assertThat(drift(1))
        .containsExactly(
            "degraded etcd-member-silent health: runs, but does not answer, expected healthy");
    assertThat(fleet.type.passing()).contains("etcd-member-silent", "etcd-no-quorum");
  }

  @Test
  void aForeignMemberIsToldOnceWithItsArithmetic() {
    fleet.listed(4, "", false, false);
    assertThat(drift(1))
        .containsExactly(
            "danger etcd-foreign-member peers[\"1bc\"]: http://192.168.228.144:2380, never"
                + " started, expected no such member");
    assertThat(differences(1).getFirst().detail())
        .isEqualTo(
            "4 voters are counted instead of 3: 3 of them must be well instead of 2. Whoever runs"
                + " it may write what Patroni goes by.");
    assertThat(drift(2)).isEmpty();
    fleet.runs(1, false);
    unit(1, true, false);
    assertThat(drift(2)).hasSize(1);
  }

  @Test
  void lostDataIsDangerAndHidesWhatFollows() {
    fleet.machines.noFile(EtcdFleet.host(1), fleet.member(1).membership());
    fleet.machines.noFile(EtcdFleet.host(1), fleet.member(1).dataDir());
    unit(1, true, false);
    fleet.runs(1, false);
    assertThat(drift(1))
        .containsExactly(
            "danger etcd-data-missing directory:/var/lib/etcd/default: no data, expected the"
                + " member's data");
  }

  @Test
  void anExpelledMemberIsToldWithoutItsFailedUnit() {
    fleet.unlisted(1);
    unit(1, true, false);
    assertThat(drift(1))
        .containsExactly(
            "degraded etcd-member-expelled : taken off the member list, expected a member of the"
                + " cluster");
  }

  @Test
  void aFileIsGradedByItsSettings() {
    edit("# Written", "# Rewritten");
    assertThat(drift(1).getFirst()).startsWith("cosmetic file-content");
    edit("http://localhost:2379,", "http://0.0.0.0:2379,http://localhost:2379,");
    assertThat(drift(1).getFirst()).startsWith("security file-content");
    edit("ETCD_NAME=", "ETCD_UNSAFE_NO_FSYNC=\"true\"\nETCD_NAME=");
    assertThat(drift(1)).hasSize(1);
    assertThat(drift(1).getFirst()).startsWith("danger file-content");
    assertThat(differences(1).getFirst().detail())
        .isEqualTo("What differs: ETCD_LISTEN_CLIENT_URLS, ETCD_UNSAFE_NO_FSYNC.");
  }

  @Test
  void permissionsAreGradedByWhoGained() {
    FileFacts facts =
        fleet
            .machines
            .get(EtcdFleet.host(1), new Probe.OfFile(EtcdEnvironment.PATH, Probe.Content.TEXT))
            .found()
            .orElseThrow();
    String text = facts.text().orElseThrow();
    fleet.machines.file(EtcdFleet.host(1), EtcdEnvironment.PATH, text, 0666, "root", "root");
    assertThat(drift(1))
        .containsExactly(
            "security file-permissions file:/etc/default/etcd: mode 0666, expected mode 0644");
    fleet.machines.file(EtcdFleet.host(1), EtcdEnvironment.PATH, text, 0600, "root", "root");
    assertThat(drift(1).getFirst()).startsWith("degraded file-permissions");
  }

  @Test
  void anOlderConfigurationIsNamed() {
    fleet.machines.loaded(EtcdFleet.host(1), EtcdSteps.UNIT, 1_000);
    fleet.machines.written(EtcdFleet.host(1), EtcdEnvironment.PATH, 2_000);
    assertThat(drift(1))
        .containsExactly(
            "degraded older-configuration unit:etcd.service: runs with an older configuration,"
                + " expected runs with the file as it is");
    assertThat(differences(1).getFirst().since().at()).isEqualTo(2_000);
  }

  @Test
  void aCertificateThatAMembersSettingsNameAndThatHasEndedIsTold() {
    Map<String, Object> settings =
        Map.of(
            "settings",
            Map.of(
                "ETCD_CERT_FILE", "/etc/etcd/server.pem", "ETCD_KEY_FILE", "/etc/etcd/server.key"));
    EtcdFleet secured = EtcdFleet.made(settings);
    List<PlacedProbe> asked =
        CertificateDrift.probes(EtcdFleet.host(1), List.of("/etc/etcd/server.pem"));
    secured.machines.command(
        EtcdFleet.host(1), (Probe.OfCommand) asked.getFirst().probe(), 0, Certificates.ENDED);
    assertThat(
            Drifts.words(
                Drifts.of(
                    secured.type,
                    new PlanRequest(
                        secured.instance(1),
                        false,
                        Optional.of(secured.prior(1)),
                        secured.live(1),
                        true))))
        .containsExactly(
            "degraded certificate-expiry certificate:/etc/etcd/server.pem: expired on 2025-12-29,"
                + " expected valid for 30 days more");
  }

  @Test
  void aMemberThatIsSilentKeepsNothingElseFromBeingTold() {
    fleet.runs(1, false);
    fleet.machines.unit(EtcdFleet.host(1), EtcdSteps.UNIT, false, true);
    assertThat(differences(1))
        .extracting(Difference::code)
        .containsExactlyInAnyOrder("etcd-member-silent", "unit-state");
    assertThat(drift(2)).as("the others answer for themselves").isEmpty();
  }
}
