package io.pgha.provider.keepalived;

import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.step.PlacedStep;
import io.pgha.provider.step.Step;
import io.pgha.provider.step.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The steps that members are made and changed with. */
record VipSteps(VipConfig vip) {
  private static final Duration QUICK = Duration.ofSeconds(30);

  private PlacedStep on(Step step) {
    return PlacedStep.on(vip.host(), step);
  }

  PlacedStep unit(Step.UnitVerb verb) {
    return on(new Step.UnitAction(verb, VipLive.UNIT));
  }

  PlacedStep keepPreviousFile() {
    return on(
        new Step.RunScript(
            "keep the present file as " + VipFile.PREVIOUS,
            """
            [ -e %1$s ] || exit 0
            cp -p %1$s %2$s.new && mv -f %2$s.new %2$s
            """
                .formatted(VipFile.PATH, VipFile.PREVIOUS),
            List.of(),
            QUICK));
  }

  PlacedStep removePreviousFile() {
    return on(new Step.RemovePath(VipFile.PREVIOUS, false));
  }

  /** Keepalived puts the address back by itself where it can; where it does not, it starts anew. */
  PlacedStep recover() {
    String script =
        """
        vip=%1$s
        tries=0
        while [ "$tries" -lt 6 ]; do
          ip -o addr show | grep -qF " $vip/" && exit 0
          timeout 2 ping -c 1 -W 0.5 -n -q "$vip" >/dev/null 2>&1 && exit 0
          tries=$((tries + 1))
          sleep 1
        done
        systemctl restart %2$s
        """
            .formatted(io.pgha.provider.step.Shell.quote(vip.address()), VipLive.UNIT);
    return on(
        new Step.RunScript(
            "restart keepalived, unless the address comes back by itself",
            script,
            List.of(),
            Duration.ofMinutes(1)));
  }

  /** Until exactly one of the members has the address. */
  PlacedStep awaitOneHolder() {
    List<VipConfig> members = new ArrayList<>(List.of(vip));
    members.addAll(vip.siblings());
    return on(
        new Step.Await(
            "wait until exactly one host holds " + vip.address(),
            VipLive.holderProbes(vip),
            answers -> verdict(members, answers),
            Duration.ofSeconds(60)));
  }

  /** Whether exactly one of the members has the address, as their hosts say. */
  static Verdict verdict(List<VipConfig> members, ProbeResults answers) {
    List<String> holders =
        members.stream()
            .filter(each -> VipLive.holds(each, answers))
            .map(VipConfig::hostName)
            .toList();
    if (holders.size() == 1) {
      return Verdict.holds();
    }
    String address = members.getFirst().address();
    if (holders.size() > 1) {
      return new Verdict.NotYet(
          "%s is on %s at the same time".formatted(address, String.join(" and ", holders)));
    }
    boolean elsewhere =
        members.stream()
            .map(each -> VipLive.status(each, answers))
            .anyMatch(status -> status.answers() && !status.isTaken());
    if (elsewhere) {
      return Verdict.holds();
    }
    List<String> states =
        members.stream()
            .map(each ->
                each.hostName()
                    + " is in state "
                    + VipLive.status(each, answers).state().orElse("unknown"))
            .toList();
    return new Verdict.NotYet("nobody holds %s: %s".formatted(address, String.join(", ", states)));
  }
}
