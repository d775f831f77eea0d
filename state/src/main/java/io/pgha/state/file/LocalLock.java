package io.pgha.state.file;

import io.pgha.state.LockInfo;
import io.pgha.state.StateException;
import io.pgha.state.StateException.Reason;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * A lock file. It says who holds it, and the holder has an operating system's lock on it, which
 * ends with the process: a file without one was left by a process that died.
 */
final class LocalLock {
  private static final Duration PAUSE = Duration.ofMillis(200);

  /**
   * The locks of this process. Closing any descriptor of a file gives up the process's lock on it,
   * so a file that this process has locked must not be opened again.
   */
  private static final ConcurrentMap<Path, LockInfo> OWN = new ConcurrentHashMap<>();

  private final Path path;
  private final RandomAccessFile file;
  private final List<String> notices;

  private LocalLock(Path path, RandomAccessFile file, List<String> notices) {
    this.path = path;
    this.file = file;
    this.notices = notices;
  }

  List<String> notices() {
    return notices;
  }

  static LocalLock acquire(Path path, LockInfo info, Duration timeout) throws StateException {
    long start = System.nanoTime();
    while (true) {
      Attempt attempt = attempt(path, info);
      if (attempt.lock != null) {
        return attempt.lock;
      }
      if (System.nanoTime() - start >= timeout.toNanos()) {
        throw held(path, attempt.holder);
      }
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw held(path, attempt.holder);
      }
    }
  }

  /**
   * Who holds a lock. Told by what the file says and whether that process lives: to try the
   * operating system's lock would keep others from it for a moment.
   */
  static Optional<LockInfo> holder(Path path) throws StateException {
    LockInfo own = OWN.get(path);
    if (own != null) {
      return Optional.of(own);
    }
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      return read(file).map(LockFormat::info).filter(LockInfo::lives);
    } catch (FileNotFoundException e) {
      // Its holder has just ended.
      return Optional.empty();
    } catch (IOException e) {
      throw Failures.reading(path, e);
    }
  }

  private static StateException held(Path path, Optional<LockInfo> holder) {
    return new StateException(
        Reason.LOCKED,
        "The state is locked: "
            + holder.map(LockInfo::text).orElse("another process has just taken it")
            + holder.map(info -> ", lock id " + info.id()).orElse("")
            + ". Wait until that run has ended, or let pgha wait with -lock-timeout=5m. The lock is "
            + path
            + "; it ends by itself with the process that holds it.");
  }

  /** What came of trying: a lock, or who holds it. */
  private record Attempt(@Nullable LocalLock lock, Optional<LockInfo> holder) {}

  private static Attempt attempt(Path path, LockInfo info) throws StateException {
    LockInfo own = OWN.putIfAbsent(path, info);
    if (own != null) {
      return new Attempt(null, Optional.of(own));
    }
    Attempt attempt = new Attempt(null, Optional.empty());
    try {
      attempt = open(path, info);
      return attempt;
    } catch (IOException e) {
      throw Failures.writing(path, e);
    } finally {
      if (attempt.lock == null) {
        OWN.remove(path);
      }
    }
  }

  private static Attempt open(Path path, LockInfo info) throws IOException {
    create(path);
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    boolean taken = false;
    try {
      Optional<LockFormat> content = read(file);
      if (!locked(file)) {
        return new Attempt(null, content.map(LockFormat::info));
      }
      content = read(file);
      String identity = identity(path);
      if (!identity.isEmpty() && content.isPresent() && !content.get().file().equals(identity)) {
        // Its holder removed the file before it was locked here: there may be another one by now.
        return new Attempt(null, Optional.empty());
      }
      if (identity.isEmpty()) {
        return new Attempt(null, Optional.empty());
      }
      write(file, new LockFormat(info, identity).bytes());
      taken = true;
      return new Attempt(new LocalLock(path, file, takeover(content)), Optional.empty());
    } finally {
      if (!taken) {
        file.close();
      }
    }
  }

  private static void create(Path path) throws IOException {
    try {
      Files.createFile(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException e) {
      // Held by another or left behind: its operating system's lock tells.
    }
  }

  private static boolean locked(RandomAccessFile file) throws IOException {
    FileLock lock = file.getChannel().tryLock();
    return lock != null && lock.isValid();
  }

  /**
   * What tells the file at the path from an earlier one of that name; empty where there is none.
   */
  private static String identity(Path path) throws IOException {
    try {
      return String.valueOf(Files.readAttributes(path, BasicFileAttributes.class).fileKey());
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  /** What the file says; empty where its holder came to its end before it said anything. */
  private static Optional<LockFormat> read(RandomAccessFile file) throws IOException {
    file.seek(0);
    byte[] bytes = new byte[(int) Math.min(file.length(), 1 << 16)];
    file.readFully(bytes);
    if (bytes.length == 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(LockFormat.read(bytes));
    } catch (IOException e) {
      // A lock file that was not written whole says nothing, but it locks all the same.
      return Optional.empty();
    }
  }

  private static void write(RandomAccessFile file, byte[] bytes) throws IOException {
    file.setLength(0);
    file.seek(0);
    file.write(bytes);
    file.getFD().sync();
  }

  private static List<String> takeover(Optional<LockFormat> left) {
    return left.map(format ->
            List.of(
                "Took over the lock that a dead process left: "
                    + format.info().text()
                    + ". What that run had recorded is used."))
        .orElse(List.of());
  }

  /** Removes the file, then ends the lock on it: nobody can have locked it in between. */
  void close() throws StateException {
    try {
      try {
        Files.deleteIfExists(path);
      } finally {
        file.close();
      }
    } catch (IOException e) {
      throw Failures.writing(path, e);
    } finally {
      OWN.remove(path);
    }
  }

  /** Removes a lock that a dead process left. */
  static void force(Path path, String id) throws StateException {
    LockInfo own = OWN.get(path);
    if (own != null) {
      throw living(own);
    }
    if (!Files.exists(path)) {
      throw new StateException(Reason.NOT_LOCKED, "The state is not locked.");
    }
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      Optional<LockInfo> holder = read(file).map(LockFormat::info);
      if (!locked(file)) {
        throw holder.map(LocalLock::living).orElseGet(() -> held(path, Optional.empty()));
      }
      if (holder.isPresent() && !holder.get().id().equals(id)) {
        throw new StateException(
            Reason.NOT_LOCKED,
            "There is no lock "
                + id
                + ". The lock that is there has the id "
                + holder.get().id()
                + " ("
                + holder.get().text()
                + ").");
      }
      if (holder.isEmpty()) {
        // Whoever has opened this very file and waits for it must see that it is no longer the one.
        file.setLength(0);
        file.write(new LockFormat(LockInfo.of("force-unlock", ""), "removed").bytes());
      }
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw Failures.writing(path, e);
    }
  }

  private static StateException living(LockInfo holder) {
    return new StateException(
        Reason.LOCKED,
        "The lock is not left over: its holder is running ("
            + holder.text()
            + "). Stop that process first; its lock then ends by itself.");
  }
}
