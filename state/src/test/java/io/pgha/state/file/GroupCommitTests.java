package io.pgha.state.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.state.StateException;
import io.pgha.state.StateSession;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a run costs is the number of its syncs: those who commit at the same time share one. */
@Timeout(60)
class GroupCommitTests {
  @TempDir private Path folder;

  private final AtomicInteger syncs = new AtomicInteger();
  private final CountDownLatch slowSyncBegan = new CountDownLatch(1);
  private final CountDownLatch slowSyncMayEnd = new CountDownLatch(1);
  private LocalBackend backend;

  /** The number of the sync that takes until the test lets it go; there is none by that number. */
  private volatile int slow = -1;

  @BeforeEach
  void start() {
    backend = new LocalBackend(folder.resolve("pgha.state.json"), new SlowDisk());
  }

  private StateSession open() throws StateException {
    return backend.open(Samples.lock("apply"), Duration.ZERO);
  }

  /** Counts what makes files durable, and takes long once. */
  private final class SlowDisk implements Disk {
    @Override
    public Output create(Path file) throws IOException {
      Output real = REAL.create(file);
      return new Output() {
        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          real.write(bytes, offset, length);
        }

        @Override
        public void sync() throws IOException {
          if (syncs.incrementAndGet() == slow) {
            slowSyncBegan.countDown();
            try {
              slowSyncMayEnd.await();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
          }
          real.sync();
        }

        @Override
        public void close() throws IOException {
          real.close();
        }
      };
    }

    @Override
    public void link(Path file, Path another) throws IOException {
      REAL.link(file, another);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
      REAL.move(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
      REAL.delete(file);
    }

    @Override
    public void syncFolder(Path of) throws IOException {
      REAL.syncFolder(of);
    }
  }

  @Test
  void whoCommitsWhileTheDiskIsBusySharesTheNextSync() throws Exception {
    try (StateSession session = open();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      session.record(Samples.small(0, 0));
      slow = syncs.get() + 1;
      List<Future<?>> all = new ArrayList<>();
      all.add(record(threads, session, 1));
      slowSyncBegan.await();
      CountDownLatch begun = new CountDownLatch(500);
      for (int i = 2; i < 502; i++) {
        int index = i;
        all.add(
            threads.submit(() -> {
              begun.countDown();
              session.record(Samples.small(index, 0));
              return null;
            }));
      }
      begun.await();
      slowSyncMayEnd.countDown();
      for (Future<?> each : all) {
        each.get();
      }
      // One alone would be best; a few come too late for it.
      assertThat(syncs.get() - slow).isBetween(1, 50);
      assertThat(session.state().instances()).hasSize(502);
    }
    assertThat(backend.read().instances()).hasSize(502);
  }

  @Test
  void whoReadsDoesNotWaitForTheDiskAndSeesOnlyWhatIsDurable() throws Exception {
    try (StateSession session = open();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      session.record(Samples.small(0, 0));
      slow = syncs.get() + 1;
      Future<?> busy = record(threads, session, 1);
      slowSyncBegan.await();
      assertThat(session.instance(Samples.small(0, 0).id())).contains(Samples.small(0, 0));
      assertThat(session.instance(Samples.small(1, 0).id())).isEmpty();
      assertThat(session.state().instances()).hasSize(1);
      assertThat(busy.isDone()).isFalse();
      slowSyncMayEnd.countDown();
      busy.get(30, TimeUnit.SECONDS);
      assertThat(session.instance(Samples.small(1, 0).id())).contains(Samples.small(1, 0));
    }
  }

  private static Future<?> record(ExecutorService threads, StateSession session, int index) {
    return threads.submit(() -> {
      session.record(Samples.small(index, 0));
      return null;
    });
  }
}
