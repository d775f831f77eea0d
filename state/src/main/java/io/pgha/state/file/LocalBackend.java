package io.pgha.state.file;

import io.pgha.state.LockInfo;
import io.pgha.state.StateBackend;
import io.pgha.state.StateException;
import io.pgha.state.StateStore;
import io.pgha.state.StoredState;
import io.pgha.state.encryption.Encryption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** State in a local file, with journal, lock and backup beside it. */
public final class LocalBackend implements StateBackend {
  /** The name of a project's state file. */
  public static final String FILE_NAME = "pgha.state.json";

  private final Path file;
  private final Encryption encryption;
  private final Disk disk;

  /** The state in a file, which need not exist yet; nor need its folder. */
  public LocalBackend(Path file) {
    this(file, Encryption.NONE);
  }

  /** The same, kept so that not everybody can read it. */
  public LocalBackend(Path file, Encryption encryption) {
    this(file, encryption, Disk.REAL);
  }

  LocalBackend(Path file, Disk disk) {
    this(file, Encryption.NONE, disk);
  }

  LocalBackend(Path file, Encryption encryption, Disk disk) {
    this.file = file;
    this.encryption = encryption;
    this.disk = disk;
  }

  /** Whether a file holds state, or a journal beside it does. */
  public static boolean exists(Path file) throws StateException {
    LocalFiles files = LocalFiles.of(file);
    return Files.exists(files.state()) || Files.exists(files.journal());
  }

  @Override
  public String location() {
    return file.toString();
  }

  @Override
  public StoredState load() throws StateException {
    LocalFiles files = LocalFiles.of(file);
    // The journal first: a run that folds it in between leaves a snapshot that says so.
    return files.load(JournalFile.read(files.journal(), encryption), encryption);
  }

  @Override
  public StateStore lock(LockInfo lock, Duration timeout) throws StateException {
    LocalFiles files = LocalFiles.forWriting(file);
    return new LocalStore(files, encryption, disk, LocalLock.acquire(files.lock(), lock, timeout));
  }

  @Override
  public Optional<LockInfo> holder() throws StateException {
    return LocalLock.holder(LocalFiles.of(file).lock());
  }

  @Override
  public StateStore unlocked() throws StateException {
    return new LocalStore(LocalFiles.forWriting(file), encryption, disk, null);
  }

  @Override
  public void forceUnlock(String id) throws StateException {
    LocalLock.force(LocalFiles.of(file).lock(), id);
  }
}
