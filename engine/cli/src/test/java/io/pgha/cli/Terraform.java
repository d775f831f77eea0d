package io.pgha.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Runs Terraform, which the language is compared with, without anything of its user's. */
final class Terraform {
  private Terraform() {}

  /** Skips a test where Terraform 1.11.4 is not installed. */
  static void assumeInstalled() {
    String missing = "there is no terraform 1.11.4 here to agree with";
    if (!isInstalled() && "true".equals(System.getenv("CI"))) {
      throw new AssertionError(missing);
    }
    Assumptions.assumeTrue(isInstalled(), "skipped: " + missing);
  }

  private static boolean isInstalled() {
    try {
      return run(Path.of(""), "", "version").out().startsWith("Terraform v1.11.4\n");
    } catch (IOException e) {
      return false;
    }
  }

  /** Runs it in a folder. */
  static Cli.Said run(Path folder, String input, String... words) throws IOException {
    Path out = Files.createTempFile("terraform", ".out");
    Path errors = Files.createTempFile("terraform", ".err");
    List<String> command = new ArrayList<>(List.of("terraform"));
    command.addAll(List.of(words));
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toAbsolutePath().toFile())
              .redirectOutput(out.toFile())
              .redirectError(errors.toFile());
      builder.environment().put("TF_CLI_CONFIG_FILE", "/dev/null");
      builder.environment().put("CHECKPOINT_DISABLE", "1");
      Process process = builder.start();
      try (var stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      }
      if (!process.waitFor(2, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IOException("Terraform does not answer");
      }
      return new Cli.Said(process.exitValue(), Files.readString(out), Files.readString(errors));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      Files.delete(out);
      Files.delete(errors);
    }
  }
}
