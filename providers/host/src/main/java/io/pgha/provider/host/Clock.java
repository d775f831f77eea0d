package io.pgha.provider.host;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.provider.artifact.Artifact;
import io.pgha.provider.probe.MachineFacts;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.probe.UnitFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the clock of a host is kept synchronised: by the time service that is there, else by chrony.
 *
 * @param host the address of the host
 */
record Clock(String host) {
  private static final String CHRONY = "chrony.service";
  private static final String TIMESYNCD = "systemd-timesyncd.service";

  /** Other services that do; where one runs nothing is touched. */
  private static final List<String> OTHERS =
      List.of("ntpsec.service", "ntp.service", "openntpd.service");

  /**
   * A container shares its kernel's clock and can't set it. In one, systemd leaves this file when
   * it starts (systemd's container interface); asking systemd-detect-virt would be one process
   * more.
   */
  private static final Probe.OfFile CONTAINER =
      new Probe.OfFile("/run/systemd/container", Probe.Content.NONE);

  /** Clocks this far apart make logs misleading and leases of etcd and Patroni unreliable. */
  private static final long WARNED_MILLIS = 1000;

  List<PlacedProbe> probes() {
    List<PlacedProbe> probes = new ArrayList<>();
    probes.add(new PlacedProbe(host, CONTAINER));
    probes.add(new PlacedProbe(host, new Probe.OfPackage("chrony")));
    probes.add(new PlacedProbe(host, new Probe.OfUnit(CHRONY)));
    probes.add(new PlacedProbe(host, new Probe.OfUnit(TIMESYNCD)));
    OTHERS.forEach(name -> probes.add(new PlacedProbe(host, new Probe.OfUnit(name))));
    return probes;
  }

  /** What the host must have for it, by what is there. */
  List<Artifact> artifacts(ProbeResults answers) {
    boolean container = answers.get(host, CONTAINER).found().isPresent();
    boolean other =
        OTHERS.stream()
            .anyMatch(name -> unit(name, answers).map(UnitFacts::isActive).orElse(false));
    if (container || other) {
      return List.of();
    }
    Artifact chrony = new Artifact.OfPackage(host, "chrony", Optional.empty(), Optional.empty());
    if (answers.get(host, new Probe.OfPackage("chrony")).found().isPresent()) {
      return List.of(chrony, new Artifact.OfUnit(host, CHRONY, true, true));
    }
    return unit(TIMESYNCD, answers).filter(Clock::isUsable).isPresent()
        ? List.of(new Artifact.OfUnit(host, TIMESYNCD, true, true))
        : List.of(chrony, new Artifact.OfUnit(host, CHRONY, true, true));
  }

  /** A warning where the clock differs much from the operator's. */
  static List<Diagnostic> warnings(String name, MachineFacts facts) {
    long offset = facts.clockOffsetMillis();
    return Math.abs(offset) < WARNED_MILLIS
        ? List.of()
        : List.of(
            Diagnostic.warning(
                    "clock-offset",
                    "The clock of %s is off".formatted(name),
                    "It is %.1f s %s this machine's. Leases of etcd and Patroni and the times in logs need clocks that agree: see `timedatectl` on both."
                        .formatted(Math.abs(offset) / 1000.0, offset < 0 ? "behind" : "ahead of"))
                .on(name));
  }

  private Optional<UnitFacts> unit(String name, ProbeResults answers) {
    return answers.get(host, new Probe.OfUnit(name)).found();
  }

  private static boolean isUsable(UnitFacts facts) {
    return !facts.unitFileState().isEmpty() && !facts.unitFileState().startsWith("masked");
  }
}
