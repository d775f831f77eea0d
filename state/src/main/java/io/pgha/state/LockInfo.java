package io.pgha.state;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * Who holds a lock, since when and what for.
 *
 * @param id the lock's own id, which {@code force-unlock} takes
 * @param operation what it is held for, such as {@code apply}
 * @param who the user, with the machine's name
 * @param pid the process
 * @param processStart when that process started, in ISO 8601; empty where it is not known
 * @param bootId the boot that the process belongs to; empty where it is not known
 * @param created since when, in ISO 8601
 * @param toolVersion the version of pgha
 */
public record LockInfo(
    String id,
    String operation,
    String who,
    long pid,
    String processStart,
    String bootId,
    String created,
    String toolVersion) {

  /** A lock for this process. */
  public static LockInfo of(String operation, String toolVersion) {
    ProcessHandle self = ProcessHandle.current();
    return new LockInfo(
        UUID.randomUUID().toString(),
        operation,
        System.getProperty("user.name", "unknown") + "@" + machine(),
        self.pid(),
        self.info().startInstant().map(Instant::toString).orElse(""),
        currentBoot(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        toolVersion);
  }

  private static String machine() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      // Not Linux: the slower way, which may ask a name server.
      return InetAddress.getLoopbackAddress().getHostName();
    }
  }

  private static String currentBoot() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    } catch (IOException e) {
      // Not Linux: the id only helps people who read the lock file.
      return "";
    }
  }

  /** Whether the holder is a process of this machine that still runs. */
  public boolean lives() {
    return (bootId.isEmpty() || bootId.equals(currentBoot()))
        && ProcessHandle.of(pid)
            .filter(ProcessHandle::isAlive)
            .map(process ->
                process
                    .info()
                    .startInstant()
                    .map(start -> processStart.isEmpty() || processStart.equals(start.toString()))
                    .orElse(true))
            .orElse(false);
  }

  /** The holder in words: {@code apply by root@ops, process 4711, since 2026-01-01T00:00:00Z}. */
  public String text() {
    return operation + " by " + who + ", process " + pid + ", since " + created;
  }
}
