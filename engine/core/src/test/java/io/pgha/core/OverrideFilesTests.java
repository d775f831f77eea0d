package io.pgha.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.plan.Plan;
import io.pgha.core.plan.PlannedOutput;
import io.pgha.core.testing.Workbench;
import io.pgha.language.value.ValueText;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What override files change, checked against {@code terraform} 1.11.4. */
final class OverrideFilesTests {
  private static final String BASE =
      """
      variable "name" {
        type    = string
        default = "base"
      }
      locals {
        one = 1
        two = 2
      }
      resource "terraform_data" "note" {
        count = 2
        input = "${var.name} ${local.one} ${local.two}"
        lifecycle {
          ignore_changes  = [triggers_replace]
          prevent_destroy = true
        }
      }
      output "notes" {
        value = terraform_data.note[*].input
      }
      """;

  @TempDir Path folder;
  private Workbench bench;

  @BeforeEach
  void openWorkbench() {
    bench = new Workbench(folder);
  }

  private void override(String file, String text) throws Exception {
    Files.writeString(folder.resolve(file), text);
  }

  private String notes() throws Exception {
    Plan plan = bench.configure(BASE).plan().orElseThrow();
    assertThat(bench.findings()).isEmpty();
    PlannedOutput output = plan.outputs().getFirst();
    return ValueText.of(output.after().orElseThrow()).replaceAll("\\s+", " ");
  }

  @Test
  void whatTheySayReplacesTheRestStays() throws Exception {
    override(
        "a_override.pgha.hcl",
        """
        variable "name" { default = "over" }
        locals { two = 22 }
        resource "terraform_data" "note" {
          input = "${var.name} ${local.one} ${local.two}!"
        }
        """);
    assertThat(notes()).isEqualTo("[ \"over 1 22!\", \"over 1 22!\", ]");
  }

  @Test
  void settingsAreTheSameUnderBothNames() throws Exception {
    bench.configure(BASE + "pgha {\n  required_version = \">= 99.0\"\n}\n");
    assertThat(bench.plan()).isEmpty();
    override("override.pgha.hcl", "terraform {\n  required_version = \">= 0.1\"\n}\n");
    assertThat(bench.plan()).as("%s", bench.findings()).isPresent();
  }

  @Test
  void laterFilesGoOverEarlierOnesAndJsonIsOneOfThem() throws Exception {
    override("override.pgha.hcl", "locals { one = 10 }\nvariable \"name\" { default = \"x\" }\n");
    override(
        "z_override.pgha.json",
        """
        {"locals": {"one": 100}, "resource": {"terraform_data": {"note": {"input": "${local.one}"}}}}
        """);
    assertThat(notes()).isEqualTo("[ 100, 100, ]");
  }

  @Test
  void forEachTakesThePlaceOfCount() throws Exception {
    override(
        "override.pgha.hcl",
        """
        resource "terraform_data" "note" { for_each = { a = 1 } }
        output "notes" { value = terraform_data.note["a"].input }
        """);
    assertThat(notes()).isEqualTo("\"base 1 2\"");
  }

  @Test
  void ofALifecycleWhatIsNotSaidStays() throws Exception {
    bench.configure(BASE).apply();
    override(
        "override.pgha.hcl",
        """
        resource "terraform_data" "note" {
          count = 1
          lifecycle {
            create_before_destroy = true
          }
        }
        """);
    assertThat(bench.plan()).isPresent();
    assertThat(bench.findings()).anyMatch(each -> each.contains("prevent_destroy"));
    override(
        "z_override.pgha.hcl",
        """
        resource "terraform_data" "note" {
          lifecycle {
            prevent_destroy = false
          }
        }
        """);
    assertThat(bench.plan().orElseThrow().changes()).hasSize(1);
  }

  @Test
  void modulesHaveTheirOwn() throws Exception {
    Path module = Files.createDirectory(folder.resolve("m"));
    Files.writeString(module.resolve("m.pgha.hcl"), "variable \"x\" { default = 1 }\n");
    Files.writeString(module.resolve("o_override.pgha.hcl"), "variable \"x\" { default = 2 }\n");
    Files.writeString(module.resolve("o.pgha.hcl"), "output \"x\" { value = var.x }\n");
    override("override.pgha.hcl", "module \"m\" { x = 3 }\n");
    bench.configure(
        "module \"m\" {\n source = \"./m\"\n}\n output \"x\" {\n value = module.m.x\n}\n");
    assertThat(bench.plan().orElseThrow().outputs().getFirst().after().map(ValueText::of))
        .contains("3");
    Files.delete(folder.resolve("override.pgha.hcl"));
    assertThat(bench.plan().orElseThrow().outputs().getFirst().after().map(ValueText::of))
        .contains("2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          locals { three = 3 }                                          | Nothing to override: local value three
          variable "other" {}                                           | Nothing to override: variable other
          output "other" { value = 1 }                                  | Nothing to override: output other
          resource "terraform_data" "other" {}                          | Nothing to override: resource terraform_data other
          module "other" { source = "./m" }                             | Nothing to override: module other
          removed { from = terraform_data.gone }                        | A removed block in an override file
          import { to = terraform_data.note[0] }                        | A import block in an override file
          resource "terraform_data" "note" { depends_on = [] }          | depends_on can't be overridden
          resource "terraform_data" "note" { bogus = 1 }                | Unsupported argument
          pgha { required_version = ">= 99" }                           | Unsupported pgha version
          """)
  void whatTheyCannotSayIsAnError(String text, String summary) throws Exception {
    override("override.pgha.hcl", text + "\n");
    assertThat(bench.configure(BASE).plan()).isEmpty();
    assertThat(bench.diagnostics().all())
        .singleElement()
        .satisfies(found -> {
          assertThat(found.summary()).isEqualTo(summary);
          assertThat(found.subject().orElseThrow().toString()).startsWith("override.pgha.hcl:1,");
        });
  }

  @Test
  void aTypeThatTheDefaultIsNotOfIsAnError() throws Exception {
    override("override.pgha.hcl", "variable \"name\" { type = number }\n");
    assertThat(bench.configure(BASE).plan()).isEmpty();
    assertThat(bench.findings())
        .singleElement()
        .asString()
        .startsWith("Invalid value for variable \"name\"");
  }

  @Test
  void conditionsCannotBeOverridden() throws Exception {
    override(
        "override.pgha.hcl",
        "variable \"name\" {\n validation {\n  condition = true\n  error_message = \"x\"\n }\n}\n");
    assertThat(bench.configure(BASE).plan()).isEmpty();
    assertThat(bench.findings())
        .singleElement()
        .asString()
        .startsWith("A validation block can't be overridden");
  }

  @Test
  void requiredProvidersAreLaidOverThoseOfWhicheverBlockHasThem() throws Exception {
    override(
        "override.pgha.hcl",
        "terraform {\n  required_providers {\n    t = { source = \"pgha/test\" }\n  }\n}\n");
    assertThat(
            bench
                .configure(
                    """
                    terraform {
                      required_version = ">= 0.1"
                    }
                    terraform {
                      required_providers {
                        t = { source = "example/other" }
                      }
                    }
                    output "greeting" {
                      value = provider::t::greeting("you")
                    }
                    """)
                .plan())
        .as("%s", bench.findings())
        .isPresent();
  }
}
