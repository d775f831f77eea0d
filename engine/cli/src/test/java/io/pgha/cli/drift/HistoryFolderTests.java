package io.pgha.cli.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgha.cli.drift.HistoryFolder.Skipped;
import io.pgha.core.drift.DriftReport;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a folder keeps, whoever else writes into it. */
class HistoryFolderTests {
  private static final DriftReport REPORT = Sample.bad().report();

  @TempDir private Path above;
  private Path folder;
  private HistoryFolder history;

  @BeforeEach
  void place() {
    folder = above.resolve("nightly/history");
    history = new HistoryFolder(folder);
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private List<Skipped> skipped() throws IOException {
    return history.read(Sample.NIGHT).skipped();
  }

  @Test
  void makesTheFolderAndKeepsEachRunForItself() throws Exception {
    Path first = history.record(REPORT);
    assertThat(first).hasFileName("drift-20261126T031200Z.json");
    String text = Files.readString(first);
    assertThat(text).isEqualTo(DriftDocument.of(REPORT));
    assertThat(mode(folder)).isEqualTo("rwx------");
    assertThat(mode(first)).isEqualTo("rw-------");
    assertThat(history.record(Sample.CLEAN.report())).hasFileName("drift-20261126T031200Z-2.json");
    assertThat(Files.readString(first)).isEqualTo(text);
    assertThat(names())
        .containsExactly("drift-20261126T031200Z-2.json", "drift-20261126T031200Z.json");
  }

  @Test
  void manyAtOnceAreAllKept() throws Exception {
    List<Future<Path>> written = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 40; i++) {
        written.add(threads.submit(() -> history.record(REPORT)));
      }
    }
    for (Future<Path> each : written) {
      assertThat(each.get()).exists();
    }
    HistoryFolder.Contents contents = history.read(Sample.NIGHT);
    assertThat(contents.runs()).hasSize(40);
    assertThat(contents.skipped()).isEmpty();
  }

  @Test
  void readsTheOldestFirst() throws Exception {
    for (int day : new int[] {2, 0, 1}) {
      history.record(Sample.CLEAN.report(Sample.NIGHT.minus(Duration.ofDays(day))));
    }
    assertThat(history.read(Sample.NIGHT).runs())
        .extracting(run -> run.started().toString())
        .containsExactly("2026-11-24T03:12:00Z", "2026-11-25T03:12:00Z", "2026-11-26T03:12:00Z");
  }

  @Test
  void skipsAndNamesWhatItCanNotRead() throws Exception {
    Path good = history.record(REPORT);
    String text = Files.readString(good);
    write("drift-20260101T000001Z.json", text.substring(0, text.length() / 2));
    write("drift-20260101T000002Z.json", "");
    write("drift-20260101T000003Z.json", "{\"some\": \"thing\"}");
    Files.write(folder.resolve("drift-20260101T000004Z.json"), new byte[] {'"', (byte) 0xff, '"'});
    Files.createSymbolicLink(folder.resolve("drift-20260101T000005Z.json"), good);
    Files.createDirectory(folder.resolve("drift-20260101T000006Z.json"));
    try (RandomAccessFile large =
        new RandomAccessFile(folder.resolve("drift-20260101T000007Z.json").toFile(), "rw")) {
      large.setLength(HistoryFolder.MOST_BYTES + 1);
    }
    write("drift-20260101T000008Z.json", text.replace("2026-11-26T03:12", "2031-11-26T03:12"));
    write("package.json", "{}");
    write("README.md", "not looked at");
    write(".drift-1.tmp", "cut off");
    HistoryFolder.Contents contents = history.read(Sample.NIGHT);
    assertThat(contents.runs()).hasSize(1);
    assertThat(contents.skipped())
        .containsExactly(
            new Skipped("drift-20260101T000001Z.json", "it is not JSON"),
            new Skipped(
                "drift-20260101T000002Z.json",
                "it is empty: its run was cut off, or is about to write it"),
            new Skipped("drift-20260101T000003Z.json", "it holds no report of pgha drift"),
            new Skipped("drift-20260101T000004Z.json", "it is not UTF-8 text"),
            new Skipped("drift-20260101T000005Z.json", "it is a link to elsewhere"),
            new Skipped("drift-20260101T000006Z.json", "it is no regular file"),
            new Skipped("drift-20260101T000007Z.json", "it is larger than 64 MiB"),
            new Skipped(
                "drift-20260101T000008Z.json",
                "it is of 2031-11-26T03:12:00Z, which is still to come"),
            new Skipped("package.json", "its name is none that pgha drift -record gives"));
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  @Test
  void readsTheNewestOfTooMany() throws Exception {
    Path one = history.record(Sample.CLEAN.report());
    for (int i = 0; i < HistoryFolder.MOST_FILES + 1; i++) {
      Files.copy(one, folder.resolve("drift-20260101T%06dZ.json".formatted(i)));
    }
    assertThat(history.read(Sample.NIGHT).runs()).hasSize(HistoryFolder.MOST_FILES);
    assertThat(skipped())
        .containsExactly(
            new Skipped(
                "drift-20260101T000000Z.json to drift-20260101T000001Z.json",
                "only the newest 1100 files are read"));
  }

  @Test
  void saysWhereItCanNotKeepARun() throws Exception {
    Files.createDirectories(folder.getParent());
    Files.writeString(folder, "a file");
    assertThatThrownBy(() -> history.record(REPORT))
        .isInstanceOfSatisfying(
            OutputFailure.class,
            failure -> {
              assertThat(failure.diagnostic().summary())
                  .isEqualTo("This run was not kept in the folder " + folder + " of -record");
              assertThat(failure.diagnostic().detail())
                  .isEqualTo(
                      folder
                          + ": it is no folder\nSee that there is room and that this user may write"
                          + " there, or name another folder; then run pgha drift again. pgha drift"
                          + " history knows nothing of this run.");
            });
  }

  @Test
  void whatCanKeepNothingIsToldBeforehand() throws Exception {
    history.check();
    assertThat(folder).doesNotExist();
    Files.createDirectories(folder.getParent());
    Files.createFile(folder);
    assertThatThrownBy(history::check)
        .isInstanceOfSatisfying(
            OutputFailure.class,
            failure ->
                assertThat(failure.diagnostic().detail())
                    .isEqualTo(folder + " is no folder. Name another one."));
  }
}
