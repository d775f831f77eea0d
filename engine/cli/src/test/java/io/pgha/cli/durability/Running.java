package io.pgha.cli.durability;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A process of pgha that may still run. What it prints is taken from it as it comes. */
final class Running implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Process process;
  private final List<String> out = new ArrayList<>();
  private final List<String> err = new ArrayList<>();
  private final List<Thread> readers = new ArrayList<>();

  /** What a process came to. */
  record Result(int status, List<String> out, List<String> err) {
    /** All that it printed. */
    String text() {
      return String.join("\n", out) + "\n" + String.join("\n", err);
    }

    /** How many lines of results there are of a kind. */
    List<String> lines(Predicate<String> kind) {
      return out.stream().filter(kind).toList();
    }
  }

  private Optional<BufferedReader> unread = Optional.empty();

  private Running(Process process) {
    this.process = process;
  }

  /** A process whose output is read. */
  static Running of(Process process) {
    Running running = new Running(process);
    running.read(process.inputReader(), running.out);
    running.read(process.errorReader(), running.err);
    return running;
  }

  /**
   * A process whose results are read up to so many lines of a kind, and from then on only once
   * {@link #readOn} is called: it stands still when its pipe is full.
   *
   * @param results where it writes them to
   * @param rest where it writes all else
   */
  static Running readUpTo(
      Process process,
      BufferedReader results,
      BufferedReader rest,
      Predicate<String> kind,
      int count)
      throws IOException {
    Running running = new Running(process);
    running.unread = Optional.of(results);
    running.read(rest, running.err);
    int left = count;
    while (left > 0) {
      String line = results.readLine();
      if (line == null) {
        throw new AssertionError("it ended too soon: " + running.out + running.err);
      }
      running.out.add(line);
      left -= kind.test(line) ? 1 : 0;
    }
    return running;
  }

  /** Reads the results after all. */
  void readOn() {
    read(unread.orElseThrow(), out);
  }

  private void read(BufferedReader from, List<String> into) {
    readers.add(
        Thread.ofVirtual()
            .start(() -> {
              try {
                for (String line = from.readLine(); line != null; line = from.readLine()) {
                  synchronized (this) {
                    into.add(line.replace("\r", ""));
                    notifyAll();
                  }
                }
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }));
  }

  long pid() {
    return process.pid();
  }

  /** The process that it started, such as the one on its terminal. */
  long child() {
    return process.descendants().mapToLong(ProcessHandle::pid).findFirst().orElse(-1);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Waits until it has printed so many lines of a kind; says whether it did before its end. */
  boolean await(Predicate<String> kind, int count) throws InterruptedException {
    return await(out, kind, count);
  }

  /** The same of what it says besides. */
  boolean awaitSaid(Predicate<String> kind, int count) throws InterruptedException {
    return await(err, kind, count);
  }

  private boolean await(List<String> lines, Predicate<String> kind, int count)
      throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    int seen = 0;
    int found = 0;
    while (true) {
      boolean alive = process.isAlive();
      if (!alive) {
        drain();
      }
      synchronized (this) {
        // Each line is looked at once: who counts slower than the process works comes too late.
        for (; found < count && seen < lines.size(); seen++) {
          found += kind.test(lines.get(seen)) ? 1 : 0;
        }
        if (found >= count) {
          return true;
        }
        if (!alive || System.nanoTime() > end) {
          return false;
        }
        wait(100);
      }
    }
  }

  /** Sends a signal by its name. */
  void signal(String name) throws IOException, InterruptedException {
    signal(process.pid(), name);
  }

  static void signal(long pid, String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-s", name, String.valueOf(pid)).inheritIO().start().waitFor();
  }

  /** Kills it; what it printed before that is still read. */
  Result kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    return end();
  }

  /** Types something. */
  void type(String text) throws IOException {
    process.outputWriter().write(text);
    process.outputWriter().flush();
  }

  /** Waits for its end. */
  Result end() throws InterruptedException {
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("still running after " + PATIENCE + ": " + out + err);
    }
    drain();
    return new Result(process.exitValue(), List.copyOf(out), List.copyOf(err));
  }

  private void drain() throws InterruptedException {
    for (Thread reader : readers) {
      reader.join();
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
