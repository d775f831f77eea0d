package io.pgha.ssh.probe;

/**
 * Ends what a probe script started and what does not end by itself: one watchdog for the whole
 * script, since a process beside each command costs more than most of the commands.
 */
final class Watchdog {
  /** The status of a command that the watchdog ended: the shell's 128 and SIGKILL. */
  static final String KILLED = "137";

  private Watchdog() {}

  /**
   * Starts it. Each time that so many seconds have passed, everything that the script has running
   * is killed, and the script goes on with the next question. Whom to kill is looked up in /proc,
   * from children to their children: the script's shell has no job control, and not every machine
   * has pkill.
   *
   * <p>Where the shell is gone (the connection broke, somebody killed it), it ends too: the shell's
   * number may be another process's by then, whose children are nobody's to kill.
   */
  static String start(int seconds) {
    return """
    o() { read -r x x x x </proc/self/stat && [ "${x%%%% *}" = $$ ]; }
    w() {
    trap 'kill $!; exit 0' TERM
    read -r me x </proc/self/stat
    while :; do
    sleep %d &
    wait $!
    o || exit 0
    all=
    q=$$
    while [ -n "$q" ]; do
    next=
    for p in $q; do
    c=
    read -r c <"/proc/$p/task/$p/children"
    for k in $c; do [ "$k" = "$me" ] || next="$next $k"; done
    done
    all="$all$next"
    q=$next
    done
    o || exit 0
    [ -z "$all" ] || kill -KILL $all
    done
    }
    w </dev/null >/dev/null 2>&1 &
    W=$!
    """
        .formatted(seconds);
  }

  /** Ends it, and waits for that: nothing is left behind. */
  static String end() {
    return "kill $W\nwait $W\n";
  }
}
