package io.pgha.state.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pgha.state.State;
import io.pgha.state.StateException;
import io.pgha.state.StateSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real file system that is full or read-only; needs root to mount one. */
class SmallFileSystemTests {
  @TempDir private Path folder;

  private Path mount;
  private LocalBackend backend;
  private boolean mounted;

  @BeforeEach
  void mount() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root can mount");
    mount = Files.createDirectory(folder.resolve("mount"));
    mounted = run("mount", "-t", "tmpfs", "-o", "size=64k", "pgha-test", mount.toString()) == 0;
    assumeTrue(mounted, "this machine doesn't let root mount a file system");
    backend = new LocalBackend(mount.resolve("pgha.state.json"));
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      assertThat(run("umount", mount.toString())).isZero();
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(List.of(command)).inheritIO().start().waitFor();
  }

  private StateSession open() throws StateException {
    return backend.open(Samples.lock("apply"), Duration.ZERO);
  }

  @Test
  void aFullFileSystemLosesNothingThatWasRecorded() throws Exception {
    int recorded = 0;
    try (StateSession session = open()) {
      StateException failure = null;
      while (failure == null) {
        try {
          session.record(Samples.small(recorded, 0));
          recorded++;
        } catch (StateException e) {
          failure = e;
        }
      }
      assertThat(failure.reason()).isEqualTo(StateException.Reason.NO_SPACE);
      assertThat(failure).hasMessageContaining("the disk is full");
      assertThatThrownBy(() -> session.finish(Map.of()))
          .isInstanceOf(StateException.class)
          .hasMessageContaining("the disk is full");
    }
    assertThat(recorded).isGreaterThan(100);
    State state = backend.read();
    assertThat(state.instances()).hasSize(recorded);
    assertThat(run("mount", "-o", "remount,size=1m", mount.toString())).isZero();
    try (StateSession session = open()) {
      session.record(Samples.small(recorded, 0));
      session.finish(Map.of());
    }
    assertThat(backend.read().instances()).hasSize(recorded + 1);
  }

  @Test
  void aReadOnlyFileSystemCanBeReadAndSaysWhyItIsNotWritten() throws Exception {
    try (StateSession session = open()) {
      session.record(Samples.small(0, 0));
    }
    assertThat(run("mount", "-o", "remount,ro", mount.toString())).isZero();
    assertThat(backend.read().instances()).hasSize(1);
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            StateException.class,
            e -> assertThat(e.reason()).isEqualTo(StateException.Reason.NOT_PERMITTED))
        .hasMessageContaining("the file system is read-only");
    try (StateSession session = backend.openUnlocked("0.1.0")) {
      assertThat(session.state().instances()).hasSize(1);
      assertThatThrownBy(() -> session.record(Samples.small(1, 0)))
          .isInstanceOf(StateException.class)
          .hasMessageContaining("the file system is read-only");
    }
    assertThat(backend.read().instances()).hasSize(1);
  }
}
