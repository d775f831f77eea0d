package io.pgha.ssh.probe;

import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.ssh.connection.ScriptOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Asks this machine, by its own sh and without a connection. */
final class LocalShell {
  private static final String NONCE = "0123456789abcdef0123456789abcdef";

  private LocalShell() {}

  /**
   * Answers.
   *
   * @param programs functions of the shell that stand for programs
   */
  static Map<Probe<?>, ProbeResult<?>> ask(String programs, Probe<?>... probes) throws IOException {
    ProbeBatch batch = new ProbeBatch(NONCE, List.of(probes), Duration.ofSeconds(60));
    Process shell = new ProcessBuilder("sh").redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (OutputStream in = shell.getOutputStream()) {
      in.write((programs + batch.script()).getBytes(StandardCharsets.UTF_8));
    }
    byte[] said = shell.getInputStream().readAllBytes();
    return batch.answers(new ScriptOutput(said, new byte[0], 0, 0, 0)).orElseThrow().results();
  }
}
