package io.pgha.core.drift;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFile;
import io.pgha.language.diagnostic.SourceFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** Finds {@code .pghaignore} in a root's folder, and reads no more of it than makes sense. */
final class IgnoreFile {
  static final String NAME = ".pghaignore";

  /** Some thousand entries: whoever needs more has another problem. */
  private static final int MOST_BYTES = 256 * 1024;

  private IgnoreFile() {}

  /** The file's text; empty where there is none, or none that may be read. */
  static Optional<SourceFile> find(Path folder, Diagnostics diagnostics, SourceFiles sources) {
    Path file = folder.resolve(NAME);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try {
      if (Files.isSymbolicLink(file) && !Files.exists(file)) {
        return refused(
            "is a symbolic link to "
                + Files.readSymbolicLink(file)
                + ", which is not there. Mend or remove it",
            diagnostics);
      }
      // Errors show lines of the file. A link in a branch that somebody proposes would otherwise
      // show those of any file that the nightly run may read.
      if (!file.toRealPath().startsWith(folder.toRealPath())) {
        return refused(
            "is a symbolic link that leads out of the folder. Put the file itself there",
            diagnostics);
      }
      if (!Files.isRegularFile(file)) {
        return refused(
            "is no regular file. Remove it, or put a text file in its place", diagnostics);
      }
      byte[] bytes = read(file);
      if (bytes.length > MOST_BYTES) {
        return refused(
            "is larger than %d KiB. Remove entries that are not needed any more"
                .formatted(MOST_BYTES / 1024),
            diagnostics);
      }
      return Optional.of(sources.add(SourceFile.decode(NAME, bytes, diagnostics)));
    } catch (IOException e) {
      return refused(
          "can't be read (" + e.getMessage() + "). Check that you may read it", diagnostics);
    }
  }

  private static byte[] read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(MOST_BYTES + 1);
    }
  }

  private static Optional<SourceFile> refused(String why, Diagnostics diagnostics) {
    diagnostics.add(
        Diagnostic.error(
            "unreadable-ignore-file",
            "Can't read " + NAME,
            NAME + " " + why + ": without it nobody knows what is not to be told."));
    return Optional.empty();
  }
}
