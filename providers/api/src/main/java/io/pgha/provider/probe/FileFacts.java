package io.pgha.provider.probe;

import java.util.Optional;

/**
 * What is at a path.
 *
 * @param kind what it is
 * @param mode permission bits, such as 0640, with set-id and sticky bits
 * @param owner the owner's name, or number where it has no name
 * @param group the group's name, or number where it has no name
 * @param size bytes; for a directory the number of its entries
 * @param sha256 lower-case hexadecimal digest of a regular file where it was asked for
 * @param text content of a regular file where it was asked for and is UTF-8 of at most 1 MiB
 * @param packageDefault whether dpkg knows the path as a configuration file and it is unchanged
 *     since the package brought it
 * @param modified when its content was last written, seconds since 1970; 0 where that is not known
 * @param changed when its content, mode, owner or name was last changed, seconds since 1970; 0
 *     where that is not known
 */
public record FileFacts(
    Kind kind,
    int mode,
    String owner,
    String group,
    long size,
    Optional<String> sha256,
    Optional<String> text,
    boolean packageDefault,
    long modified,
    long changed) {
  /** Facts of what was changed in nothing since it was written. */
  public FileFacts(
      Kind kind,
      int mode,
      String owner,
      String group,
      long size,
      Optional<String> sha256,
      Optional<String> text,
      boolean packageDefault,
      long modified) {
    this(kind, mode, owner, group, size, sha256, text, packageDefault, modified, modified);
  }

  /** Facts without a time. */
  public FileFacts(
      Kind kind,
      int mode,
      String owner,
      String group,
      long size,
      Optional<String> sha256,
      Optional<String> text,
      boolean packageDefault) {
    this(kind, mode, owner, group, size, sha256, text, packageDefault, 0);
  }

  /** What is found at a path. */
  public enum Kind {
    FILE,
    DIRECTORY,
    SYMLINK,
    OTHER
  }

  /** Leaves the content out: it may hold secrets. */
  @Override
  public String toString() {
    return "%s %04o %s:%s %d".formatted(kind, mode, owner, group, size);
  }
}
