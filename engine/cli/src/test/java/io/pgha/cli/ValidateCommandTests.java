package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidateCommandTests {
  private static final String UNSET =
      """
      variable "name" {
        type = string
      }
      variable "size" {
        type    = number
        default = 1
      }
      resource "terraform_data" "x" {
        input = "${var.name} ${var.size}"
      }
      """;

  @TempDir private Path folder;

  @Test
  void needsNoValuesOfVariables() {
    Cli.Said said = new Cli(folder).configure(UNSET).run("validate");
    assertThat(said.status()).as(said.errors()).isZero();
    assertThat(said.out()).contains("The configuration is valid.");
    assertThat(new Cli(folder).configure(UNSET).run("plan").errors())
        .contains("No value for required variable");
  }

  @Test
  void findsWhatIsWrongWhateverTheirValues() {
    Cli.Said said =
        new Cli(folder).configure(UNSET + "output \"y\" {\n  value = var.nam\n}\n").run("validate");
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.errors()).contains("Did you mean \"name\"?");
  }

  @Test
  void onlyWarnsOfWhatOtherValuesMend() {
    Cli cli =
        new Cli(folder)
            .configure(
                """
                variable "sizes" {
                  type    = map(number)
                  default = {}
                }
                output "size" {
                  value = var.sizes["db"]
                }
                """);
    Cli.Said said = cli.run("validate");
    assertThat(said.status()).as(said.errors()).isZero();
    assertThat(said.errors())
        .contains("Warning: Invalid index", "so with the defaults of variables");
    assertThat(cli.run("plan").status()).isEqualTo(1);
    assertThat(cli.run("validate", "-var", "sizes={}").status()).isEqualTo(1);
    assertThat(cli.run("validate", "-var", "sizes={db=1}").errors()).isEmpty();
  }

  @Test
  void aCycleIsAnErrorWhateverTheValues() {
    Cli.Said said =
        new Cli(folder)
            .configure(
                """
                variable "a" {
                  default = 1
                  validation {
                    condition     = var.a == local.x
                    error_message = "They differ."
                  }
                }
                locals {
                  x = var.a
                }
                """)
            .run("validate");
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.errors()).contains("Error: Cycle").doesNotContain("Warning");
  }

  @Test
  void saysOnceWhatEvaluationFindsToo() throws Exception {
    Cli cli = new Cli(folder).configure("locals {\n  b = { for v in [[1]] : v => v }\n}\n");
    Cli.Said said = cli.run("validate", "-json");
    JsonNode document = new ObjectMapper().readTree(said.out());
    assertThat(document.get("error_count").asInt()).as(said.out()).isEqualTo(1);
    assertThat(document.get("diagnostics")).hasSize(1);
  }

  @Test
  void saysOfAMisspeltArgumentThatAlone() {
    Cli.Said said =
        new Cli(folder)
            .configure("moved {\n  form = terraform_data.a\n  to   = terraform_data.b\n}\n")
            .run("validate");
    assertThat(said.errors())
        .contains("Did you mean \"from\"?")
        .doesNotContain("Missing required argument");
  }

  @Test
  void checksFilesOfTestsToo() throws Exception {
    Cli cli = new Cli(folder).configure("variable \"a\" {\n  default = 1\n}\n");
    Path test = folder.resolve("one.pghatest.hcl");
    Files.writeString(test, "run \"r\" {\n  assrt {}\n}\n");
    Cli.Said said = cli.run("validate");
    assertThat(said.status()).isEqualTo(Operation.FAILED);
    assertThat(said.errors()).contains("on one.pghatest.hcl:2,3", "assrt {}", "assert");
    assertThat(new ObjectMapper().readTree(cli.run("validate", "-json").out()).get("error_count"))
        .hasToString("1");
    assertThat(cli.run("validate", "-no-tests").status()).isZero();
    Files.move(test, Files.createDirectory(folder.resolve("more")).resolve("one.pghatest.hcl"));
    assertThat(cli.run("validate").status()).isZero();
    assertThat(cli.run("validate", "-test-directory=more").status()).isEqualTo(Operation.FAILED);
  }

  @Test
  void isSureOfWhatNoValueMends() {
    Cli cli =
        new Cli(folder)
            .configure(
                """
                variable "object" {
                  type    = object({ name = string })
                  default = null
                }
                variable "hosts" {
                  type    = number
                  default = 1
                }
                output "name" {
                  value = var.object.nam
                }
                resource "host" "many" {
                  count   = var.hosts
                  name    = "a"
                  address = "10.0.0.1"
                  port    = 99999999
                }
                """);
    Cli.Said said = cli.run("validate");
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.errors())
        .contains("attribute named \"nam\"")
        .contains("Error: Not a TCP port")
        .doesNotContain("Warning");
  }

  @Test
  void checksConfigurationsOfProviders() {
    String text =
        """
        variable "names" { type = set(string) }
        variable "name" { type = string }
        provider "host" {
          alias    = "by"
          for_each = var.names
        }
        resource "host" "a" {
          provider = host.%s[var.name]
          name     = "a"
          address  = "10.0.0.1"
        }
        """;
    Cli.Said said = new Cli(folder).configure(text.formatted("by")).run("validate");
    assertThat(said.status()).as(said.errors()).isZero();
    said = new Cli(folder).configure(text.formatted("bye")).run("validate");
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.errors())
        .contains("This module has no configuration host.bye. Did you mean \"by\"?");
    said =
        new Cli(folder)
            .configure(text.formatted("by"))
            .run("validate", "-var", "names=[\"a\"]", "-var", "name=b");
    assertThat(said.errors()).contains("host.by has no instance [\"b\"]; it has [\"a\"].");
  }

  @Test
  void showsNoSecretThatWasGiven() {
    String text =
        """
        variable "secret" {
          type      = string
          sensitive = true
          validation {
            condition     = length(var.secret) > 20
            error_message = "Too short."
          }
        }
        """;
    Map<String, String> refused =
        Map.of("number", "a number is required", "list(number)", "Invalid value for variable");
    refused.forEach((type, error) ->
        assertThat(
                new Cli(folder, Map.of("PGHA_VAR_x", "s3cret + "))
                    .configure(
                        "variable \"x\" {\n  type      = %s\n  ephemeral = true\n}\n"
                            .formatted(type))
                    .run("validate")
                    .errors())
            .contains(error)
            .doesNotContain("s3cret"));
    for (String form : List.of("validate", "validate -json")) {
      Cli cli = new Cli(folder).configure(text);
      String[] words = (form + " -var secret=s3cret").split(" ");
      Cli.Said said = cli.run(words);
      assertThat(said.status()).isEqualTo(1);
      assertThat(said.out() + said.errors()).contains("Too short.").doesNotContain("s3cret");
    }
  }

  @Test
  void refusesToKeepWhatIsWriteOnly() {
    String text =
        """
        variable "password" {
          default   = "s3cret"
          ephemeral = true
        }
        resource "host" "a" {
          name    = "a"
          address = "10.0.0.1"
          sudo    = { password = var.password }
        }
        output "leak" {
          value     = host.a.sudo.password
          sensitive = true
        }
        output "whole" {
          value = host.a.name
        }
        resource "terraform_data" "leak" {
          input = "x ${host.a.sudo.password}"
          lifecycle {
            precondition {
              condition     = host.a.sudo.password == ""
              error_message = "No ${host.a.sudo.password}."
            }
          }
        }
        """;
    Cli.Said said = new Cli(folder).configure(text).run("validate");
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.errors())
        .contains("Invalid use of ephemeral value", "Ephemeral value not allowed")
        .doesNotContain("s3cret", "whole");
  }

  @Test
  void writesTheSourceAndTheValuesForPrograms() throws Exception {
    String text =
        """
        locals {
          machines = { "é a" = "one" }
          wrong    = { for name, value in local.machines : name => value + 1 }
        }
        """;
    Cli.Said said = new Cli(folder).configure(text).run("validate", "-json");
    assertThat(said.status()).isEqualTo(1);
    JsonNode found = new ObjectMapper().readTree(said.out()).get("diagnostics").get(0);
    JsonNode snippet = found.get("snippet");
    assertThat(snippet.get("start_line").asInt()).isEqualTo(3);
    assertThat(snippet.get("code").asText()).contains("value + 1");
    int from = snippet.get("highlight_start_offset").asInt();
    assertThat(snippet.get("code").asText().substring(from)).startsWith("value");
    assertThat(snippet.get("values").get(0).get("traversal").asText()).isEqualTo("value");
    assertThat(snippet.get("values").get(0).get("statement").asText()).isEqualTo("is \"one\"");
    // The letter before it has two bytes.
    assertThat(found.get("range").get("start").get("byte").asInt())
        .isEqualTo(text.indexOf("value + 1") + 1);
  }

  /** The head of the outermost block, as {@code terraform} 1.11.4 gives it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          resource "terraform_data" "a" { input = nothing.at.all } | resource "terraform_data" "a"
          locals { a = nothing.at.all }                            | locals
          output "o" { value = nothing.at.all }                    | output "o"
          wrong = 1                                                |
          """)
  void writesTheBlockForPrograms(String text, String context) throws Exception {
    Cli.Said said = new Cli(folder).configure(text + "\n").run("validate", "-json");
    JsonNode found = new ObjectMapper().readTree(said.out()).at("/diagnostics/0/snippet/context");
    assertThat(found.textValue()).isEqualTo(context);
    assertThat(found.isMissingNode()).isFalse();
  }

  @Test
  void saysWhatWasProbablyMeant() {
    String text = "variable \"name\" { default = 1 }\noutput \"o\" { value = var.nmae }\n";
    assertThat(new Cli(folder).configure(text).run("validate").errors())
        .contains("No variable \"nmae\" is declared in this module. Did you mean \"name\"?");
  }
}
