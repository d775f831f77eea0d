package io.pgha.provider.keepalived;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.Str;
import io.pgha.provider.Provider;
import io.pgha.provider.change.Action;
import io.pgha.provider.change.ArtifactChange;
import io.pgha.provider.change.Change;
import io.pgha.provider.change.Live;
import io.pgha.provider.change.Prior;
import io.pgha.provider.rollout.Effect;
import io.pgha.provider.step.Fragment;
import io.pgha.provider.testing.FakeInstance;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class VipPlanTests {
  private static final String WRITE = "write /etc/keepalived/keepalived.conf";
  private static final String KEEP =
      "keep the present file as /etc/keepalived/keepalived.conf.previous";
  private static final String AWAIT = "wait until exactly one host holds 192.168.228.140";

  private final Pair pair = new Pair();

  private String file(FakeInstance member, boolean container) {
    VipConfig vip = VipConfig.of(member);
    return Fragment.show(
        VipFile.of(vip, new VipConfig.Place("192.168.228.144", "eth0", 24), container));
  }

  @Test
  void theServiceLoaderFindsIt() {
    assertThat(ServiceLoader.load(Provider.class))
        .anySatisfy(provider -> assertThat(provider.name()).isEqualTo("keepalived"));
  }

  @Test
  void theFileIsAsAnExpertWritesIt() {
    assertThat(file(pair.member(1, Map.of()), false))
        .isEqualTo(
            """
            # Written by pgha, which undoes changes made here.
            global_defs {
                router_id psql-lb-1
                enable_script_security
                script_user nobody
            }

            vrrp_track_process track_haproxy {
                process haproxy
            }

            vrrp_instance vip_51 {
                state BACKUP
                nopreempt
                interface eth0
                virtual_router_id 51
                priority 101
                advert_int 1
                unicast_src_ip 192.168.228.144
                unicast_peer {
                    192.168.228.145
                }
                authentication {
                    auth_type PASS
                    auth_pass (sensitive)
                }
                virtual_ipaddress {
                    192.168.228.140/24 dev eth0
                }
                track_process {
                    track_haproxy
                }
            }
            """);
  }

  @Test
  void inAContainerTheKernelTellsOfNoProcessAndAScriptLooks() {
    assertThat(file(pair.member(1, Map.of()), true))
        .contains(
            """
            vrrp_script track_haproxy {
                script "/usr/bin/pgrep -x -O 3 haproxy"
                interval 1
                timeout 3
                fall 2
                rise 1
            }
            """)
        .contains("    track_script {\n        track_haproxy\n    }\n");
  }

  @Test
  void preemptionAndItsWeightGoIntoTheFile() {
    assertThat(file(pair.member(1, Map.of("preempt", true, "weight", 20)), false))
        .doesNotContain("nopreempt")
        .contains("    process haproxy\n    weight -20\n");
  }

  @Test
  void withoutATrackedProcessNothingIsWatched() {
    assertThat(file(pair.member(1, Map.of("track_process", "")), true)).doesNotContain("track");
  }

  @Test
  void onABareHostItIsInstalledWrittenAndStarted() {
    pair.says(1, "container\n");
    Change change = pair.plan(pair.world.get(Pair.name(1)), false, Optional.empty());
    assertThat(change.action()).isEqualTo(Action.CREATE);
    assertThat(change.effect().kind()).isEqualTo(Effect.Kind.BOOTSTRAP);
    assertThat(Pair.described(change.prepare())).containsExactly("install keepalived, procps");
    assertThat(Pair.described(change.activate()))
        .containsExactly(
            WRITE,
            "systemctl enable keepalived.service",
            "systemctl start keepalived.service",
            AWAIT);
    assertThat(change.activate().getFirst().step())
        .extracting("validation", "mode")
        .containsExactly(Optional.of("/usr/sbin/keepalived -t -f \"$FILE\""), 0640);
  }

  @Test
  void anAddressThatAStrangerHasIsNotTaken() {
    pair.says(
        1, "answers\nmac 52:54:00:00:00:99\npeer 02:00:00:00:00:01\npeer 02:00:00:00:00:02\n");
    Change change = pair.plan(pair.world.get(Pair.name(1)), false, Optional.empty());
    assertThat(change.activate()).isEmpty();
    assertThat(change.diagnostics())
        .extracting(Diagnostic::code, Diagnostic::detail)
        .containsExactly(
            tuple(
                "vip-taken",
                "192.168.228.140 is not free: a machine that is none of the peers answers there"
                    + " (hardware address 52:54:00:00:00:99). Two machines with one address cut"
                    + " each other off. Choose another address, or take it away from that machine"
                    + " first. Nothing was touched."));
  }

  @Test
  void anAddressThatTheHostHasBeforeIsNotTaken() {
    pair.holds(1, true);
    pair.says(1, "held\n");
    assertThat(pair.plan(pair.world.get(Pair.name(1)), false, Optional.empty()).diagnostics())
        .extracting(Diagnostic::code)
        .containsExactly("vip-taken");
  }

  @Test
  void anAddressThatAPeerHoldsIsShared() {
    pair.says(2, Pair.ANSWERED);
    Change change = pair.plan(pair.world.get(Pair.name(2)), false, Optional.empty());
    assertThat(change.action()).isEqualTo(Action.CREATE);
  }

  @Test
  void aSubnetThatTurnsOutSmallerIsAnError() {
    FakeInstance member = pair.member(1, Map.of("address", "192.168.228.14"));
    pair.machines.machine(
        Pair.host(1),
        new io.pgha.provider.probe.MachineFacts(
            "id",
            "psql-lb-1",
            "debian",
            "13",
            "trixie",
            "6",
            "amd64",
            1,
            1,
            List.of("ens3 192.168.228.144/28"),
            0,
            "boot"));
    pair.says(1, "");
    assertThat(pair.plan(member, false, Optional.empty()).diagnostics())
        .extracting(Diagnostic::code, Diagnostic::detail)
        .containsExactly(
            tuple(
                "vip-outside-subnet",
                "ens3 of psql-lb-1 has 192.168.228.144/28, which is the network 192.168.228.144/28."
                    + " 192.168.228.14 is not in it, so that no client would find it there. Choose"
                    + " an address in that network."));
  }

  @Test
  void aHandMadeFileIsForeign() {
    pair.machines.file(Pair.host(1), VipFile.PATH, "vrrp_instance x {}\n", 0644, "root", "root");
    Live live = pair.live(1);
    assertThat(live.presence()).isEqualTo(Live.Presence.PRESENT);
    assertThat(live.found())
        .startsWith("There is a file /etc/keepalived/keepalived.conf (19 bytes");
  }

  @Test
  void onceMadeNothingIsToBeDone() {
    List<Prior> priors = pair.make();
    assertThat(pair.update(1, priors).action()).isEqualTo(Action.NO_OP);
    assertThat(pair.update(2, priors).action()).isEqualTo(Action.NO_OP);
    assertThat(pair.live(1).found()).isEmpty();
    assertThat(pair.live(2).attributes().get("holder")).isEqualTo(new Str("psql-lb-1"));
    assertThat(pair.live(2).attributes().get("state")).isEqualTo(new Str("backup"));
  }

  @Test
  void anAddressThatMovedIsNoDifference() {
    List<Prior> priors = pair.make();
    pair.holds(1, false);
    pair.holds(2, true);
    pair.says(1, "state backup\n" + Pair.ANSWERED);
    pair.says(2, "state master\nheld\n");
    assertThat(pair.update(1, priors).action()).isEqualTo(Action.NO_OP);
    assertThat(pair.update(2, priors).action()).isEqualTo(Action.NO_OP);
  }

  @Test
  void anAddressOnNoHostComesBack() {
    List<Prior> priors = pair.make();
    pair.holds(1, false);
    pair.says(1, "state master\n");
    pair.says(2, "state backup\n");
    Change change = pair.update(1, priors);
    assertThat(change.artifacts())
        .extracting(ArtifactChange::key, ArtifactChange::summary, ArtifactChange::reason)
        .containsExactly(
            tuple(
                "address:192.168.228.140",
                "on no host -> on exactly one",
                "nobody holds it; state here: master"));
    assertThat(change.effect().kind().isDisruptive()).isFalse();
    assertThat(Pair.described(change.activate()))
        .containsExactly("restart keepalived, unless the address comes back by itself", AWAIT);
  }

  @Test
  void anAddressAddedByHandIsTakenAwayWhereItDoesNotBelong() {
    List<Prior> priors = pair.make();
    pair.holds(2, true);
    pair.says(2, "state backup\nheld\n");
    assertThat(pair.update(1, priors).action()).isEqualTo(Action.NO_OP);
    Change change = pair.update(2, priors);
    assertThat(change.artifacts())
        .extracting(ArtifactChange::summary, ArtifactChange::reason)
        .containsExactly(
            tuple("on psql-lb-2 -> not there", "held by psql-lb-1 too: exactly one may hold it"));
    assertThat(Pair.described(change.activate()))
        .containsExactly("systemctl reload keepalived.service", AWAIT);
  }

  @Test
  void ofTwoMastersTheOneWithTheLowerPriorityStartsAnew() {
    List<Prior> priors = pair.make();
    pair.holds(2, true);
    pair.says(2, "state master\nheld\n");
    assertThat(pair.update(1, priors).action()).isEqualTo(Action.NO_OP);
    assertThat(Pair.described(pair.update(2, priors).activate()))
        .containsExactly("systemctl restart keepalived.service", AWAIT);
  }

  @Test
  void aChangedPriorityIsAReload() {
    List<Prior> priors = pair.make();
    pair.member(1, Map.of("priority", 150));
    pair.says(1, "state master\nheld\n");
    Change change = pair.update(1, priors);
    assertThat(change.effect().kind()).isEqualTo(Effect.Kind.RELOAD);
    assertThat(Pair.described(change.activate()))
        .containsExactly(KEEP, WRITE, "systemctl reload keepalived.service", AWAIT);
  }

  @Test
  void whatTheMembersMustAgreeOnChangesOnAllAtOnce() {
    List<Prior> priors = pair.make();
    pair.member(1, Map.of("auth_pass", "another1"));
    pair.says(1, "state master\nheld\n");
    Change change = pair.update(1, priors);
    assertThat(change.effect().kind()).isEqualTo(Effect.Kind.OUTAGE);
    assertThat(String.join("\n", change.artifacts().getFirst().diff()))
        .contains("auth_pass")
        .doesNotContain("another1")
        .doesNotContain("s3cret_x");
  }

  @Test
  void aStoppedUnitIsStarted() {
    List<Prior> priors = pair.make();
    pair.machines.unit(Pair.host(2), VipLive.UNIT, true, false);
    Change change = pair.update(2, priors);
    assertThat(change.artifacts())
        .extracting(ArtifactChange::summary, ArtifactChange::reason)
        .containsExactly(tuple("stopped -> running", "changed outside pgha"));
    assertThat(Pair.described(change.activate()))
        .containsExactly("systemctl start keepalived.service", AWAIT);
  }

  @Test
  void aFileThatWasNeverLoadedIsLoaded() {
    List<Prior> priors = pair.make();
    pair.machines.loaded(Pair.host(2), VipLive.UNIT, 200).written(Pair.host(2), VipFile.PATH, 300);
    assertThat(Pair.described(pair.update(2, priors).activate()))
        .containsExactly("systemctl reload keepalived.service", AWAIT);
  }

  @Test
  void aSiblingThatCanNotBeReachedDoesNotStandInTheWay() {
    List<Prior> priors = pair.make();
    FakeInstance second = pair.world.get(Pair.name(2));
    pair.machines.answer(
        Pair.host(2),
        VipStatus.probe(VipConfig.of(second)),
        new io.pgha.provider.probe.ProbeResult.Unreachable<>("no route to host"));
    assertThat(pair.update(1, priors).action()).isEqualTo(Action.NO_OP);
  }

  @Test
  void destroyedItIsStoppedAndItsFileGoes() {
    List<Prior> priors = pair.make();
    FakeInstance member = pair.world.get(Pair.name(2));
    Change change = pair.plan(member, true, Optional.of(priors.get(1)));
    assertThat(Pair.described(change.activate()))
        .containsExactly(
            "systemctl stop keepalived.service",
            "systemctl disable keepalived.service",
            "remove /etc/keepalived/keepalived.conf",
            "remove /etc/keepalived/keepalived.conf.previous");
    pair.machines.run(change.activate());
    assertThat(pair.plan(member, true, Optional.of(priors.get(1))).action())
        .isEqualTo(Action.NO_OP);
  }
}
