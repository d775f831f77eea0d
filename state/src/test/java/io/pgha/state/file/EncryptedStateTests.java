package io.pgha.state.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgha.state.State;
import io.pgha.state.StateException;
import io.pgha.state.StateSession;
import io.pgha.state.encryption.AesGcm;
import io.pgha.state.encryption.Encryption;
import io.pgha.state.encryption.Method;
import io.pgha.state.encryption.Passphrase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptedStateTests {
  @TempDir private Path folder;

  private Path file;

  @BeforeEach
  void start() {
    file = folder.resolve("pgha.state.json");
  }

  private static Method aes(String passphrase) {
    return new AesGcm(
        new Passphrase(
            passphrase, new Passphrase.Parameters(1000, 32, 32, Passphrase.Hash.SHA512)));
  }

  private LocalBackend encrypted(Method... fallbacks) {
    return new LocalBackend(file, new Encryption(aes("words to keep"), List.of(fallbacks)));
  }

  private static StateSession open(LocalBackend backend) throws StateException {
    return backend.open(Samples.lock("apply"), Duration.ZERO);
  }

  /** Everything that is in the folder, save who holds the lock. */
  private String kept() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path each : files.filter(one -> !one.toString().endsWith(".lock")).toList()) {
        all.append(Files.readString(each, StandardCharsets.ISO_8859_1));
      }
    }
    return all.toString();
  }

  @Test
  void neitherSnapshotNorJournalNorBackupIsReadable() throws Exception {
    try (StateSession session = open(encrypted())) {
      session.intent("terraform_data.many[0]", 1, "create it");
      session.record(Samples.small(0, 1));
      assertThat(kept()).isNotEmpty().doesNotContain("terraform_data", "create it", "lineage");
      session.finish(Map.of());
    }
    try (StateSession session = open(encrypted())) {
      session.record(Samples.small(1, 1));
      session.finish(Map.of());
    }
    assertThat(folder.resolve("pgha.state.json.backup")).exists();
    assertThat(kept()).doesNotContain("terraform_data", "create it", "lineage");
    assertThat(encrypted().read().instances())
        .containsOnlyKeys("terraform_data.many[0]", "terraform_data.many[1]");
  }

  @Test
  void aRunThatWasCutOffGoesOnFromItsJournal() throws Exception {
    try (StateSession session = open(encrypted())) {
      session.record(Samples.small(0, 1));
    }
    assertThat(file).doesNotExist();
    assertThat(encrypted().read().instances()).hasSize(1);
    try (StateSession session = open(encrypted())) {
      session.record(Samples.small(1, 1));
      session.finish(Map.of());
    }
    assertThat(encrypted().read().instances()).hasSize(2);
    assertThat(folder.resolve("pgha.state.journal")).doesNotExist();
  }

  @Test
  void withoutTheKeyNothingIsReadAndNothingIsLost() throws Exception {
    try (StateSession session = open(encrypted())) {
      session.record(Samples.small(0, 1));
      session.finish(Map.of());
      session.record(Samples.small(1, 1));
    }
    String before = kept();
    LocalBackend plain = new LocalBackend(file);
    LocalBackend other = new LocalBackend(file, new Encryption(aes("other words"), List.of()));
    for (LocalBackend backend : List.of(plain, other)) {
      assertThatThrownBy(() -> open(backend))
          .isInstanceOfSatisfying(
              StateException.class,
              e -> assertThat(e.reason()).isEqualTo(StateException.Reason.ENCRYPTED))
          .hasMessageContaining("It was left untouched.")
          .hasMessageNotContaining("words to keep");
    }
    assertThat(kept()).isEqualTo(before);
    assertThat(encrypted().read().instances()).hasSize(2);
  }

  @Test
  void whatIsPlainIsEncryptedOnlyWhereItIsSaid() throws Exception {
    try (StateSession session = open(new LocalBackend(file))) {
      session.record(Samples.small(0, 1));
      session.finish(Map.of());
    }
    State before = new LocalBackend(file).read();
    assertThatThrownBy(() -> encrypted().read())
        .isInstanceOf(StateException.class)
        .hasMessageContaining("it is not encrypted");

    LocalBackend migrating = encrypted(Method.UNENCRYPTED);
    assertThat(migrating.read()).isEqualTo(before);
    try (StateSession session = open(migrating)) {
      session.record(Samples.small(1, 1));
      session.finish(Map.of());
    }
    // The backup, which is the state of before, is not left for all to read.
    assertThat(kept()).doesNotContain("terraform_data");
    assertThat(encrypted().read().instances()).hasSize(2);
    Files.move(
        folder.resolve("pgha.state.json.backup"),
        file,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThat(encrypted().read()).isEqualTo(before);
  }

  @Test
  void encryptionIsTakenAway() throws Exception {
    try (StateSession session = open(encrypted())) {
      session.record(Samples.small(0, 1));
      session.finish(Map.of());
    }
    LocalBackend plain =
        new LocalBackend(file, new Encryption(Method.UNENCRYPTED, List.of(aes("words to keep"))));
    try (StateSession session = open(plain)) {
      session.record(Samples.small(1, 1));
      session.finish(Map.of());
    }
    assertThat(new LocalBackend(file).read().instances()).hasSize(2);
  }
}
