package io.pgha.ssh.probe;

import io.pgha.provider.probe.MachineFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Facts of the machine, read by the shell itself but for the addresses. */
final class MachineSection {
  List<String> parts(String nonce) {
    return List.of(
        """
        f machine
        {
        for p in /etc/machine-id /proc/sys/kernel/hostname /proc/sys/kernel/osrelease \\
          /proc/sys/kernel/arch /sys/devices/system/cpu/online /proc/sys/kernel/random/boot_id; do
        v=; read -r v <"$p"; printf '%s=%s\\n' "$p" "$v"
        done
        [ -e /proc/sys/kernel/arch ] || printf '/proc/sys/kernel/arch=%s\\n' "$(uname -m)"
        while read -r k v; do case $k in MemTotal:) printf '%s=%s\\n' "$k" "$v"; break;; esac; done \\
          </proc/meminfo
        while read -r k v w; do case $k in Uid:) printf '%s=%s\\n' "$k" "$w"; break;; esac; done \\
          </proc/self/status
        while read -r v; do printf '%s\\n' "$v"; done </etc/os-release
        } 2>/dev/null
        f addresses
        command -v ip >/dev/null && ip -o addr
        """);
  }

  Optional<String> userId(Frames frames) {
    return Optional.ofNullable(values(frames).get("Uid:"))
        .map(ids -> ids.split("\\s+")[0])
        .filter(id -> !id.isEmpty());
  }

  MachineFacts facts(Frames frames, long sentAtMillis, long answeredAtMillis) {
    Map<String, String> values = values(frames);
    return new MachineFacts(
        values.getOrDefault("/etc/machine-id", ""),
        values.getOrDefault("/proc/sys/kernel/hostname", ""),
        values.getOrDefault("ID", ""),
        values.getOrDefault("VERSION_ID", ""),
        values.getOrDefault("VERSION_CODENAME", ""),
        values.getOrDefault("/proc/sys/kernel/osrelease", ""),
        debianName(values.getOrDefault("/proc/sys/kernel/arch", "")),
        countRanges(values.getOrDefault("/sys/devices/system/cpu/online", "")),
        kilobytes(values.getOrDefault("MemTotal:", "")),
        addresses(frames),
        clockOffset(frames, sentAtMillis, answeredAtMillis),
        values.getOrDefault("/proc/sys/kernel/random/boot_id", ""));
  }

  private static Map<String, String> values(Frames frames) {
    Map<String, String> values = new HashMap<>();
    frames
        .find("machine")
        .ifPresent(frame ->
            frame
                .text()
                .lines()
                .forEach(line -> {
                  int equals = line.indexOf('=');
                  if (equals > 0) {
                    values.putIfAbsent(
                        line.substring(0, equals), unquoted(line.substring(equals + 1)));
                  }
                }));
    return values;
  }

  private static String unquoted(String value) {
    boolean quoted =
        value.length() >= 2
            && (value.startsWith("\"") || value.startsWith("'"))
            && value.charAt(value.length() - 1) == value.charAt(0);
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  /** Debian's name of what the kernel calls an architecture. */
  private static String debianName(String machine) {
    return switch (machine) {
      case "x86_64" -> "amd64";
      case "aarch64" -> "arm64";
      case "armv7l" -> "armhf";
      case "i386", "i586", "i686" -> "i386";
      case "ppc64le" -> "ppc64el";
      default -> machine;
    };
  }

  /** The number of processors in a list such as {@code 0-3,8}. */
  private static int countRanges(String list) {
    int count = 0;
    for (String range : list.split(",")) {
      String[] ends = range.strip().split("-");
      if (ends[0].matches("\\d{1,6}")) {
        boolean wide = ends.length == 2 && ends[1].matches("\\d{1,6}");
        count += wide ? Integer.parseInt(ends[1]) - Integer.parseInt(ends[0]) + 1 : 1;
      }
    }
    return count;
  }

  private static long kilobytes(String text) {
    String digits = text.strip().split("\\s+")[0];
    return digits.matches("\\d{1,15}") ? Long.parseLong(digits) * 1024 : 0;
  }

  /** Lines such as {@code 2: eth0 inet 10.0.0.1/24 brd …}. */
  private static List<String> addresses(Frames frames) {
    List<String> addresses = new ArrayList<>();
    frames
        .find("addresses")
        .ifPresent(frame ->
            frame
                .text()
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length > 3 && words[2].startsWith("inet"))
                .filter(words -> !words[1].equals("lo"))
                .forEach(words -> addresses.add(words[1] + " " + words[3])));
    return addresses;
  }

  /**
   * By how much the clock is off for certain. It was read at some time between sending and answer:
   * on a machine under load that is long, and proves nothing. The clock is told by {@link
   * FileSection}.
   */
  private static long clockOffset(Frames frames, long sentAtMillis, long answeredAtMillis) {
    return FileSection.clockMillis(frames)
        .map(millis ->
            millis < sentAtMillis ? millis - sentAtMillis : Math.max(0, millis - answeredAtMillis))
        .orElse(0L);
  }
}
