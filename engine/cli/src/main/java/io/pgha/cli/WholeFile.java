package io.pgha.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** Replaces what is in a file, as a whole or not at all. */
final class WholeFile {
  private WholeFile() {}

  /**
   * Replaces what is in a file that exists. Its mode stays, and so do its owner and group where
   * this user may give files away; where it is a link, the file that it leads to is replaced.
   *
   * @param expected what it held when it was read: what somebody has saved since is not lost
   */
  static void replace(Path named, byte[] expected, byte[] bytes) throws IOException {
    Path file = named.toRealPath();
    if (!Files.isWritable(file)) {
      // Another file could take its place, but whoever took away the right meant what is in it.
      throw new AccessDeniedException(named.toString());
    }
    // Not named after the file: a name may be as long as there is room for.
    Path unfinished =
        file.resolveSibling(".pgha-unfinished.%d".formatted(ProcessHandle.current().pid()));
    try {
      Files.deleteIfExists(unfinished);
      write(unfinished, bytes);
      takeOver(attributes(file), unfinished);
      if (!Arrays.equals(Files.readAllBytes(file), expected)) {
        throw new IOException(
            named + ": somebody has changed it since it was read. It stays as it is; run again.");
      }
      Files.move(
          unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  /** For nobody else to read until it has the mode of the file that it replaces. */
  private static void write(Path unfinished, byte[] bytes) throws IOException {
    try (SeekableByteChannel channel =
        Files.newByteChannel(
            unfinished,
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SYNC),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
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
      System.getLogger(WholeFile.class.getName())
          .log(System.Logger.Level.DEBUG, "the owner of {0} changes: {1}", to, e.getMessage());
    }
    Set<PosixFilePermission> permissions = EnumSet.copyOf(from.permissions());
    if (!attributes(to).group().equals(from.group())) {
      // They were another group's.
      permissions.removeIf(each -> each.name().startsWith("GROUP_"));
    }
    view.setPermissions(permissions);
  }
}
