package io.pgha.provider.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.Type;
import io.pgha.language.value.Unknown;
import io.pgha.provider.testing.FakeInstance;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VipValidationTests {
  private final Pair pair = new Pair();

  private List<String> says(Map<String, ?> arguments) {
    return said(pair.type.validate(pair.member(1, arguments)));
  }

  private static List<String> said(List<Diagnostic> diagnostics) {
    return diagnostics.stream()
        .map(each ->
            (each.isError() ? "ERROR " : "WARNING ")
                + each.path().map(Object::toString).orElse("")
                + ": "
                + each.summary()
                + ". "
                + each.detail())
        .toList();
  }

  @Test
  void theGuidesMembersAreRight() {
    assertThat(says(Map.of())).isEmpty();
    assertThat(said(pair.type.validateAll(pair.world.all(VipType.NAME)))).isEmpty();
  }

  @Test
  void aSecretOfMoreThanEightCharactersIsAnErrorThatDoesNotShowIt() {
    assertThat(says(Map.of("auth_pass", "a-long-password")))
        .containsExactly(
            "ERROR auth_pass: auth_pass is longer than 8 characters. It has 15. Keepalived uses the"
                + " first 8 and drops the rest without a word, so that a longer one only looks safer."
                + " Shorten it to 8.");
    assertThat(says(Map.of("auth_pass", "a b#{"))).singleElement().asString().doesNotContain("#{");
  }

  @Test
  void noSecretIsWarnedOf() {
    assertThat(says(Map.of("auth_pass", "none")))
        .singleElement()
        .asString()
        .startsWith("WARNING auth_pass: Members don't prove themselves.");
  }

  @Test
  void anAddressOutsideTheSubnetIsAnError() {
    assertThat(says(Map.of("address", "192.168.229.140")))
        .containsExactly(
            "ERROR address: The floating address is outside the hosts' subnet. 192.168.229.140 is not"
                + " in 192.168.228.0/24, where one of the hosts is, so that clients there would not"
                + " find it. Choose an address in that subnet, or set prefix where the subnet is"
                + " larger than /24.");
    assertThat(says(Map.of("address", "192.168.229.140", "prefix", 23))).isEmpty();
    assertThat(says(Map.of("address", "192.168.228.10", "prefix", 25))).hasSize(1);
  }

  @Test
  void aHostsOwnAddressIsAnError() {
    assertThat(says(Map.of("address", "192.168.228.144")))
        .containsExactly(
            "ERROR address: The floating address is a host's own. 192.168.228.144 is the address of"
                + " psql-lb-1. It must be a free address in the same subnet.");
  }

  @Test
  void whatIsNoAddressIsAnError() {
    assertThat(says(Map.of("address", "192.168.228.140/24")))
        .singleElement()
        .asString()
        .startsWith("ERROR address: Not an IPv4 address.");
    assertThat(says(Map.of("peers", List.of("192.168.228.144", "lb-2"))))
        .anyMatch(each -> each.startsWith("ERROR peers[1]: Not an IPv4 address."));
  }

  @Test
  void aHostThatIsNotAmongItsPeersIsAnError() {
    assertThat(says(Map.of("peers", List.of("192.168.228.145", "192.168.228.146"))))
        .containsExactly(
            "ERROR peers: The host is not among its peers. psql-lb-1 has the address 192.168.228.144,"
                + " which is not in peers. List the addresses of all hosts that may hold the floating"
                + " address, this one among them.");
  }

  @Test
  void aWeightWithoutPreemptionIsAnError() {
    assertThat(says(Map.of("weight", 2)))
        .containsExactly(
            "ERROR weight: A weight never moves the address here. Without preempt no host takes the"
                + " address from one that is alive, whatever its priority: with a weight the address"
                + " would stay where the process is gone. Leave weight out, so that the host gives"
                + " the address up; or set preempt = true.");
  }

  @Test
  void preemptionIsWarnedOf() {
    assertThat(says(Map.of("preempt", true)))
        .singleElement()
        .asString()
        .startsWith("WARNING preempt: The address moves back by itself.");
  }

  @Test
  void numbersOutOfRangeAreErrors() {
    assertThat(says(Map.of("virtual_router_id", 256, "priority", 255)))
        .containsExactly(
            "ERROR virtual_router_id: virtual_router_id out of range. virtual_router_id is 256. It"
                + " must be a whole number from 1 to 255.",
            "ERROR priority: priority out of range. priority is 255. It must be a whole number from 1"
                + " to 254.");
  }

  @Test
  void aNameThatWouldBreakOutOfTheFileIsAnError() {
    assertThat(says(Map.of("track_process", "x\" }"))).hasSize(1);
    assertThat(says(Map.of("instance_name", "a {"))).hasSize(1);
    assertThat(says(Map.of("track_by", "magic"))).hasSize(1);
  }

  @Test
  void whatIsUnknownIsNotJudged() {
    assertThat(
            says(
                Map.of(
                    "address",
                    Unknown.of(Type.STRING),
                    "auth_pass",
                    Unknown.of(Type.STRING),
                    "peers",
                    Unknown.of(Type.list(Type.STRING)))))
        .isEmpty();
  }

  @Test
  void oneRouterIdForTwoAddressesIsAnError() {
    FakeInstance other =
        pair.world.add(
            pair.type,
            "vip.other",
            Map.of(
                "host",
                "host.elsewhere",
                "address",
                "192.168.228.139",
                "peers",
                Pair.PEERS,
                "priority",
                7,
                "auth_pass",
                "x"));
    assertThat(said(pair.type.validateAll(List.of(pair.world.get(Pair.name(1)), other))))
        .containsExactly(
            "ERROR virtual_router_id: One virtual_router_id for two addresses. vip.other"
                + " (192.168.228.139) and vip.main[\"psql-lb-1\"] (192.168.228.140) both have 51 on"
                + " 192.168.228.144, 192.168.228.145, so that each would take the other's messages"
                + " for its own. Give each address another number from 1 to 255.");
  }

  @Test
  void membersThatDisagreeAreAnErrorAndEqualPrioritiesAWarning() {
    pair.member(2, Map.of("auth_pass", "other", "priority", 101, "advert_int", 2));
    assertThat(pair.type.validateAll(pair.world.all(VipType.NAME)))
        .extracting(Diagnostic::code, each -> each.path().map(Object::toString).orElse(""))
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("members-disagree", "auth_pass"),
            org.assertj.core.groups.Tuple.tuple("members-disagree", "advert_int"),
            org.assertj.core.groups.Tuple.tuple("same-priority", "priority"));
  }

  @Test
  void twoAddressesOnOneHostAreAnError() {
    FakeInstance other =
        pair.world.add(
            pair.type,
            "vip.other",
            Map.of(
                "host",
                Pair.host(1),
                "address",
                "192.168.228.139",
                "peers",
                Pair.PEERS,
                "virtual_router_id",
                52,
                "priority",
                7,
                "auth_pass",
                "x"));
    assertThat(pair.type.validateAll(List.of(pair.world.get(Pair.name(1)), other)))
        .extracting(Diagnostic::code)
        .containsExactly("host-taken");
  }
}
