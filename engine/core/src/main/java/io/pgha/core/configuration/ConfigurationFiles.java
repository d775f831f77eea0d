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
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(ConfigurationFiles::isConfiguration)
          .sorted()
          .sorted((left, right) -> Boolean.compare(isOverride(left), isOverride(right)))
          .toList();
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

  private static boolean isConfiguration(Path file) {
    String name = file.getFileName().toString();
    return (name.endsWith(".pgha.hcl") || name.endsWith(".pgha.json"))
        && !name.startsWith(".")
        && !name.startsWith("#");
  }

  /** Whether the declarations of a file replace parts of those in the other files. */
  static boolean isOverride(Path file) {
    String name = file.getFileName().toString();
    int dot = name.indexOf(".pgha.");
    String stem = dot < 0 ? name : name.substring(0, dot);
    return stem.equals("override") || stem.endsWith("_override");
  }
}
