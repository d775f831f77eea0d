package io.pgha.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The lock of a state: a file that says who holds it, under the operating system's own lock, which
 * ends with the process. A file without that lock was left by a process that died.
 */
final class StateLock implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final Path file;
  private final FileChannel channel;
  private final FileLock lock;

  private StateLock(Path file, FileChannel channel, FileLock lock) {
    this.file = file;
    this.channel = channel;
    this.lock = lock;
  }

  static StateLock acquire(Path file, String operation, Duration patience, Consumer<String> notices)
      throws StateException, InterruptedException {
    Instant deadline = Instant.now().plus(patience);
    while (true) {
      StateLock taken = tryAcquire(file, operation, notices);
      if (taken != null) {
        return taken;
      }
      if (!Instant.now().isBefore(deadline)) {
        throw new StateException(held(file));
      }
      Thread.sleep(POLL);
    }
  }

  private static @Nullable StateLock tryAcquire(
      Path file, String operation, Consumer<String> notices) throws StateException {
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null || !isStill(channel, file)) {
        channel.close();
        return null;
      }
      String left = read(channel);
      if (!left.isBlank()) {
        notices.accept("A lock of a process that is gone was taken over: " + describe(left) + ".");
      }
      write(channel, operation);
      return new StateLock(file, channel, lock);
    } catch (OverlappingFileLockException e) {
      close(channel);
      return null;
    } catch (IOException e) {
      close(channel);
      throw new StateException(
          "Can't lock the state: "
              + file
              + " can't be written ("
              + e
              + "). Give the right to"
              + " write there, or make room.");
    }
  }

  private static void close(@Nullable FileChannel channel) throws StateException {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new StateException("Can't close the lock file (" + e + ").");
      }
    }
  }

  /** Whether the file was not removed by its last holder between opening and locking it. */
  private static boolean isStill(FileChannel channel, Path file) throws IOException {
    return Files.exists(file) && Files.size(file) == channel.size();
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(channel.size(), 65536));
    channel.read(buffer, 0);
    return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
  }

  private static void write(FileChannel channel, String operation) throws IOException {
    Map<String, String> info = new TreeMap<>();
    info.put("id", UUID.randomUUID().toString());
    info.put("operation", operation);
    info.put("who", System.getProperty("user.name", "") + "@" + hostName());
    info.put("pid", String.valueOf(ProcessHandle.current().pid()));
    info.put("created", Instant.now().toString());
    channel.truncate(0);
    ByteBuffer bytes = ByteBuffer.wrap(StateJson.MAPPER.writeValueAsBytes(info));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    channel.force(true);
  }

  private static String hostName() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static String held(Path file) {
    try {
      return "The state is locked: "
          + describe(Files.readString(file))
          + ". Wait until that is done, or give -lock-timeout=60s to have pgha wait. Only where"
          + " you are sure that nobody works on it any more: pgha force-unlock ID.";
    } catch (IOException e) {
      return "The state is locked, and its lock file " + file + " can't be read (" + e + ").";
    }
  }

  private static String describe(String json) {
    try {
      JsonNode info = StateJson.MAPPER.readTree(json);
      return "%s by %s, process %s, since %s, lock id %s"
          .formatted(
              info.path("operation").asText(),
              info.path("who").asText(),
              info.path("pid").asText(),
              info.path("created").asText(),
              info.path("id").asText());
    } catch (IOException e) {
      return "by somebody whose lock file says nothing readable";
    }
  }

  static void force(Path file, String id) throws StateException {
    try {
      if (!Files.exists(file)) {
        throw new StateException("The state is not locked.");
      }
      String info = Files.readString(file);
      if (!StateJson.MAPPER.readTree(info).path("id").asText().equals(id)) {
        throw new StateException(
            "The lock's id is another one; the lock is held " + describe(info) + ".");
      }
      Files.delete(file);
    } catch (IOException e) {
      throw new StateException("Can't remove the lock " + file + " (" + e + ").");
    }
  }

  @Override
  public void close() throws StateException {
    try {
      Files.deleteIfExists(file);
      lock.release();
      channel.close();
    } catch (IOException e) {
      throw new StateException("Can't give the lock " + file + " back (" + e + ").");
    }
  }
}
