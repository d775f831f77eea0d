package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartialPlanTests {
  private static final String TWO =
      """
      resource "terraform_data" "one" {
        input = 1
      }
      resource "terraform_data" "two" {
        input = 2
      }
      """;

  @TempDir private Path folder;

  @Test
  void saysThatTheRestWasNotCompared() {
    Cli cli = new Cli(folder).configure(TWO);
    assertThat(cli.run("apply", "-auto-approve", "-target=terraform_data.one").errors())
        .contains("Warning: The plan is for a part only (-target)");
    Cli.Said said = cli.run("plan", "-target=terraform_data.one");
    assertThat(said.out()).contains("No changes");
    assertThat(said.errors()).contains("Warning: The plan is for a part only (-target)");
    assertThat(cli.run("plan", "-exclude=terraform_data.one").errors())
        .contains("Warning: The plan is for a part only (-exclude)", "without -exclude shows it");
    assertThat(cli.run("plan", "-exclude=terraform_data.one", "-compact-warnings").errors())
        .isEqualTo("Warnings:\n\n- The plan is for a part only (-exclude)\n\n");
    assertThat(cli.run("plan").errors()).isEmpty();
  }
}
