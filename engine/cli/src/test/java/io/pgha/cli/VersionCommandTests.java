package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionCommandTests {
  @Test
  void printsVersionAndPlatform() {
    assertThat(output("version")).matches("pgha v\\d+\\.\\d+\\.\\d+\non [a-z]+_[a-z0-9]+\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-json", "--json"})
  void printsJsonInBothDashStyles(String option) {
    Version version = Version.current();
    assertThat(output("version", option))
        .isEqualTo(
            """
            {
              "pgha_version": "%s",
              "platform": "%s"
            }
            """
                .formatted(version.number(), version.platform()));
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, linux_amd64",
    "Linux, aarch64, linux_arm64",
    "Mac OS X, x86_64, darwin_amd64",
  })
  void namesThePlatformAsTerraformDoes(String system, String processor, String platform) {
    assertThat(Version.platform(system, processor)).isEqualTo(platform);
  }

  private static String output(String... arguments) {
    Cli.Said said = new Cli(Path.of("").toAbsolutePath()).run(arguments);
    assertThat(said.status()).isZero();
    return said.out();
  }
}
