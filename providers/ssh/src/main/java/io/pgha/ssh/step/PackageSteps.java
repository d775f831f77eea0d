package io.pgha.ssh.step;

import io.pgha.provider.step.Shell;
import io.pgha.provider.step.Step;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Packages, by apt. One transaction of pgha runs at a time on a machine, and waits for those of
 * others.
 */
final class PackageSteps {
  /** Debian Policy 5.6.7 and 5.6.12. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9+.-]+(:[a-z0-9-]+)?");

  private static final Pattern PINNED =
      Pattern.compile("[a-z0-9][a-z0-9+.-]+(:[a-z0-9-]+)?(=[A-Za-z0-9.+:~-]+)?");

  private PackageSteps() {}

  static Optional<String> objection(List<String> packages, boolean versions) {
    return packages.stream()
        .filter(name -> !(versions ? PINNED : NAME).matcher(name).matches())
        .findFirst()
        .map(name ->
            "\"" + name + "\" is not a package's name" + (versions ? " (or name=version)" : ""));
  }

  private static String words(List<String> packages) {
    return packages.stream().map(Shell::quote).collect(Collectors.joining(" "));
  }

  /**
   * One at a time: a transaction of an earlier run, whose connection was lost, comes to its end
   * first. The lock is not handed down to what apt starts.
   */
  private static final String ALONE =
      """
      export DEBIAN_FRONTEND=noninteractive APT_LISTCHANGES_FRONTEND=none NEEDRESTART_MODE=l
      command -v apt-get >/dev/null || fail "there is no apt-get on the machine: it is not Debian or Ubuntu"
      exec 9>/run/pgha-packages.lock && flock -w 600 9 || fail "another package transaction of pgha has been running for 10 minutes"
      apt() { LAST=$(apt-get -q -y -o DPkg::Lock::Timeout=120 -o Acquire::Retries=2 -o Dpkg::Use-Pty=0 \\
      -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold "$@" 9>&- 2>&1); s=$?; printf '%s\\n' "$LAST"; return $s; }
      why() { w=$(printf '%s\\n' "$LAST" | sed -n 's/^E: //p' | head -n 3 | paste -sd ';'); echo "${w:-apt-get failed}"; }
      heal() {
      w=0
      while [ $w -lt 120 ]; do
      e=$(dpkg --configure -a --force-confdef --force-confold 9>&- 2>&1) && return
      case $e in *lock*) w=$((w + 1)); sleep 1;; *) printf '%s\\n' "$e"; return;; esac
      done
      }
      half() { [ -n "$(ls /var/lib/dpkg/updates 2>/dev/null)" ] || dpkg-query -W -f '${db:Status-Status}\\n' | grep -qE '^(half|unpacked|triggers)'; }
      ! half || heal
      """;

  /** Services of new packages are configured first and started later, by steps of their own. */
  private static final String QUIET =
      """
      R=/usr/sbin/policy-rc.d
      if [ ! -e $R ] && [ ! -L $R ] || grep -qs '^# pgha: ' $R; then
      trap 'rm -f $R $R.pgha' EXIT
      trap 'exit 1' INT TERM
      printf '%s\\n' '#!/bin/sh' '# pgha: no service starts while packages are installed' 'exit 101' >$R.pgha
      chmod 755 $R.pgha && mv -f $R.pgha $R || fail "can't write $R"
      fi
      """;

  static String install(Step.InstallPackages install) {
    boolean pinned = install.packages().stream().anyMatch(name -> name.contains("="));
    return ALONE
        + QUIET
        + "get() { apt install --no-install-recommends "
        + (pinned ? "--allow-downgrades " : "")
        + "-- "
        + words(install.packages())
        + "; }\n"
        + """
        get || {
        case $LAST in
        *'Unable to locate'*|*'no installation candidate'*|*'was not found'*|*'Failed to fetch'*|*'Unable to fetch'*)
        apt update || fail "can't read the package lists: $(why)"; get;;
        *'dpkg was interrupted'*|*'unmet dependencies'*) heal; get;;
        *) false;; esac || fail "can't install: $(why)"
        }
        """;
  }

  static String refresh() {
    return ALONE
        + """
        apt update || fail "can't read the package lists: $(why)"
        ! printf '%s\\n' "$LAST" | grep -q '^W: Failed to fetch' || fail "can't read the package lists: $(printf '%s\\n' "$LAST" | sed -n 's/^W: //p' | head -n 1)"
        """;
  }

  static String hold(Step.HoldPackages hold) {
    return ALONE
        + "e=$(apt-mark "
        + (hold.hold() ? "hold" : "unhold")
        + " -- "
        + words(hold.packages())
        + " 9>&- 2>&1) || { printf '%s\\n' \"$e\"; fail \"apt-mark failed: ${e##*E: }\"; }\n";
  }
}
