package io.pgha.benchmark;

import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFile;
import io.pgha.language.syntax.NativeBody;
import io.pgha.language.syntax.Parser;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The parser on 1 MiB of configuration: operations in a second are MiB in a second. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss512m"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ParserBenchmark {
  private static final int BYTES = 1 << 20;

  private SourceFile source;

  /** Called by JMH. */
  @Setup
  public void setUp() {
    String module = Workload.module();
    StringBuilder text = new StringBuilder(BYTES + module.length());
    while (text.length() < BYTES) {
      text.append(module);
    }
    text.setLength(text.lastIndexOf("\nresource ", BYTES) + 1);
    source = SourceFile.of("main.pgha.hcl", text.toString());
  }

  /** Text into a tree. */
  @Benchmark
  public NativeBody parse() {
    Diagnostics diagnostics = new Diagnostics();
    NativeBody body = Parser.parseFile(source, diagnostics);
    if (diagnostics.hasErrors()) {
      throw new IllegalStateException(diagnostics.all().getFirst().toString());
    }
    return body;
  }
}
