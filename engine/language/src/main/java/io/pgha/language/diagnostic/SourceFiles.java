package io.pgha.language.diagnostic;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The source files of a run by name, so that errors can show their lines. Thread-safe. */
public final class SourceFiles {
  private final Map<String, SourceFile> files = new ConcurrentHashMap<>();

  /** Adds a file; one of the same name is replaced. */
  public SourceFile add(SourceFile file) {
    files.put(file.name(), file);
    return file;
  }

  /** All files, ordered by name. */
  public List<SourceFile> all() {
    return files.values().stream().sorted((a, b) -> a.name().compareTo(b.name())).toList();
  }

  /** A file by name. */
  public Optional<SourceFile> find(String name) {
    return Optional.ofNullable(files.get(name));
  }
}
