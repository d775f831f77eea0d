package io.pgha.provider.ephemeral;

import java.time.Duration;
import java.util.List;

/** Something on the machine that pgha runs on which says a text. */
public sealed interface LocalSource {
  /**
   * A file.
   *
   * @param path its path; a relative one begins in the folder of the root module
   */
  record OfFile(String path) implements LocalSource {}

  /**
   * What a program writes to its standard output. It is run as it is, without a shell, in the
   * folder of the root module, with pgha's own environment and nothing to read.
   *
   * @param command the program and its arguments, one at least
   * @param patience how long it may take
   */
  record OfProgram(List<String> command, Duration patience) implements LocalSource {
    public OfProgram {
      if (command.isEmpty()) {
        throw new IllegalArgumentException("no program");
      }
      command = List.copyOf(command);
    }
  }
}
