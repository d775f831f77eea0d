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
 * @param servers the status of each server, such as {@code UP} or {@code MAINT}, by listener and
 *     name
 */
record LbStatus(
    boolean asked, boolean answers, SortedMap<String, SortedMap<String, String>> servers) {
  private static final Probe.OfCommand PROBE =
      Probe.OfCommand.of(
          """
          command -v socat >/dev/null || exit 0
          echo asked
          [ -S %1$s ] && socat -t 5 -T 5 - UNIX-CONNECT:%1$s <<'EOF' 2>/dev/null
          show stat
          EOF
          exit 0
          """
              .formatted(LbFile.SOCKET));

  /** HAProxy's management guide, 9.1: a line of at least so many fields for each server. */
  private static final int FIELDS = 18;

  LbStatus {
    servers = Collections.unmodifiableSortedMap(new TreeMap<>(servers));
  }

  static Probe.OfCommand probe() {
    return PROBE;
  }

  /** What HAProxy said, in its own form: one line of fields with a comma between them. */
  static LbStatus of(ProbeResult<CommandOutput> result) {
    boolean asked = false;
    boolean answers = false;
    SortedMap<String, SortedMap<String, String>> servers = new TreeMap<>();
    for (String line : result.found().map(CommandOutput::output).orElse("").lines().toList()) {
      asked |= line.equals("asked");
      String[] fields = line.split(",", FIELDS + 1);
      if (fields.length > FIELDS) {
        answers = true;
        boolean server =
            !line.startsWith("#") && !fields[1].equals("FRONTEND") && !fields[1].equals("BACKEND");
        if (server) {
          servers
              .computeIfAbsent(fields[0], name -> new TreeMap<>())
              .put(fields[1], fields[FIELDS - 1]);
        }
      }
    }
    return new LbStatus(asked, answers, servers);
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
