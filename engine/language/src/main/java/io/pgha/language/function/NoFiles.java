package io.pgha.language.function;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;

/** A source without files. */
final class NoFiles implements FileSource {
  @Override
  public Kind kind(String path) {
    return Kind.ABSENT;
  }

  @Override
  public byte[] read(String path) throws IOException {
    throw new NoSuchFileException(path);
  }

  @Override
  public List<String> filesUnder(String directory, int depth) {
    return List.of();
  }

  @Override
  public String absolute(String path) {
    return path;
  }

  @Override
  public String home() {
    return "~";
  }
}
