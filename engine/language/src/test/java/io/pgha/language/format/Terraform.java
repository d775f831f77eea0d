package io.pgha.language.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code terraform fmt} of this machine, where there is one: the judge of the canonical form. */
final class Terraform {
  private static final String VERSION = "Terraform v1.11.4";

  private Terraform() {}

  /** Whether there is a terraform of the version whose form is followed. */
  static boolean isPresent() {
    try {
      Process process = start(Path.of("").toAbsolutePath(), "version");
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 && out.lines().anyMatch(VERSION::equals);
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * The texts as terraform formats them, all in one run; empty for those in which it finds errors.
   */
  static List<Optional<String>> formatted(List<String> texts, Path folder) {
    try {
      for (int i = 0; i < texts.size(); i++) {
        Files.writeString(folder.resolve(i + ".tf"), texts.get(i));
      }
      Process process = start(folder, "fmt", "-no-color", "-list=false");
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      List<Optional<String>> formatted = new ArrayList<>();
      for (int i = 0; i < texts.size(); i++) {
        formatted.add(
            said.contains("on " + i + ".tf line")
                ? Optional.empty()
                : Optional.of(Files.readString(folder.resolve(i + ".tf"))));
      }
      return formatted;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Process start(Path folder, String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of("terraform"));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder
        .environment()
        .putAll(Map.of("CHECKPOINT_DISABLE", "1", "TF_CLI_CONFIG_FILE", "/dev/null"));
    return builder.redirectErrorStream(true).start();
  }
}
