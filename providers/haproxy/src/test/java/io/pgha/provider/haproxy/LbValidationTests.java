package io.pgha.provider.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.Type;
import io.pgha.language.value.Unknown;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LbValidationTests {
  private final Fleet fleet = new Fleet();

  private List<String> says(Map<String, ?> arguments) {
    return fleet.type.validate(fleet.lb(arguments)).stream().map(LbValidationTests::said).toList();
  }

  private static String said(Diagnostic diagnostic) {
    return "%s %s: %s. %s"
        .formatted(
            diagnostic.severity(),
            diagnostic.path().map(Object::toString).orElse(""),
            diagnostic.summary(),
            diagnostic.detail());
  }

  @Test
  void theGuidesLoadBalancerIsRight() {
    assertThat(says(Map.of())).isEmpty();
    fleet.lb(Fleet.LB2, Map.of());
    assertThat(fleet.type.validateAll(fleet.world.all("haproxy_lb"))).isEmpty();
  }

  @Test
  void theOldGuidesChecksAreWarnedOf() {
    assertThat(says(Map.of("check", Map.of("inter", "3s", "fall", 3, "rise", 2))))
        .containsExactly(
            "WARNING check: Checks this slow send writers to a replica. With inter 3s and fall 3 the"
                + " old leader stays up for some 9 s after a switchover, beside the new one: clients"
                + " get read-only errors meanwhile (20 to 30 of them and 7 to 9 s without a write"
                + " were measured with 3s and 3). Write { inter = \"1s\", fastinter = \"500ms\", fall"
                + " = 2, rise = 2 }: 2.5 s and none.");
  }

  @Test
  void statisticsWithoutAPasswordAreWarnedOf() {
    assertThat(says(Map.of("stats", Map.of("port", 8080))))
        .containsExactly(
            "WARNING stats: Everybody can see the statistics page. Without a password whoever reaches"
                + " the port learns all addresses, names and loads. Add password ="
                + " var.stats_password, or leave stats out.");
  }

  @Test
  void theOldGuidesMaxconnIsWarnedOf() {
    assertThat(says(Map.of("maxconn", 100)))
        .containsExactly(
            "WARNING maxconn: maxconn is smaller than what the servers can take. maxconn is for all"
                + " listeners together, the statistics page too. The servers behind them take 400"
                + " connections, so 100 is used up first and one busy listener shuts out the others."
                + " Write maxconn = 400, or leave it out.");
  }

  @Test
  void aRoleThatPatroniDoesNotHaveIsAnError() {
    assertThat(says(Map.of("listeners", Map.of("write", Map.of("port", 5000, "role", "writer")))))
        .containsExactly(
            "ERROR listeners[\"write\"].role: Unknown role. \"writer\" is no role. Use one of: any,"
                + " asynchronous, primary, replica, synchronous.");
  }

  @Test
  void theOldNameOfThePrimaryIsAnErrorThatSaysTheNewOne() {
    assertThat(says(Map.of("listeners", Map.of("write", Map.of("port", 5000, "role", "master")))))
        .containsExactly(
            "ERROR listeners[\"write\"].role: Unknown role. \"master\" is the old name, which"
                + " Patroni's check answers only by accident. Write role = \"primary\".");
  }

  @Test
  void onePortForTwoIsAnError() {
    assertThat(
            says(
                Map.of(
                    "listeners",
                    Map.of(
                        "a", Map.of("port", 5000, "role", "primary"),
                        "b", Map.of("port", 5000, "role", "replica"),
                        "c", Map.of("port", 8080, "role", "replica"),
                        "d", Map.of("port", 70000, "role", "replica")),
                    "maxconn",
                    5000)))
        .containsExactly(
            "ERROR listeners[\"b\"].port: Port used twice. Port 5000 is that of listener a already.",
            "ERROR listeners[\"d\"].port: Not a port. 70000 is no port: ports are 1 to 65535.",
            "ERROR stats.port: Port used twice. Port 8080 is that of listener c already.");
  }

  @Test
  void aPortThatANodeOnTheSameHostHasIsAnError() {
    fleet.world.add(
        Neighbour.NODE,
        Fleet.node(1),
        Map.of("host", Fleet.LB1, "name", "psql-db-1", "address", "192.168.228.144", "port", 5000));
    assertThat(says(Map.of()))
        .containsExactly(
            "ERROR listeners[\"production\"].port: Port used twice. On psql-lb-1 port 5000 is that of"
                + " PostgreSQL of patroni_node.db[\"psql-db-1\"] already. Choose another.");
  }

  @Test
  void badTimesSizesAndNumbersAreErrors() {
    assertThat(
            says(
                Map.of(
                    "timeouts",
                    Map.of("client", "half an hour"),
                    "check",
                    Map.of("fall", 0),
                    "listeners",
                    Map.of(
                        "a",
                        Map.of("port", 1, "role", "replica", "max_lag", "much"),
                        "b",
                        Map.of("port", 2, "role", "primary", "max_lag", "1MB"),
                        "c",
                        Map.of("port", 3, "role", "replica", "max_lag", "16 MB")))))
        .extracting(each -> each.substring(0, each.indexOf('.', each.indexOf(": "))))
        .containsExactly(
            "ERROR listeners[\"a\"].max_lag: Not a size",
            "ERROR listeners[\"b\"].max_lag: max_lag on a primary's listener",
            "ERROR listeners[\"c\"].max_lag: Not a size",
            "ERROR timeouts.client: Not a time",
            "ERROR check.fall: Too few checks",
            "WARNING maxconn: maxconn is smaller than what the servers can take");
  }

  @Test
  void whatWouldBreakOutOfALineIsAnErrorThatShowsNoSecret() {
    assertThat(
            says(
                Map.of(
                    "log",
                    "/dev/log local0\n    user root",
                    "stats",
                    Map.of("password", "hidden\nuser root", "username", "a b"),
                    "listeners",
                    Map.of("a b", Map.of("port", 1, "role", "primary")))))
        .hasSize(4)
        .noneMatch(each -> each.contains("hidden"));
  }

  @Test
  void nodesMustBeThereAndNamedOnce() {
    assertThat(says(Map.of("nodes", List.of())))
        .containsExactly(
            "ERROR nodes: No nodes. A load balancer needs at least one node to send to.");
    assertThat(says(Map.of("nodes", List.of(Fleet.node(1), Fleet.node(1)))))
        .containsExactly(
            "ERROR nodes[1]: Node named twice. patroni_node.db[\"psql-db-1\"] is in the list already."
                + " Name each node once.");
  }

  @Test
  void whatIsUnknownIsNotJudged() {
    assertThat(
            says(
                Map.of(
                    "nodes",
                    Unknown.of(Type.list(Type.STRING)),
                    "maxconn",
                    Unknown.of(Type.NUMBER),
                    "log",
                    Unknown.of(Type.STRING))))
        .isEmpty();
  }

  @Test
  void twoOnOneHostAreAnError() {
    fleet.lb(Map.of());
    fleet.world.add(
        fleet.type, "haproxy_lb.other", Map.of("host", Fleet.LB1, "nodes", Fleet.nodes()));
    assertThat(fleet.type.validateAll(fleet.world.all("haproxy_lb")))
        .extracting(LbValidationTests::said)
        .containsExactly(
            "ERROR host: Two load balancers on one host. haproxy_lb.main[\"psql-lb-1\"] is on"
                + " psql-lb-1 already, and both would write /etc/haproxy/haproxy.cfg. Give one of"
                + " them all listeners.");
  }
}
