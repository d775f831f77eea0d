package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateConfigTests {
  private static final String IMPORT =
      """
      import {
        to = terraform_data.note
        id = "kept"
      }
      """;

  @TempDir private Path folder;

  @Test
  void writesNothingWhereNothingIsThere() {
    Cli cli = new Cli(folder).configure(IMPORT);
    Cli.Said said = cli.run("plan", "-generate-config-out=generated.pgha.hcl");
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.out()).isEmpty();
    assertThat(said.errors().replaceAll("\\s+", " "))
        .isEqualTo(
            "Error: Nothing to import for terraform_data.note with terraform_data.note It is on no machine, so it can't be found there. Declare it, and say its id in an import block. ");
    assertThat(folder.resolve("generated.pgha.hcl")).doesNotExist();
  }

  @Test
  void plansAsEverWhereNothingIsToBeGenerated() {
    Cli cli = new Cli(folder).configure("resource \"terraform_data\" \"note\" {}\n");
    Cli.Said said = cli.run("plan", "-generate-config-out=generated.pgha.hcl");
    assertThat(said.errors()).isEmpty();
    assertThat(said.out()).contains("terraform_data.note", "1 to add");
    assertThat(folder.resolve("generated.pgha.hcl")).doesNotExist();
  }

  @Test
  void overwritesNoFile() throws IOException {
    Files.writeString(folder.resolve("mine.pgha.hcl"), "# mine\n");
    Cli.Said said =
        new Cli(folder).configure(IMPORT).run("plan", "-generate-config-out=mine.pgha.hcl");
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.errors().replaceAll("\\s+", " "))
        .contains(
            "Error: mine.pgha.hcl is there already -generate-config-out writes a new file only. Give another name.");
    assertThat(folder.resolve("mine.pgha.hcl")).hasContent("# mine");
  }

  @Test
  void writesOnlyWhatIsPartOfTheConfiguration() {
    for (String name : new String[] {"x.txt", "sub/x.pgha.hcl", ".x.pgha.hcl"}) {
      Cli.Said said = new Cli(folder).configure(IMPORT).run("plan", "-generate-config-out", name);
      assertThat(said.status()).isEqualTo(1);
      assertThat(said.errors().replaceAll("\\s+", " "))
          .contains(
              "Error: %s would not be part of the configuration -generate-config-out takes the name of a file in the configuration's folder that ends in .pgha.hcl, such as generated.pgha.hcl."
                  .formatted(name));
    }
  }
}
