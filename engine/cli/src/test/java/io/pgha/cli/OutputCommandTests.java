package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of outputs and shown of them. */
final class OutputCommandTests {
  private static final String OUTPUTS =
      """
      variable "some" { default = null }
      output "some" { value = var.some }
      output "hidden" {
        value     = var.some
        sensitive = true
      }
      output "inner" { value = [null] }
      """;

  @TempDir private Path folder;

  /** As {@code terraform} 1.11.4 has it. */
  @Test
  void anOutputThatIsNullIsNone() throws Exception {
    Cli cli = new Cli(folder).configure(OUTPUTS);
    assertThat(cli.run("plan").out()).contains("inner").doesNotContain("some", "hidden");
    assertThat(cli.run("apply", "-auto-approve").status()).isZero();
    assertThat(outputs(cli).fieldNames()).toIterable().containsExactly("inner");
    assertThat(cli.run("output", "some").errors()).contains("There is no output some");
    assertThat(cli.run("plan", "-detailed-exitcode").status()).isZero();

    assertThat(cli.run("apply", "-auto-approve", "-var=some=x").status()).isZero();
    assertThat(outputs(cli).fieldNames()).toIterable().containsExactly("hidden", "inner", "some");

    assertThat(cli.run("plan", "-detailed-exitcode").status()).isEqualTo(2);
    assertThat(cli.run("plan").out()).contains("- some").contains("- hidden");
    assertThat(cli.run("apply", "-auto-approve").status()).isZero();
    assertThat(outputs(cli).fieldNames()).toIterable().containsExactly("inner");
  }

  private static JsonNode outputs(Cli cli) throws Exception {
    return new ObjectMapper().readTree(cli.run("output", "-json").out());
  }
}
