package io.pgha.provider.keepalived;

import io.pgha.language.value.AttributePath;
import io.pgha.provider.artifact.ArtifactDrift;
import io.pgha.provider.artifact.ServiceDrift;
import io.pgha.provider.change.PlanRequest;
import io.pgha.provider.drift.Difference;
import io.pgha.provider.drift.Grade;
import io.pgha.provider.step.Fragment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is told of a member that is not as it was last applied. Who has the address is none of it.
 */
final class VipDrift {
  private static final String FILE = "file:" + VipFile.PATH;

  private final VipConfig vip;
  private final VipLive live;
  private final ServiceDrift service;

  private VipDrift(VipConfig vip, VipLive live) {
    this.vip = vip;
    this.live = live;
    this.service = service(vip);
  }

  static ServiceDrift service(VipConfig vip) {
    return new ServiceDrift(vip.host(), "keepalived", VipLive.UNIT, VipFile.PATH);
  }

  static List<Difference> of(PlanRequest applied, List<Difference> differences) {
    VipConfig vip = VipConfig.of(applied.instance());
    return new VipDrift(vip, VipLive.of(vip, applied.live().answers())).of(differences);
  }

  private List<Difference> of(List<Difference> differences) {
    List<Difference> told = new ArrayList<>();
    boolean anotherFile = service.changesFile(differences);
    for (Difference each : service.causes(differences, live.artifacts(), live.answers())) {
      boolean ofAddress =
          each.code().equals(ArtifactDrift.RUNTIME)
              && each.subject().equals("address:" + vip.address());
      if (!ofAddress) {
        told.add(graded(each));
      } else if (!anotherFile) {
        told.add(address(each));
      }
    }
    boolean gone = differences.stream().anyMatch(each -> each.code().equals("gone"));
    if (!gone && !live.unitRuns() && live.holds() && !live.otherHolders().isEmpty()) {
      told.add(leftBehind());
    }
    if (!gone && live.status().known() && !live.holds() && live.isTakenByStranger()) {
      told.add(taken());
    }
    if (!gone) {
      told.addAll(
          service.overrides(vip.instance().reference(AttributePath.of("host")), live.answers()));
    }
    return told;
  }

  private Difference address(Difference each) {
    String subject = each.subject();
    if (live.holds()) {
      return VipFinding.SECOND_HOLDER
          .on(vip.host(), subject, "on one host", "on " + vip.hostName() + " too")
          .because(
              each.detail()
                  + " Two machines with one address cut each other off, and each leads clients for"
                  + " itself.");
    }
    return VipFinding.NOWHERE
        .on(vip.host(), subject, "on one host", "on no host")
        .because(
            "Clients find nobody at "
                + vip.address()
                + ". "
                + each.detail()
                + (live.vip().trackedProcess().isPresent()
                    ? " Where HAProxy runs on none of the hosts, none may take it."
                    : ""));
  }

  /** Nobody takes the address off a host on which Keepalived does not run. */
  private Difference leftBehind() {
    return VipFinding.SECOND_HOLDER
        .on(
            vip.host(),
            "address:" + vip.address(),
            "on one host",
            "on " + vip.hostName() + " too, where keepalived does not run")
        .because(
            "%s has it as well: two machines with one address cut each other off. Take it off there: ip addr del %s dev INTERFACE."
                .formatted(live.otherHolders().getFirst().hostName(), vip.address()));
  }

  private Difference taken() {
    return VipFinding.TAKEN
        .on(vip.host(), "address:" + vip.address(), "on one of the members", "on another machine")
        .because(
            "A machine that is none of the peers answers at "
                + vip.address()
                + live.status().mac().map(mac -> " (hardware address " + mac + ")").orElse("")
                + ": clients may be led to it.");
  }

  private Difference graded(Difference each) {
    return switch (each.code()) {
      case "file-content" -> each.subject().equals(FILE) ? content(each) : each;
      case "file-missing" ->
          each.because("Keepalived runs on with what it has read, and can't be started again.");
      case "unit-state" ->
          each.because(
              service.isDown(live.answers())
                  ? "This host can't take the floating address when the other one fails."
                  : "It runs, but would not come back after a restart of the machine.");
      case "host-not-a-peer", "vip-outside-subnet" -> each.graded(Grade.DEGRADED);
      default -> each;
    };
  }

  private Difference content(Difference each) {
    String found = live.file().orElse("");
    String desired = Fragment.reveal(live.content());
    if (lines(found).equals(lines(desired))) {
      return each.graded(Grade.COSMETIC).because("Only comments or blank lines differ.");
    }
    if (VipFile.disagree(found, desired, vip.address()) || VipFile.deafens(found, desired)) {
      return each.graded(Grade.DANGER)
          .because("The members no longer hear each other: both may take the address.");
    }
    return programs(found).equals(programs(desired))
        ? each
        : each.graded(Grade.SECURITY)
            .because("Keepalived runs other programs, or runs them as somebody else.");
  }

  private static Set<String> programs(String text) {
    return lines(text).stream()
        .filter(line ->
            line.matches("(enable_script_security|script_user|script|notify\\w*|process)\\b.*"))
        .collect(Collectors.toSet());
  }

  private static List<String> lines(String text) {
    return text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#") && !line.startsWith("!"))
        .toList();
  }
}
