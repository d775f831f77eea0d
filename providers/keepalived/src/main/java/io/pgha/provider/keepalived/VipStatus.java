package io.pgha.provider.keepalived;

import io.pgha.provider.probe.CommandOutput;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.step.Shell;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How a host stands to the floating address, as the host itself sees it.
 *
 * @param known whether the host could be asked
 * @param container whether the host is a container
 * @param state the VRRP state that Keepalived last entered, such as {@code master}; empty where its
 *     log doesn't tell
 * @param held whether the host has the address
 * @param answers whether another machine answers at the address
 * @param mac the hardware address that answered for it just now, even where a firewall drops pings
 * @param peerMacs the hardware addresses of the peers
 */
record VipStatus(
    boolean known,
    boolean container,
    Optional<String> state,
    boolean held,
    boolean answers,
    Optional<String> mac,
    Set<String> peerMacs) {
  VipStatus {
    peerMacs = Set.copyOf(peerMacs);
  }

  /**
   * Looks at the log, the interfaces and the neighbours; one ping where the address is not here,
   * and one to each peer where none of them is known by the hardware address that has it.
   */
  static Probe.OfCommand probe(VipConfig vip) {
    return Probe.OfCommand.of(
        """
        vip=%2$s
        [ -e /run/systemd/container ] && echo container
        state=$(journalctl -q -u %1$s -b -o cat -r -n 1 -g 'entering (master|backup|fault) state' \\
          2>/dev/null)
        case $state in
          *MASTER*) echo 'state master' ;;
          *BACKUP*) echo 'state backup' ;;
          *FAULT*) echo 'state fault' ;;
        esac
        answers() { ping -c 1 -W 0.5 -w 2 -n -q "$1" >/dev/null 2>&1; }
        neighbours() { all="
        $(ip neigh show 2>/dev/null)
        "; }
        neighbour() {
          line=${all#*"
        $1 "}
          mac=
          [ "$line" = "$all" ] && return
          line="${line%%%%"
        "*} "
          case $line in *' lladdr '*) mac=${line#* lladdr } mac=${mac%%%% *} ;; esac
        }
        same=
        peers() {
          for peer in %3$s; do
            neighbour "$peer"
            [ -n "$mac" ] && [ "$mac" = "$1" ] && same=yes
            [ $# = 1 ] || echo "peer $mac"
          done
        }
        if [ -n "$(ip -o addr show to "$vip" 2>/dev/null)" ]; then
          echo held
          exit 0
        fi
        found=
        answers "$vip" && { echo answers; found=yes; }
        neighbours
        neighbour "$vip"
        case $line in *' lladdr '*' REACHABLE '*) found=yes ;; esac
        [ -n "$found" ] || exit 0
        theirs=$mac
        echo "mac $theirs"
        peers "$theirs"
        if [ -z "$same" ]; then
          for peer in %3$s; do answers "$peer"; done
          neighbours
        fi
        peers "$theirs" tell
        exit 0
        """
            .formatted(
                VipLive.UNIT,
                Shell.quote(vip.address()),
                vip.peers().stream().map(Shell::quote).collect(Collectors.joining(" "))));
  }

  static VipStatus of(ProbeResult<CommandOutput> result) {
    boolean container = false;
    boolean held = false;
    boolean answers = false;
    Optional<String> state = Optional.empty();
    Optional<String> mac = Optional.empty();
    Set<String> peers = new TreeSet<>();
    for (String line : result.found().map(CommandOutput::output).orElse("").lines().toList()) {
      String[] words = line.split(" ", 2);
      Optional<String> word =
          words.length == 2 && !words[1].isBlank() ? Optional.of(words[1]) : Optional.empty();
      switch (words[0]) {
        case "container" -> container = true;
        case "held" -> held = true;
        case "answers" -> answers = true;
        case "state" -> state = word;
        case "mac" -> mac = word;
        case "peer" -> word.ifPresent(peers::add);
        default -> {}
      }
    }
    return new VipStatus(result.found().isPresent(), container, state, held, answers, mac, peers);
  }

  boolean isMaster() {
    return state.filter("master"::equals).isPresent();
  }

  /** Whether a machine that is none of the peers has the address. */
  boolean isTaken() {
    return mac.map(each -> !peerMacs.contains(each)).orElse(answers);
  }
}
