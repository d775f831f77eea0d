package io.pgha.provider.haproxy;

import io.pgha.language.value.AttributePath;
import io.pgha.provider.artifact.ArtifactDrift;
import io.pgha.provider.artifact.ServiceDrift;
import io.pgha.provider.change.PlanRequest;
import io.pgha.provider.drift.Difference;
import io.pgha.provider.drift.Grade;
import io.pgha.provider.drift.Since;
import io.pgha.provider.probe.FileFacts;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.step.Fragment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What is told of a load balancer that is not as it was last applied. Who is up is none of it. */
final class LbDrift {
  private static final String UNIT = "unit:" + LbLive.UNIT;
  private static final String FILE = "file:" + LbFile.PATH;

  private final LbConfig lb;
  private final LbLive live;
  private final ServiceDrift service;

  private LbDrift(LbConfig lb, LbLive live) {
    this.lb = lb;
    this.live = live;
    this.service = service(lb);
  }

  static ServiceDrift service(LbConfig lb) {
    return new ServiceDrift(lb.host(), "haproxy", LbLive.UNIT, LbFile.PATH);
  }

  static List<Difference> of(PlanRequest applied, List<Difference> differences) {
    LbConfig lb = LbConfig.of(applied.instance());
    return new LbDrift(lb, LbLive.of(lb, applied.live().answers())).of(differences);
  }

  private List<Difference> of(List<Difference> differences) {
    List<Difference> told = new ArrayList<>();
    boolean anotherFile = service.changesFile(differences);
    for (Difference each : service.causes(differences, LbLive.artifacts(lb), live.answers())) {
      boolean server = each.subject().startsWith("server:");
      if (server) {
        Difference found = server(each);
        if (!anotherFile || LbFinding.OUT_OF_SERVICE.is(found)) {
          told.add(found);
        }
      } else if (each.subject().startsWith("listener:")) {
        told.add(closed(each));
      } else if (!(anotherFile && each.code().startsWith("listener-"))) {
        told.add(graded(each));
      }
    }
    if (differences.stream().noneMatch(each -> each.code().equals("gone"))) {
      if (isUnasked() && !ServiceDrift.tells(differences, "package-missing", "package:socat")) {
        told.add(ServiceDrift.commandMissing(lb.host(), "socat"));
      }
      unanswered().ifPresent(told::add);
      told.addAll(
          service.overrides(lb.instance().reference(AttributePath.of("host")), live.answers()));
    }
    return told;
  }

  /** HAProxy is asked through socat. */
  private boolean isUnasked() {
    return !live.status().asked()
        && live.answers().get(lb.host(), LbStatus.probe()).found().isPresent();
  }

  /** What nobody could ask is not known, and must not be called clean. */
  private Optional<Difference> unanswered() {
    return live.unitRuns()
            && live.answers().get(lb.host(), LbStatus.probe())
                instanceof ProbeResult.Failed<?>(String reason)
        ? Optional.of(
            LbFinding.SILENT
                .on(lb.host(), UNIT, "answers on " + LbFile.SOCKET, "could not be asked")
                .because(reason + "."))
        : Optional.empty();
  }

  private Difference closed(Difference each) {
    return LbFinding.CLOSED
        .on(lb.host(), each.subject(), each.expected(), each.found())
        .because("Somebody closed it on the admin socket: it takes no connection.");
  }

  private Difference server(Difference each) {
    String server = each.subject().substring("server:".length());
    if (live.strays().contains(server)) {
      return LbFinding.UNDECLARED
          .on(lb.host(), each.subject(), "no such server", "added to the running process")
          .because(
              "Somebody added it on the admin socket: clients may be led to a machine that is none"
                  + " of the cluster's.");
    }
    if (live.missing().contains(server)) {
      return LbFinding.MISSING
          .on(lb.host(), each.subject(), "there", "removed from the running process")
          .because(
              "Somebody removed it on the admin socket: where that node leads, or is the last"
                  + " replica, clients are led nowhere.");
    }
    if (live.moved().containsKey(server)) {
      return LbFinding.MOVED
          .on(lb.host(), each.subject(), each.expected(), each.found())
          .because(
              "Somebody changed its address on the admin socket: clients are led to another"
                  + " machine, which may be none of the cluster's.");
    }
    return LbFinding.OUT_OF_SERVICE
        .on(lb.host(), each.subject(), each.expected(), each.found())
        .since(
            new Since(
                LbStatus.takenOut(server, live.answers().get(lb.host(), LbStatus.log())),
                "HAProxy's log"))
        .because("Somebody took it out of service on the admin socket.");
  }

  private Difference graded(Difference each) {
    if (LbFinding.TWO_PRIMARIES.is(each)) {
      return each.graded(Grade.DANGER);
    }
    if (each.code().equals(ArtifactDrift.RUNTIME) && each.subject().equals(UNIT)) {
      return LbFinding.SILENT
          .on(lb.host(), UNIT, "answers on " + LbFile.SOCKET, each.found())
          .because("It runs, but nobody can tell where it leads.");
    }
    return switch (each.code()) {
      case "file-content" -> each.subject().equals(FILE) ? content(each) : each;
      case "file-missing" ->
          each.because("HAProxy runs on with what it has read, and can't be started again.");
      case "unit-state" ->
          each.because(
              service.isDown(live.answers())
                  ? "Nobody on this host leads clients to the primary; the floating address goes"
                      + " elsewhere, if it can."
                  : "It runs, but would not come back after a restart of the machine.");
      default -> each;
    };
  }

  /** By the lines that differ, those of comments left out. */
  private Difference content(Difference each) {
    List<String> found = lines(live.file().flatMap(FileFacts::text).orElse(""));
    List<String> desired = lines(lb.isComplete() ? Fragment.reveal(LbFile.of(lb)) : "");
    List<String> differing = new ArrayList<>(found);
    desired.forEach(differing::remove);
    List<String> lacking = new ArrayList<>(desired);
    found.forEach(lacking::remove);
    differing.addAll(lacking);
    if (differing.isEmpty()) {
      return each.graded(Grade.COSMETIC).because("Only comments or blank lines differ.");
    }
    Predicate<String> security =
        line ->
            line.matches(
                "(stats (auth|socket|admin|http-request)|user|group|chroot|uid|gid|bind|http-request|tcp-request|acl|lua-load|program|userlist)\\b.*");
    return differing.stream().anyMatch(security)
        ? each.graded(Grade.SECURITY)
            .because("It says who may connect, or what HAProxy runs as, in another way.")
        : each;
  }

  private static List<String> lines(String text) {
    return text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }
}
