package io.pgha.benchmark;

import io.pgha.state.LockInfo;
import io.pgha.state.StateException;
import io.pgha.state.StateSession;
import io.pgha.state.file.LocalBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Records that are durable when the call returns, on the disk of the temporary folder: one after
 * the other, which is what a sync costs, and from many threads at once, which share syncs.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class JournalBenchmark {
  private final AtomicInteger next = new AtomicInteger();
  private Path folder;
  private StateSession session;

  /** Called by JMH. */
  @Setup(Level.Trial)
  public void setUp() throws IOException, StateException {
    folder = Files.createTempDirectory("pgha-jmh");
    session =
        new LocalBackend(folder.resolve(LocalBackend.FILE_NAME))
            .open(LockInfo.of("benchmark", "0"), Duration.ZERO);
  }

  /** Called by JMH. */
  @TearDown(Level.Trial)
  public void tearDown() throws StateException {
    session.close();
    Bench.delete(folder);
  }

  /** One thread. */
  @Benchmark
  @Threads(1)
  public void alone() throws StateException {
    session.record(Bench.instance(next.getAndIncrement()));
  }

  /** A hundred threads. */
  @Benchmark
  @Threads(100)
  public void together() throws StateException {
    session.record(Bench.instance(next.getAndIncrement()));
  }
}
