package io.pgha.provider.haproxy;

import io.pgha.provider.probe.CommandOutput;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How the running HAProxy is doing, as it says on its admin socket.
 *
 * @param asked whether it could be asked: socat is there
 * @param answers whether it answered
 * @param servers the status of each server, such as {@code UP} or {@code MAINT}, by listener and
 *     name
 * @param listeners the status of each listener, {@code OPEN} where it takes connections
 * @param addresses where each server leads to, {@code listener/server} to {@code address:port}
 */
record LbStatus(
    boolean asked,
    boolean answers,
    SortedMap<String, SortedMap<String, String>> servers,
    SortedMap<String, String> listeners,
    SortedMap<String, String> addresses) {
  /** Puts what it is given to HAProxy, and waits a moment for an answer. */
  private static final String ASK = "socat -t 5 -T 5 - UNIX-CONNECT:%s".formatted(LbFile.SOCKET);

  private static final Probe.OfCommand PROBE =
      Probe.OfCommand.of(
          """
          command -v socat >/dev/null || exit 0
          echo asked
          [ -S %1$s ] && %2$s <<'EOF' 2>/dev/null
          show stat;show servers state
          EOF
          exit 0
          """
              .formatted(LbFile.SOCKET, ASK));

  /**
   * Asks the log since when servers are out of service: only where one is, and no longer than a
   * moment, for a busy host has much of it. The newest lines come first.
   */
  private static final Probe.OfCommand LOG =
      Probe.OfCommand.of(
          """
          command -v socat >/dev/null && [ -S %1$s ] || exit 0
          echo 'show stat' | %2$s 2>/dev/null | grep -qE ',(MAINT|DRAIN)' || exit 0
          timeout 2 journalctl -q -b -u haproxy -o short-unix --no-pager -n 200 \\
            -g 'going down for maintenance|now enters maintenance|enters drain' 2>/dev/null
          exit 0
          """
              .formatted(LbFile.SOCKET, ASK));

  /** Such as {@code 1795858281.70 lb haproxy[942]: … Server standby/db is going DOWN for …}. */
  private static final Pattern TAKEN_OUT =
      Pattern.compile(
          "(\\d{1,12})(?:\\.\\d+)? .*?\\bServer ([^ /]+/[^ ]+) (?:is going DOWN for maintenance|was DOWN and now enters maintenance|enters drain).*");

  /** HAProxy's management guide, 9.1: a line of at least so many fields for each server. */
  private static final int FIELDS = 18;

  /** The same guide: the second list's heading, and where name, address and port are in a line. */
  private static final String STATE = "# be_id ";

  private static final int STATE_ADDRESS = 4;
  private static final int STATE_PORT = 18;

  LbStatus {
    servers = Collections.unmodifiableSortedMap(new TreeMap<>(servers));
    listeners = Collections.unmodifiableSortedMap(new TreeMap<>(listeners));
    addresses = Collections.unmodifiableSortedMap(new TreeMap<>(addresses));
  }

  static Probe.OfCommand probe() {
    return PROBE;
  }

  /** What is asked besides, once it is to be told since when servers are out of service. */
  static Probe.OfCommand log() {
    return LOG;
  }

  /**
   * When a server was last taken out of service.
   *
   * @param server {@code listener/server}
   * @param log what was answered to {@link #log}
   * @return seconds since 1970; 0 where the log doesn't tell
   */
  static long takenOut(String server, ProbeResult<CommandOutput> log) {
    return log.found()
        .map(CommandOutput::output)
        .orElse("")
        .lines()
        .map(TAKEN_OUT::matcher)
        .filter(line -> line.matches() && line.group(2).equals(server))
        .mapToLong(line -> Long.parseLong(line.group(1)))
        .max()
        .orElse(0);
  }

  /** What HAProxy said, in its own form: one line of fields with a comma between them. */
  static LbStatus of(ProbeResult<CommandOutput> result) {
    boolean asked = false;
    boolean answers = false;
    boolean state = false;
    SortedMap<String, SortedMap<String, String>> servers = new TreeMap<>();
    SortedMap<String, String> listeners = new TreeMap<>();
    SortedMap<String, String> addresses = new TreeMap<>();
    for (String line : result.found().map(CommandOutput::output).orElse("").lines().toList()) {
      asked |= line.equals("asked");
      state |= line.startsWith(STATE);
      if (state) {
        address(line.split(" "), addresses);
        continue;
      }
      String[] fields = line.split(",", FIELDS + 1);
      if (fields.length > FIELDS) {
        answers = true;
        if (fields[1].equals("FRONTEND")) {
          listeners.put(fields[0], fields[FIELDS - 1]);
        }
        boolean server =
            !line.startsWith("#") && !fields[1].equals("FRONTEND") && !fields[1].equals("BACKEND");
        if (server) {
          servers
              .computeIfAbsent(fields[0], name -> new TreeMap<>())
              .put(fields[1], fields[FIELDS - 1]);
        }
      }
    }
    return new LbStatus(asked, answers, servers, listeners, addresses);
  }

  private static void address(String[] words, SortedMap<String, String> addresses) {
    if (words.length > STATE_PORT && !words[0].equals("#")) {
      addresses.put(words[1] + "/" + words[3], words[STATE_ADDRESS] + ":" + words[STATE_PORT]);
    }
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
