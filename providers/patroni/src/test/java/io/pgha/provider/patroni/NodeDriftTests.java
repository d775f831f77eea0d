package io.pgha.provider.patroni;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.provider.artifact.CertificateDrift;
import io.pgha.provider.drift.Difference;
import io.pgha.provider.drift.Grade;
import io.pgha.provider.drift.Since;
import io.pgha.provider.probe.CommandOutput;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.step.Fragment;
import io.pgha.provider.testing.Drifts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodeDriftTests {
  /** A certificate that ended on 2025-12-29. */
  private static final String ENDED =
      """
      -----BEGIN CERTIFICATE-----
      MIIBQTCB6qADAgECAghxBiV/22jyLjAKBggqhkjOPQQDAjAOMQwwCgYDVQQDEwNP
      bGQwHhcNMTYwMTAxMDAwMDAwWhcNMjUxMjI5MDAwMDAwWjAOMQwwCgYDVQQDEwNP
      bGQwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATT4KScdOlPMfk26GnDUL9uRwC0
      EAlqh0oG9rNEaYy2Hk1TJ1XttErBKf5M1G5FIMvcfaef9GY8xrDihXp9j6MmozIw
      MDAdBgNVHQ4EFgQUhZ+N2gv9Gf/TNucPLocK08eDmt8wDwYDVR0TAQH/BAUwAwEB
      /zAKBggqhkjOPQQDAgNGADBDAiAMu9QsVCQ1GCWr6dxGfRbBYDlQqpO+OAKY3B2F
      utN84AIfWy+2rjf3awbKGmZNcma1cdFKDihgfB3fDhpNYbwDEA==
      -----END CERTIFICATE-----
      """;

  private final Fleet fleet = new Fleet();

  @BeforeEach
  void run() {
    fleet.running().appliedAll();
  }

  private List<Difference> differences(int number) {
    return fleet.drift(Fleet.node(number));
  }

  private List<String> drift(int number) {
    return Drifts.words(differences(number));
  }

  private void views(String from, String to) {
    for (int number = 1; number <= 3; number++) {
      fleet.http(number, "/cluster", Fleet.VIEW.replace(from, to));
    }
  }

  private void file(String from, String to) {
    String text =
        Fragment.reveal(NodeFile.content(fleet.config(2), fleet.clusterConfig(), Optional.empty()));
    assertThat(text).contains(from);
    fleet.machines.file(
        Fleet.host(2), NodeFile.PATH, text.replace(from, to), 0640, "root", "postgres");
  }

  @Test
  void whoLeadsIsNoDrift() {
    assertThat(drift(1)).isEmpty();
    assertThat(drift(2)).isEmpty();
    String swapped =
        Fleet.VIEW
            .replace("\"name\": \"psql-db-1\"", "\"name\": \"other\"")
            .replace("\"name\": \"psql-db-2\"", "\"name\": \"psql-db-1\"")
            .replace("\"name\": \"other\"", "\"name\": \"psql-db-2\"");
    for (int number = 1; number <= 3; number++) {
      fleet.http(number, "/cluster", swapped);
    }
    assertThat(drift(1)).isEmpty();
    assertThat(drift(2)).isEmpty();
  }

  @Test
  void aStoppedNodeIsItsUnitAndNothingElse() {
    fleet.machines.unit(Fleet.host(2), NodeLive.UNIT, true, false);
    fleet.http(2, "/patroni", "");
    fleet.http(2, "/cluster", "");
    assertThat(drift(2))
        .containsExactly("degraded unit-state unit:patroni.service: stopped, expected running");
  }

  @Test
  void aReplicaIsToldWhereBothEtcdAndTheNodeSaySo() {
    views(
        "\"name\": \"psql-db-2\", \"role\": \"replica\", \"state\": \"streaming\"",
        "\"name\": \"psql-db-2\", \"role\": \"replica\", \"state\": \"running\"");
    assertThat(drift(2)).isEmpty();
    fleet.http(2, "/patroni", "{\"state\": \"running\", \"role\": \"replica\", \"timeline\": 1}");
    assertThat(drift(2))
        .containsExactly("degraded replica-not-streaming state: running, expected streaming");
    assertThat(new PatroniNodeType().passing()).contains("replica-not-streaming");
  }

  @Test
  void anotherTimelineIsDanger() {
    views(
        "\"host\": \"192.168.228.141\", \"port\": 5432, \"timeline\": 1",
        "\"host\": \"192.168.228.141\", \"port\": 5432, \"timeline\": 2");
    assertThat(drift(2))
        .containsExactly("danger replica-on-other-timeline timeline: 1, expected 2");
  }

  @Test
  void aReplicaFarBehindIsTold() {
    views(
        "\"port\": 5432, \"timeline\": 1, \"lag\": 0",
        "\"port\": 5432, \"timeline\": 1, \"lag\": 99000000");
    assertThat(drift(2))
        .containsExactly("degraded replica-lags lag: far behind, expected less than 16 MiB behind");
  }

  @Test
  void aNodeThatIsNoMemberIsTold() {
    views("\"name\": \"psql-db-2\"", "\"name\": \"psql-db-9\"");
    assertThat(drift(2))
        .containsExactly(
            "degraded node-not-a-member : Patroni runs, but is no member, expected a member of the"
                + " cluster");
  }

  @Test
  void lostDataIsDanger() {
    fleet.disk(2, "nocreate=yes");
    fleet.machines.noFile(Fleet.host(2), "/var/lib/patroni");
    assertThat(drift(2))
        .containsExactly(
            "danger data-missing directory:/var/lib/patroni: no data, expected the data of the"
                + " cluster");
  }

  @Test
  void aCertificateThatSettingsNameAndThatHasEndedIsToldWhereItIs() {
    fleet.parameters.put("ssl_cert_file", "server.crt");
    fleet.node.put("settings", Map.of("restapi", Map.of("certfile", "/etc/ssl/rest.pem")));
    fleet.declare();
    fleet.running().appliedAll();
    for (String path : List.of("/var/lib/patroni/server.crt", "/etc/ssl/rest.pem")) {
      Probe<?> question = CertificateDrift.probes(Fleet.host(2), List.of(path)).getFirst().probe();
      fleet.machines.command(Fleet.host(2), (Probe.OfCommand) question, 0, ENDED);
    }
    assertThat(drift(2))
        .filteredOn(each -> each.contains("certificate"))
        .containsExactlyInAnyOrder(
            "degraded certificate-expiry certificate:/var/lib/patroni/server.crt: expired on"
                + " 2025-12-29, expected valid for 30 days more",
            "degraded certificate-expiry certificate:/etc/ssl/rest.pem: expired on 2025-12-29,"
                + " expected valid for 30 days more");
    assertThat(drift(3)).noneMatch(each -> each.contains("certificate"));
  }

  private void facts(int number, ProbeResult<CommandOutput> answer) {
    fleet.machines.answer(Fleet.host(number), NodeFacts.probe(fleet.config(number), 17), answer);
  }

  @Test
  void dataThatNobodyCouldLookAtIsNotCalledLost() {
    facts(1, new ProbeResult.Failed<>("it took too long"));
    assertThat(drift(1)).isEmpty();
    facts(1, new ProbeResult.Found<>(new CommandOutput(137, "", "Killed")));
    assertThat(drift(1)).isEmpty();
    facts(2, new ProbeResult.Failed<>("it took too long"));
    views("\"name\": \"psql-db-2\"", "\"name\": \"psql-db-9\"");
    assertThat(drift(2).getFirst()).startsWith("degraded node-not-a-member");
  }

  @Test
  void aNodeThatIsGoneIsDangerOnlyWhereItsDataIsGoneToo() {
    List<Difference> gone =
        List.of(Difference.of("gone", "", "", Grade.DEGRADED, "there", "not there"));
    facts(2, new ProbeResult.Failed<>("it took too long"));
    assertThat(
            Drifts.words(
                new PatroniNodeType().drift(fleet.applied(fleet.world.get(Fleet.node(2))), gone)))
        .containsExactly("degraded gone : not there, expected there");
    fleet.disk(2, "nocreate=yes");
    assertThat(
            Drifts.words(
                new PatroniNodeType().drift(fleet.applied(fleet.world.get(Fleet.node(2))), gone)))
        .containsExactly("danger gone : not there, expected there");
  }

  @Test
  void aFileIsGradedByTheSettingsThatDiffer() {
    file("scope: postgres", "scope: postgres # hello");
    assertThat(drift(2).getFirst()).startsWith("cosmetic file-content");
    file("nofailover: false", "nofailover: true");
    assertThat(drift(2).getFirst()).startsWith("degraded file-content");
    assertThat(differences(2).getFirst().detail()).isEqualTo("What differs: tags.nofailover.");
    file("host all all 0.0.0.0/0 scram-sha-256", "host all all 0.0.0.0/0 trust");
    assertThat(drift(2).getFirst()).startsWith("security file-content");
    file("s3cret-repl", "other");
    assertThat(drift(2).getFirst()).startsWith("security file-content");
    assertThat(differences(2).toString()).doesNotContain("s3cret").contains("replication.password");
  }

  @Test
  void aFileThatOthersMayReadIsAQuestionOfSecurity() {
    String text =
        Fragment.reveal(NodeFile.content(fleet.config(2), fleet.clusterConfig(), Optional.empty()));
    fleet.machines.file(Fleet.host(2), NodeFile.PATH, text, 0644, "root", "postgres");
    assertThat(drift(2))
        .containsExactly(
            "security file-permissions file:/etc/patroni/config.yml: mode 0644, expected mode"
                + " 0640");
    assertThat(differences(2).getFirst().detail())
        .isEqualTo("Others may read what is secret in it.");
  }

  @Test
  void aStoppedNodeWithoutItsFileIsNotGone() {
    fleet.machines.unit(Fleet.host(2), NodeLive.UNIT, true, false);
    fleet.machines.noFile(Fleet.host(2), NodeFile.PATH);
    fleet.http(2, "/patroni", "");
    fleet.http(2, "/cluster", "");
    assertThat(fleet.read(Fleet.node(2)).presence())
        .isEqualTo(io.pgha.provider.change.Live.Presence.PRESENT);
  }

  private static final String RULES =
      """
      local all postgres peer
      host replication replicator 192.168.228.141/32 scram-sha-256
      host   all all 0.0.0.0/0   scram-sha-256
      """;

  @Test
  void whatSomebodyWroteIntoTheDataDirectoryLetsPeopleInAndIsTold() {
    fleet.accessRules(2, RULES + "# nobody\nhost all all 0.0.0.0/0 trust\n");
    assertThat(drift(2))
        .containsExactly(
            "security pg-hba file:/var/lib/patroni/pg_hba.conf: more: host all all 0.0.0.0/0 trust,"
                + " expected the declared lines");
    fleet.machines.written(Fleet.host(2), "/var/lib/patroni/pg_hba.conf", 1_790_000_000);
    assertThat(fleet.drift(Fleet.node(2)).getFirst().since())
        .isEqualTo(new Since(1_790_000_000, "the file's time"));
    fleet.accessRules(2, RULES.replace("local all postgres peer\n", ""));
    assertThat(drift(2).getFirst()).contains(": less: local all postgres peer,");
    fleet.accessRules(2, String.join("\n", RULES.lines().toList().reversed()));
    assertThat(drift(2).getFirst()).contains(": the same lines in another order,");
    fleet.accessRules(2, RULES);
    assertThat(drift(2)).isEmpty();
  }

  @Test
  void aPasswordInAnAccessRuleIsNotShown() {
    fleet.accessRules(
        2, RULES + "host all all ::/0 ldap ldapserver=a ldapbindpasswd=\"s3 cret\"\n");
    assertThat(differences(2).toString())
        .contains("host all all ::/0 ldap (options hidden)")
        .doesNotContain("cret");
  }

  @Test
  void ofAccessRulesThatGoOnInTheNextLineOnlyTheNumberIsShown() {
    fleet.accessRules(2, RULES + "host all all ::/0 ldap \\\n s3cret\n");
    assertThat(drift(2).getFirst()).contains(": 2 more,").doesNotContain("s3cret");
  }

  @Test
  void serversWithoutTheirAccessRulesCannotBeStartedAgain() {
    fleet.machines.noFile(Fleet.host(2), "/var/lib/patroni/pg_hba.conf");
    assertThat(drift(2).getFirst()).startsWith("security pg-hba").contains("not there");
  }

  @Test
  void accessRulesThatCameOfPatronisOwnFileAreToldThere() {
    file("0.0.0.0/0 scram-sha-256", "0.0.0.0/0 trust");
    fleet.accessRules(2, RULES.replace("0.0.0.0/0   scram-sha-256", "0.0.0.0/0 trust"));
    assertThat(drift(2)).singleElement().asString().startsWith("security file-content");
  }

  @Test
  void anotherFileOfAccessRulesIsNotPatronis() {
    fleet.parameters.put("hba_file", "/etc/postgresql/pg_hba.conf");
    fleet.declare();
    fleet.running().appliedAll();
    fleet.accessRules(2, "host all all 0.0.0.0/0 trust\n");
    assertThat(drift(2)).isEmpty();
  }
}
