package io.pgha.core.configuration;

import io.pgha.language.function.FileSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of the operator's machine, for functions such as {@code file}.
 *
 * @param base the folder that relative paths are counted from
 */
public record DirectoryFiles(Path base) implements FileSource {
  @Override
  public Kind kind(String path) {
    Path file = base.resolve(path);
    if (Files.isDirectory(file)) {
      return Kind.DIRECTORY;
    }
    if (Files.isRegularFile(file)) {
      return Kind.FILE;
    }
    return Files.exists(file) ? Kind.OTHER : Kind.ABSENT;
  }

  @Override
  public byte[] read(String path) throws IOException {
    return Files.readAllBytes(base.resolve(path));
  }

  @Override
  public List<String> filesUnder(String directory) throws IOException {
    Path root = base.resolve(directory);
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> root.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  @Override
  public String absolute(String path) {
    return base.resolve(path).toAbsolutePath().normalize().toString();
  }

  @Override
  public String home() {
    return System.getProperty("user.home", "/");
  }
}
