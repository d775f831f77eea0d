package io.pgha.cli;

import io.pgha.cli.Main.Root;
import io.pgha.state.file.LocalBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Finds the root modules that a pattern matches. */
final class Roots {
  /** Whoever matches more has written another pattern than was meant. */
  private static final int MOST = 1000;

  private final String pattern;

  /** Folders that nobody can tell of whether there are roots in them. */
  private final Set<Path> closed = new TreeSet<>();

  private Roots(String pattern) {
    this.pattern = pattern;
  }

  /**
   * The folders with configuration or state that a pattern matches, in the order of their names.
   * One that can't be read is among them, so that it is told of and not left out.
   *
   * @param pattern such as {@code clusters/*}; each part matches within one level
   */
  static List<Root> matching(String pattern) {
    List<Root> roots = new Roots(pattern).found();
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

  private List<Root> found() {
    Path whole = Path.of(pattern);
    List<Path> found = List.of(whole.isAbsolute() ? whole.getRoot() : Path.of(""));
    for (Path part : whole) {
      found = found.stream().flatMap(each -> below(each, part.toString())).toList();
    }
    List<Path> roots = found.stream().filter(this::isRoot).toList();
    return Stream.concat(roots.stream(), closed.stream())
        .distinct()
        .map(each -> new Root(each.toString(), each.toAbsolutePath().normalize()))
        .sorted(Comparator.comparing(Root::name))
        .toList();
  }

  private Stream<Path> below(Path folder, String part) {
    if (!part.matches("(?s).*[*?\\[{].*")) {
      Path named = folder.resolve(part);
      if (!Files.isExecutable(here(folder))) {
        closed.add(folder);
      }
      return Files.isDirectory(named) ? Stream.of(named) : Stream.of();
    }
    PathMatcher matcher = matcher(part);
    return children(folder).stream()
        .map(Path::getFileName)
        .filter(matcher::matches)
        .filter(name -> !name.toString().startsWith("."))
        .map(folder::resolve)
        .filter(Files::isDirectory);
  }

  private PathMatcher matcher(String part) {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + part);
    } catch (PatternSyntaxException e) {
      throw CommandFailure.of(
          "bad-pattern", pattern + " is no pattern", String.valueOf(e.getDescription()) + ".");
    }
  }

  /** A folder with state and without configuration has lost it, and must not pass unseen. */
  private boolean isRoot(Path folder) {
    return children(folder).stream()
        .map(file -> file.getFileName().toString())
        .anyMatch(name ->
            name.endsWith(".pgha.hcl")
                || name.endsWith(".pgha.json")
                || name.equals(LocalBackend.FILE_NAME));
  }

  private List<Path> children(Path folder) {
    try (Stream<Path> children = Files.list(here(folder))) {
      return children.toList();
    } catch (IOException | UncheckedIOException e) {
      closed.add(folder);
      return List.of();
    }
  }

  /** The folder by a name that is not empty. */
  private static Path here(Path folder) {
    return folder.toString().isEmpty() ? Path.of(".") : folder;
  }
}
