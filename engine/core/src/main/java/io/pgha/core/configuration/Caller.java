package io.pgha.core.configuration;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A module whose files call others.
 *
 * @param directory its folder
 * @param above the folders of the modules that lead to it, the root's first; empty for the root
 * @param key the names of the calls that lead to it, with dots between them
 * @param repository the repository that it is from, which nothing may lead out of; empty where it
 *     is the user's own
 */
record Caller(Path directory, List<Path> above, String key, Optional<Path> repository) {
  Caller {
    above = List.copyOf(above);
  }

  static Caller root(Path directory) {
    return new Caller(directory, List.of(), "", Optional.empty());
  }

  boolean isRoot() {
    return above.isEmpty();
  }

  /** The key of a call in it. */
  String key(String name) {
    return key.isEmpty() ? name : key + "." + name;
  }

  /** A module that it calls. */
  Caller calls(String name, Path folder, Optional<Path> from) {
    List<Path> longer = new ArrayList<>(above);
    longer.add(directory);
    return new Caller(folder, longer, key(name), from);
  }
}
