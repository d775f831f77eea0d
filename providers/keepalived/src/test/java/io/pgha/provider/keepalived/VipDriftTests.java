package io.pgha.provider.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.provider.change.Action;
import io.pgha.provider.change.PlanRequest;
import io.pgha.provider.change.Prior;
import io.pgha.provider.drift.Difference;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.step.Fragment;
import io.pgha.provider.testing.Drifts;
import io.pgha.provider.testing.FakeInstance;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VipDriftTests {
  private final Pair pair = new Pair();
  private final List<Prior> priors = pair.make();

  private List<Difference> differences(int number) {
    FakeInstance member = pair.world.get(Pair.name(number));
    return Drifts.of(
        pair.type,
        new PlanRequest(
            member, false, Optional.of(priors.get(number - 1)), pair.live(number), true));
  }

  private List<String> drift(int number) {
    return Drifts.words(differences(number));
  }

  private String text(int number, boolean container) {
    return Fragment.reveal(
        VipFile.of(
            VipConfig.of(pair.world.get(Pair.name(number))),
            new VipConfig.Place(Pair.PEERS.get(number - 1), "eth0", 24),
            container));
  }

  private void file(int number, String text) {
    pair.machines.file(Pair.host(number), VipFile.PATH, text, 0640, "root", "root");
  }

  @Test
  void whoHasTheAddressIsNoDrift() {
    assertThat(drift(1)).isEmpty();
    pair.holds(1, false);
    pair.holds(2, true);
    pair.says(1, "state backup\n" + Pair.ANSWERED);
    pair.says(2, "state master\nheld\n");
    assertThat(drift(1)).isEmpty();
    assertThat(drift(2)).isEmpty();
  }

  @Test
  void aSecondHolderIsDanger() {
    pair.holds(2, true);
    pair.says(2, "state backup\nheld\n");
    assertThat(drift(1)).isEmpty();
    assertThat(drift(2))
        .containsExactly(
            "danger vip-second-holder address:192.168.228.140: on psql-lb-2 too, expected on one"
                + " host");
  }

  @Test
  void anAddressWhereKeepalivedDoesNotRunIsDangerBesideAnother() {
    pair.machines.unit(Pair.host(2), VipLive.UNIT, true, false);
    pair.holds(2, true);
    pair.says(2, "held\n");
    assertThat(drift(2))
        .hasSize(2)
        .anyMatch(line -> line.startsWith("degraded unit-state"))
        .contains(
            "danger vip-second-holder address:192.168.228.140: on psql-lb-2 too, where keepalived"
                + " does not run, expected on one host");

    pair.holds(1, false);
    assertThat(drift(2)).hasSize(1);
  }

  @Test
  void anAddressThatIsNowhereIsToldByBothAlike() {
    pair.holds(1, false);
    pair.says(1, "state fault\n");
    pair.says(2, "state fault\n");
    assertThat(drift(1))
        .isEqualTo(drift(2))
        .containsExactly(
            "degraded vip-nowhere address:192.168.228.140: on no host, expected on one host");
    assertThat(pair.type.passing()).contains("vip-nowhere", "vip-second-holder");
  }

  @Test
  void aMachineThatIsNoneOfThePeersIsDanger() {
    pair.holds(1, false);
    pair.says(
        1,
        "state backup\n" + Pair.ANSWERED.replace("mac 02:00:00:00:00:01", "mac 02:00:00:00:00:99"));
    pair.says(
        2,
        "state backup\n" + Pair.ANSWERED.replace("mac 02:00:00:00:00:01", "mac 02:00:00:00:00:99"));
    assertThat(drift(1))
        .containsExactly(
            "danger vip-taken address:192.168.228.140: on another machine, expected on one of the"
                + " members");
  }

  @Test
  void aFileIsGradedByWhatItDoes() {
    file(1, "! hello\n" + text(1, false));
    assertThat(drift(1).getFirst()).startsWith("cosmetic file-content");
    file(1, text(1, false).replace("auth_pass s3cret_x", "auth_pass other"));
    assertThat(drift(1).getFirst()).startsWith("danger file-content");
    file(1, text(1, false).replace("priority 101", "priority 99"));
    assertThat(drift(1).getFirst()).startsWith("degraded file-content");
    file(1, text(1, false).replace("script_user nobody", "script_user root"));
    assertThat(drift(1).getFirst()).startsWith("security file-content");
  }

  @Test
  void aHostThatCannotBeAskedIsTakenForWhatItsFileSays() {
    pair.machines.software(Pair.host(1), "procps", "2:4.0.4", false);
    for (boolean container : new boolean[] {true, false}) {
      file(1, text(1, container));
      pair.says(1, (container ? "container\n" : "") + "state master\nheld\n");
      FakeInstance member = pair.world.get(Pair.name(1));
      Prior prior = new Prior(member.stored(), pair.live(1).artifacts());
      pair.machines.answer(
          Pair.host(1),
          VipStatus.probe(VipConfig.of(member)),
          new ProbeResult.Failed<>("the probe took too long"));
      PlanRequest request = new PlanRequest(member, false, Optional.of(prior), pair.live(1), true);
      assertThat(pair.type.plan(request).action()).isEqualTo(Action.NO_OP);
    }
  }
}
