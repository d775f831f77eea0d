package io.pgha.state.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.state.State;
import io.pgha.state.StateException;
import io.pgha.state.StateSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The machine loses its power: what was said to be recorded was durable before it was said. */
class PowerLossTests {
  /** How often each moment is tried: what is lost of what was not durable is chance. */
  private static final int CHANCES = 25;

  @TempDir private Path folder;

  @Test
  void atAnyOperationAllThatWasAcknowledgedIsThere() throws Exception {
    int operations = 0;
    for (boolean ended = false; !ended; operations++) {
      for (int seed = 0; seed < CHANCES; seed++) {
        ended = loses(operations, seed);
      }
    }
    assertThat(operations).isGreaterThan(30);
  }

  /** Loses the power at an operation; says whether all was done before. */
  private boolean loses(int operations, int seed) throws Exception {
    Path file =
        Files.createDirectory(folder.resolve(operations + "-" + seed)).resolve("pgha.state.json");
    VolatileDisk disk = new VolatileDisk();
    FaultyDisk faulty = new FaultyDisk(disk, operations, "the machine has no power", true);
    DiskFaultTests.Witness witness = new DiskFaultTests.Witness();
    try {
      DiskFaultTests.twoRuns(file, faulty, witness);
    } catch (StateException e) {
      assertThat(e).hasMessageContaining("the machine has no power");
    }
    boolean sound = faulty.isSound();
    disk.crash(new Random(seed));
    State state = new LocalBackend(file).read();
    assertThat(state.instances())
        .as("the power lost after %d operations, chance %d", operations, seed)
        .isIn(witness.acknowledged, witness.attempted);
    try (StateSession session = DiskFaultTests.open(file, Disk.REAL)) {
      session.record(Samples.small(7, 7));
      session.finish(Map.of());
    }
    assertThat(new LocalBackend(file).read().instances()).hasSize(state.instances().size() + 1);
    return sound;
  }
}
