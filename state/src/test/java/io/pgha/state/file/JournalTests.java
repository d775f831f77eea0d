package io.pgha.state.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgha.state.InstanceState;
import io.pgha.state.State;
import io.pgha.state.StateException;
import io.pgha.state.StateSession;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTests {
  @TempDir private Path folder;

  private Path journal;
  private LocalBackend backend;

  @BeforeEach
  void start() {
    journal = folder.resolve("pgha.state.journal");
    backend = new LocalBackend(folder.resolve("pgha.state.json"));
  }

  private StateSession open() throws StateException {
    return backend.open(Samples.lock("apply"), Duration.ZERO);
  }

  /** What the state has once the journal has a length. */
  private record Acknowledged(long length, Map<String, InstanceState> instances) {}

  @Test
  void cutAtAnyByteItLoadsAndHasAllThatWasAcknowledged() throws Exception {
    for (long seed = 0; seed < 5; seed++) {
      Files.deleteIfExists(journal);
      List<Acknowledged> history = randomHistory(new Random(seed));
      byte[] whole = Files.readAllBytes(journal);
      long from = history.get(Math.max(0, history.size() - 6)).length();
      for (int length = (int) from; length <= whole.length; length++) {
        Files.write(journal, Arrays.copyOf(whole, length));
        int end = length;
        Map<String, InstanceState> expected =
            history.stream().filter(a -> a.length() <= end).toList().getLast().instances();
        assertThat(backend.read().instances())
            .as("seed %d, %d of %d bytes", seed, length, whole.length)
            .isEqualTo(expected);
      }
    }
  }

  private List<Acknowledged> randomHistory(Random random) throws Exception {
    List<Acknowledged> history = new ArrayList<>();
    Map<String, InstanceState> expected = new TreeMap<>();
    try (StateSession session = open()) {
      session.removeHost("none");
      history.add(new Acknowledged(Files.size(journal), Map.copyOf(expected)));
      for (int i = 0; i < 40; i++) {
        InstanceState instance = Samples.small(random.nextInt(6), i);
        if (random.nextInt(3) == 0) {
          session.remove(instance.id());
          expected.remove(instance.id());
        } else if (random.nextInt(8) == 0) {
          session.record(Samples.rich());
          expected.put(Samples.rich().id(), Samples.rich());
        } else {
          session.record(instance);
          expected.put(instance.id(), instance);
        }
        history.add(new Acknowledged(Files.size(journal), new TreeMap<>(expected)));
      }
    }
    return history;
  }

  @Test
  void aTornTailIsToldAndTheNextRunGoesOn() throws Exception {
    try (StateSession session = open()) {
      session.record(Samples.small(0, 1));
      session.record(Samples.small(1, 1));
    }
    byte[] whole = Files.readAllBytes(journal);
    Files.write(journal, Arrays.copyOf(whole, whole.length - 5));
    try (StateSession session = open()) {
      assertThat(session.notices())
          .containsExactly(
              "The journal "
                  + journal
                  + " ends in a record that was not written whole: a run was cut off at that"
                  + " moment. All records before it are used.");
      assertThat(session.state().instances()).containsOnlyKeys("terraform_data.many[0]");
      session.record(Samples.small(2, 1));
    }
    assertThat(backend.read().instances())
        .containsOnlyKeys("terraform_data.many[0]", "terraform_data.many[2]");
  }

  @Test
  void garbageIsToldLeftOutAndKeptUnderAnotherName() throws Exception {
    try (StateSession session = open()) {
      session.record(Samples.small(0, 1));
    }
    Files.writeString(
        journal, "garbage\n\u0000\u0000\nmore", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    byte[] damaged = Files.readAllBytes(journal);
    try (StateSession session = open()) {
      assertThat(session.notices())
          .singleElement()
          .asString()
          .startsWith("The journal " + journal + " has 2 lines that are not what was written");
      assertThat(session.state().instances()).containsOnlyKeys("terraform_data.many[0]");
      session.record(Samples.small(1, 1));
      session.finish(Map.of());
    }
    assertThat(folder.resolve("pgha.state.journal.damaged")).hasBinaryContent(damaged);
    assertThat(backend.read().instances()).hasSize(2);
  }

  @Test
  void aFlippedBitInTheMiddleCostsOneRecordAtMost() throws Exception {
    try (StateSession session = open()) {
      for (int i = 0; i < 20; i++) {
        session.record(Samples.small(i, 1));
      }
    }
    byte[] whole = Files.readAllBytes(journal);
    int header = new String(whole, StandardCharsets.UTF_8).indexOf('\n') + 1;
    Random random = new Random(1);
    for (int i = 0; i < 200; i++) {
      byte[] flipped = whole.clone();
      flipped[header + random.nextInt(whole.length - header)] ^= (byte) (1 << random.nextInt(8));
      Files.write(journal, flipped);
      // A flip can make one line two or two lines one.
      assertThat(backend.read().instances().size()).isGreaterThanOrEqualTo(18);
    }
  }

  @Test
  void aJournalWhoseHeadIsDamagedIsAnError() throws Exception {
    try (StateSession session = open()) {
      session.record(Samples.small(0, 1));
    }
    byte[] whole = Files.readAllBytes(journal);
    whole[20] ^= 1;
    Files.write(journal, whole);
    assertThatThrownBy(this::open)
        .isInstanceOf(StateException.class)
        .hasMessageContaining("The journal's first record is missing.");
    assertThat(journal).hasBinaryContent(whole);
  }

  @Test
  void aRecordOfANewerPghaIsAnError() throws Exception {
    try (StateSession session = open()) {
      session.record(Samples.small(0, 1));
    }
    byte[] json = "{\"kind\":\"surprise\"}".getBytes(StandardCharsets.UTF_8);
    java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
    crc.update(json);
    Files.writeString(
        journal,
        "%08x %s\n".formatted(crc.getValue(), new String(json, StandardCharsets.UTF_8)),
        StandardOpenOption.APPEND);
    assertThatThrownBy(this::open)
        .hasMessageStartingWith(
            "The journal " + journal + " has a record at line 3 that this pgha doesn't understand");
  }

  @Test
  void manyThreadsShareItAndNothingIsLost() throws Exception {
    List<Future<?>> all = new ArrayList<>();
    try (StateSession session = open();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 500; i++) {
        int index = i;
        all.add(
            threads.submit(() -> {
              String id = Samples.small(index, 0).id();
              session.intent(id, 0, "make it", Map.of("host.a", "m"));
              session.done(id, 0);
              session.record(Samples.small(index, 2));
              return null;
            }));
      }
      for (Future<?> each : all) {
        each.get();
      }
      assertThat(session.state().instances()).hasSize(500);
    }
    State state = backend.read();
    assertThat(state.instances()).hasSize(500);
    assertThat(state.instances().values())
        .allSatisfy(i ->
            assertThat(i.attributes())
                .isEqualTo(
                    Samples.small(Integer.parseInt(i.address().key().replaceAll("\\D", "")), 2)
                        .attributes()));
  }

  @Test
  void aLargeJournalIsFoldedWhileTheRunGoesOn() throws Exception {
    Path file = folder.resolve("pgha.state.json");
    try (StateSession session = smallJournalSession()) {
      session.intent("host.a", 0, "begin", Map.of("host.a", "m"));
      for (int i = 0; i < 200; i++) {
        session.record(Samples.small(i, 1));
        assertThat(Files.size(journal)).isLessThan(3000);
      }
      session.done("host.a", 0);
      assertThat(file).exists();
    }
    State state = backend.read();
    assertThat(state.instances()).hasSize(201);
    assertThat(state.instances().values().stream().filter(i -> i.id().equals("host.a")))
        .singleElement()
        .satisfies(begun -> assertThat(begun.claims()).hasSize(1));
    assertThat(state.serial()).isGreaterThan(5);
  }

  private StateSession smallJournalSession() throws StateException {
    return io.pgha.state.Sessions.withLargeJournal(
        backend.lock(Samples.lock("apply"), Duration.ZERO), 2000);
  }
}
