package io.pgha.provider.haproxy;

import io.pgha.provider.haproxy.LbConfig.Listener;
import io.pgha.provider.haproxy.LbConfig.Node;
import io.pgha.provider.probe.HttpAnswer;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.step.PlacedStep;
import io.pgha.provider.step.Shell;
import io.pgha.provider.step.Step;
import io.pgha.provider.step.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The steps that load balancers are made and changed with. */
record LbSteps(LbConfig lb) {
  private static final Duration QUICK = Duration.ofSeconds(30);

  private PlacedStep on(Step step) {
    return PlacedStep.on(lb.host(), step);
  }

  PlacedStep unit(Step.UnitVerb verb) {
    return on(new Step.UnitAction(verb, LbLive.UNIT));
  }

  /** So that {@link #reload} can put it back. */
  PlacedStep keepPreviousFile() {
    return on(
        new Step.RunScript(
            "keep the present file as " + LbFile.PREVIOUS,
            """
            [ -e %1$s ] || exit 0
            cp -p %1$s %2$s.new && mv -f %2$s.new %2$s
            """
                .formatted(LbFile.PATH, LbFile.PREVIOUS),
            List.of(),
            QUICK));
  }

  /**
   * Reloads, and loads the previous file again where the new one does no good. The new process is
   * known by its number: until then the old one answers.
   */
  PlacedStep reload() {
    String script =
        """
        file=%1$s previous=%2$s sock=%3$s state=%4$s unit=%5$s
        ask() { echo "$1" | timeout 5 socat -t 5 - "UNIX-CONNECT:$sock" 2>/dev/null; }
        pid() { ask 'show info' | awk '$1 == "Pid:" { print $2 }'; }
        # HAProxy takes a server's port from the saved state, also one that somebody gave it by hand.
        declared() {
          awk -v ports=%8$s '
            BEGIN { n = split(ports, p, " "); for (i = 1; i < n; i += 2) port[p[i]] = p[i + 1] }
            $4 in port && NF >= 19 { $19 = port[$4] }
            { print }'
        }
        save() {
          if ask 'show servers state' | declared >"$state.new" && [ -s "$state.new" ]; then
            mv -f "$state.new" "$state"
          else
            rm -f "$state.new" "$state"
          fi
        }
        up() {
          ask 'show stat' | awk -F, -v listener="$1" '
            $1 == listener && $2 != "FRONTEND" && $2 != "BACKEND" && $18 ~ /^UP/ { n++ }
            END { print n + 0 }'
        }
        leaders() {
          n=0
          for url in %6$s; do
            code=$(curl -ks -o /dev/null -m 2 -w '%%{http_code}' -X OPTIONS "$url") || continue
            [ "$code" = 200 ] && n=$((n + 1))
          done
          echo "$n"
        }
        good() {
          now=$(pid)
          if [ -z "$now" ] || [ "$now" = "$old" ]; then
            why='the new process does not answer on its admin socket'
            return 1
          fi
          expected=$(leaders)
          for listener in %7$s; do
            found=$(up "$listener")
            if [ "$found" -ne "$expected" ]; then
              why="listener $listener has $found writers up, Patroni has $expected leaders"
              return 1
            fi
          done
        }
        load() {
          old=$(pid)
          save
          systemctl reload "$unit" || { why='systemctl reload failed'; return 1; }
          tries=0
          until good; do
            tries=$((tries + 1))
            [ "$tries" -lt 20 ] || return 1
            sleep 1
          done
        }
        if load; then
          rm -f "$state"
          exit 0
        fi
        echo "after the reload: $why" >&2
        journalctl -u "$unit" -n 5 -o cat 2>/dev/null | sed 's/^/haproxy: /' >&2
        if [ -f "$previous" ]; then
          cp -p "$previous" "$file.back" && mv -f "$file.back" "$file"
          load && echo "the previous file was put back and loaded again" >&2 ||
            echo "the previous file was put back, but then: $why" >&2
        fi
        rm -f "$state"
        exit 1
        """
            .formatted(
                LbFile.PATH,
                LbFile.PREVIOUS,
                LbFile.SOCKET,
                LbFile.SERVER_STATE,
                LbLive.UNIT,
                lb.nodes().stream()
                    .map(node -> Shell.quote(primaryUrl(node)))
                    .collect(Collectors.joining(" ")),
                lb.writers().stream()
                    .map(listener -> Shell.quote(listener.name()))
                    .collect(Collectors.joining(" ")),
                Shell.quote(
                    lb.nodes().stream()
                        .map(node -> node.name() + " " + node.port())
                        .collect(Collectors.joining(" "))));
    return on(
        new Step.RunScript(
            "save the servers' state, reload haproxy, check for one writer; else put the previous"
                + " file back",
            script,
            List.of(),
            Duration.ofMinutes(4)));
  }

  /** Gives a server back to its listener that somebody took out by hand. */
  PlacedStep ready(String server) {
    return on(
        new Step.RunScript(
            "put server " + server + " into service again",
            """
            echo %s | timeout 5 socat -t 5 - UNIX-CONNECT:%s
            """
                .formatted(Shell.quote("set server " + server + " state ready"), LbFile.SOCKET),
            List.of(),
            QUICK));
  }

  /** Removes what is left beside the file when a load balancer goes. */
  PlacedStep removeTraces() {
    return on(
        new Step.RunScript(
            "remove " + LbFile.PREVIOUS + " and saved server state",
            "rm -f %s %s\n".formatted(LbFile.PREVIOUS, LbFile.SERVER_STATE),
            List.of(),
            QUICK));
  }

  /** Until HAProxy sends writers to the leader and to nobody else. */
  PlacedStep awaitOneWriter() {
    List<Node> nodes = lb.nodes();
    List<PlacedProbe> probes = new ArrayList<>();
    probes.add(new PlacedProbe(lb.host(), LbStatus.probe()));
    nodes.forEach(node -> probes.add(new PlacedProbe(lb.host(), isPrimary(node))));
    return on(
        new Step.Await(
            "wait until haproxy on " + lb.hostName() + " has exactly one writer up",
            probes,
            answers -> writers(nodes, answers),
            Duration.ofSeconds(60)));
  }

  private Verdict writers(List<Node> nodes, ProbeResults answers) {
    LbStatus status = LbStatus.of(answers.get(lb.host(), LbStatus.probe()));
    if (!status.answers()) {
      return new Verdict.NotYet("haproxy does not answer on " + LbFile.SOCKET);
    }
    Set<String> leaders = new TreeSet<>();
    for (Node node : nodes) {
      answers
          .get(lb.host(), isPrimary(node))
          .found()
          .map(HttpAnswer::status)
          .filter(code -> code == 200)
          .ifPresent(code -> leaders.add(node.name()));
    }
    for (Listener listener : lb.writers()) {
      Set<String> up = status.up(listener.name()).keySet();
      if (!up.equals(leaders)) {
        return new Verdict.NotYet(
            "listener %s sends writers to %s; Patroni's leader is %s"
                .formatted(listener.name(), names(up), names(leaders)));
      }
    }
    return Verdict.holds();
  }

  private static String names(Set<String> names) {
    return names.isEmpty() ? "nobody" : String.join(", ", names);
  }

  private String primaryUrl(Node node) {
    return lb.scheme() + "://" + LbConfig.authority(node.address(), node.restPort()) + "/primary";
  }

  private Probe.OfHttp isPrimary(Node node) {
    return new Probe.OfHttp("OPTIONS", primaryUrl(node), Optional.empty());
  }
}
