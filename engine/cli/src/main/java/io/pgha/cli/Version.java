package io.pgha.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;

/**
 * Which pgha this is, and where it runs.
 *
 * @param number the release, such as {@code 0.1.0}
 * @param platform operating system and processor as Terraform writes them: {@code linux_amd64}
 */
record Version(String number, String platform) {

  /** The version that was built, taken from the parent pom. */
  static Version current() {
    try (InputStream in =
        Objects.requireNonNull(Version.class.getResourceAsStream("version"), "version")) {
      String built = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
      String number =
          built.endsWith("-SNAPSHOT")
              ? built.substring(0, built.length() - "-SNAPSHOT".length())
              : built;
      return new Version(
          number, platform(System.getProperty("os.name"), System.getProperty("os.arch")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String platform(String system, String processor) {
    String lower = system.toLowerCase(Locale.ROOT);
    String name = lower.startsWith("mac") ? "darwin" : lower.replace(" ", "");
    String architecture =
        switch (processor) {
          case "x86_64" -> "amd64";
          case "aarch64" -> "arm64";
          default -> processor;
        };
    return name + "_" + architecture;
  }
}
