package io.pgha.core.storage;

import io.pgha.state.StateBackend;
import io.pgha.state.encryption.Encryption;
import io.pgha.state.file.LocalBackend;
import java.nio.file.Path;

/**
 * Where the state of a project is kept, and how that and its plans are.
 *
 * @param file the state's file
 * @param state how state is kept
 * @param plan how saved plans are kept
 */
public record Storage(Path file, Encryption state, Encryption plan) {
  /** Where it is kept when nothing is said of that: in the folder of the project, as it is. */
  public static Storage in(Path directory) {
    return new Storage(directory.resolve(LocalBackend.FILE_NAME), Encryption.NONE, Encryption.NONE);
  }

  /** What reads and writes it. */
  public StateBackend backend() {
    return new LocalBackend(file, state);
  }
}
