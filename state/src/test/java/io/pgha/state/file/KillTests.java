package io.pgha.state.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.state.InstanceState;
import io.pgha.state.State;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code -Dpgha.long=true} kills more often. */
class KillTests {
  @TempDir private Path folder;

  @Test
  void killedAtAnyMomentAllThatWasReportedIsThere() throws Exception {
    Path file = folder.resolve("pgha.state.json");
    LocalBackend backend = new LocalBackend(file);
    int kills = Boolean.getBoolean("pgha.long") ? 300 : 10;
    Random random = new Random(4);
    int next = 0;
    for (int kill = 0; kill < kills; kill++) {
      int last = next - 1;
      try (ChildProcess child =
          ChildProcess.start(EndlessRun.class, file.toString(), String.valueOf(next))) {
        int target = next + random.nextInt(60);
        while (last < target) {
          last = Integer.parseInt(String.valueOf(child.line()));
        }
        child.kill();
        for (String line = child.line(); line != null; line = child.line()) {
          last = Integer.parseInt(line);
        }
      }
      State state = backend.read();
      for (int i = 0; i <= last; i++) {
        String id = Samples.small(i, 0).id();
        assertThat(state.instances().get(id)).as(id).isEqualTo(Samples.small(i, 0));
      }
      // What was going on when it was killed may be there too, whole or begun.
      assertThat(state.instances().size()).isBetween(last + 1, last + 2);
      assertThat(state.instances().values().stream().filter(InstanceState::incomplete).count())
          .isLessThanOrEqualTo(1);
      next = last + 1;
    }
  }
}
