package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code pgha console} on a terminal, which the program {@code script} makes. */
@Timeout(60)
class ConsoleTerminalTests {
  private static final String UP = "\033OA";

  @TempDir private Path folder;

  private Process process;
  private OutputStream keys;
  private InputStream screen;
  private final StringBuilder shown = new StringBuilder();

  @BeforeEach
  void open() throws IOException {
    new Cli(folder).configure("locals {\n  word = \"found\"\n}\n");
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    ProcessBuilder builder =
        new ProcessBuilder(
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
    screen = process.getInputStream();
  }

  @AfterEach
  void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  /** Waits until the screen shows a text after all that was waited for before. */
  private void awaits(String text) throws IOException {
    while (shown.indexOf(text) < 0) {
      byte[] bytes = new byte[1 << 12];
      int count = screen.read(bytes);
      assertThat(count).as("waiting for " + text + " in " + shown).isPositive();
      shown.append(new String(bytes, 0, count, StandardCharsets.UTF_8));
    }
    shown.delete(0, shown.indexOf(text) + text.length());
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
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
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
    types("1 + 1\r");
    awaits("\n2");
    awaits("> ");
    types("exit\r");
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void anInterruptEndsIt() throws Exception {
    awaits("> ");
    types("1\003");
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }
}
