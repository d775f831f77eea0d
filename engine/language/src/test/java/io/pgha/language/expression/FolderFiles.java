package io.pgha.language.expression;

import io.pgha.language.function.FileSource;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of a folder. */
record FolderFiles(Path base) implements FileSource {
  private Path resolved(String path) {
    return base.resolve(path);
  }

  @Override
  public Kind kind(String path) {
    Path file = resolved(path);
    if (Files.isRegularFile(file)) {
      return Kind.FILE;
    }
    return Files.isDirectory(file) ? Kind.DIRECTORY : Files.exists(file) ? Kind.OTHER : Kind.ABSENT;
  }

  @Override
  public byte[] read(String path) throws IOException {
    return Files.readAllBytes(resolved(path));
  }

  @Override
  public List<String> filesUnder(String directory, int depth) throws IOException {
    Path start = resolved(directory);
    if (!Files.isDirectory(start)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(start, depth, FileVisitOption.FOLLOW_LINKS)) {
      return paths
          .filter(Files::isRegularFile)
          .map(path -> start.relativize(path).toString())
          .sorted()
          .toList();
    }
  }

  @Override
  public String absolute(String path) {
    return resolved(path).toAbsolutePath().normalize().toString();
  }

  @Override
  public String home() {
    return System.getProperty("user.home");
  }
}
