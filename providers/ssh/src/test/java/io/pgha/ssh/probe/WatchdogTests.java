package io.pgha.ssh.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a probe script's watchdog ends, and when it ends itself. */
final class WatchdogTests {
  private static final Duration LONG = Duration.ofSeconds(60);

  @Test
  void whatHangsIsKilledWithItsChildrenAndTheScriptGoesOn() {
    String script =
        Watchdog.start(1)
            + "(sleep 300; echo never)\n"
            + "echo \"status $?\"\n"
            + Watchdog.end()
            + "echo end\n";
    assertThat(assertTimeoutPreemptively(LONG, () -> run(script)))
        .isEqualTo("status " + Watchdog.KILLED + "\nend\n");
  }

  @Test
  void itEndsWithAShellThatWasKilled() {
    String script = Watchdog.start(1) + "echo $W\nkill -KILL $$\n";
    assertTimeoutPreemptively(
        LONG,
        () -> {
          long watchdog = Long.parseLong(run(script).strip());
          ProcessHandle.of(watchdog).ifPresent(running -> running.onExit().join());
        });
  }

  private static String run(String script) throws IOException {
    Process shell = new ProcessBuilder("sh").redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (OutputStream in = shell.getOutputStream()) {
      in.write(script.getBytes(StandardCharsets.UTF_8));
    }
    StringBuilder said = new StringBuilder();
    try (BufferedReader out = shell.inputReader(StandardCharsets.UTF_8)) {
      out.lines().forEach(line -> said.append(line).append('\n'));
    }
    return said.toString();
  }
}
