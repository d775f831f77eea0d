package io.pgha.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people get wrong every day, and what nobody should: the one error that says it, at once. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PlainMistakesTests {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      quoteCharacter = '^',
      textBlock =
          """
          pgha { required_version = ">= abc" } -> ">= abc" is none that can be understood
          pgha { required_version = ">= 0.1," } -> ">= 0.1," is none that can be understood
          pgha { required_version = ">= 9" } -> needs a pgha of version >= 9
          locals { a = file("\\u0000") } -> a path can't hold the character U+0000
          module "m" { source = "./a\\u0000b" } -> A path can't hold the character U+0000.
          locals { a = regex("((((a{100}){100}){100}){100})", "x") } -> more than 1000 times
          variable "v" { default = var.w } -> There is nothing to refer to here, so "var.w" means nothing
          """)
  void isToldAtItsPlace(String text, String error) {
    Cli.Said said = new Cli(folder).configure(text + "\n").run("plan");
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.errors()).contains("on main.pgha.hcl:1,");
    assertThat(said.errors().replaceAll("\\s+", " ")).contains(error);
  }

  @Test
  void whatIsDeclaredTwiceIsToldWithBothPlaces() {
    Cli.Said said =
        new Cli(folder)
            .configure(
                """
                locals { a = 1 }
                locals { a = 2 }
                output "a" { value = 1 }

                output "a" { value = 2 }
                """)
            .run("validate");
    assertThat(said.errors())
        .contains("on main.pgha.hcl:2,10", "already, at\n  main.pgha.hcl:1,10.")
        .contains("on main.pgha.hcl:5,1", "main.pgha.hcl:3,1");
  }

  @Test
  void aPipeIsNoConfiguration() throws Exception {
    Path pipe = folder.resolve("p.pgha.hcl");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Files.createSymbolicLink(folder.resolve("z.pgha.hcl"), Path.of("/dev/zero"));
    Files.createDirectory(folder.resolve("d.pgha.hcl"));
    Cli.Said said = new Cli(folder).run("plan");
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.errors())
        .contains("Can't read p.pgha.hcl", "Can't read z.pgha.hcl", "It is no regular file.")
        .contains("Can't read d.pgha.hcl", "It is a folder, not a file.");
  }

  @Test
  void aLongNameIsNotComparedWithOthers() {
    String name = "k".repeat(20_000);
    Cli.Said said =
        new Cli(folder)
            .configure(
                "locals { %s = 1 }\noutput \"o\" { value = local.%s }\n"
                    .formatted(name, name.substring(1)))
            .run("validate");
    assertThat(said.errors()).contains("Error").doesNotContain("Did you mean");
  }

  @Test
  void aFileOfValuesThatCanNotBeReadDoesNotMakeVariablesMissing() throws Exception {
    Files.writeString(folder.resolve("pgha.pghavars.hcl"), "name: 5\n", UTF_8);
    Cli.Said said =
        new Cli(folder)
            .configure("variable \"name\" {}\nvariable \"other\" {}\n")
            .run("plan", "-input=false");
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.errors()).contains("pgha.pghavars.hcl:1").doesNotContain("No value for");
    assertThat(new Cli(folder).run("plan", "-var-file=nope.hcl").errors())
        .contains("There is no such file. Check its name.");
  }

  @Test
  void theWordResourceMayStandBeforeATypeWhereverResourcesAreNamed() {
    Cli.Said said =
        new Cli(folder)
            .configure(
                """
                resource "terraform_data" "a" { input = "a" }
                resource "terraform_data" "many" { count = 2 }
                resource "terraform_data" "b" {
                  input      = [resource.terraform_data.a.output, resource.terraform_data.many[1].id]
                  depends_on = [resource.terraform_data.many]
                  lifecycle {
                    replace_triggered_by = [resource.terraform_data.a.input]
                  }
                }
                output "loop" {
                  value = [for resource in [{ x = { y = 1 } }] : resource.x.y]
                }
                output "b" { value = resource.terraform_data.b.output[0] }
                """)
            .run("apply", "-auto-approve");
    assertThat(said.errors()).isEmpty();
    assertThat(said.out()).contains("b = \"a\"", "4 added");
    Cli.Said wrong =
        new Cli(folder)
            .configure("output \"o\" { value = resource.terraform_data.nope.id }\n")
            .run("validate");
    assertThat(wrong.errors()).contains("No resource \"terraform_data.nope\" is declared");
  }
}
