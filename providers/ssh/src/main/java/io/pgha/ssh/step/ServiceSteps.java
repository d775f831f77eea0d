package io.pgha.ssh.step;

import io.pgha.provider.step.Shell;
import io.pgha.provider.step.Step;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Units and scripts. */
final class ServiceSteps {
  /** The kernel takes no longer argument than 128 KiB. */
  private static final int LONGEST_ARGUMENT = 120_000;

  private ServiceSteps() {}

  static Optional<String> objection(Step.UnitAction action) {
    return action.unit().matches("[A-Za-z0-9:_.\\\\@-]{1,255}") && !action.unit().startsWith("-")
        ? Optional.empty()
        : Optional.of("\"" + action.unit() + "\" is not a unit's name");
  }

  static Optional<String> objection(Step.RunScript run) {
    if (run.script().indexOf('\0') >= 0 || StepScript.reveal(run.input()).indexOf('\0') >= 0) {
      return Optional.of("a script and its input can't hold a NUL character");
    }
    return run.script().getBytes(StandardCharsets.UTF_8).length > LONGEST_ARGUMENT
        ? Optional.of("the script is longer than " + LONGEST_ARGUMENT + " bytes")
        : Optional.empty();
  }

  static String act(Step.UnitAction action) {
    String head =
        "U="
            + Shell.quote(action.unit())
            + "\n"
            + """
            command -v systemctl >/dev/null || fail "there is no systemd on the machine"
            l= n= x=
            look() {
            o=$(systemctl show -p LoadState -p NeedDaemonReload -- "$U") || fail "systemctl can't tell about $U"
            case $o in *LoadState=not-found*) l=no;; *) l=yes;; esac
            case $o in *NeedDaemonReload=yes*) n=yes;; *) n=no;; esac
            }
            look
            if [ $l = no ] || [ $n = yes ]; then systemctl daemon-reload || fail "systemctl daemon-reload failed"; look; fi
            journal() { journalctl -u "$U" -n 20 --no-pager -o cat 2>/dev/null; }
            """;
    String act =
        "$T systemctl "
            + action.verb().words()
            + " -- \"$U\" || { s=$?; journal; fail \"systemctl "
            + action.verb().words()
            + " $U ended with status $s\"; }\n";
    return head
        + switch (action.verb()) {
          case START, START_NO_BLOCK, RESTART, RELOAD, ENABLE ->
              "[ $l = yes ] || fail \"there is no unit $U on the machine\"\n" + act;
          // What isn't there neither runs nor starts at boot: nothing is left to be done.
          case STOP, DISABLE, RESET_FAILED, UNMASK -> "if [ $l = yes ]; then\n" + act + "fi\n";
        };
  }

  /**
   * A script goes on where its connection is lost. The same script of the next run waits for it:
   * two of them at once could do harm. What a script starts doesn't inherit the lock.
   */
  static String run(Step.RunScript run) {
    long seconds = Math.max(1, run.timeout().toSeconds());
    String input =
        run.input().isEmpty()
            ? ""
            : "printf %s " + Shell.quote(StepScript.reveal(run.input())) + " | ";
    return """
    L=/run/pgha-script-%1$s.lock
    if command -v flock >/dev/null && exec 8>$L; then
    flock -w %2$d 8 || fail "the same script of an earlier run has been running for %2$d s"
    fi
    %3$stimeout -k 5 %2$d sh -c %4$s 8>&-
    s=$?
    rm -f $L
    [ $s != 124 ] || fail "it did not end within %2$d s"
    [ $s = 0 ] || fail "it ended with status $s"
    """
        .formatted(identity(run.script()), seconds, input, Shell.quote(run.script()));
  }

  private static String identity(String script) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
