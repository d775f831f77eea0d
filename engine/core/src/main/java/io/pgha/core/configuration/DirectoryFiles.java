package io.pgha.core.configuration;

import io.pgha.language.function.FileSource;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;

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
  public List<String> filesUnder(String directory, int depth) throws IOException {
    Path root = base.resolve(directory);
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    List<String> found = new ArrayList<>();
    Files.walkFileTree(
        root,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        depth,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
              found.add(root.relativize(file).toString());
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof FileSystemLoopException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        });
    Collections.sort(found);
    return found;
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
