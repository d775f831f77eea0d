package io.pgha.ssh.step;

import io.pgha.provider.step.Shell;
import io.pgha.provider.step.Step;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** Files and directories. */
final class FileSteps {
  /** What no configuration may remove: the machine would not survive it. */
  private static final Set<String> SYSTEM =
      Set.of(
          "/etc/apt",
          "/etc/default",
          "/etc/ssh",
          "/etc/systemd",
          "/etc/systemd/system",
          "/usr/bin",
          "/usr/lib",
          "/usr/local",
          "/usr/sbin",
          "/usr/share",
          "/var/cache",
          "/var/lib",
          "/var/lib/apt",
          "/var/lib/dpkg",
          "/var/lib/systemd",
          "/var/log",
          "/var/run",
          "/var/spool",
          "/var/tmp");

  private FileSteps() {}

  static Optional<String> objectionToPath(String path) {
    if (!path.startsWith("/")) {
      return Optional.of("\"" + path + "\" is not an absolute path");
    }
    return path.indexOf('\0') >= 0
        ? Optional.of("a path can't hold a NUL character")
        : Optional.empty();
  }

  static Optional<String> objection(Step.WriteFile file) {
    return objectionToPath(file.path())
        .or(() -> file.backup().flatMap(FileSteps::objectionToPath))
        .or(() ->
            file.path().endsWith("/")
                ? Optional.of("\"" + file.path() + "\" names a directory")
                : Optional.empty());
  }

  /** A typing error in a path must not cost a machine. */
  static Optional<String> objectionToRemoval(String path) {
    Optional<String> objection = objectionToPath(path);
    if (objection.isPresent()) {
      return objection;
    }
    String plain = path.replaceAll("/+", "/").replaceAll("(?<=.)/$", "");
    boolean shallow = plain.chars().filter(character -> character == '/').count() < 2;
    boolean winding = (plain + "/").contains("/../") || (plain + "/").contains("/./");
    return shallow || winding || SYSTEM.contains(plain)
        ? Optional.of("refused to remove " + path + ": it is too much of the system")
        : Optional.empty();
  }

  private static final String OWN =
      """
      own() {
      id -u "$2" >/dev/null 2>&1 || fail "there is no user $2 on the machine (for $1)"
      getent group "$3" >/dev/null 2>&1 || fail "there is no group $3 on the machine (for $1)"
      chown -h "$2:$3" "$1" || fail "can't give $1 to $2:$3"
      }
      """;

