package io.pgha.provider.etcd;

import static io.pgha.provider.etcd.EtcdFleet.address;
import static io.pgha.provider.etcd.EtcdFleet.peers;
import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.language.diagnostic.Diagnostic;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EtcdValidationTests {
  private final EtcdFleet fleet = new EtcdFleet();

  private List<String> errors(int number) {
    return fleet.type.validate(fleet.instance(number)).stream()
        .map(EtcdValidationTests::line)
        .toList();
  }

  private static String line(Diagnostic error) {
    return error.path().map(Object::toString).orElse("") + ": " + error.detail();
  }

  @Test
  void theGuidesMembersAreRight() {
    fleet.declare(peers(1, 2, 3), 1, 2, 3);
    assertThat(errors(1)).isEmpty();
    assertThat(fleet.type.validateAll(fleet.world.all("etcd_member"))).isEmpty();
  }

  @Test
  void anEvenCountIsAnError() {
    fleet.declare(peers(1, 2, 3, 4), 1);
    assertThat(errors(1))
        .containsExactly(
            "peers: 4 members survive the loss of 1, as 3 would, and there is one more that can"
                + " fail. Declare 3 or 5.");
  }

  @Test
  void aMemberStandsAmongItsPeersWithItsHostsAddress() {
    fleet.declare(peers(2, 3, 4), 1);
    assertThat(errors(1))
        .containsExactly(
            "name: `peers` names every member of the cluster, this one too, but not \"etcd-1\"."
                + " It has: etcd-2, etcd-3, etcd-4.");
    fleet.declare(Map.of("etcd-1", "192.168.228.149"), 1);
    assertThat(errors(1))
        .containsExactly(
            "peers: `peers` says that etcd-1 has 192.168.228.149, but its host has"
                + " 192.168.228.141.");
  }

  @Test
  void addressesAreAddressesAndDiffer() {
    fleet.declare(
        Map.of("etcd-1", "192.168.228.141", "etcd-2", "192.168.228.141", "etcd-3", "db3"), 1);
    assertThat(errors(1))
        .containsExactlyInAnyOrder(
            "peers: etcd-1 and etcd-2 both have 192.168.228.141. Each member runs on a machine of"
                + " its own.",
            "peers: etcd listens on IP addresses only, and \"db3\" of member etcd-3 is none.");
  }

  @Test
  void settingsDoNotContradictArguments() {
    fleet.declare(peers(1, 2, 3), Map.of("settings", Map.of("ETCD_NAME", "x", "debug", "true")), 1);
    assertThat(errors(1))
        .containsExactly(
            "settings: ETCD_NAME follows from the arguments `name`, `cluster_token`, `peers`,"
                + " `client_port`, `peer_port` and `data_dir`. Set it there.",
            "settings: \"debug\" is no environment variable of etcd: they are ETCD_ and the option"
                + " in capitals, such as ETCD_QUOTA_BACKEND_BYTES.");
  }

  @Test
  void membersOfAClusterAgree() {
    fleet.declare(peers(1, 2, 3), 1, 2);
    fleet.declare(peers(1, 2, 3, 4, 5), 3);
    assertThat(fleet.type.validateAll(fleet.world.all("etcd_member")))
        .singleElement()
        .satisfies(error -> {
          assertThat(error.address()).contains(address(3));
          assertThat(error.detail())
              .isEqualTo(
                  "All members with the token \"etcd-cluster\" must have the same `peers`,"
                      + " `client_port` and `peer_port`, but "
                      + address(1)
                      + " has others. Two clusters need two tokens.");
        });
  }

  @Test
  void namesAndHostsAreUsedOnce() {
    fleet.declare(peers(1, 2, 3), 1, 2);
    fleet.declare(peers(1, 2, 3), Map.of("name", "etcd-1", "host", EtcdFleet.host(1)), 3);
    assertThat(fleet.type.validateAll(fleet.world.all("etcd_member")))
        .extracting(Diagnostic::code)
        .containsExactly("two-members-on-a-host", "duplicate-member-name", "undeclared-peers");
  }
}
