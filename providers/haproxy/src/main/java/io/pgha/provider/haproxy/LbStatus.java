package io.pgha.provider.haproxy;

import io.pgha.provider.probe.CommandOutput;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the running HAProxy is doing, as it says on its admin socket.
 *
 * @param asked whether it could be asked: socat is there
 * @param answers whether it answered
 * @param stale whether its file was written after it was last started or reloaded
 * @param servers the status of each server, such as {@code UP} or {@code MAINT}, by listener and
 *     name
 */
record LbStatus(
    boolean asked,
    boolean answers,
    boolean stale,
    SortedMap<String, SortedMap<String, String>> servers) {
  private static final Probe.OfCommand PROBE =
      Probe.OfCommand.of(
          """
          file=%1$s
          [ -f "$file" ] && echo "written $(stat -c %%Y "$file")"
          changed=$(systemctl show -p StateChangeTimestamp --timestamp=unix --value %2$s 2>/dev/null)
          echo "changed ${changed#@}"
          if command -v socat >/dev/null; then
            echo asked
            [ -S %3$s ] && echo 'show stat' | timeout 5 socat -t 5 - UNIX-CONNECT:%3$s 2>/dev/null |
              awk -F, 'NF > 17 && !/^#/ && $2 != "FRONTEND" && $2 != "BACKEND" {
                print "server", $1, $2, $18 } NF > 17 { seen = 1 } END { if (seen) print "answers" }'
          fi
          exit 0
          """
              .formatted(LbFile.PATH, LbLive.UNIT, LbFile.SOCKET));

  LbStatus {
    servers = Collections.unmodifiableSortedMap(new TreeMap<>(servers));
  }

  static Probe.OfCommand probe() {
    return PROBE;
  }

  static LbStatus of(ProbeResult<CommandOutput> result) {
    boolean asked = false;
    boolean answers = false;
    long written = 0;
    long changed = 0;
    SortedMap<String, SortedMap<String, String>> servers = new TreeMap<>();
    for (String line : result.found().map(CommandOutput::output).orElse("").lines().toList()) {
      String[] words = line.split(" ", 4);
      switch (words[0]) {
        case "asked" -> asked = true;
        case "answers" -> answers = true;
        case "written" -> written = number(words);
        case "changed" -> changed = number(words);
        case "server" -> {
          if (words.length == 4) {
            servers.computeIfAbsent(words[1], name -> new TreeMap<>()).put(words[2], words[3]);
          }
        }
        default -> {}
      }
    }
    return new LbStatus(asked, answers, changed > 0 && written > changed, servers);
  }

  private static long number(String[] words) {
    return words.length == 2 && words[1].matches("\\d{1,18}") ? Long.parseLong(words[1]) : 0;
  }

  /** The servers of a listener that clients are sent to, each with its status. */
  SortedMap<String, String> up(String listener) {
    SortedMap<String, String> up = new TreeMap<>(servers.getOrDefault(listener, new TreeMap<>()));
    up.values().removeIf(status -> !status.startsWith("UP"));
    return up;
  }

  /** The servers that somebody took out of service by hand: {@code listener/server} to status. */
  Map<String, String> outOfService() {
    Map<String, String> found = new TreeMap<>();
    servers.forEach((listener, each) ->
        each.forEach((server, status) -> {
          if (status.startsWith("MAINT") || status.startsWith("DRAIN")) {
            found.put(listener + "/" + server, status);
          }
        }));
    return found;
  }
}
