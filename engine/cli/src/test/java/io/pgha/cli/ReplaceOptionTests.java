package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code -replace}, which must not be given in vain. */
final class ReplaceOptionTests {
  @TempDir private Path folder;
  private Cli cli;

  @BeforeEach
  void configure() {
    cli = new Cli(folder).configure("resource \"terraform_data\" \"a\" { count = 1 }\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "foo",
        "module.x",
        "terraform_data",
        "terraform_data.a[0",
        "terraform_data.a[*]",
        "terraform_data.a.id",
        ""
      })
  void takesNothingButAnAddress(String address) {
    Cli.Said said = cli.run("plan", "-replace=" + address);
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.errors().replaceAll("\\s+", " "))
        .contains(
            "Invalid address \"%1$s\" of -replace \"%1$s\" is no address of a resource instance such as host.db[\"psql-db-1\"]."
                .formatted(address));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          plan -replace=data.x.y                      | What is only read can't be made anew: name a resource.
          plan -destroy -replace=terraform_data.a[0]  | Nothing is replaced where all is destroyed
          destroy -replace=terraform_data.a[0]        | Nothing is replaced where all is destroyed
          """)
  void isForWhatCanBeMadeAnew(String command, String error) {
    Cli.Said said = cli.run(command.split(" "));
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.errors()).contains(error);
  }

  @Test
  void isWarnedOfWhereItNamesNoInstance() {
    Cli.Said said = cli.run("plan", "-replace=terraform_data.a");
    assertThat(said.status()).as(said.errors()).isZero();
    assertThat(said.errors())
        .contains(
            "Warning: Nothing is replaced at terraform_data.a", "-replace='terraform_data.a[0]'");
  }
}
