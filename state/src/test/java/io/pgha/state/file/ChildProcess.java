package io.pgha.state.file;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Another Java process that runs a main class of the tests. */
final class ChildProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;

  private ChildProcess(Process process) {
    this.process = process;
    this.out = process.inputReader();
  }

  static ChildProcess start(Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp"));
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new ChildProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** The next line that it prints; null at the end. */
  @Nullable String line() throws IOException {
    return out.readLine();
  }

  long pid() {
    return process.pid();
  }

  /** Kills it with signal 9; what it printed can still be read. */
  void kill() {
    process.toHandle().destroyForcibly();
    process.onExit().join();
  }

  /** Lets it go. */
  void go() throws IOException {
    process.outputWriter().write("g");
    process.outputWriter().flush();
  }

  /** Ends its input, and waits for its end. */
  void end() throws IOException, InterruptedException {
    process.outputWriter().close();
    process.waitFor();
  }

  @Override
  public void close() {
    kill();
  }
}
