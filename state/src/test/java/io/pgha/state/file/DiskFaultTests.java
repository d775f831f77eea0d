package io.pgha.state.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgha.state.InstanceState;
import io.pgha.state.State;
import io.pgha.state.StateException;
import io.pgha.state.StateSession;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskFaultTests {
  private static final String FULL = "No space left on device";

  @TempDir private Path folder;

  /** What was recorded, and what was being recorded when the disk failed. */
  static final class Witness {
    final Map<String, InstanceState> acknowledged = new TreeMap<>();
    final Map<String, InstanceState> attempted = new TreeMap<>();

    private void record(StateSession session, InstanceState instance) throws StateException {
      attempted.putAll(acknowledged);
      attempted.put(instance.id(), instance);
      session.record(instance);
      acknowledged.put(instance.id(), instance);
    }
  }

  static StateSession open(Path file, Disk disk) throws StateException {
    return new LocalBackend(file, disk).open(Samples.lock("apply"), Duration.ZERO);
  }

  static void twoRuns(Path file, Disk disk, Witness witness) throws StateException {
    try (StateSession session = open(file, disk)) {
      witness.record(session, Samples.small(0, 1));
      witness.record(session, Samples.rich());
      session.finish(Map.of());
      witness.record(session, Samples.small(0, 2));
    }
    try (StateSession session = open(file, disk)) {
      witness.record(session, Samples.small(1, 1));
      session.finish(Map.of());
      witness.record(session, Samples.small(1, 2));
      session.finish(Map.of());
    }
  }

  @Test
  void deadAtAnyOperationAllThatWasAcknowledgedIsThere() throws Exception {
    int faults = 0;
    for (boolean sound = false; !sound; faults++) {
      Path file = Files.createDirectory(folder.resolve("run" + faults)).resolve("pgha.state.json");
      FaultyDisk disk = new FaultyDisk(faults, "the machine has no power", true);
      Witness witness = new Witness();
      try {
        twoRuns(file, disk, witness);
        sound = disk.isSound();
      } catch (StateException e) {
        assertThat(e).hasMessageContaining("the machine has no power");
      }
      State state = new LocalBackend(file).read();
      assertThat(state.instances())
          .as("the fault after %d operations", faults)
          .isIn(witness.acknowledged, witness.attempted);
      // The next run goes on.
      try (StateSession session = open(file, Disk.REAL)) {
        session.record(Samples.small(7, 7));
        session.finish(Map.of());
      }
      assertThat(new LocalBackend(file).read().instances()).hasSize(state.instances().size() + 1);
    }
    assertThat(faults).isGreaterThan(30);
  }

  @Test
  void aFaultThatPassesStopsOneRecordAndNoOther() throws Exception {
    for (int fault = 0; fault < 40; fault++) {
      Path file = Files.createDirectory(folder.resolve("run" + fault)).resolve("pgha.state.json");
      FaultyDisk disk = new FaultyDisk(fault, FULL, false);
      Map<String, InstanceState> acknowledged = new TreeMap<>();
      try (StateSession session = open(file, disk)) {
        for (int i = 0; i < 20; i++) {
          try {
            session.record(Samples.small(i, 0));
            acknowledged.put(Samples.small(i, 0).id(), Samples.small(i, 0));
          } catch (StateException e) {
            assertThat(e.reason()).isEqualTo(StateException.Reason.NO_SPACE);
          }
        }
        assertThat(session.state().instances()).isEqualTo(acknowledged);
        try {
          session.finish(Map.of());
        } catch (StateException e) {
          assertThat(e.reason()).isEqualTo(StateException.Reason.NO_SPACE);
          session.finish(Map.of());
        }
      }
      assertThat(acknowledged.size()).isGreaterThanOrEqualTo(19);
      assertThat(new LocalBackend(file).read().instances()).isEqualTo(acknowledged);
    }
  }

  @Test
  void aFullDiskIsToldAndGoesOnOnceThereIsRoom() throws Exception {
    Path file = folder.resolve("pgha.state.json");
    FaultyDisk disk = new FaultyDisk(Long.MAX_VALUE, FULL, true);
    try (StateSession session = open(file, disk)) {
      session.record(Samples.small(0, 1));
      disk.breakDown();
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> session.record(Samples.small(1, 1)))
            .isInstanceOf(StateException.class)
            .hasMessageStartingWith("Can't write ")
            .hasMessageEndingWith(
                ": the disk is full (No space left on device). What was recorded before is still"
                    + " there. Free some space, then run the same command again.");
      }
      assertThat(new LocalBackend(file).read().instances()).hasSize(1);
      disk.mend();
      session.record(Samples.small(2, 1));
      session.finish(Map.of());
    }
    assertThat(new LocalBackend(file).read().instances())
        .containsOnlyKeys("terraform_data.many[0]", "terraform_data.many[2]");
  }

  @Test
  void eachFailureSaysWhatToDo() {
    Path file = Path.of("pgha.state.json");
    assertThat(Failures.writing(file, new IOException("Read-only file system")))
        .hasMessage(
            "Can't write pgha.state.json: the file system is read-only. What was recorded before is"
                + " still there. Make it writable, or keep the state elsewhere, then run the same"
                + " command again.");
    assertThat(Failures.reading(file, new AccessDeniedException("pgha.state.json")))
        .hasMessage(
            "Can't read pgha.state.json: user "
                + System.getProperty("user.name")
                + " is not permitted to. Give this user the right to read and write the file and"
                + " its folder, or run as the user who has it.");
  }

  @Test
  void aFolderThatIsMissingIsMade() throws Exception {
    Path file = folder.resolve("missing/too/pgha.state.json");
    open(file, Disk.REAL).close();
    assertThat(file.getParent()).isDirectory();
  }

  @Test
  void aFolderThatCanNotBeMadeIsNamed() throws Exception {
    Files.createFile(folder.resolve("taken"));
    Path file = folder.resolve("taken/pgha.state.json");
    assertThatThrownBy(() -> open(file, Disk.REAL))
        .isInstanceOf(StateException.class)
        .hasMessageContaining("Can't write " + folder.resolve("taken"));
  }
}
