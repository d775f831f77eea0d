package io.pgha.state.file;

import io.pgha.state.JournalRecord;
import io.pgha.state.State;
import io.pgha.state.StateException;
import io.pgha.state.StateStore;
import io.pgha.state.StoredState;
import io.pgha.state.encryption.Content;
import io.pgha.state.encryption.Encryption;
import io.pgha.state.encryption.EncryptionException;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** State in files while it is locked. */
final class LocalStore implements StateStore {
  private final LocalFiles files;
  private final Encryption encryption;
  private final Disk disk;
  private final @Nullable LocalLock lock;
  private Disk.@Nullable Output journal;
  private long journalBytes;

  /** Whether this run has kept what was there before it as the backup. */
  private boolean backedUp;

  /** Whether the journal that was found has lines that only a person could make sense of. */
  private boolean damaged;

  LocalStore(LocalFiles files, Encryption encryption, Disk disk, @Nullable LocalLock lock) {
    this.files = files;
    this.encryption = encryption;
    this.disk = disk;
    this.lock = lock;
  }

  @Override
  public List<String> notices() {
    return lock == null ? List.of() : lock.notices();
  }

  @Override
  public StoredState load() throws StateException {
    JournalFile.Records content = JournalFile.read(files.journal(), encryption);
    damaged = content.damaged() > 0;
    return files.load(content, encryption);
  }

  @Override
  public void appendJournal(List<JournalRecord> records) throws StateException {
    try {
      byte[] lines = JournalFile.lines(records, encryption);
      if (records.getFirst() instanceof JournalRecord.Begun) {
        begin(lines);
        return;
      }
      Disk.Output out = journal;
      if (out == null) {
        throw new IOException("the journal was not begun");
      }
      out.write(lines, 0, lines.length);
      out.sync();
      journalBytes += lines.length;
    } catch (IOException e) {
      throw Failures.writing(files.journal(), e);
    } catch (EncryptionException e) {
      throw Failures.encrypting(files.journal(), e);
    }
  }

  private void begin(byte[] lines) throws IOException {
    closeJournal();
    keepDamaged();
    Path fresh = files.beside(files.journal(), ".new");
    Disk.Output out = disk.create(fresh);
    try {
      out.write(lines, 0, lines.length);
      out.sync();
      disk.move(fresh, files.journal());
      disk.syncFolder(files.folder());
    } catch (IOException e) {
      discard(out, fresh, e);
      throw e;
    }
    journal = out;
    journalBytes = lines.length;
  }

  /** A damaged journal holds what pgha can't read: it is put aside rather than removed. */
  private void keepDamaged() throws IOException {
    if (damaged) {
      disk.move(files.journal(), files.unused(files.journal(), ".damaged"));
      damaged = false;
    }
  }

  @Override
  public boolean isOutdated() {
    return encryption.hasReadOthers();
  }

  @Override
  public long journalBytes() {
    return journalBytes;
  }

  @Override
  public void writeSnapshot(State state) throws StateException {
    Path fresh = files.beside(files.state(), ".new");
    try {
      writeFresh(fresh, out -> write(state, out));
      if (!backedUp && Files.exists(files.state())) {
        Path copy = files.beside(files.backup(), ".new");
        copyState(copy);
        disk.move(copy, files.backup());
      }
      disk.move(fresh, files.state());
      disk.syncFolder(files.folder());
      backedUp = true;
      closeJournal();
      keepDamaged();
      disk.delete(files.journal());
    } catch (IOException e) {
      throw Failures.writing(files.state(), e);
    } catch (EncryptionException e) {
      throw Failures.encrypting(files.state(), e);
    }
  }

  /** The snapshot by another name; encrypted as it is from now on, where it is otherwise. */
  private void copyState(Path copy) throws IOException, EncryptionException {
    if (encryption.hasReadOthers() && !encryption.isOff()) {
      byte[] before = encryption.decrypted(Files.readAllBytes(files.state()), Content.STATE);
      writeFresh(copy, out -> out.write(encryption.encrypted(before, Content.STATE)));
      return;
    }
    disk.link(files.state(), copy);
  }

  @Override
  public void removeFoldedJournal() throws StateException {
    try {
      keepDamaged();
      disk.delete(files.journal());
    } catch (IOException e) {
      throw Failures.writing(files.journal(), e);
    }
  }

  private void write(State state, OutputStream out) throws IOException, EncryptionException {
    if (encryption.isOff()) {
      StateFormat.write(state, out);
      return;
    }
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    StateFormat.write(state, plain);
    out.write(encryption.encrypted(plain.toByteArray(), Content.STATE));
    out.write('\n');
  }

  /** Writes a file. */
  private interface Writing {
    void to(OutputStream out) throws IOException, EncryptionException;
  }

  private void writeFresh(Path fresh, Writing writing) throws IOException, EncryptionException {
    Disk.Output out = disk.create(fresh);
    try {
      OutputStream buffered = new BufferedOutputStream(stream(out), 1 << 16);
      writing.to(buffered);
      buffered.flush();
      out.sync();
      out.close();
    } catch (IOException | EncryptionException e) {
      discard(out, fresh, e);
      throw e;
    }
  }

  private static OutputStream stream(Disk.Output out) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
      }
    };
  }

  private void discard(Disk.Output out, Path fresh, Exception e) {
    try {
      out.close();
      disk.delete(fresh);
    } catch (IOException left) {
      e.addSuppressed(left);
    }
  }

  private void closeJournal() throws IOException {
    Disk.Output out = journal;
    if (out != null) {
      journal = null;
      journalBytes = 0;
      out.close();
    }
  }

  @Override
  public void close() throws StateException {
    try {
      closeJournal();
    } catch (IOException e) {
      throw Failures.writing(files.journal(), e);
    } finally {
      if (lock != null) {
        lock.close();
      }
    }
  }
}
