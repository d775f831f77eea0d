package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A command in a process of its own, on a terminal that the program {@code script} makes. */
final class TerminalProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process process;
  private final OutputStream keys;
  private final StringBuilder shown = new StringBuilder();

  /**
   * Starts it.
   *
   * @param folder where the configuration is
   * @param command the command's words, as a shell takes them
   */
  TerminalProcess(Path folder, String command) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    ProcessBuilder builder =
        new ProcessBuilder(
            // Whoever runs tests in the background has signals ignored, and so would all below.
            "env",
            "--default-signal=INT",
            "script",
            "--quiet",
            "--return",
            "--command",
            "stty cols 100 rows 30; exec \"$PGHA_TEST_JAVA\" -cp \"$PGHA_TEST_CLASSES\" io.pgha.cli.Main"
                + " -chdir=\"$PGHA_TEST_FOLDER\" "
                + command,
            "/dev/null");
    builder.environment().put("PGHA_TEST_JAVA", java.toString());
    builder.environment().put("PGHA_TEST_CLASSES", System.getProperty("java.class.path"));
    builder.environment().put("PGHA_TEST_FOLDER", folder.toString());
    builder.environment().put("TERM", "xterm");
    builder.environment().put("NO_COLOR", "1");
    process = builder.redirectErrorStream(true).start();
    keys = process.getOutputStream();
    InputStream screen = process.getInputStream();
    Thread.ofVirtual().start(() -> look(screen));
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** Takes from the screen what it shows, until there is no more. */
  private void look(InputStream screen) {
    try (Reader reader = new InputStreamReader(screen, StandardCharsets.UTF_8)) {
      char[] some = new char[1 << 12];
      for (int count = reader.read(some); count > 0; count = reader.read(some)) {
        synchronized (shown) {
          shown.append(some, 0, count);
          shown.notifyAll();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Waits until the screen shows a text after all that was waited for before.
   *
   * @return what it shows in between
   */
  String awaits(String text) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    synchronized (shown) {
      while (shown.indexOf(text) < 0) {
        assertThat(System.nanoTime()).as("waiting for %s in %s", text, shown).isLessThan(end);
        shown.wait(100);
      }
      String before = shown.substring(0, shown.indexOf(text));
      shown.delete(0, before.length() + text.length());
      return before;
    }
  }

  /** Waits until it ends well. */
  void ends() throws InterruptedException {
    boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    synchronized (shown) {
      assertThat(ended).as("%s", shown).isTrue();
      assertThat(process.exitValue()).as("%s", shown).isZero();
    }
  }

  /** Types. */
  void types(String text) throws IOException {
    keys.write(text.getBytes(StandardCharsets.UTF_8));
    keys.flush();
  }
}
