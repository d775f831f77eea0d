package io.pgha.benchmark;

import io.pgha.state.JournalRecord;
import io.pgha.state.LockInfo;
import io.pgha.state.StateException;
import io.pgha.state.StateSession;
import io.pgha.state.file.LocalBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Reading and writing of whole states, by their size, on the disk of the temporary folder. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class StateBenchmark {
  /** How many instances there are. */
  @Param({"1000", "10000", "100000"})
  public int instances;

  private Path folder;
  private LocalBackend backend;
  private boolean tainted;

  /** Called by JMH. */
  @Setup(Level.Trial)
  public void setUp() throws IOException, StateException {
    folder = Files.createTempDirectory("pgha-jmh");
    backend = new LocalBackend(folder.resolve(LocalBackend.FILE_NAME));
    try (StateSession session = open()) {
      List<JournalRecord> records = new ArrayList<>();
      for (int i = 0; i < instances; i++) {
        records.add(new JournalRecord.Recorded(Bench.instance(i)));
      }
      session.commit(new JournalRecord.Together(records));
      session.finish(Map.of());
    }
  }

  /** Called by JMH. */
  @TearDown(Level.Trial)
  public void tearDown() {
    Bench.delete(folder);
  }

  private StateSession open() throws StateException {
    return backend.open(LockInfo.of("benchmark", "0"), Duration.ZERO);
  }

  /** The file into a state. */
  @Benchmark
  public io.pgha.state.State read() throws StateException {
    return backend.read();
  }

  /** The lock, the file into a state, one change, the state into a file, synced. */
  @Benchmark
  public void change() throws StateException {
    try (StateSession session = open()) {
      tainted = !tainted;
      session.record(Bench.instance(0).withTainted(tainted));
      session.finish(Map.of());
    }
  }
}
