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

/**
 * The parser on 1 MiB of configuration, where operations in a second are MiB in a second: with C1
 * alone, as pgha runs, and with C2 too, as a program that goes on for long would. And on one file
 * of 100,000 blocks.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xms1g", "-Xss512m"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ParserBenchmark {
  private static final int BYTES = 1 << 20;

  private static final int BLOCKS = 100_000;

  private SourceFile source;
  private SourceFile manyBlocks;

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
    StringBuilder blocks = new StringBuilder();
    for (int i = 0; i < BLOCKS; i++) {
      blocks.append("resource \"terraform_data\" \"r").append(i).append("\" {\n  input = ");
      blocks.append(i).append("\n}\n");
    }
    manyBlocks = SourceFile.of("blocks.pgha.hcl", blocks.toString());
  }

  /** Text into a tree. */
  @Benchmark
  public NativeBody parse() {
    return parsed(source);
  }

  /** The same with C2 too. */
  @Benchmark
  @Fork(
      value = 1,
      jvmArgsAppend = {"-XX:+UseSerialGC", "-Xms1g", "-Xss512m"})
  @Warmup(iterations = 10, time = 1)
  public NativeBody parseWithC2() {
    return parsed(source);
  }

  /** 100,000 blocks: files in a second. */
  @Benchmark
  public NativeBody parseManyBlocks() {
    return parsed(manyBlocks);
  }

  private static NativeBody parsed(SourceFile file) {
    Diagnostics diagnostics = new Diagnostics();
    NativeBody body = Parser.parseFile(file, diagnostics);
    if (diagnostics.hasErrors()) {
      throw new IllegalStateException(diagnostics.all().getFirst().toString());
    }
    return body;
  }
}
