package io.pgha.cli;

import io.pgha.language.diagnostic.Diagnostic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Finds the files that {@code pgha fmt} is asked to format. */
final class FormattableFiles {
  private static final List<String> ENDINGS =
      List.of(".pgha.hcl", ".pghavars.hcl", ".pghatest.hcl", ".pghamock.hcl");

  /** The lock of dependencies, which a program writes and reads. */
  private static final String DEPENDENCY_LOCK = ".pgha.lock.hcl";

  private final Path base;
  private final boolean recursive;
  private final Consumer<Diagnostic> diagnostics;

  /**
   * Finds files.
   *
   * @param base the folder that names are relative to
   * @param recursive whether folders within folders are looked into
   * @param diagnostics who is told of what can't be formatted
   */
  FormattableFiles(Path base, boolean recursive, Consumer<Diagnostic> diagnostics) {
    this.base = base;
    this.recursive = recursive;
    this.diagnostics = diagnostics;
  }

  /**
   * A file.
   *
   * @param name how it is called, relative to the base
   * @param path where it is
   */
  record Found(String name, Path path) {}

  /** The files that a target names: itself, or those of a folder in the order of their names. */
  List<Found> of(String target) {
    Path path = base.resolve(target).normalize();
    if (Files.isDirectory(path)) {
      return in(path);
    }
    String name = String.valueOf(path.getFileName());
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      error("not-a-file", target + " is no file", "A pipe or a device can't be formatted.");
      return List.of();
    }
    if (!Files.exists(path)) {
      error(
          "no-target",
          "There is no file or folder " + target,
          target.equals("-")
              ? "To format standard input, give - alone."
              : "Look for a slip in its name.");
      return List.of();
    }
    if (!name.endsWith(".hcl") || name.equals(DEPENDENCY_LOCK)) {
      error(
          "not-formattable",
          "pgha does not format " + target,
          "Files in HCL's native syntax are formatted, whose names end with .hcl"
              + (name.equals(DEPENDENCY_LOCK) ? "; but this one is written by pgha alone." : "."));
      return List.of();
    }
    return List.of(found(path));
  }

  private void error(String code, String summary, String detail) {
    diagnostics.accept(Diagnostic.error(code, summary, detail));
  }

  private Found found(Path path) {
    return new Found(base.relativize(path).toString(), path);
  }

  private List<Found> in(Path folder) {
    List<Found> found = new ArrayList<>();
    Deque<Path> open = new ArrayDeque<>(entries(folder).reversed());
    while (!open.isEmpty()) {
      Path path = open.removeLast();
      if (!Files.isDirectory(path)) {
        // A pipe or a device has no end that could be waited for; a link to nothing is told of.
        if ((Files.isRegularFile(path) || !Files.exists(path))
            && ENDINGS.stream().anyMatch(path.getFileName().toString()::endsWith)) {
          found.add(found(path));
        }
      } else if (recursive && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        open.addAll(entries(path).reversed());
      }
    }
    return found;
  }

  /** What a folder holds, in the order of the names, without what is hidden. */
  private List<Path> entries(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(path -> !path.getFileName().toString().startsWith("."))
          .sorted(Comparator.comparing(path -> path.getFileName().toString()))
          .toList();
    } catch (UncheckedIOException e) {
      diagnostics.accept(Failures.describe(Objects.requireNonNull(e.getCause())));
      return List.of();
    } catch (IOException e) {
      diagnostics.accept(Failures.describe(e));
      return List.of();
    }
  }
}
