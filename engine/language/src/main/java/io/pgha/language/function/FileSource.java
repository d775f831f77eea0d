package io.pgha.language.function;

import java.io.IOException;
import java.util.List;

/**
 * The files that functions such as {@code file} see. Paths are as the user wrote them, relative
 * ones counted from a base folder that the source knows; a leading {@code ~} is already expanded.
 */
public interface FileSource {
  /** No files at all. */
  FileSource NONE = new NoFiles();

  /** What a path leads to. */
  enum Kind {
    ABSENT,
    FILE,
    DIRECTORY,
    OTHER
  }

  /**
   * What is at the path, symbolic links followed.
   *
   * @throws IOException where that can't be told
   */
  Kind kind(String path) throws IOException;

  /**
   * The content of a file.
   *
   * @throws IOException where it can't be read
   */
  byte[] read(String path) throws IOException;

  /**
   * Every regular file under a folder, as paths from it with slashes, sorted; none where there is
   * no such folder. Symbolic links are followed, but not back into a folder that they lie in, and
   * those that lead nowhere are passed over.
   *
   * @param depth how many parts a path has at most
   * @throws IOException where it can't be listed
   */
  List<String> filesUnder(String directory, int depth) throws IOException;

  /** The path as an absolute one, normalised, with slashes. */
  String absolute(String path);

  /** The user's home folder. */
  String home();
}
