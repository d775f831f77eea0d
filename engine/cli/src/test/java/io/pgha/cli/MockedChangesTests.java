package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A later run may change what is mocked: what only the mock told stays as it was. */
class MockedChangesTests {
  private static final String VALUE =
      """
      variable "a" {
        default = 1
      }
      variable "t" {
        default = 1
      }
      resource "terraform_data" "other" {
        input = var.a
      }
      resource "terraform_data" "x" {
        input            = var.a
        triggers_replace = var.t
      }
      resource "terraform_data" "y" {
        input = terraform_data.x.id
      }
      output "id" {
        value = terraform_data.x.id
      }
      output "next" {
        value = terraform_data.y.output
      }
      """;

  private static final String STAYS =
      """
      assert {
        condition     = output.id == run.one.id && output.next == run.one.id
        error_message = "It is ${output.id}, and ${output.next}."
      }
      """;

  @TempDir private Path folder;
  private Cli cli;

  @BeforeEach
  void configure() {
    cli = new Cli(folder).configure(VALUE);
  }

  private void passes(String text) throws IOException {
    Files.writeString(folder.resolve("a.pghatest.hcl"), text);
    Cli.Said said = cli.run("test");
    assertThat(said.errors()).isEmpty();
    assertThat(said.out()).contains("\nSuccess! ").doesNotContain("Success! 0");
  }

  private static String run(String name, String content) {
    return "run \"" + name + "\" {\n" + content + "}\n";
  }

  private static String changed(String content) {
    return run("two", "variables {\n  a = 3\n}\n" + content + STAYS)
        + run("three", "command = plan\nvariables {\n  a = 4\n}\n" + content + STAYS);
  }

  @Test
  void byAProvider() throws IOException {
    passes("mock_provider \"terraform\" {}\n" + run("one", "") + changed(""));
  }

  @Test
  void byAnOverrideInTheFile() throws IOException {
    passes(
        """
        override_resource {
          target = terraform_data.x
        }
        """
            + run("one", "")
            + changed(""));
  }

  @Test
  void byAnOverrideOfTheLaterRunsAlone() throws IOException {
    passes(
        run("one", "")
            + changed(
                """
                override_resource {
                  target = terraform_data.x
                  values = { id = "another" }
                }
                """));
  }

  @Test
  void byAnOverrideThatTellsWhenThePlanIsMade() throws IOException {
    passes(
        run("one", "")
            + changed(
                """
                override_resource {
                  target          = terraform_data.x
                  values          = { id = "another" }
                  override_during = plan
                }
                """));
  }

  @Test
  void beingMadeAnew() throws IOException {
    passes(
        run("one", "")
            + run(
                "two",
                """
                command = plan
                variables {
                  a = 3
                  t = 2
                }
                override_resource {
                  target          = terraform_data.x
                  values          = { id = "another" }
                  override_during = plan
                }
                assert {
                  condition     = output.id == "another"
                  error_message = "It is ${output.id}."
                }
                """)
            + run(
                "three",
                """
                variables {
                  t = 3
                }
                override_resource {
                  target = terraform_data.x
                  values = { id = "third" }
                }
                assert {
                  condition     = output.id == "third" && output.next == "third"
                  error_message = "It is ${output.id}, and ${output.next}."
                }
                """));
  }

  @Test
  void byWhatIsKnownOnlyAfterTheApply() throws IOException {
    cli.configure(
        """
        variable "t" {
          default = 1
        }
        resource "terraform_data" "first" {
          triggers_replace = var.t
        }
        resource "terraform_data" "x" {
          input = terraform_data.first.id
        }
        resource "terraform_data" "y" {
          input = terraform_data.x.output
        }
        output "id" {
          value = terraform_data.x.id
        }
        output "first" {
          value = terraform_data.first.id
        }
        output "next" {
          value = terraform_data.y.output
        }
        """);
    passes(
        "mock_provider \"terraform\" {}\n"
            + run("one", "")
            + run(
                "two",
                """
                variables {
                  t = 2
                }
                assert {
                  condition     = output.id == run.one.id && output.first != run.one.first
                  error_message = "It is ${output.id}."
                }
                assert {
                  condition     = output.next == output.first
                  error_message = "It is ${output.next}."
                }
                """));
  }

  @Test
  void afterItFailed() throws IOException {
    cli.configure(
        """
        variable "a" {
          default = 1
        }
        resource "terraform_data" "x" {
          input = var.a
          lifecycle {
            postcondition {
              condition     = self.id != "" && self.input != 1
              error_message = "It is one."
            }
          }
        }
        output "id" {
          value = terraform_data.x.id
        }
        """);
    passes(
        "mock_provider \"terraform\" {}\n"
            + run("one", "expect_failures = [terraform_data.x]\n")
            + run("two", "variables {\n  a = 3\n}\n"));
  }

  @Test
  void insideOfAModule() throws IOException {
    Files.createDirectories(folder.resolve("m"));
    Files.writeString(
        folder.resolve("m/main.pgha.hcl"),
        """
        variable "a" {}
        resource "terraform_data" "x" {
          input = var.a
        }
        output "id" {
          value = terraform_data.x.id
        }
        """);
    cli.configure(
        """
        variable "a" {
          default = 1
        }
        module "m" {
          source = "./m"
          a      = var.a
        }
        resource "terraform_data" "y" {
          input = "${var.a} ${module.m.id}"
        }
        output "id" {
          value = terraform_data.y.id
        }
        output "next" {
          value = terraform_data.y.id
        }
        """);
    passes(
        "mock_provider \"terraform\" {}\n"
            + run("one", "")
            + changed(
                """
                override_module {
                  target  = module.m
                  outputs = { id = "another" }
                }
                """));
  }

  @Test
  void onMachines() throws IOException {
    cli.configure(
        """
        variable "a" {
          default = "jq"
        }
        resource "host" "x" {
          name     = "x"
          address  = "10.0.0.1"
          packages = [var.a]
        }
        resource "terraform_data" "y" {
          input = host.x.memory_bytes
        }
        output "id" {
          value = host.x.memory_bytes
        }
        output "next" {
          value = terraform_data.y.output
        }
        """);
    passes(
        """
        mock_provider "host" {
          mock_resource "host" {
            defaults = { memory_bytes = 4000 }
          }
        }
        """
            + run("one", "")
            + run("two", "variables {\n  a = \"git\"\n}\n" + STAYS));
  }
}
