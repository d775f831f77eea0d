package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.cli.drift.DriftSamples;
import io.pgha.cli.drift.HistoryFolder;
import io.pgha.core.drift.DriftReport;
import io.pgha.core.drift.Finding;
import io.pgha.core.drift.RootReport;
import io.pgha.provider.drift.Grade;
import io.pgha.provider.drift.Since;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pgha drift history}. */
class DriftHistoryCommandTests {
  @TempDir private Path folder;

  private Cli.Said history(String... words) {
    return new Cli(folder)
        .run(
            java.util.stream.Stream.concat(
                    java.util.stream.Stream.of("drift", "history"), java.util.Arrays.stream(words))
                .toArray(String[]::new));
  }

  private Path recorded() throws Exception {
    Finding finding =
        DriftSamples.finding(
            "health",
            "health",
            Grade.DEGRADED,
            "healthy",
            "unhealthy",
            "",
            List.of(),
            List.of(new Finding.Place("etcd_member.a", "a", Optional.empty(), Since.UNKNOWN)),
            "");
    RootReport root =
        new RootReport(
            ".",
            "4f1c",
            1,
            List.of(),
            List.of(finding),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    Path kept = folder.resolve("kept");
    new HistoryFolder(kept)
        .record(new DriftReport(Instant.now(), Duration.ofSeconds(1), "1", List.of(root)));
    return kept;
  }

  @Test
  void tellsWhatAFolderKeeps() throws Exception {
    Path kept = recorded();
    Cli.Said said = history("-record=" + kept);
    assertThat(said.errors()).isEmpty();
    assertThat(said.status()).isZero();
    assertThat(said.out()).contains("1 run on 1 day", "health: unhealthy, expected healthy");
    assertThat(history("-record", kept.toString(), "-json").out())
        .startsWith("{\n  \"format_version\" : \"1.0\"");
    Path page = folder.resolve("calendar.html");
    Cli.Said html = history("-record=" + kept, "-html=" + page);
    assertThat(html.out() + html.errors()).isEmpty();
    assertThat(Files.readString(page)).contains("History of drift", "etcd_member.a");
  }

  @Test
  void warnsOfWhatItDoesNotRead() throws Exception {
    Path kept = recorded();
    Files.writeString(kept.resolve("drift-20260101T000000Z.json"), "{");
    Cli.Said said = history("-record=" + kept);
    assertThat(said.status()).isZero();
    assertThat(said.errors())
        .isEqualTo(
            """
            Warning: drift-20260101T000000Z.json was not read

              In the history's folder: it is not JSON.

            """);
  }

  @Test
  void refusesWhatIsNoFolderAndNoDays() throws Exception {
    Path none = folder.resolve("none");
    Cli.Said said = history("-record=" + none);
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.errors()).contains("Error: There is no folder " + none);
    assertThat(history().errors()).contains("Missing required option: '--record=FOLDER'");
    Cli.Said days = history("-record=" + recorded(), "-days=0");
    assertThat(days.status()).isEqualTo(1);
    assertThat(days.errors()).contains("Error: -days must be between 1 and 3660");
  }
}
