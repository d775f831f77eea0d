package io.pgha.ssh.probe;

import io.pgha.provider.probe.PackageFacts;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.step.Shell;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Packages, and what dpkg and ucf know of configuration files: one sed over dpkg's database, which
 * is a text file and all that there is to know while no dpkg is at work. While one is, or was cut
 * off, dpkg-query is asked.
 */
final class PackageSection implements Section {
  /**
   * Debian Policy 5.6.7, with an architecture. What is no name would be a pattern to dpkg-query.
   */
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9+.-]+(:[a-z0-9-]+)?");

  private static final String STATUS = "/var/lib/dpkg/status";

  private final List<Probe.OfPackage> probes;
  private final Set<String> configurationFiles;

  /**
   * A section.
   *
   * @param configurationFiles paths that dpkg or ucf may have brought; none has a line break
   */
  PackageSection(List<Probe.OfPackage> probes, Set<String> configurationFiles) {
    this.probes = probes;
    this.configurationFiles = configurationFiles;
  }

  private static boolean named(Probe.OfPackage probe) {
    return NAME.matcher(probe.name()).matches();
  }

  @Override
  public List<String> parts(String nonce) {
    List<String> names =
        probes.stream().filter(PackageSection::named).map(Probe.OfPackage::name).toList();
    if (names.isEmpty() && configurationFiles.isEmpty()) {
      return List.of();
    }
    String files =
        configurationFiles.isEmpty() ? "" : "/ \\(" + alternatives(configurationFiles) + "\\)/p;";
    // A package's name may be given with its architecture, which is a field of its own.
    Set<String> fields = new TreeSet<>();
    names.forEach(name -> fields.add(name.split(":", 2)[0]));
    String records =
        fields.isEmpty()
            ? ""
            : "/^Package: \\("
                + alternatives(fields)
                + "\\)$/,/^$/{/^Package: /p;/^Status: /p;/^Architecture: /p;/^Version: /p;};";
    // sed fails where a file is missing, and its status is to tell of nothing else.
    String books = " " + STATUS + " $u 2>/dev/null; s=$?\n";
    return List.of(
        "f books\nu=/var/lib/ucf/hashfile; [ -e \"$u\" ] || u=\ns=0\n"
            + "set -- /var/lib/dpkg/updates/[0-9]*\n"
            + "if [ -r "
            + STATUS
            + " ] && [ ! -e \"$1\" ]; then\n"
            + "LC_ALL=C sed -n "
            + Shell.quote(files + records)
            + books
            + "f packages-end 0 $s\n"
            + "elif command -v dpkg-query >/dev/null; then\n"
            + (files.isEmpty() ? "" : "LC_ALL=C sed -n " + Shell.quote(files) + books)
            + query(names)
            + "f packages-end 0 $?\nelse f packages-end 0 none; fi\nf books-end 0 $s\n");
  }

  /** The same lines as in the database. */
  private static String query(List<String> names) {
    return names.isEmpty()
        ? ":\n"
        : names.stream()
            .map(name -> " " + Shell.quote(name))
            .collect(
                Collectors.joining(
                    "",
                    "dpkg-query -W -f 'Package: ${Package}\\nStatus: ${db:Status-Want} ok"
                        + " ${db:Status-Status}\\nArchitecture: ${Architecture}\\n"
                        + "Version: ${Version}\\n\\n'",
                    " 2>/dev/null\n"));
  }

  /** POSIX, basic regular expressions; sed's own delimiter is taken care of, too. */
  private static String alternatives(Set<String> texts) {
    return texts.stream()
        .map(text -> text.replaceAll("[\\\\.*\\[\\]^$/]", "\\\\$0"))
        .collect(Collectors.joining("\\|"));
  }

  /**
   * Lines such as {@code Version: 1.2}, those of a package one after the other; between them the
   * lines about configuration files, which start with a space or with a digest.
   */
  private static Map<String, PackageFacts> installed(String books) {
    Map<String, PackageFacts> installed = new HashMap<>();
    Map<String, String> fields = new HashMap<>();
    for (String line : (books + "\nPackage: ").split("\n")) {
      int colon = line.indexOf(": ");
      if (colon < 0) {
        continue;
      }
      String field = line.substring(0, colon);
      if (field.equals("Package")) {
        String[] status = fields.getOrDefault("Status", "").split(" ");
        if (status.length == 3 && status[2].equals("installed")) {
          String name = fields.getOrDefault("Package", "");
          PackageFacts facts =
              new PackageFacts(fields.getOrDefault("Version", ""), status[0].equals("hold"));
          installed.put(name + ":" + fields.getOrDefault("Architecture", ""), facts);
          installed.putIfAbsent(name, facts);
        }
        fields.clear();
      }
      fields.put(field, line.substring(colon + 2));
    }
    return installed;
  }

  @Override
  public void read(Frames frames, String nonce, Map<Probe<?>, ProbeResult<?>> answers) {
    Map<String, PackageFacts> installed =
        installed(frames.find("books").map(Frames.Frame::text).orElse(""));
    String status = frames.find("packages-end", 0).map(Frames.Frame::note).orElse("");
    // 1: some of the packages are not known.
    boolean told = status.equals("0") || status.equals("1") || status.equals("none");
    for (Probe.OfPackage probe : probes) {
      PackageFacts facts = installed.get(probe.name());
      ProbeResult<PackageFacts> answer =
          !named(probe)
              ? new ProbeResult.Failed<>("\"" + probe.name() + "\" is not a package's name")
              : !told
                  ? new ProbeResult.Failed<>(untold(status))
                  : facts == null ? new ProbeResult.Absent<>() : new ProbeResult.Found<>(facts);
      answers.put(probe, answer);
    }
  }

  private static String untold(String status) {
    return status.equals(Watchdog.KILLED)
        ? "what reads dpkg's database was killed, or did not end in time"
        : "dpkg's database can't be read (status %s): it is damaged or locked".formatted(status);
  }
}
