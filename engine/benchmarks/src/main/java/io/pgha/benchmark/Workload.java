package io.pgha.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A configuration of so many {@code terraform_data} instances: groups made by a module with {@code
 * for_each}; in each a leader, members by {@code count} that refer to it, labels by {@code
 * for_each} that refer to both, and a note. The same text for pgha and for terraform.
 *
 * @param groups how often the module is called
 * @param size how many instances each call has
 */
record Workload(int groups, int size) {
  private static final int GROUP = 100;

  /** What {@code range()} makes at most. */
  private static final int MOST_GROUPS = 1024;

  private static final int FEWEST = 4;

  Workload {
    if (groups < 1 || groups > MOST_GROUPS || size < FEWEST) {
      throw new IllegalArgumentException(
          "%d groups of %d: it takes 1 to %d of at least %d"
              .formatted(groups, size, MOST_GROUPS, FEWEST));
    }
  }

  /**
   * A workload of so many instances.
   *
   * @throws IllegalArgumentException where they can't be dealt out to groups evenly
   */
  static Workload of(int instances) {
    if (instances <= GROUP) {
      return new Workload(1, instances);
    }
    if (instances % GROUP != 0) {
      throw new IllegalArgumentException(
          instances + " instances: more than " + GROUP + " must be a multiple of it");
    }
    return new Workload(instances / GROUP, GROUP);
  }

  /** How many instances there are in all. */
  int instances() {
    return groups * size;
  }

  /** How many members each group has. */
  int members() {
    return (size - 2) / 2;
  }

  /** How many labels each group has. */
  int labels() {
    return size - 2 - members();
  }

  /** The name of a group. */
  static String group(int index) {
    return "group-" + index;
  }

  /** Writes the files into a folder. */
  void write(Path folder, String extension) throws IOException {
    Files.createDirectories(folder.resolve("group"));
    Files.writeString(folder.resolve("main" + extension), root());
    Files.writeString(folder.resolve("group").resolve("main" + extension), module());
  }

  /** The text of the root module. */
  String root() {
    return resource("main.hcl")
        .replace("@groups@", String.valueOf(groups))
        .replace("@size@", String.valueOf(size));
  }

  /** The text of the module that makes a group. */
  static String module() {
    return resource("group/main.hcl");
  }

  private static String resource(String name) {
    try (InputStream in = Workload.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("there is no " + name + " beside " + Workload.class);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
