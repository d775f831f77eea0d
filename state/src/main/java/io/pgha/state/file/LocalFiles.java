package io.pgha.state.file;

import io.pgha.state.State;
import io.pgha.state.StateException;
import io.pgha.state.StateException.Reason;
import io.pgha.state.StoredState;
import io.pgha.state.encryption.Content;
import io.pgha.state.encryption.Encryption;
import io.pgha.state.encryption.EncryptionException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files of a state: {@code NAME.json}, {@code NAME.json.backup}, {@code NAME.journal} and
 * {@code NAME.lock} in one folder.
 *
 * @param state the snapshot, absolute and without symbolic links
 */
record LocalFiles(Path state) {

  /** The same, whose folder is made where it is not there yet. */
  static LocalFiles forWriting(Path state) throws StateException {
    LocalFiles files = of(state);
    try {
      Files.createDirectories(files.folder());
    } catch (IOException e) {
      throw Failures.writing(files.folder(), e);
    }
    return of(state);
  }

  /** The files that go with a snapshot; links are followed, so that all who share it agree. */
  static LocalFiles of(Path state) throws StateException {
    try {
      Path absolute = state.toAbsolutePath().normalize();
      if (Files.exists(absolute)) {
        return new LocalFiles(absolute.toRealPath());
      }
      Path folder = absolute.getParent();
      Path name = absolute.getFileName();
      if (folder == null || name == null) {
        throw new StateException("\"" + state + "\" can't be a state file.");
      }
      return Files.exists(folder)
          ? new LocalFiles(folder.toRealPath().resolve(name))
          : new LocalFiles(absolute);
    } catch (IOException e) {
      throw Failures.reading(state, e);
    }
  }

  Path folder() {
    Path folder = state.getParent();
    return folder == null ? state : folder;
  }

  Path journal() {
    return sibling(".journal");
  }

  Path lock() {
    return sibling(".lock");
  }

  Path backup() {
    return beside(state, ".backup");
  }

  private Path sibling(String suffix) {
    String name = String.valueOf(state.getFileName());
    String stem = name.endsWith(".json") ? name.substring(0, name.length() - 5) : name;
    return state.resolveSibling(stem + suffix);
  }

  Path beside(Path file, String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  /** A name that no file has yet. */
  Path unused(Path file, String suffix) {
    Path candidate = beside(file, suffix);
    for (int i = 2; Files.exists(candidate); i++) {
      candidate = beside(file, suffix + "-" + i);
    }
    return candidate;
  }

  StoredState load(JournalFile.Records content, Encryption encryption) throws StateException {
    List<String> warnings = new ArrayList<>();
    if (content.damaged() > 0) {
      warnings.add(
          "The journal "
              + journal()
              + " has "
              + content.damaged()
              + (content.damaged() == 1 ? " line that is" : " lines that are")
              + " not what was written there. They are left out; the others are used. Instances"
              + " whose result was lost are looked at again on their machines. The journal will be"
              + " kept under another name.");
    } else if (content.torn() && !content.records().isEmpty()) {
      warnings.add(
          "The journal "
              + journal()
              + " ends in a record that was not written whole: a run was cut off at that moment."
              + " All records before it are used.");
    }
    return new StoredState(snapshot(encryption), content.records(), warnings);
  }

  /** What a file has, which need not be encrypted; it is not read at once then. */
  private static InputStream decrypted(InputStream in, Encryption encryption)
      throws IOException, EncryptionException {
    in.mark(Encryption.markLength());
    boolean encrypted = Encryption.isEncrypted(in.readNBytes(Encryption.markLength()));
    in.reset();
    if (encrypted) {
      return new ByteArrayInputStream(encryption.decrypted(in.readAllBytes(), Content.STATE));
    }
    encryption.checkPlain();
    return in;
  }

  private Optional<State> snapshot(Encryption encryption) throws StateException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(state), 1 << 16)) {
      return Optional.of(StateFormat.read(decrypted(in, encryption)));
    } catch (EncryptionException e) {
      throw new StateException(
          Reason.ENCRYPTED,
          "The state file "
              + state
              + " can't be used: "
              + e.getMessage()
              + " It was left untouched.",
          e);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (StateFormat.NewerException e) {
      throw new StateException(
          Reason.NEWER,
          "The state file "
              + state
              + " can't be used: "
              + e.getMessage()
              + ". It was left untouched. Use that pgha or a newer one.",
          e);
    } catch (java.nio.file.FileSystemException e) {
      throw Failures.reading(state, e);
    } catch (IOException e) {
      throw new StateException(
          Reason.DAMAGED,
          "The state file "
              + state
              + " is damaged: "
              + Failures.problem(e)
              + ". It was left untouched. Put back a copy of it"
              + (Files.exists(backup())
                  ? "; " + backup() + " is the state before the last run."
                  : "."),
          e);
    }
  }
}
