package io.pgha.provider.host;

import io.pgha.provider.artifact.Artifact;
import io.pgha.provider.artifact.ArtifactDrift;
import io.pgha.provider.artifact.CertificateDrift;
import io.pgha.provider.change.PlanRequest;
import io.pgha.provider.drift.Difference;
import io.pgha.provider.drift.FindingKind;
import io.pgha.provider.drift.Grade;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What is told of a machine that is not as it was last applied. */
final class HostDrift {
  private static final FindingKind NAME =
      FindingKind.staying("host-name", Grade.DEGRADED, "The machine has another name.");

  /** A machine under load may only answer late. */
  private static final FindingKind CLOCK =
      FindingKind.passing("clock-offset", Grade.DEGRADED, "The machine's clock is off.")
          .repairedByHand();

  /** The kinds that only machines have. */
  static final List<FindingKind> FINDINGS = List.of(NAME, CLOCK);

  /** What settles who may log in, as whom, and from where programs come. */
  private static final Pattern SECURITY =
      Pattern.compile(
          "file:/etc/(sudoers\\b|ssh/|pam\\.d/|security/|apt/|ssl/|passwd|shadow|group|hosts\\.(allow|deny)|nftables|iptables|ufw/|cron|systemd/).*"
              + "|file:/usr/share/keyrings/.*|file:/root/.*|file:.*/\\.ssh/.*");

  private HostDrift() {}

  static List<Difference> of(PlanRequest applied, List<Difference> differences) {
    List<Difference> told = new ArrayList<>();
    Set<String> missing =
        differences.stream()
            .filter(each -> each.code().equals("package-missing"))
            .map(each -> each.subject().substring("package:".length()))
            .collect(Collectors.toSet());
    for (Difference each : differences) {
      // Whoever lets pgha leave a machine's name alone wants to hear nothing of it.
      boolean wanted = each.code().equals("other-host-name");
      if (!wanted && !follows(each, missing)) {
        told.add(graded(each, applied));
      }
    }
    told.addAll(
        CertificateDrift.of(
            applied.instance().address(),
            new Contents(applied.instance()).certificates(),
            applied.live().answers(),
            Instant.now()));
    return told;
  }

  /** A unit goes with the package of its name. */
  private static boolean follows(Difference each, Set<String> missing) {
    return each.code().equals("unit-state")
        && missing.contains(each.subject().replaceFirst("^unit:", "").replaceFirst("\\..*$", ""));
  }

  private static Difference graded(Difference each, PlanRequest applied) {
    if (each.code().equals(ArtifactDrift.RUNTIME) && each.subject().equals("host-name")) {
      return NAME.on(applied.instance().address(), "name", each.expected(), each.found())
          .because("Logs, and whoever asks the machine for its name, tell of another one.");
    }
    if (CLOCK.is(each)) {
      return CLOCK.on(applied.instance().address(), "", "right", "off").because(each.detail());
    }
    boolean grave = SECURITY.matcher(each.subject()).matches();
    return switch (each.code()) {
      case "file-content", "file-missing" ->
          grave
              ? each.graded(Grade.SECURITY)
                  .because("It settles who gets in, or from where programs come.")
              : each;
      case "file-permissions" -> permissions(each, grave, applied);
      case "unit-state" ->
          each.subject().matches("unit:(chrony|systemd-timesyncd)\\..*")
              ? each.because(
                  "Nobody sets the clock: leases of etcd and Patroni need clocks that agree.")
              : each;
      case "suite-of-another-release", "unsupported-system" -> each.graded(Grade.DEGRADED);
      default -> each;
    };
  }

  /** Of a file that anybody may read already, only who may write it matters. */
  private static Difference permissions(Difference each, boolean grave, PlanRequest applied) {
    boolean open =
        HostType.artifacts(applied.instance(), applied.live().answers()).stream()
            .filter(artifact -> artifact.key().equals(each.subject()))
            .anyMatch(
                artifact -> artifact instanceof Artifact.OfFile file && (file.mode() & 0004) != 0);
    boolean writable = each.found().matches(".*mode \\d*([2367]\\d|\\d[2367])\\b.*");
    boolean owned = !each.found().contains("owner ");
    return open && owned && !writable && !grave ? each.graded(Grade.COSMETIC) : each;
  }
}
