package io.pgha.cli;

import io.pgha.cli.Main.Root;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Finds the root modules that a pattern matches. */
final class Roots {
  /** Whoever matches more has written another pattern than was meant. */
  private static final int MOST = 1000;

  private Roots() {}

  /**
   * The folders with configuration that a pattern matches, in the order of their names.
   *
   * @param pattern such as {@code clusters/*}; each part matches within one level
   */
  static List<Root> matching(String pattern) {
    Path whole = Path.of(pattern);
    List<Path> found = new ArrayList<>(List.of(whole.isAbsolute() ? whole.getRoot() : Path.of("")));
    for (Path part : whole) {
      found = found.stream().flatMap(each -> below(each, part.toString(), pattern)).toList();
    }
    List<Root> roots =
        found.stream()
            .filter(Roots::hasConfiguration)
            .map(each -> new Root(each.toString(), each.toAbsolutePath().normalize()))
            .sorted(java.util.Comparator.comparing(Root::name))
            .toList();
    if (roots.isEmpty()) {
      throw CommandFailure.of(
          "no-folder",
          "No folder with configuration matches " + pattern,
          "-chdir names folders with *.pgha.hcl files; quote the pattern, or the shell replaces it.");
    }
    if (roots.size() > MOST) {
      throw CommandFailure.of(
          "too-many-folders",
          "%s matches %d folders".formatted(pattern, roots.size()),
          "At most %d are looked at in one run.".formatted(MOST));
    }
    return roots;
  }

  private static Stream<Path> below(Path folder, String part, String pattern) {
    if (!part.matches("(?s).*[*?\\[{].*")) {
      Path named = folder.resolve(part);
      return Files.isDirectory(named) ? Stream.of(named) : Stream.of();
    }
    PathMatcher matcher;
    try {
      matcher = FileSystems.getDefault().getPathMatcher("glob:" + part);
    } catch (PatternSyntaxException e) {
      throw CommandFailure.of(
          "bad-pattern", pattern + " is no pattern", String.valueOf(e.getDescription()) + ".");
    }
    try (Stream<Path> children = Files.list(folder.toString().isEmpty() ? Path.of(".") : folder)) {
      return children
          .map(Path::getFileName)
          .filter(matcher::matches)
          .filter(name -> !name.toString().startsWith("."))
          .map(folder::resolve)
          .filter(Files::isDirectory)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean hasConfiguration(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> file.toString().matches("(?s).*\\.pgha\\.(hcl|json)"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
