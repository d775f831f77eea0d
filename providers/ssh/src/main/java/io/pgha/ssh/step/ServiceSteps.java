package io.pgha.ssh.step;

import io.pgha.provider.step.Shell;
import io.pgha.provider.step.Step;
import java.nio.charset.StandardCharsets;
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
          case START, START_NO_BLOCK, RESTART, RELOAD, ENABLE, MASK ->
              "[ $l = yes ] || "
                  + (action.verb() == Step.UnitVerb.MASK
                      ? ":"
                      : "fail \"there is no unit $U on the machine\"")
                  + "\n"
                  + act;
          // What isn't there neither runs nor starts at boot: nothing is left to be done.
          case STOP, DISABLE, RESET_FAILED, UNMASK -> "if [ $l = yes ]; then\n" + act + "fi\n";
        };
  }

  static String run(Step.RunScript run) {
    String input =
        run.input().isEmpty()
            ? ""
            : "printf %s " + Shell.quote(StepScript.reveal(run.input())) + " | ";
    return input
        + "timeout -k 5 "
        + Math.max(1, run.timeout().toSeconds())
        + " sh -c "
        + Shell.quote(run.script())
        + "\ns=$?\n"
        + "[ $s != 124 ] || fail \"it did not end within %d s\"\n"
            .formatted(Math.max(1, run.timeout().toSeconds()))
        + "[ $s = 0 ] || fail \"it ended with status $s\"\n";
  }
}
