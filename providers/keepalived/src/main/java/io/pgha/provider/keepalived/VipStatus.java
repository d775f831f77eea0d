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
 * @param stale whether the file was written after Keepalived was last started or reloaded
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
    boolean stale,
    Optional<String> state,
    boolean held,
    boolean answers,
    Optional<String> mac,
    Set<String> peerMacs) {
  VipStatus {
    peerMacs = Set.copyOf(peerMacs);
  }

  /**
   * Looks at the log, the interfaces and the neighbours; one ping where the address is not here.
   */
  static Probe.OfCommand probe(VipConfig vip) {
    return Probe.OfCommand.of(
        """
        file=%1$s unit=%2$s vip=%3$s
        [ -f "$file" ] && echo "written $(stat -c %%Y "$file")"
        changed=$(systemctl show -p StateChangeTimestamp --timestamp=unix --value "$unit" 2>/dev/null)
        echo "changed ${changed#@}"
        systemd-detect-virt -q --container 2>/dev/null && echo container
        state=$(journalctl -q -u "$unit" -b -o cat -r -n 1 -g 'entering (master|backup|fault) state' \\
          2>/dev/null)
        case $state in
          *MASTER*) echo 'state master' ;;
          *BACKUP*) echo 'state backup' ;;
          *FAULT*) echo 'state fault' ;;
        esac
        mac() { ip neigh show "$1" | sed -n 's/.* lladdr \\([0-9a-f:]*\\).*/\\1/p' | head -n 1; }
        answers() { timeout 2 ping -c 1 -W 0.5 -n -q "$1" >/dev/null 2>&1; }
        if ip -o addr show 2>/dev/null | grep -qF " $vip/"; then
          echo held
        else
          found=
          answers "$vip" && { echo answers; found=yes; }
          ip neigh show nud reachable "$vip" | grep -q lladdr && found=yes
          if [ -n "$found" ]; then
            echo "mac $(mac "$vip")"
            for peer in %4$s; do
              answers "$peer"
              echo "peer $(mac "$peer")"
            done
          fi
        fi
        exit 0
        """
            .formatted(
                VipFile.PATH,
                VipLive.UNIT,
                Shell.quote(vip.address()),
                vip.peers().stream().map(Shell::quote).collect(Collectors.joining(" "))));
  }

  static VipStatus of(ProbeResult<CommandOutput> result) {
    boolean container = false;
    boolean held = false;
    boolean answers = false;
    long written = 0;
    long changed = 0;
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
        case "written" -> written = number(word);
        case "changed" -> changed = number(word);
        default -> {}
      }
    }
    return new VipStatus(
        result.found().isPresent(),
        container,
        changed > 0 && written > changed,
        state,
        held,
        answers,
        mac,
        peers);
  }

  private static long number(Optional<String> word) {
    return word.filter(text -> text.matches("\\d{1,18}")).map(Long::parseLong).orElse(0L);
  }

  boolean isMaster() {
    return state.filter("master"::equals).isPresent();
  }

  /** Whether a machine that is none of the peers has the address. */
  boolean isTaken() {
    return mac.map(each -> !peerMacs.contains(each)).orElse(answers);
  }
}
