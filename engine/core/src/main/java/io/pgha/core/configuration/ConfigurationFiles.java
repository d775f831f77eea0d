package io.pgha.core.configuration;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds the files of a module. */
final class ConfigurationFiles {
  private ConfigurationFiles() {}

  /** The configuration files of a folder in the order of their names, override files last. */
  static List<Path> of(Path directory, Diagnostics diagnostics) {
    return ending(directory, ".pgha", diagnostics).stream()
        .filter(file -> !file.getFileName().toString().startsWith("#"))
        .sorted((left, right) -> Boolean.compare(isOverride(left), isOverride(right)))
        .toList();
  }

  /**
   * The files of a folder of one kind, in the order of their names; none where it can't be read,
   * which is reported.
   *
   * @param kind what their names have before {@code .hcl} or {@code .json}
   */
  static List<Path> ending(Path directory, String kind, Diagnostics diagnostics) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> isOf(kind, file)).sorted().toList();
    } catch (IOException e) {
      diagnostics.add(
          Diagnostic.error(
              "unreadable-directory",
              "Can't read the folder " + directory,
              "Its files can't be listed ("
                  + e.getMessage()
                  + "). Check that it is there and that"
                  + " you may read it."));
      return List.of();
    }
  }

  private static boolean isOf(String kind, Path file) {
    String name = file.getFileName().toString();
    return (name.endsWith(kind + ".hcl") || name.endsWith(kind + ".json")) && !name.startsWith(".");
  }

  /** Whether the declarations of a file replace parts of those in the other files. */
  static boolean isOverride(Path file) {
    String name = file.getFileName().toString();
    int dot = name.indexOf(".pgha.");
    String stem = dot < 0 ? name : name.substring(0, dot);
    return stem.equals("override") || stem.endsWith("_override");
  }
}
