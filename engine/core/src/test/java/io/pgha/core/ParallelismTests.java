package io.pgha.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.testing.Workbench;
import java.nio.file.Path;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many steps run at once. */
final class ParallelismTests {
  private static final String SIX =
      """
      locals { hosts = { for i in range(6) : "h${i}" => "10.0.0.${i + 1}" } }
      resource "host" "all" {
        for_each = local.hosts
        name     = each.key
        address  = each.value
      }
      """;

  @TempDir Path folder;

  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 6})
  void isAsAskedForOnSixHosts(int parallelism) throws Exception {
    Workbench bench = new Workbench(folder).configure(SIX + Workbench.NOTES);
    CyclicBarrier together = new CyclicBarrier(parallelism);
    bench
        .hosts()
        .atStep(() -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          // Nobody goes on before so many are there.
          await(together);
          running.decrementAndGet();
        });
    assertThat(bench.apply(parallelism)).as("%s", bench.findings()).isTrue();
    assertThat(bench.hosts().done()).hasSize(6);
    assertThat(most).hasValue(parallelism);
  }

  private static void await(CyclicBarrier together) {
    try {
      together.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new AssertionError("fewer steps run at once than may", e);
    }
  }
}
