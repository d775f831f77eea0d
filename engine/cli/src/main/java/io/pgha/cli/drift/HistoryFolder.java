package io.pgha.cli.drift;

import io.pgha.core.drift.DriftReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A folder that keeps what came of each run, one file a run. Several processes may use it at once;
 * a file is there whole or not at all, and is never written again.
 *
 * @param folder where it is
 */
public record HistoryFolder(Path folder) {
  /** Three years of nights; what is older is left alone. */
  static final int MOST_FILES = 1_100;

  /** More than a report of a thousand machines takes. */
  static final long MOST_BYTES = 64L << 20;

  private static final int MOST_OF_ONE_SECOND = 1_000;
  private static final Duration CLOCKS_MAY_DIFFER = Duration.ofDays(1);
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("'drift-'uuuuMMdd'T'HHmmss'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final String OWN_NAME = "drift-\\d{8}T\\d{6}Z(-\\d+)?\\.json";

  /**
   * A file that was not read.
   *
   * @param file its name
   * @param why in a few words
   */
  public record Skipped(String file, String why) {}

  /**
   * What is kept in a folder.
   *
   * @param runs what was read, the oldest first
   * @param skipped what was not
   */
  record Contents(List<HistoryRun> runs, List<Skipped> skipped) {
    Contents {
      runs = List.copyOf(runs);
      skipped = List.copyOf(skipped);
    }
  }

  /**
   * Looks, without writing, whether a run can be kept here.
   *
   * @throws OutputFailure where it can't
   */
  public void check() {
    Path there = folder.toAbsolutePath();
    Path above = there.getParent();
    while (above != null && !Files.exists(there)) {
      there = above;
      above = above.getParent();
    }
    if (!Files.isDirectory(there)) {
      throw unwritable(there + " is no folder. Name another one.");
    }
    if (!Files.isWritable(there)) {
      throw unwritable("This user may not write to " + there + ".");
    }
  }

  private OutputFailure unwritable(String why) {
    return new OutputFailure(
        "not-written", "Nothing can be kept in the folder " + folder + " of -record", why);
  }

  /**
   * Keeps what came of a run. Makes the folder where there is none.
   *
   * @return the file
   * @throws OutputFailure where it can't be written, with what the system says
   */
  public Path record(DriftReport report) {
    try {
      return kept(report);
    } catch (IOException e) {
      throw new OutputFailure(
          "not-written",
          "This run was not kept in the folder " + folder + " of -record",
          OutputFailure.reason(e)
              + "\nSee that there is room and that this user may write there, or name another folder;"
              + " then run pgha drift again. pgha drift history knows nothing of this run.");
    }
  }

  private Path kept(DriftReport report) throws IOException {
    if (!Files.isDirectory(folder)) {
      Path parent = folder.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      try {
        Files.createDirectory(folder, mode("rwx------"));
      } catch (FileAlreadyExistsException e) {
        // Another run may have made it just now.
        if (!Files.isDirectory(folder)) {
          throw new FileSystemException(folder.toString(), null, "it is no folder");
        }
      }
    }
    Path unfinished = Files.createTempFile(folder, ".drift-", ".tmp", mode("rw-------"));
    try {
      write(unfinished, DriftDocument.of(report));
      return named(unfinished, NAME.format(report.started()));
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private static FileAttribute<?> mode(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }

  private static void write(Path file, String text) throws IOException {
    try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
  }

  /** Gives a finished file the first name that is free. */
  private Path named(Path finished, String name) throws IOException {
    for (int i = 1; i <= MOST_OF_ONE_SECOND; i++) {
      Path file = folder.resolve(name + (i == 1 ? "" : "-" + i) + ".json");
      try {
        place(finished, file);
        return file;
      } catch (FileAlreadyExistsException e) {
        // That of another run which began in the same second: the next name, then.
      }
    }
    throw new FileSystemException(
        folder.toString(), null, "it has " + MOST_OF_ONE_SECOND + " results of one second");
  }

  private static void place(Path finished, Path file) throws IOException {
    try {
      // Unlike a move, a link never replaces what is there.
      Files.createLink(file, finished);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      // Not every file system has links: take the name, then put the file in its place.
      Files.createFile(file, mode("rw-------"));
      Files.move(finished, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /**
   * Reads what is kept.
   *
   * @param now the time; what lies well ahead of it is skipped
   * @throws IOException where there is no such folder, or it can't be listed
   */
  Contents read(Instant now) throws IOException {
    List<Path> files = new ArrayList<>();
    List<Skipped> skipped = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path file : all) {
        String name = file.getFileName().toString();
        if (name.matches(OWN_NAME)) {
          files.add(file);
        } else if (!name.startsWith(".") && (name.startsWith("drift-") || name.endsWith(".json"))) {
          skipped.add(new Skipped(name, "its name is none that pgha drift -record gives"));
        }
      }
    }
    files.sort(Comparator.comparing(file -> file.getFileName().toString()));
    int old = Math.max(0, files.size() - MOST_FILES);
    if (old > 0) {
      skipped.add(
          new Skipped(
              files.getFirst().getFileName() + " to " + files.get(old - 1).getFileName(),
              "only the newest %d files are read".formatted(MOST_FILES)));
    }
    List<HistoryRun> runs = new ArrayList<>();
    for (Path file : files.subList(old, files.size())) {
      try {
        HistoryRun run = HistoryRun.of(DriftReader.read(text(file)));
        if (run.started().isAfter(now.plus(CLOCKS_MAY_DIFFER))) {
          throw new IOException("it is of " + run.started() + ", which is still to come");
        }
        runs.add(run);
      } catch (IOException e) {
        skipped.add(new Skipped(file.getFileName().toString(), why(e)));
      }
    }
    runs.sort(Comparator.comparing(HistoryRun::started));
    skipped.sort(Comparator.comparing(Skipped::file));
    return new Contents(runs, skipped);
  }

  private static String why(IOException e) {
    return switch (e) {
      case CharacterCodingException _ -> "it is not UTF-8 text";
      case java.nio.file.AccessDeniedException _ -> "permission denied";
      case java.nio.file.NoSuchFileException _ -> "it went away";
      case FileSystemException system when system.getReason() != null -> system.getReason();
      default -> String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    };
  }

  private static String text(Path file) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (attributes.isSymbolicLink()) {
      throw new IOException("it is a link to elsewhere");
    }
    if (!attributes.isRegularFile()) {
      throw new IOException("it is no regular file");
    }
    if (attributes.size() == 0) {
      throw new IOException("it is empty: its run was cut off, or is about to write it");
    }
    // What it was a moment ago it may no longer be: links are not followed, and no more is read.
    try (SeekableByteChannel channel =
            Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        InputStream in = Channels.newInputStream(channel)) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        bytes.write(buffer, 0, n);
        if (bytes.size() > MOST_BYTES) {
          throw new IOException("it is larger than " + (MOST_BYTES >> 20) + " MiB");
        }
      }
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    }
  }
}
