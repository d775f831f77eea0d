package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A folder without configuration; as {@code terraform} 1.11.4 takes it. */
final class EmptyFolderTests {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          validate | There is no configuration here, so nothing is wrong with it.
          init     | There is no configuration here yet. Ready. All providers are part of pgha.
          get      | There is no configuration here yet. All modules are installed.
          test     | 0 passed, 0 failed.
          """)
  void isNothingWrong(String command, String said) {
    Cli.Said run = new Cli(folder).run(command, "-no-color");
    assertThat(run.status()).as(run.errors()).isZero();
    assertThat(run.out()).contains(said);
  }

  @Test
  void isEnoughToReckonIn() {
    assertThat(new Cli(folder).runWith("1 + 2\n", "console").out()).isEqualTo("3\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "apply", "providers"})
  void isNothingToPlan(String command) {
    Cli.Said run = new Cli(folder).run(command, "-no-color");
    assertThat(run.status()).isEqualTo(Operation.FAILED);
    assertThat(run.errors()).contains("No configuration files");
  }
}
