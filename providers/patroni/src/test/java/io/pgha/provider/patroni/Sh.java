package io.pgha.provider.patroni;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A script as a machine's sh runs it.
 *
 * @param said what it printed, errors too
 * @param status what it ended with
 */
record Sh(String said, int status) {
  /** Runs a script with nothing on its standard input. */
  static Sh run(String script) throws Exception {
    return run(script, "", Path.of("/"));
  }

  /** Runs a script in a folder, with something on its standard input. */
  static Sh run(String script, String input, Path folder) throws Exception {
    Process process =
        new ProcessBuilder("sh", "-c", script)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    try (var stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(StandardCharsets.UTF_8));
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Sh(said, process.waitFor());
  }
}
