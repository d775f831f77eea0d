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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pgha console} on a terminal, which the program {@code script} makes. */
class ConsoleTerminalTests {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String UP = "\033OA";

  @TempDir private Path folder;

  private Process process;
  private OutputStream keys;
  private final StringBuilder shown = new StringBuilder();

  @BeforeEach
  void open() throws IOException {
    new Cli(folder).configure("locals {\n  word = \"found\"\n}\n");
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
                + " -chdir=\"$PGHA_TEST_FOLDER\" console",
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

  @AfterEach
  void close() {
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

  /** Waits until the screen shows a text after all that was waited for before. */
  private void awaits(String text) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    synchronized (shown) {
      while (shown.indexOf(text) < 0) {
        assertThat(System.nanoTime()).as("waiting for %s in %s", text, shown).isLessThan(end);
        shown.wait(100);
      }
      shown.delete(0, shown.indexOf(text) + text.length());
    }
  }

  private void ends() throws InterruptedException {
    boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    synchronized (shown) {
      assertThat(ended).as("%s", shown).isTrue();
      assertThat(process.exitValue()).as("%s", shown).isZero();
    }
  }

  private void types(String text) throws IOException {
    keys.write(text.getBytes(StandardCharsets.UTF_8));
    keys.flush();
  }

  @Test
  void linesCanBeEditedAndHadBackAndGoOn() throws Exception {
    awaits("> ");
    types("upper(local.word)\r");
    awaits("\"FOUND\"");
    awaits("> ");
    // The line again, its end typed anew.
    types(UP + "\b\bd)\r");
    awaits("\"FOUND\"");
    awaits("> ");
    types("[1,\r");
    awaits(": ");
    types("!true]\r");
    awaits("false,");
    awaits("> ");
    types("1 +\r");
    awaits("Error: ");
    awaits("> ");
    types("\004");
    ends();
  }

  @Test
  void anEmptyLineLetsOutOfAnOpenBracket() throws Exception {
    awaits("> ");
    types("[1,\r");
    awaits(": ");
    types("\r");
    awaits("> ");
    types("nope\r");
    awaits("Error: ");
    awaits("> ");
    types("upper(\"ok\")\r");
    awaits("\"OK\"");
    awaits("> ");
    types("exit\r");
    ends();
  }

  @Test
  void anInterruptEndsIt() throws Exception {
    awaits("> ");
    types("1\003");
    ends();
  }
}
