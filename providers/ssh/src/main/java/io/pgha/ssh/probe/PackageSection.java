package io.pgha.ssh.probe;

import io.pgha.provider.probe.PackageFacts;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.step.Shell;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Packages: one dpkg-query for all of them. */
final class PackageSection implements Section {
  /**
   * Debian Policy 5.6.7, with an architecture. What is no name would be a pattern to dpkg-query.
   */
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9+.-]+(:[a-z0-9-]+)?");

  private final List<Probe.OfPackage> probes;

  PackageSection(List<Probe.OfPackage> probes) {
    this.probes = probes;
  }

  private static boolean named(Probe.OfPackage probe) {
    return NAME.matcher(probe.name()).matches();
  }

  @Override
  public List<String> parts(String nonce) {
    String names =
        probes.stream()
            .filter(PackageSection::named)
            .map(probe -> " " + Shell.quote(probe.name()))
            .collect(Collectors.joining());
    if (names.isEmpty()) {
      return List.of();
    }
    return List.of(
        """
        f packages
        if command -v dpkg-query >/dev/null; then
        dpkg-query -W -f '${Package} ${Architecture} ${db:Status-Status} ${db:Status-Want} ${Version}\\n' \\
        """
            + names
            + " 2>/dev/null\nf packages-end 0 $?\nelse f packages-end 0 none; fi\n");
  }

  @Override
  public void read(Frames frames, String nonce, Map<Probe<?>, ProbeResult<?>> answers) {
    Map<String, String[]> records = new HashMap<>();
    frames
        .find("packages")
        .ifPresent(frame ->
            frame
                .text()
                .lines()
                .forEach(line -> {
                  String[] fields = line.split(" ");
                  if (fields.length == 5 && fields[2].equals("installed")) {
                    records.put(fields[0] + ":" + fields[1], fields);
                    records.putIfAbsent(fields[0], fields);
                  }
                }));
    String status = frames.find("packages-end", 0).map(Frames.Frame::note).orElse("");
    for (Probe.OfPackage probe : probes) {
      String[] record = records.get(probe.name());
      ProbeResult<PackageFacts> answer =
          record != null
              ? new ProbeResult.Found<>(new PackageFacts(record[4], record[3].equals("hold")))
              : !named(probe)
                  ? new ProbeResult.Failed<>("\"" + probe.name() + "\" is not a package's name")
                  // 1: some of the packages are not known.
                  : status.equals("0") || status.equals("1") || status.equals("none")
                      ? new ProbeResult.Absent<>()
                      : new ProbeResult.Failed<>(
                          "dpkg-query ended with status "
                              + status
                              + ": dpkg's database is damaged or locked");
      answers.put(probe, answer);
    }
  }
}
