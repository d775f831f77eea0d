package io.pgha.state.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.state.CheckResult;
import io.pgha.state.HostState;
import io.pgha.state.InstanceAddress;
import io.pgha.state.InstanceState;
import io.pgha.state.OutputState;
import io.pgha.state.State;
import io.pgha.state.StateException;
import io.pgha.state.StateSession;
import io.pgha.state.encryption.Encryption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalBackendTests {
  @TempDir private Path folder;

  private Path file;
  private LocalBackend backend;

  @BeforeEach
  void start() {
    file = folder.resolve("pgha.state.json");
    backend = new LocalBackend(file);
  }

  private StateSession open() throws StateException {
    return backend.open(Samples.lock("apply"), Duration.ZERO);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void whatWasNeverWrittenIsEmptyAndOpeningItLeavesNothing() throws Exception {
    try (StateSession session = open()) {
      assertThat(session.state()).isEqualTo(State.EMPTY);
      assertThat(session.notices()).isEmpty();
      assertThat(names()).containsExactly("pgha.state.lock");
      session.finish(Map.of());
    }
    assertThat(names()).isEmpty();
  }

  @Test
  void everythingComesBackAsItWas() throws Exception {
    InstanceState aside = Samples.rich().withDeposed("0a1b2c3d");
    HostState host =
        new HostState(ObjectValue.of(Map.of("address", new Str("192.168.228.141"))), "abc");
    List<CheckResult> checks =
        List.of(new CheckResult("check.vip", CheckResult.Status.FAIL, List.of("No holder.")));
    Map<String, OutputState> outputs =
        Map.of("vip", new OutputState(Samples.rich().attributes().get("nested"), true));
    State before;
    try (StateSession session = open()) {
      session.record(Samples.rich());
      session.record(aside);
      session.recordHost("host.db[\"psql-db-1\"]", host);
      session.finish(outputs, checks);
      before = session.state();
    }
    assertThat(before.serial()).isEqualTo(1);
    assertThat(before.lineage()).isNotEmpty();
    assertThat(before.instances().values()).containsExactly(Samples.rich());
    assertThat(before.deposed().values()).containsExactly(aside);
    assertThat(backend.read()).isEqualTo(before);
    assertThat(before.outputs()).isEqualTo(outputs);
    assertThat(before.checks()).isEqualTo(checks);
    assertThat(before.hosts()).containsValue(host);
    assertThat(names()).containsExactly("pgha.state.json");
  }

  @Test
  void aFileHasOneInstanceALineAndIsForItsOwnerOnly() throws Exception {
    try (StateSession session = open()) {
      session.record(Samples.small(0, 7));
      session.record(Samples.small(1, 8));
      session.finish(Map.of("name", new OutputState(new Str("x"), false)));
    }
    assertThat(Files.readString(file).replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "UUID"))
        .isEqualTo(
            """
            {
              "version": 1,
              "tool_version": "0.1.0",
              "serial": 1,
              "lineage": "UUID",
              "journal": "UUID",
              "outputs": {
                "name": {"type":"string","value":"x"}
              },
              "hosts": {},
              "checks": [],
              "instances": [
                {"address":"terraform_data.many[0]","schema_version":1,"attributes":{"id":"id-0","revision":7}},
                {"address":"terraform_data.many[1]","schema_version":1,"attributes":{"id":"id-1","revision":8}}
              ]
            }
            """);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void aSessionThatIsNotFinishedGoesOnWhereItWasAndIsFolded() throws Exception {
    try (StateSession session = open()) {
      session.record(Samples.small(0, 1));
      assertThat(names()).containsExactly("pgha.state.journal", "pgha.state.lock");
    }
    assertThat(backend.read().instances()).containsKey("terraform_data.many[0]");
    try (StateSession session = open()) {
      assertThat(session.notices()).isEmpty();
      assertThat(session.instance("terraform_data.many[0]")).contains(Samples.small(0, 1));
      session.record(Samples.small(1, 1));
    }
    try (StateSession session = open()) {
      assertThat(session.state().instances()).hasSize(2);
      session.finish(Map.of());
      assertThat(session.state().serial()).isEqualTo(2);
    }
    assertThat(names()).containsExactly("pgha.state.json", "pgha.state.json.backup");
  }

  @Test
  void theBackupIsTheStateBeforeTheRun() throws Exception {
    try (StateSession session = open()) {
      session.record(Samples.small(0, 1));
      session.finish(Map.of());
    }
    String before = Files.readString(file);
    try (StateSession session = open()) {
      session.record(Samples.small(0, 2));
      session.finish(Map.of());
      session.record(Samples.small(0, 3));
      session.finish(Map.of());
    }
    assertThat(folder.resolve("pgha.state.json.backup")).hasContent(before);
  }

  @Test
  void nothingIsWrittenWhereNothingChanged() throws Exception {
    try (StateSession session = open()) {
      session.record(Samples.small(0, 1));
      session.finish(Map.of());
    }
    try (StateSession session = open()) {
      session.finish(Map.of());
      assertThat(session.state().serial()).isEqualTo(1);
    }
    assertThat(names()).containsExactly("pgha.state.json");
  }

  @Test
  void anIntentWithoutResultIsAClaim() throws Exception {
    String id = "etcd_member.m[\"etcd-1\"]";
    try (StateSession session = open()) {
      session.intent(id, 0, "install etcd-server", Map.of("host.db[0]", "machine-1"));
      session.done(id, 0);
      session.intent(id, 1, "write /etc/default/etcd", Map.of("host.db[0]", "machine-1"));
    }
    try (StateSession session = open()) {
      InstanceState begun = session.instance(id).orElseThrow();
      assertThat(begun.incomplete()).isTrue();
      assertThat(begun.claims()).containsExactly(Map.entry("host.db[0]", "machine-1"));
      assertThat(session.interrupted())
          .singleElement()
          .satisfies(step -> assertThat(step.description()).isEqualTo("write /etc/default/etcd"));
      session.finish(Map.of());
    }
    assertThat(backend.read().instances().values()).allMatch(InstanceState::incomplete).hasSize(1);
  }

  @Test
  void anIntentForWhatIsThereClaimsAndTheResultSettlesIt() throws Exception {
    InstanceState instance = Samples.small(0, 1);
    try (StateSession session = open()) {
      session.record(instance);
      session.intent(instance.id(), 0, "write a file", Map.of("host.a", "m1"));
      assertThat(session.instance(instance.id()).orElseThrow().claims()).hasSize(1);
      assertThat(session.instance(instance.id()).orElseThrow().incomplete()).isFalse();
      session.record(Samples.small(0, 2));
      assertThat(session.instance(instance.id())).contains(Samples.small(0, 2));
    }
    try (StateSession session = open()) {
      assertThat(session.interrupted()).isEmpty();
    }
  }

  @Test
  void deposingAndMovingAreOneRecordEach() throws Exception {
    try (StateSession session = open()) {
      session.record(Samples.small(0, 1));
      session.record(Samples.small(1, 1));
      assertThat(session.depose("terraform_data.many[0]", "k1"))
          .isEqualTo("terraform_data.many[0] (deposed k1)");
      session.move("terraform_data.many[1]", InstanceAddress.parse("terraform_data.one"));
    }
    State state = backend.read();
    assertThat(state.instances()).containsOnlyKeys("terraform_data.one");
    assertThat(state.deposed()).containsOnlyKeys("terraform_data.many[0] (deposed k1)");
    assertThat(JournalFile.read(folder.resolve("pgha.state.journal"), Encryption.NONE).records())
        .hasSize(5);
    try (StateSession session = open()) {
      session.remove("terraform_data.many[0] (deposed k1)");
      session.remove("terraform_data.one");
      session.finish(Map.of());
    }
    assertThat(backend.read().instances()).isEmpty();
    assertThat(backend.read().deposed()).isEmpty();
  }

  @Test
  void aJournalThatTheSnapshotHasAlreadyIsLeftOut() throws Exception {
    Path journal = folder.resolve("pgha.state.journal");
    byte[] stale;
    try (StateSession session = open()) {
      session.record(Samples.small(0, 1));
      stale = Files.readAllBytes(journal);
      session.record(Samples.small(0, 2));
      session.finish(Map.of());
    }
    Files.write(journal, stale);
    try (StateSession session = open()) {
      assertThat(session.instance("terraform_data.many[0]")).contains(Samples.small(0, 2));
      session.record(Samples.small(1, 1));
    }
    assertThat(backend.read().instances()).hasSize(2);
    assertThat(backend.read().instances().get("terraform_data.many[0]"))
        .isEqualTo(Samples.small(0, 2));
  }

  @Test
  void aJournalThatWasFoldedBeforeACrashIsRemovedByTheNextRunThoughNothingChanges()
      throws Exception {
    Path journal = folder.resolve("pgha.state.journal");
    byte[] folded;
    try (StateSession session = open()) {
      session.record(Samples.small(0, 1));
      folded = Files.readAllBytes(journal);
      session.finish(Map.of());
    }
    byte[] snapshot = Files.readAllBytes(file);
    Files.write(journal, folded);
    try (StateSession session = open()) {
      assertThat(session.notices()).isEmpty();
      assertThat(journal).as("opening changes nothing").hasBinaryContent(folded);
      session.finish(Map.of());
    }
    assertThat(names()).containsExactly("pgha.state.json");
    assertThat(file).hasBinaryContent(snapshot);
  }

  @Test
  void aJournalOfAnotherSnapshotIsAnErrorAndStays() throws Exception {
    try (StateSession session = open()) {
      session.record(Samples.small(0, 1));
      session.finish(Map.of());
      session.record(Samples.small(0, 2));
    }
    Files.writeString(file, Files.readString(file).replace("\"serial\": 1", "\"serial\": 9"));
    assertThatThrownBy(this::open)
        .isInstanceOf(StateException.class)
        .hasMessage(
            "The state at "
                + file
                + " and the journal beside it don't belong together. The journal goes on from serial"
                + " 1, the state file has serial 9. The journal holds work of a run that was"
                + " interrupted, so neither was touched. Put back the state file that the journal"
                + " belongs to; or, if that work is to be forgotten, move the journal away.");
    Files.delete(file);
    assertThatThrownBy(this::open).hasMessageContaining("but there is no state file");
    assertThat(names()).containsExactly("pgha.state.journal");
  }

  @Test
  void aNewerStateIsRefused() throws Exception {
    Files.writeString(
        file,
        """
        {"version": 2, "tool_version": "7.1", "surprises": [1]}
        """);
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            StateException.class,
            e -> assertThat(e.reason()).isEqualTo(StateException.Reason.NEWER))
        .hasMessage(
            "The state file "
                + file
                + " can't be used: it was written by pgha 7.1 in format version 2, and this pgha"
                + " knows version 1. It was left untouched. Use that pgha or a newer one.");
    assertThat(names()).containsExactly("pgha.state.json");
  }

  @Test
  void garbageIsNamedWithItsPlaceAndStays() throws Exception {
    for (String garbage :
        List.of(
            "",
            "garbage",
            "[]",
            "{}",
            "{\"version\": \"1\"}",
            "{\"version\": 1}",
            "{\"version\": 1, \"lineage\": \"l\", \"extra\": 1}",
            "{\"version\": 1, \"lineage\": \"l\", \"instances\": [{}]}",
            "{\"version\": 1, \"lineage\": \"l\", \"instances\": [{\"address\": \"x\"}]}",
            "{\"version\": 1, \"lineage\": \"l\", \"instances\": [")) {
      Files.writeString(file, garbage);
      assertThatThrownBy(this::open)
          .as(garbage)
          .isInstanceOfSatisfying(
              StateException.class,
              e -> assertThat(e.reason()).isEqualTo(StateException.Reason.DAMAGED))
          .hasMessageStartingWith("The state file " + file + " is damaged: line 1, column ")
          .hasMessageEndingWith("It was left untouched. Put back a copy of it.");
      assertThat(file).hasContent(garbage);
    }
    assertThat(names()).containsExactly("pgha.state.json");
  }

  @Test
  void aTruncatedStateSaysWhereAndNamesTheBackup() throws Exception {
    for (int revision = 1; revision < 3; revision++) {
      try (StateSession session = open()) {
        session.record(Samples.rich());
        session.record(Samples.small(0, revision));
        session.finish(Map.of());
      }
    }
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length - 2; length += 7) {
      Files.write(file, java.util.Arrays.copyOf(whole, length));
      assertThatThrownBy(this::open)
          .isInstanceOf(StateException.class)
          .hasMessageContaining(" is damaged: line ")
          .hasMessageContaining("pgha.state.json.backup is the state before the last run");
    }
  }

  @Test
  void aSymbolicLinkIsFollowed() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    try (StateSession session =
        new LocalBackend(elsewhere.resolve("s.json")).open(Samples.lock("apply"), Duration.ZERO)) {
      session.record(Samples.small(0, 1));
      session.finish(Map.of());
    }
    Files.createSymbolicLink(file, elsewhere.resolve("s.json"));
    try (StateSession session = open()) {
      session.record(Samples.small(0, 2));
      session.finish(Map.of());
    }
    assertThat(Files.isSymbolicLink(file)).isTrue();
    assertThat(backend.read().serial()).isEqualTo(2);
  }

  @Test
  void tenThousandInstancesComeBack() throws Exception {
    try (StateSession session = open()) {
      List<io.pgha.state.JournalRecord> all =
          java.util.stream.IntStream.range(0, 10_000)
              .<io.pgha.state.JournalRecord>mapToObj(
                  i -> new io.pgha.state.JournalRecord.Recorded(Samples.small(i, 0)))
              .toList();
      session.commit(new io.pgha.state.JournalRecord.Together(all));
      session.finish(Map.of());
    }
    State state = backend.read();
    assertThat(state.instances()).hasSize(10_000);
    assertThat(state.instances().get("terraform_data.many[9999]"))
        .isEqualTo(Samples.small(9999, 0));
    try (Stream<String> lines = Files.lines(file)) {
      assertThat(lines.filter(line -> line.contains("\"address\""))).hasSize(10_000);
    }
  }
}
