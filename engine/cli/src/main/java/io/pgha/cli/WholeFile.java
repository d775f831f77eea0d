package io.pgha.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;

/** Replaces what is in a file, as a whole or not at all. */
final class WholeFile {
  private static final System.Logger LOG = System.getLogger(WholeFile.class.getName());

  private WholeFile() {}

  /**
   * Replaces what is in a file that exists. Its mode stays, and so do its owner and group where
   * this user may give files away; where it is a link, the file that it leads to is replaced.
   */
  static void replace(Path named, byte[] bytes) throws IOException {
    Path file = named.toRealPath();
    if (!Files.isWritable(file)) {
      // Another file could take its place, but whoever took away the right meant what is in it.
      throw new AccessDeniedException(named.toString());
    }
    Path unfinished =
        file.resolveSibling(".%s.%d".formatted(file.getFileName(), ProcessHandle.current().pid()));
    try {
      Files.deleteIfExists(unfinished);
      Files.write(unfinished, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.SYNC);
      takeOver(attributes(file), unfinished);
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private static PosixFileAttributes attributes(Path file) throws IOException {
    return Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static void takeOver(PosixFileAttributes from, Path to) throws IOException {
    PosixFileAttributes own = attributes(to);
    PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
    try {
      if (!own.owner().equals(from.owner())) {
        view.setOwner(from.owner());
      }
      if (!own.group().equals(from.group())) {
        view.setGroup(from.group());
      }
    } catch (FileSystemException e) {
      LOG.log(System.Logger.Level.DEBUG, "the owner of {0} changes: {1}", to, e.getMessage());
    }
    view.setPermissions(from.permissions());
  }
}
