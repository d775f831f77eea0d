package io.pgha.provider.patroni;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A folder that is given to postgres alone, and may be deleted with all that is in it: it must be
 * one of its own, never one that the system or others live in.
 */
final class OwnFolder {
  /** What lives in these is everybody's; a folder in them may be one's own. */
  private static final Set<String> SHARED =
      Set.of(
          "",
          "/home",
          "/media",
          "/mnt",
          "/opt",
          "/srv",
          "/usr",
          "/usr/local",
          "/var",
          "/var/lib",
          "/var/local",
          "/var/opt",
          "/var/backups",
          "/var/lib/postgresql");

  /** Nothing in these is anybody's own, or it does not outlive a boot. */
  private static final List<String> SYSTEM =
      List.of(
          "/bin",
          "/boot",
          "/dev",
          "/etc",
          "/lib",
          "/lib32",
          "/lib64",
          "/libx32",
          "/proc",
          "/root",
          "/run",
          "/sbin",
          "/sys",
          "/tmp",
          "/usr/bin",
          "/usr/games",
          "/usr/include",
          "/usr/lib",
          "/usr/libexec",
          "/usr/sbin",
          "/usr/share",
          "/usr/src",
          "/var/cache",
          "/var/lib/apt",
          "/var/lib/dpkg",
          "/var/lib/systemd",
          "/var/lock",
          "/var/log",
          "/var/mail",
          "/var/run",
          "/var/spool",
          "/var/tmp");

  private OwnFolder() {}

  /** What speaks against an absolute path; empty where nothing does. */
  static Optional<String> objection(String path) {
    String folder = path.replaceFirst("/+$", "");
    if (folder.matches(".*//.*|.*/\\.{1,2}(/.*)?")) {
      return Optional.of("it holds //, . or .., so that one can't see which folder it is");
    }
    if (SHARED.contains(folder)
        || folder.matches("/home/[^/]+|/var/lib/postgresql/\\d+")
        || SYSTEM.stream()
            .anyMatch(system -> folder.equals(system) || folder.startsWith(system + "/"))) {
      return Optional.of("the system, or others, live there");
    }
    return Optional.empty();
  }
}
