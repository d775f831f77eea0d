package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What plans and the state show of texts and of nulls within values. */
final class ShownTextTests {
  @TempDir private Path folder;

  private Cli input(String value) {
    return new Cli(folder)
        .configure("resource \"terraform_data\" \"a\" {\n  input = %s\n}\n".formatted(value));
  }

  @Test
  void aPlanShowsNullsWithinValues() {
    Cli cli = input("{ a = 2, b = null, m = tomap({ x = null }) }");
    assertThat(cli.run("plan").out()).contains("input  = { a = 2, b = null, m = { x = null } }");
    assertThat(cli.run("apply", "-auto-approve").status()).isZero();
    assertThat(cli.run("state", "show", "terraform_data.a").out())
        .contains("input  = { a = 2, b = null, m = { x = null } }");
    assertThat(input("{ a = 2, b = null, c = { d = null } }").run("plan").out())
        .contains("+ input.c = { d = null }");
    assertThat(cli.run("plan", "-destroy").out()).contains("input  = { a = 2, b = null, m =");
  }

  @Test
  void nullsOfAnOutputAreShown() {
    Cli cli = new Cli(folder).configure("output \"o\" { value = { a = 2, b = null } }\n");
    assertThat(cli.run("plan").out()).contains("+ o = { a = 2, b = null }");
  }

  @Test
  void argumentsThatNobodyGaveAreLeftOut() {
    Cli cli =
        new Cli(folder)
            .configure(
                """
                resource "host" "a" {
                  address = "192.0.2.1"
                  ssh     = { user = "x" }
                }
                """);
    assertThat(cli.run("plan", "-refresh=false").out()).doesNotContain("null");
  }

  @Test
  void aTextOfSeveralLinesIsShownAsAWhole() {
    String text = "join(\"\\n\", [for i in range(%d) : \"line ${i}\"])";
    assertThat(input(text.formatted(7)).run("plan").out())
        .contains(
            """
                + input  = <<-EOT
                    + line 0
                    + line 1
                    + line 2
                    + line 3
                    + line 4
                    + line 5
                    + line 6
                  EOT
            """);
    assertThat(input("{ a = " + text.formatted(7) + " }").run("plan").out())
        .contains("+ a = <<-EOT\n", "+ line 6\n");
    assertThat(input(text.formatted(60)).run("plan").out())
        .contains("+ line 49\n", "# (10 more lines hidden)")
        .doesNotContain("line 50");
  }

  @Test
  void theStateShowsATextOfSeveralLinesAsAWhole() {
    Cli cli = input("join(\"\\n\", [for i in range(60) : \"line ${i}\"])");
    assertThat(cli.run("apply", "-auto-approve").status()).isZero();
    assertThat(cli.run("state", "show", "terraform_data.a").out())
        .contains("input  = <<-EOT\n    line 0\n", "    line 49\n    … (10 more lines)\n  EOT\n");
  }

  @Test
  void whatAReaderWouldNotSeeIsEscaped() {
    assertThat(input("\"a\\u200bb\\u2028c\\u00a0d\"").run("plan").out())
        .contains("input  = \"a\\u200bb\\u2028c\\u00a0d\"");
    assertThat(input("\"a\\n\\tb\\u200bc\\u001b[1m\"").run("plan").out())
        .contains("+ \tb\\u200bc\\x1b[1m\n");
    assertThat(input("{ \"a\\u200b\" = 1 }").run("plan").out()).contains("\"a\\u200b\" = 1");
  }
}