  static String write(Step.WriteFile file, String nonce) {
    byte[] bytes = StepScript.reveal(file.content()).getBytes(StandardCharsets.UTF_8);
    return OWN
        + "F="
        + Shell.quote(file.path())
        + "\n"
        + "U="
        + Shell.quote(file.owner())
        + "\n"
        + "G="
        + Shell.quote(file.group())
        + "\n"
        + "B="
        + Shell.quote(file.backup().orElse(""))
        + "\n"
        + "N="
        + nonce.substring(0, 12)
        + "\nSIZE="
        + bytes.length
        + "\nMODE=%o\n".formatted(file.mode())
        + "content() { "
        + print(file)
        + "; }\n"
        + "check() { "
        + file.validation()
            .map(command -> "FILE=\"$t\" $T sh -c " + Shell.quote(command))
            .orElse(":")
        + "; }\n"
        + """
        d=${F%/*}
        b=${F##*/}
        [ -d "$d/" ] || fail "can't write $F: the folder $d is not there"
        [ ! -d "$F" ] || fail "can't write $F: it is a directory"
        # Left by a run that lost its power; the name keeps its suffix because checkers look at it.
        rm -f -- "$d"/.pgha-*-"$b"
        t=$d/.pgha-$N-$b
        [ ${#t} -lt $((${#d} + 250)) ] || t=$d/.pgha-$N
        s=
        trap 'rm -f -- "$t" $s' EXIT
        trap 'exit 1' INT TERM
        umask 077
        e=$({ set -C; content >"$t"; } 2>&1) && [ "$(stat -c %s -- "$t")" = "$SIZE" ] && e=$(sync "$t" 2>&1) || {
        a=$(df -P -- "$d" | { read -r x; read -r x x x a x; echo "$a"; })
        i=$(df -Pi -- "$d" | { read -r x; read -r x x x a x; echo "$a"; })
        [ "$a" = 0 ] || [ "$a" -lt $((SIZE / 1024 + 1)) ] && fail "can't write $F: no space left in $d ($a KiB free, $SIZE bytes needed); $F is as it was"
        [ "$i" = 0 ] && fail "can't write $F: no inode left in $d; $F is as it was"
        fail "can't write $F: ${e##*: }; $F is as it was"
        }
        own "$t" "$U" "$G"
        chmod "$MODE" "$t" || fail "can't set the mode of $F"
        check || fail "the new content of $F is not valid: its check ended with status $?; $F is as it was"
        if [ -n "$B" ] && [ -f "$F" ] && ! cmp -s -- "$t" "$F"; then
        s=$B.pgha-$N
        { ln -- "$F" "$s" 2>/dev/null || cp -p -- "$F" "$s"; } && mv -fT -- "$s" "$B" || fail "can't keep the previous $F as $B; $F is as it was"
        fi
        mv -fT -- "$t" "$F" || fail "can't put the new file in the place of $F"
        trap - EXIT
        sync "$d"
        """;
  }

  /** printf is the shell's own: the content is in no process's arguments. */
  private static String print(Step.WriteFile file) {
    String content = StepScript.reveal(file.content());
    if (content.indexOf('\0') >= 0) {
      String encoded = Base64.getEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));
      return "printf %s " + Shell.quote(encoded) + " | base64 -d";
    }
    return "printf %s " + Shell.quote(content);
  }

  static String makeDirectory(Step.MakeDirectory directory) {
    return OWN
        + "D="
        + Shell.quote(directory.path())
        + "\n"
        + """
        [ ! -e "$D" ] || [ -d "$D" ] || fail "can't make the directory $D: something else is there"
        e=$(mkdir -p -- "$D" 2>&1) || fail "can't make the directory $D: ${e##*: }"
        """
        + "own \"$D\" "
        + Shell.quote(directory.owner())
        + " "
        + Shell.quote(directory.group())
        + "\n"
        + "chmod %o \"$D\" || fail \"can't set the mode of $D\"\n".formatted(directory.mode());
  }

  static String setPermissions(Step.SetPermissions permissions) {
    return OWN
        + "P="
        + Shell.quote(permissions.path())
        + "\n"
        + """
        [ -e "$P" ] || [ -L "$P" ] || fail "can't set the permissions of $P: it is not there"
        """
        + "own \"$P\" "
        + Shell.quote(permissions.owner())
        + " "
        + Shell.quote(permissions.group())
        + "\n"
        + "[ -L \"$P\" ] || chmod %o \"$P\" || fail \"can't set the mode of $P\"\n"
            .formatted(permissions.mode());
  }

  static String remove(Step.RemovePath remove) {
    String path = "P=" + Shell.quote(remove.path().replaceAll("(?<=.)/+$", "")) + "\n";
    if (remove.recursive()) {
      return path
          + """
          if [ -d "$P" ] && [ ! -L "$P" ]; then
          ! mountpoint -q -- "$P" || fail "can't remove $P: a file system is mounted there"
          rm -rf --one-file-system -- "$P" || fail "can't remove $P"
          else rm -f -- "$P" || fail "can't remove $P"; fi
          """;
    }
    return path
        + """
        if [ -d "$P" ] && [ ! -L "$P" ]; then
        e=$(rmdir -- "$P" 2>&1) || fail "can't remove the directory $P: ${e##*: }"
        else rm -f -- "$P" || fail "can't remove $P"; fi
        """;
  }
}
