package io.pgha.provider.etcd;

import static io.pgha.provider.etcd.EtcdFleet.address;
import static io.pgha.provider.etcd.EtcdFleet.host;
import static io.pgha.provider.etcd.EtcdFleet.peers;
import static io.pgha.provider.etcd.EtcdFleet.words;
import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.language.value.Str;
import io.pgha.provider.change.Action;
import io.pgha.provider.change.Change;
import io.pgha.provider.change.Live;
import io.pgha.provider.probe.LastChange;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.UnitFacts;
import io.pgha.provider.rollout.Effect;
import io.pgha.provider.step.Fragment;
import io.pgha.provider.step.Step;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EtcdMemberTests {
  private static final String GUIDE =
      """
      # Written by pgha, which undoes changes made here.
      ETCD_NAME="etcd-1"
      ETCD_LISTEN_PEER_URLS="http://192.168.228.141:2380"
      ETCD_LISTEN_CLIENT_URLS="http://localhost:2379,http://192.168.228.141:2379"
      ETCD_INITIAL_ADVERTISE_PEER_URLS="http://192.168.228.141:2380"
      ETCD_INITIAL_CLUSTER="etcd-1=http://192.168.228.141:2380,etcd-2=http://192.168.228.142:2380,etcd-3=http://192.168.228.143:2380"
      ETCD_ADVERTISE_CLIENT_URLS="http://192.168.228.141:2379"
      ETCD_INITIAL_CLUSTER_TOKEN="etcd-cluster"
      ETCD_INITIAL_CLUSTER_STATE="new"
      """;

  @Nested
  class OnBareMachines {
    private final EtcdFleet fleet = new EtcdFleet().declare(peers(1, 2, 3), 1, 2, 3);

    @Test
    void nothingIsThere() {
      assertThat(fleet.live(1).presence()).isEqualTo(Live.Presence.ABSENT);
    }

    @Test
    void theMemberIsStartedWithoutWaitingForItsQuorum() {
      Change change = fleet.plan(1);
      assertThat(change.action()).isEqualTo(Action.CREATE);
      assertThat(change.effect().kind()).isEqualTo(Effect.Kind.BOOTSTRAP);
      assertThat(words(change.prepare()))
          .containsExactly(
              "install curl, etcd-client, etcd-server", "make directory /var/lib/etcd/default");
      assertThat(words(change.activate()))
          .containsExactly(
              "write /etc/default/etcd",
              "systemctl enable etcd.service",
              "systemctl start --no-block etcd.service",
              "wait until etcd-1 is healthy");
    }

    @Test
    void aClosedWayToTheOthersIsToldBeforehand() {
      PlacedProbe question = fleet.member(1).reach().probes().getFirst();
      fleet.machines.command(
          host(1), (Probe.OfCommand) question.probe(), 0, "2380 192.168.228.142 no answer");
      assertThat(fleet.plan(1).diagnostics())
          .singleElement()
          .satisfies(warning -> {
            assertThat(warning.isError()).isFalse();
            assertThat(warning.detail())
                .startsWith("It gets no connection to 192.168.228.142:2380 (no answer). Look for");
          });
      assertThat(fleet.plan(2).diagnostics()).isEmpty();
    }

    @Test
    void theFileIsTheGuides() {
      Step.WriteFile write = (Step.WriteFile) fleet.plan(1).activate().getFirst().step();
      assertThat(Fragment.reveal(write.content())).isEqualTo(GUIDE);
    }

    @Test
    void clientUrlIsKnownBeforehand() {
      assertThat(fleet.instance(2).values().get("client_url"))
          .isEqualTo(new Str("http://192.168.228.142:2379"));
    }

    @Test
    void thePackagesUntouchedFileMayBeReplaced() {
      fleet.machines.packageDefault(host(1), "/etc/default/etcd", "## etcd(1) daemon options\n");
      assertThat(fleet.live(1).presence()).isEqualTo(Live.Presence.DEFAULT);
      assertThat(words(fleet.plan(1).activate())).contains("write /etc/default/etcd");
    }

    @Test
    void anEmptyEtcdOfTheDistributionIsClearedFirst() {
      fleet.machines.packageDefault(host(1), "/etc/default/etcd", "## etcd(1) daemon options\n");
      fleet.machines.unit(host(1), "etcd.service", true, true);
      fleet.machines.directory(host(1), "/var/lib/etcd/default/member", 0700, "etcd", "etcd");
      fleet.onLoopback("14841639068965178418", "1");
      assertThat(fleet.live(1).presence()).isEqualTo(Live.Presence.DEFAULT);
      assertThat(words(fleet.plan(1).activate()))
          .as("it runs already: it must be started again all the same")
          .containsExactly(
              "stop the distribution's empty etcd and clear /var/lib/etcd/default/member",
              "write /etc/default/etcd",
              "systemctl start --no-block etcd.service",
              "wait until etcd-1 is healthy");
    }

    @Test
    void oneThatWasWrittenToIsForeign() {
      fleet.machines.packageDefault(host(1), "/etc/default/etcd", "## etcd(1) daemon options\n");
      fleet.machines.directory(host(1), "/var/lib/etcd/default/member", 0700, "etcd", "etcd");
      fleet.onLoopback("14841639068965178418", "9");
      assertThat(fleet.live(1).presence()).isEqualTo(Live.Presence.PRESENT);
      assertThat(fleet.live(1).found())
          .isEqualTo(
              "An etcd of another cluster (cdf818194e3a8c32, member 1, revision 9) runs there."
                  + " There is data of an etcd member in /var/lib/etcd/default.");
    }

    @Test
    void aForeignMembersFileIsNamed() {
      fleet.machines.file(
          host(1),
          "/etc/default/etcd",
          "ETCD_NAME=\"prod-1\"\nETCD_INITIAL_CLUSTER_TOKEN=prod\n",
          0644,
          "root",
          "root");
      assertThat(fleet.live(1).presence()).isEqualTo(Live.Presence.PRESENT);
      assertThat(fleet.live(1).found())
          .isEqualTo("/etc/default/etcd configures the etcd member prod-1 of the cluster prod.");
    }

    @Test
    void aClaimedMemberWhoseStartWaitsForOthersGoesOn() {
      fleet.machines.run(fleet.plan(1).prepare());
      fleet.machines.run(fleet.plan(1).activate().subList(0, 2));
      fleet.machines.unit(
          host(1),
          "etcd.service",
          new UnitFacts(
              "activating", "start", "enabled", 7, 0, false, LastChange.UNKNOWN, List.of()));
      fleet.machines.directory(host(1), "/var/lib/etcd/default/member", 0700, "etcd", "etcd");
      Change change = fleet.plan(1, false, true);
      assertThat(change.action()).isEqualTo(Action.CREATE);
      assertThat(words(change.activate()))
          .containsExactly(
              "systemctl start --no-block etcd.service", "wait until etcd-1 is healthy");
    }

    @Test
    void theThirdOfAFirstStartDoesNotJoinAsALearner() {
      fleet.runs(1, true).runs(2, true).listed(3, "etcd-3", false, false);
      assertThat(words(fleet.plan(3).activate())).noneMatch(step -> step.contains("learner"));
    }
  }

  @Nested
  class Running {
    private final EtcdFleet fleet = EtcdFleet.made();

    @Test
    void nothingIsToBeDone() {
      for (int number : new int[] {1, 2, 3}) {
        assertThat(fleet.plan(number).action()).isEqualTo(Action.NO_OP);
      }
    }

    @Test
    void theIdIsTheGuides() {
      assertThat(fleet.plan(1).computed().get("member_id")).isEqualTo(new Str("659f84d35a13cf2f"));
      assertThat(fleet.plan(3).computed().get("member_id")).isEqualTo(new Str("38c2f5960a646674"));
    }

    @Test
    void anEditedFileIsWrittenAndTheMemberRestarted() {
      fleet.machines.file(
          host(1),
          "/etc/default/etcd",
          GUIDE.replace("ETCD_NAME=\"etcd-1\"", "ETCD_NAME=\"mine\""),
          0644,
          "root",
          "root");
      Change change = fleet.plan(1);
      assertThat(change.effect()).isEqualTo(new Effect(Effect.Kind.RESTART, "restart of etcd-1"));
      assertThat(change.artifacts().getFirst().reason()).isEqualTo("changed outside pgha");
      assertThat(change.artifacts().getFirst().diff())
          .contains("-ETCD_NAME=\"mine\"", "+ETCD_NAME=\"etcd-1\"");
      assertThat(words(change.activate()))
          .containsExactly(
              "write /etc/default/etcd",
              "systemctl restart etcd.service",
              "wait until etcd-1 is healthy");
    }

    @Test
    void aMemberThatWasNotRestartedAfterItsFileWasWrittenIsRestarted() {
      fleet
          .machines
          .loaded(host(1), "etcd.service", 1_700_000_200)
          .written(host(1), "/etc/default/etcd", 1_700_000_300);
      Change change = fleet.plan(1);
      assertThat(change.action()).isEqualTo(Action.UPDATE);
      assertThat(change.effect()).isEqualTo(new Effect(Effect.Kind.RESTART, "restart of etcd-1"));
      assertThat(change.artifacts())
          .extracting(artifact -> artifact.summary() + ": " + artifact.reason())
          .containsExactly(
              "runs with an older configuration -> restarted: /etc/default/etcd was written after"
                  + " etcd was last started or reloaded");
      assertThat(words(change.activate()))
          .containsExactly("systemctl restart etcd.service", "wait until etcd-1 is healthy");
    }

    @Test
    void aRestartThatWasCutOffIsMadeUpFor() {
      fleet.declare(peers(1, 2, 3), Map.of("settings", Map.of("ETCD_A", "1")), 1);
      fleet.machines.run(fleet.plan(1).activate().subList(0, 1));
      assertThat(words(fleet.plan(1).activate())).contains("systemctl restart etcd.service");
      fleet.machines.run(fleet.plan(1).activate());
      assertThat(fleet.plan(1).activate()).isEmpty();
    }

    @Test
    void anotherModeIsMendedWithoutARestart() {
      fleet.machines.file(host(1), "/etc/default/etcd", GUIDE, 0666, "root", "root");
      Change change = fleet.plan(1);
      assertThat(change.effect()).isEqualTo(Effect.NONE);
      assertThat(change.artifacts().getFirst().summary()).isEqualTo("mode 0666 -> 0644");
      assertThat(words(change.activate()))
          .containsExactly(
              "set /etc/default/etcd to 0644 root:root", "wait until etcd-1 is healthy");
    }

    @Test
    void aStoppedMemberIsStarted() {
      fleet.machines.unit(host(2), "etcd.service", true, false);
      fleet.runs(2, false);
      Change change = fleet.plan(2);
      assertThat(change.effect()).isEqualTo(Effect.NONE);
      assertThat(change.artifacts().getFirst().summary()).isEqualTo("stopped -> running");
      assertThat(words(change.activate()))
          .containsExactly(
              "systemctl start --no-block etcd.service", "wait until etcd-2 is healthy");
    }

    @Test
    void aDisabledUnitIsEnabled() {
      fleet.machines.unit(host(2), "etcd.service", false, true);
      Change change = fleet.plan(2);
      assertThat(change.artifacts().getFirst().summary()).isEqualTo("disabled -> enabled");
      assertThat(words(change.activate()).getFirst()).isEqualTo("systemctl enable etcd.service");
    }

    @Test
    void aRemovedPackageIsInstalledAgain() {
      fleet.machines.noSoftware(host(2), "etcd-client");
      Change change = fleet.plan(2);
      assertThat(words(change.prepare())).containsExactly("install etcd-client");
      assertThat(change.activate()).isEmpty();
    }

    @Test
    void anAilingMemberIsRestartedWhereTheOthersAreWell() {
      fleet.ails(2);
      Change change = fleet.plan(2);
      assertThat(change.attributes())
          .singleElement()
          .satisfies(attribute ->
              assertThat(attribute.reason()).isEqualTo("unhealthy while others are well"));
      assertThat(words(change.activate())).contains("systemctl restart etcd.service");
    }

    @Test
    void withoutAQuorumNobodyIsRestarted() {
      fleet.ails(1).runs(2, false).runs(3, false);
      assertThat(words(fleet.plan(1).activate())).containsExactly("wait until etcd-1 is healthy");
    }

    @Test
    void aSettingIsAddedByARestart() {
      fleet.declare(
          peers(1, 2, 3), Map.of("settings", Map.of("ETCD_QUOTA_BACKEND_BYTES", "4294967296")), 1);
      Change change = fleet.plan(1);
      assertThat(change.action()).isEqualTo(Action.UPDATE);
      assertThat(change.artifacts().getFirst().reason()).isEqualTo("configuration changed");
      assertThat(change.artifacts().getFirst().diff())
          .contains("+ETCD_QUOTA_BACKEND_BYTES=\"4294967296\"");
    }

    @Test
    void aSensitiveSettingIsHiddenAndItsFileIsForRootOnly() {
      fleet.declare(
          peers(1, 2, 3), Map.of("settings", Map.of("ETCD_A", "hush", "ETCD_B", "loud")), 1);
      fleet.instance(1).sensitive("settings[\"ETCD_A\"]");
      Change change = fleet.plan(1);
      assertThat(change.artifacts().getFirst().summary()).isEqualTo("content, mode 0644 -> 0600");
      assertThat(change.artifacts().getFirst().diff())
          .contains("+ETCD_A=(sensitive)", "+ETCD_B=\"loud\"");
      assertThat(change.toString()).doesNotContain("hush");
      Step.WriteFile write = (Step.WriteFile) change.activate().getFirst().step();
      assertThat(Fragment.reveal(write.content()))
          .isEqualTo(GUIDE + "ETCD_A=\"hush\"\nETCD_B=\"loud\"\n");
    }

    @Test
    void aNewMemberRestartsNobody() {
      fleet.declare(peers(1, 2, 3, 4, 5), 1, 2, 3, 4, 5);
      Change change = fleet.plan(1);
      assertThat(change.action()).isEqualTo(Action.UPDATE);
      assertThat(change.attributes()).hasSize(2);
      assertThat(change.prepare()).isEmpty();
      assertThat(change.activate()).isEmpty();
      assertThat(change.effect()).isEqualTo(Effect.NONE);
    }

    @Test
    void aNewMemberJoinsAsALearner() {
      fleet.declare(peers(1, 2, 3, 4, 5), 1, 2, 3, 4, 5);
      Change change = fleet.plan(4);
      assertThat(change.action()).isEqualTo(Action.CREATE);
      assertThat(words(change.activate()))
          .containsExactly(
              "add member etcd-4 as a learner through another member",
              "write /etc/default/etcd",
              "systemctl enable etcd.service",
              "systemctl start --no-block etcd.service",
              "wait until etcd-4 has joined the cluster",
              "promote member etcd-4 to a voter once it is in sync",
              "wait until etcd-4 is healthy");
      Step.WriteFile write = (Step.WriteFile) change.activate().get(1).step();
      assertThat(Fragment.reveal(write.content()))
          .contains(
              "ETCD_INITIAL_CLUSTER=\"etcd-1=http://192.168.228.141:2380,etcd-2=http://192.168.228.142:2380,etcd-3=http://192.168.228.143:2380,etcd-4=http://192.168.228.144:2380\"")
          .contains("ETCD_INITIAL_CLUSTER_STATE=\"existing\"");
    }

    @Test
    void aMemberThatNobodyDeclaresIsRemovedByTheFirst() {
      fleet.declare(peers(1, 2, 3, 4, 5), 4);
      fleet.runs(4, true);
      assertThat(words(fleet.plan(1).activate()))
          .containsExactly(
              "remove member etcd-4 (1bc) from the cluster", "wait until etcd-1 is healthy");
      assertThat(fleet.plan(1).effect().kind()).isEqualTo(Effect.Kind.REMOVAL);
      assertThat(fleet.plan(1).attributes().getFirst().reason())
          .isEqualTo("a member that nobody declares");
      assertThat(fleet.plan(2).action()).isEqualTo(Action.NO_OP);
    }

    @Test
    void aMemberThatLostItsDataJoinsAgain() {
      fleet.machines.noFile(host(2), "/var/lib/etcd/default/member");
      fleet.machines.unit(host(2), "etcd.service", true, false);
      fleet.runs(2, false);
      Change change = fleet.plan(2);
      assertThat(words(change.activate()))
          .startsWith("add member etcd-2 as a learner through another member");
      assertThat(change.attributes().getFirst().reason())
          .isEqualTo("its data is gone: it joins again with none");
    }

    @Test
    void aMemberThatWasRemovedFromTheListJoinsAgainWithItsDataPutAside() {
      fleet.unlisted(2);
      fleet.machines.unit(host(2), "etcd.service", true, false);
      assertThat(words(fleet.plan(2).activate()))
          .startsWith(
              "stop etcd and move /var/lib/etcd/default/member aside to"
                  + " /var/lib/etcd/default/member.removed",
              "add member etcd-2 as a learner through another member");
      fleet.machines.unit(host(2), "etcd.service", true, true);
      assertThat(words(fleet.plan(2).activate()))
          .as("stopped while it ran, it must be started again")
          .contains("systemctl start --no-block etcd.service");
    }

    @Test
    void whereAllDataIsGoneNoSecondClusterIsMade() {
      for (int number : new int[] {1, 2, 3}) {
        fleet.unlisted(number);
        fleet.machines.noFile(host(number), "/var/lib/etcd/default/member");
      }
      assertThat(fleet.plan(1).diagnostics())
          .singleElement()
          .satisfies(error -> {
            assertThat(error.summary())
                .isEqualTo("The data of etcd-1 is gone and no other member answers");
            assertThat(error.detail()).contains("pgha state rm '" + address(1) + "'");
          });
      assertThat(fleet.plan(1).activate()).isEmpty();
    }

    @Test
    void removalKeepsDataWithANoteWhoseItIs() {
      Change change = fleet.plan(1, true, true);
      assertThat(change.action()).isEqualTo(Action.DELETE);
      assertThat(words(change.activate()))
          .containsExactly(
              "systemctl stop etcd.service",
              "systemctl disable etcd.service",
              "note in /var/lib/etcd/default/pgha-kept whose the data is",
              "remove /etc/default/etcd");
    }

    @Test
    void keptDataResumes() {
      fleet.machines.noFile(host(1), "/etc/default/etcd");
      fleet.machines.unit(host(1), "etcd.service", false, false);
      fleet.machines.file(
          host(1),
          "/var/lib/etcd/default/pgha-kept",
          fleet.member(1).keptText(),
          0600,
          "root",
          "root");
      fleet.unlisted(1).unlisted(2).unlisted(3);
      assertThat(fleet.live(1).presence()).isEqualTo(Live.Presence.ABSENT);
      assertThat(words(fleet.plan(1).activate()))
          .containsExactly(
              "write /etc/default/etcd",
              "systemctl enable etcd.service",
              "systemctl start --no-block etcd.service",
              "wait until etcd-1 is healthy");
    }

    @Test
    void dataGoesOnlyWhenAsked() {
      fleet.declare(peers(1, 2, 3), Map.of("delete_data_on_destroy", true), 1);
      assertThat(words(fleet.plan(1, true, true).activate()))
          .contains("remove directory /var/lib/etcd/default");
    }
  }

  @Test
  void anOldEtcdIsRefused() {
    EtcdFleet fleet = new EtcdFleet().declare(peers(1, 2, 3), 1, 2, 3);
    fleet.machines.software(host(1), "etcd-server", "3.3.25+dfsg-7", false);
    assertThat(fleet.plan(1).diagnostics())
        .singleElement()
        .satisfies(error ->
            assertThat(error.detail())
                .isEqualTo(
                    "The package etcd-server is 3.3.25+dfsg-7, but Patroni's etcd3 needs 3.4 or"
                        + " newer. Use Debian 12, Ubuntu 24.04 or newer, or install a newer"
                        + " etcd-server package on it first."));
  }

  @Test
  void whatIsNoJsonIsNoAnswer() {
    EtcdFleet fleet = new EtcdFleet().declare(peers(1, 2, 3), 1, 2, 3);
    fleet.machines.command(
        host(1),
        ClusterView.probe(fleet.member(1)),
        0,
        "etcd-1\t<html>\t<html>\t<html>\t\netcd-2\t{\"health\":\"true\"}\t\t\t\n");
    ClusterView view = ClusterView.of(fleet.member(1), fleet.machines);
    assertThat(view.answers()).isEmpty();
    assertThat(List.of(view.cluster(), view.own())).allMatch(java.util.Optional::isEmpty);
  }
}
