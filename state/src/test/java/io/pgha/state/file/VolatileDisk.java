package io.pgha.state.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * A disk that loses with its power what was not made durable, as POSIX permits it: bytes that were
 * not synced may be there, be zeros or be missing, and names that the folder was not synced for may
 * be as before or as after, each by itself. All files are in one folder.
 */
final class VolatileDisk implements Disk {
  /** What the names are in memory, for all who read. */
  private final Map<Path, Content> names = new HashMap<>();

  /** What they are for sure after the power was lost. */
  private final Map<Path, Content> durable = new HashMap<>();

  /** What became of names since the folder was synced; an empty content is a removed name. */
  private final List<Map<Path, Optional<Content>>> pending = new ArrayList<>();

  /** The bytes of a file, whatever its names are. */
  private static final class Content {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int durable;

    byte[] afterCrash(Random random) {
      byte[] all = bytes.toByteArray();
      int kept = durable + random.nextInt(all.length - durable + 1);
      byte[] left = Arrays.copyOf(all, kept);
      if (random.nextBoolean()) {
        // The size was written, the data was not.
        Arrays.fill(left, durable, kept, (byte) 0);
      }
      return left;
    }
  }

  private void rename(Map<Path, Optional<Content>> change) {
    change.forEach((name, content) ->
        content.ifPresentOrElse(to -> names.put(name, to), () -> names.remove(name)));
    pending.add(change);
  }

  /** Loses the power, and writes out what is there when it comes back. */
  void crash(Random random) throws IOException {
    Map<Path, Content> left = new HashMap<>(durable);
    for (Map<Path, Optional<Content>> change : pending) {
      if (random.nextBoolean()) {
        change.forEach((name, content) ->
            content.ifPresentOrElse(to -> left.put(name, to), () -> left.remove(name)));
      }
    }
    Set<Path> all = new TreeSet<>(names.keySet());
    all.addAll(left.keySet());
    for (Path name : all) {
      Files.deleteIfExists(name);
      if (left.containsKey(name)) {
        Files.write(name, left.get(name).afterCrash(random));
      }
    }
  }

  @Override
  public Output create(Path file) throws IOException {
    Output real = REAL.create(file);
    Content content = new Content();
    rename(Map.of(file, Optional.of(content)));
    return new Output() {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        real.write(bytes, offset, length);
        content.bytes.write(bytes, offset, length);
      }

      @Override
      public void sync() {
        content.durable = content.bytes.size();
      }

      @Override
      public void close() throws IOException {
        real.close();
      }
    };
  }

  @Override
  public void link(Path file, Path another) throws IOException {
    REAL.link(file, another);
    rename(Map.of(another, Optional.of(names.get(file))));
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    REAL.move(from, to);
    rename(Map.of(to, Optional.of(names.get(from)), from, Optional.empty()));
  }

  @Override
  public void delete(Path file) throws IOException {
    REAL.delete(file);
    rename(Map.of(file, Optional.empty()));
  }

  @Override
  public void syncFolder(Path folder) {
    pending.forEach(change ->
        change.forEach((name, content) ->
            content.ifPresentOrElse(to -> durable.put(name, to), () -> durable.remove(name))));
    pending.clear();
  }
}
