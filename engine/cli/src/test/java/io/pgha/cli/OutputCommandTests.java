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

  /** As {@code terraform} 1.11.4 writes them. */
  @Test
  void outputsAreWrittenAsTheConsoleWritesValues() {
    Cli cli =
        new Cli(folder)
            .configure(
                """
                output "hidden" {
                  value     = "x"
                  sensitive = true
                }
                output "a_list" { value = [1, "a", null] }
                output "empty" { value = {} }
                output "long_name" { value = 1.5 }
                output "map" { value = tomap({ a = 1, b = null }) }
                output "nulls" { value = [tostring(null), tolist(null)] }
                output "object" { value = { a = 1, b = null, "x y" = [] } }
                output "set" { value = toset(["a"]) }
                output "text" { value = "one\\ntwo" }
                output "unseen" { value = "a\\u200bb\\u2028c" }
                """);
    String all =
        """
        a_list = [
          1,
          "a",
          null,
        ]
        empty = {}
        hidden = <sensitive>
        long_name = 1.5
        map = tomap({
          "a" = 1
          "b" = tonumber(null)
        })
        nulls = [
          tostring(null),
          tolist(null) /* of dynamic */,
        ]
        object = {
          "a" = 1
          "b" = null
          "x y" = []
        }
        set = toset([
          "a",
        ])
        text = <<EOT
        one
        two
        EOT
        unseen = "a\\u200bb\\u2028c"
        """;
    assertThat(cli.run("apply", "-auto-approve").out()).endsWith("\n\nOutputs:\n\n" + all);
    assertThat(cli.run("output").out()).isEqualTo(all);
    assertThat(cli.run("output", "set").out()).isEqualTo("toset([\n  \"a\",\n])\n");
    assertThat(cli.run("output", "hidden").out()).isEqualTo("\"x\"\n");
  }

  private static JsonNode outputs(Cli cli) throws Exception {
    return new ObjectMapper().readTree(cli.run("output", "-json").out());
  }
}
