package io.pgha.provider.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.MapValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import io.pgha.provider.Provider;
import io.pgha.provider.change.Action;
import io.pgha.provider.change.ArtifactChange;
import io.pgha.provider.change.Change;
import io.pgha.provider.change.Live;
import io.pgha.provider.change.Prior;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.rollout.Effect;
import io.pgha.provider.step.Fragment;
import io.pgha.provider.testing.FakeInstance;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LbPlanTests {
  private static final String RELOAD =
      "save the servers' state, reload haproxy, check for one writer; else put the previous file"
          + " back";
  private static final String KEEP = "keep the present file as /etc/haproxy/haproxy.cfg.previous";
  private static final String WRITE = "write /etc/haproxy/haproxy.cfg";
  private static final String AWAIT = "wait until haproxy on psql-lb-1 has exactly one writer up";

  private final Fleet fleet = new Fleet();

  @Test
  void theServiceLoaderFindsIt() {
    assertThat(ServiceLoader.load(Provider.class))
        .anySatisfy(provider -> assertThat(provider.name()).isEqualTo("haproxy"));
  }

  @Test
  void theFileIsAsAnExpertWritesIt() {
    assertThat(Fragment.show(LbFile.of(LbConfig.of(fleet.lb(Map.of())))))
        .isEqualTo(
            """
            # Written by pgha, which undoes changes made here.
            global
                log 127.0.0.1 local2
                user haproxy
                group haproxy
                chroot /var/lib/haproxy
                maxconn 400
                stats socket /run/haproxy/admin.sock mode 660 level admin
                stats timeout 30s
                server-state-file /var/lib/haproxy/server-state

            defaults
                log global
                mode tcp
                option tcplog
                option dontlognull
                option clitcpka
                option srvtcpka
                retries 2
                timeout client 30m
                timeout connect 4s
                timeout server 30m
                timeout check 5s
                load-server-state-from-file global

            listen stats
                mode http
                option httplog
                bind *:8080
                stats enable
                stats uri /
                stats refresh 10s
                stats hide-version
                stats auth admin:(sensitive)

            listen production
                bind *:5000
                balance leastconn
                option httpchk
                http-check send meth OPTIONS uri /primary ver HTTP/1.1 hdr Host psql-lb-1
                http-check expect status 200
                default-server inter 1s fastinter 500ms fall 2 rise 2 maxconn 100 on-marked-down shutdown-sessions
                server psql-db-1 192.168.228.141:5432 check port 8008
                server psql-db-2 192.168.228.142:5432 check port 8008
                server psql-db-3 192.168.228.143:5432 check port 8008

            listen standby
                bind *:5001
                balance leastconn
                option httpchk
                http-check send meth OPTIONS uri /replica ver HTTP/1.1 hdr Host psql-lb-1
                http-check expect status 200
                default-server inter 1s fastinter 500ms fall 2 rise 2 maxconn 100 on-marked-down shutdown-sessions
                server psql-db-1 192.168.228.141:5432 check port 8008
                server psql-db-2 192.168.228.142:5432 check port 8008
                server psql-db-3 192.168.228.143:5432 check port 8008
            """);
  }

  @Test
  void aPasswordWithSpecialCharactersIsOneWord() {
    FakeInstance lb = fleet.lb(Map.of("stats", Map.of("password", "a b'$#\\")));
    assertThat(Fragment.reveal(LbFile.of(LbConfig.of(lb))))
        .contains("    stats auth admin:'a b'\\''$#\\'\n");
  }

  @Test
  void lagTlsAndPortsOfNodesGoIntoTheFile() {
    fleet.world.add(
        Neighbour.NODE,
        Fleet.node(2),
        Map.of("name", "two", "address", "fd00::2", "port", 5433, "rest_port", 8009));
    FakeInstance lb =
        fleet.lb(
            Map.of(
                "check",
                Map.of("ssl", true),
                "listeners",
                Map.of("read", Map.of("port", 6001, "role", "replica", "max_lag", "16MB"))));
    assertThat(Fragment.reveal(LbFile.of(LbConfig.of(lb))))
        .contains("meth OPTIONS uri /replica?lag=16MB ver")
        .contains("    server two [fd00::2]:5433 check port 8009 check-ssl verify none\n");
  }

  @Test
  void withoutMaxconnItIsWhatTheServersCanTake() {
    Map<String, Object> none = new TreeMap<>();
    none.put("maxconn", null);
    assertThat(LbConfig.of(fleet.lb(none)).maxconn()).isEqualTo(400);
  }

  @Test
  void theEndpointsFollowFromTheArguments() {
    Map<String, Value> endpoints =
        Map.of(
            "production",
            new Str("192.168.228.144:5000"),
            "standby",
            new Str("192.168.228.144:5001"));
    assertThat(((MapValue) fleet.lb(Map.of()).values().get("endpoints")).elements())
        .isEqualTo(endpoints);
  }

  @Test
  void onABareHostItIsInstalledWrittenAndStarted() {
    Change change = fleet.plan(fleet.lb(Map.of()), false, Optional.empty());
    assertThat(change.action()).isEqualTo(Action.CREATE);
    assertThat(change.effect().kind()).isEqualTo(Effect.Kind.BOOTSTRAP);
    assertThat(Fleet.described(change.prepare())).containsExactly("install haproxy, socat");
    assertThat(Fleet.described(change.activate()))
        .containsExactly(
            WRITE, "systemctl enable haproxy.service", "systemctl start haproxy.service", AWAIT);
  }

  @Test
  void theDistributionsRunningDefaultIsKeptAndReloaded() {
    fleet.installed(Fleet.LB1);
    fleet.machines.unit(Fleet.LB1, LbLive.UNIT, true, true);
    FakeInstance lb = fleet.lb(Map.of());
    assertThat(fleet.type.read(lb, fleet.machines).presence()).isEqualTo(Live.Presence.DEFAULT);
    Change change = fleet.plan(lb, false, Optional.empty());
    assertThat(Fleet.described(change.activate())).containsExactly(KEEP, WRITE, RELOAD);
    assertThat(change.activate().get(1).step())
        .extracting("backup", "validation")
        .containsExactly(
            Optional.of("/etc/haproxy/haproxy.cfg.orig"),
            Optional.of("/usr/sbin/haproxy -c -q -f \"$FILE\""));
  }

  @Test
  void aHandMadeFileIsForeign() {
    fleet.installed(Fleet.LB1);
    fleet.machines.file(Fleet.LB1, LbFile.PATH, "listen mine\n", 0644, "root", "root");
    Live live = fleet.type.read(fleet.lb(Map.of()), fleet.machines);
    assertThat(live.presence()).isEqualTo(Live.Presence.PRESENT);
    assertThat(live.found())
        .isEqualTo(
            "There is a file /etc/haproxy/haproxy.cfg (12 bytes, 0644 root:root) that is no"
                + " package's untouched default.");
  }

  @Test
  void aFileThatSaysWhatIsDeclaredMayBeTakenOver() {
    FakeInstance lb = fleet.lb(Map.of());
    fleet.make(lb);
    Live live = fleet.type.read(lb, fleet.machines);
    assertThat(live.presence()).isEqualTo(Live.Presence.PRESENT);
    assertThat(live.found()).isEmpty();
  }

  @Test
  void onceMadeNothingIsToBeDone() {
    FakeInstance lb = fleet.lb(Map.of());
    Prior prior = fleet.make(lb);
    assertThat(fleet.update(lb, prior).action()).isEqualTo(Action.NO_OP);
    assertThat(fleet.plan(lb, false, Optional.empty()).action()).isEqualTo(Action.NO_OP);
  }

  @Test
  void aRoleThatMovedIsNoDifference() {
    FakeInstance lb = fleet.lb(Map.of());
    Prior prior = fleet.make(lb);
    fleet.status(
        Fleet.LB1,
        Fleet.stat(
            """
            production psql-db-1 DOWN
            production psql-db-2 UP 1/2
            production psql-db-3 DOWN
            standby psql-db-1 UP
            standby psql-db-2 DOWN
            standby psql-db-3 DOWN
            """));
    assertThat(fleet.update(lb, prior).action()).isEqualTo(Action.NO_OP);
    assertThat(fleet.type.read(lb, fleet.machines).attributes().get("servers_up"))
        .isEqualTo(
            MapValue.of(
                io.pgha.language.value.Type.STRING,
                Map.of("production", new Str("psql-db-2"), "standby", new Str("psql-db-1"))));
  }

  @Test
  void aChangedArgumentIsAReload() {
    Prior prior = fleet.make(fleet.lb(Map.of()));
    Change change = fleet.update(fleet.lb(Map.of("maxconn", 800)), prior);
    assertThat(change.action()).isEqualTo(Action.UPDATE);
    assertThat(change.effect().kind()).isEqualTo(Effect.Kind.RELOAD);
    assertThat(change.attributes()).extracting(e -> e.path().toString()).containsExactly("maxconn");
    assertThat(change.artifacts().getFirst().diff())
        .contains("-    maxconn 400", "+    maxconn 800");
    assertThat(Fleet.described(change.activate())).containsExactly(KEEP, WRITE, RELOAD);
    assertThat(change.activate().get(1).step()).extracting("backup").isEqualTo(Optional.empty());
  }

  @Test
  void anEditByHandIsUndoneAndShowsNoSecret() {
    FakeInstance lb = fleet.lb(Map.of());
    Prior prior = fleet.make(lb);
    String edited =
        Fragment.reveal(LbFile.of(LbConfig.of(lb))).replace("s3cret-stats", "otherSecret");
    fleet.machines.file(Fleet.LB1, LbFile.PATH, edited, 0640, "root", "haproxy");
    Change change = fleet.update(lb, prior);
    ArtifactChange file = change.artifacts().getFirst();
    assertThat(file.reason()).isEqualTo("changed outside pgha");
    assertThat(String.join("\n", file.diff()))
        .doesNotContain("s3cret-stats")
        .doesNotContain("otherSecret")
        .contains("stats auth");
    assertThat(Fleet.described(change.activate())).containsExactly(KEEP, WRITE, RELOAD);
  }

  @Test
  void aChangedModeIsMendedWithoutAReload() {
    FakeInstance lb = fleet.lb(Map.of());
    Prior prior = fleet.make(lb);
    String text = Fragment.reveal(LbFile.of(LbConfig.of(lb)));
    fleet.machines.file(Fleet.LB1, LbFile.PATH, text, 0666, "root", "haproxy");
    Change change = fleet.update(lb, prior);
    assertThat(change.effect()).isEqualTo(Effect.NONE);
    assertThat(Fleet.described(change.activate()))
        .containsExactly("set /etc/haproxy/haproxy.cfg to 0640 root:haproxy");
  }

  @Test
  void aStoppedUnitIsStartedAndADisabledOneEnabled() {
    FakeInstance lb = fleet.lb(Map.of());
    Prior prior = fleet.make(lb);
    fleet.machines.unit(Fleet.LB1, LbLive.UNIT, false, false);
    fleet.status(Fleet.LB1, "asked");
    Change change = fleet.update(lb, prior);
    assertThat(change.artifacts())
        .extracting(ArtifactChange::summary, ArtifactChange::reason)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "disabled -> enabled, stopped -> running", "changed outside pgha"));
    assertThat(change.effect().kind()).isEqualTo(Effect.Kind.BOOTSTRAP);
    assertThat(Fleet.described(change.activate()))
        .containsExactly(
            "systemctl enable haproxy.service", "systemctl start haproxy.service", AWAIT);
  }

  @Test
  void aRemovedPackageComesBack() {
    FakeInstance lb = fleet.lb(Map.of());
    Prior prior = fleet.make(lb);
    fleet.machines.noSoftware(Fleet.LB1, "socat");
    fleet.status(Fleet.LB1, "");
    Change change = fleet.update(lb, prior);
    assertThat(change.artifacts())
        .extracting(ArtifactChange::reason)
        .containsExactly("removed outside pgha");
    assertThat(Fleet.described(change.prepare())).containsExactly("install socat");
    assertThat(change.activate()).isEmpty();
  }

  @Test
  void aFileThatWasNeverLoadedIsLoaded() {
    FakeInstance lb = fleet.lb(Map.of());
    Prior prior = fleet.make(lb);
    fleet.machines.loaded(Fleet.LB1, LbLive.UNIT, 200).written(Fleet.LB1, LbFile.PATH, 300);
    Change change = fleet.update(lb, prior);
    assertThat(change.artifacts())
        .extracting(ArtifactChange::summary)
        .containsExactly("runs with an older configuration -> reloaded");
    assertThat(Fleet.described(change.activate())).containsExactly(RELOAD);
  }

  @Test
  void aListenerThatLeadsNowhereIsToldAndLeftToTheNodes() {
    FakeInstance lb = fleet.lb(Map.of());
    Prior prior = fleet.make(lb);
    fleet.status(Fleet.LB1, Fleet.HEALTHY.replace(",UP,", ",DOWN,"));
    Change change = fleet.update(lb, prior);
    assertThat(change.action()).isEqualTo(Action.NO_OP);
    assertThat(change.diagnostics())
        .extracting(each -> each.code() + ": " + each.summary())
        .containsExactly(
            "listener-without-server: production of the load balancer leads nowhere",
            "listener-without-server: standby of the load balancer leads nowhere");
    assertThat(change.diagnostics().getFirst().detail())
        .isEqualTo(
            "HAProxy finds its servers psql-db-1 DOWN, psql-db-2 DOWN, psql-db-3 DOWN. It asks"
                + " Patroni's REST API of each node for its role: see whether the nodes run, and"
                + " whether psql-lb-1 reaches that port of them.");
  }

  @Test
  void twoPrimariesAreToldButNotWhichServerItIs() {
    FakeInstance lb = fleet.lb(Map.of());
    Prior prior = fleet.make(lb);
    String moved =
        Fleet.HEALTHY
            .replace(
                "production,psql-db-1,0,0,0,0,,0,0,0,,0,,0,0,0,0,UP",
                "production,psql-db-1,0,0,0,0,,0,0,0,,0,,0,0,0,0,DOWN")
            .replace(
                "production,psql-db-2,0,0,0,0,,0,0,0,,0,,0,0,0,0,DOWN",
                "production,psql-db-2,0,0,0,0,,0,0,0,,0,,0,0,0,0,UP");
    assertThat(moved).isNotEqualTo(Fleet.HEALTHY);
    fleet.status(Fleet.LB1, moved);
    assertThat(fleet.update(lb, prior).diagnostics()).isEmpty();
    fleet.status(
        Fleet.LB1,
        Fleet.HEALTHY.replace(
            "production,psql-db-2,0,0,0,0,,0,0,0,,0,,0,0,0,0,DOWN",
            "production,psql-db-2,0,0,0,0,,0,0,0,,0,,0,0,0,0,UP"));
    assertThat(fleet.update(lb, prior).diagnostics())
        .extracting(Diagnostic::summary)
        .containsExactly("production of the load balancer leads to two primaries");
  }

  @Test
  void aProcessThatDoesNotAnswerIsRestarted() {
    FakeInstance lb = fleet.lb(Map.of());
    Prior prior = fleet.make(lb);
    fleet.status(Fleet.LB1, "asked");
    Change change = fleet.update(lb, prior);
    assertThat(change.effect().kind()).isEqualTo(Effect.Kind.RESTART);
    assertThat(Fleet.described(change.activate()))
        .containsExactly("systemctl restart haproxy.service", AWAIT);
  }

  @Test
  void aServerTakenOutByHandIsPutBack() {
    FakeInstance lb = fleet.lb(Map.of());
    Prior prior = fleet.make(lb);
    fleet.status(
        Fleet.LB1, Fleet.HEALTHY.replaceFirst("(standby,psql-db-3,(?:[^,]*,){15})UP", "$1MAINT"));
    Change change = fleet.update(lb, prior);
    assertThat(change.artifacts())
        .extracting(ArtifactChange::key, ArtifactChange::summary)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("server:standby/psql-db-3", "MAINT -> ready"));
    assertThat(Fleet.described(change.activate()))
        .containsExactly("put server standby/psql-db-3 into service again");
  }

  @Test
  void destroyedItIsStoppedAndTheOriginalComesBack() {
    FakeInstance lb = fleet.lb(Map.of());
    Prior prior = fleet.make(lb);
    Change change = fleet.plan(lb, true, Optional.of(prior));
    assertThat(change.action()).isEqualTo(Action.DELETE);
    assertThat(Fleet.described(change.activate()))
        .containsExactly(
            "systemctl stop haproxy.service",
            "systemctl disable haproxy.service",
            "remove /etc/haproxy/haproxy.cfg, or put back what was there before",
            "remove /etc/haproxy/haproxy.cfg.previous and saved server state");
    fleet.machines.run(change.activate());
    fleet.machines.packageDefault(Fleet.LB1, LbFile.PATH, Fleet.DEFAULT);
    assertThat(fleet.plan(lb, true, Optional.of(prior)).action()).isEqualTo(Action.NO_OP);
  }

  @Test
  void itCanGoWhenItsNodesAreGone() {
    FakeInstance lb = fleet.lb(Map.of());
    Prior prior = fleet.make(lb);
    Fleet.nodes().forEach(fleet.world::remove);
    assertThat(fleet.plan(lb, true, Optional.of(prior)).action()).isEqualTo(Action.DELETE);
  }

  @Test
  void withAnUnknownNodeTheFileWaits() {
    FakeInstance lb =
        fleet.lb(
            Map.of(
                "nodes",
                io.pgha.language.value.Unknown.of(
                    io.pgha.language.value.Type.list(io.pgha.language.value.Type.STRING))));
    Change change = fleet.plan(lb, false, Optional.empty());
    assertThat(change.action()).isEqualTo(Action.CREATE);
    assertThat(change.artifacts())
        .extracting(ArtifactChange::key)
        .containsExactly("package:haproxy", "package:socat", "unit:haproxy.service");
  }

  @Test
  void aFileThatCanNotBeReadStopsThePlan() {
    FakeInstance lb = fleet.lb(Map.of());
    fleet.machines.answer(
        Fleet.LB1,
        new io.pgha.provider.probe.Probe.OfFile(
            LbFile.PATH, io.pgha.provider.probe.Probe.Content.TEXT),
        new io.pgha.provider.probe.ProbeResult.Failed<>("I/O error"));
    Change change = fleet.plan(lb, false, Optional.empty());
    assertThat(change.diagnostics()).isNotEmpty().allMatch(d -> d.isError());
    assertThat(List.of(change.prepare(), change.activate())).allMatch(List::isEmpty);
  }

  @Test
  void aNodeThatCanNotBeReachedIsToldBeforehand() {
    FakeInstance lb = fleet.lb(Map.of());
    Probe.OfCommand question =
        (Probe.OfCommand) LbLive.reach(LbConfig.of(lb)).probes().getFirst().probe();
    fleet.machines.command(Fleet.LB1, question, 0, "8008 192.168.228.143 no answer");
    Change change = fleet.plan(lb, false, Optional.empty());
    assertThat(change.action()).isEqualTo(Action.CREATE);
    assertThat(change.diagnostics())
        .singleElement()
        .satisfies(warning -> {
          assertThat(warning.isError()).isFalse();
          assertThat(warning.detail()).contains("192.168.228.143:8008 (no answer)");
        });
  }

  @Test
  void endpointsOfListenersThatAreNotKnownYetAreNotKnown() {
    FakeInstance lb =
        new Fleet()
            .lb(
                Map.of(
                    "listeners",
                    Unknown.of(
                        new HaproxyLbType().schema().attribute("listeners").orElseThrow().type())));
    assertThat(lb.values().get("endpoints").isKnown()).isFalse();
  }
}
