package io.pgha.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.plan.Mode;
import io.pgha.core.plan.PlanOptions;
import io.pgha.core.testing.Workbench;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong is found whether it is evaluated or not. */
final class UnevaluatedTests {
  @TempDir Path folder;
  private Workbench bench;

  @BeforeEach
  void openWorkbench() {
    bench = new Workbench(folder);
  }

  @Test
  void keepsAPlanFromBeingMade() throws Exception {
    bench.configure(
        """
        resource "terraform_data" "none" {
          count = 0
          input = var.nosuch
        }
        """);
    assertThat(bench.plan()).isEmpty();
    assertThat(bench.findings())
        .containsExactly(
            "Reference to undeclared variable: No variable \"nosuch\" is declared in this module.");
  }

  @Test
  void isToldOnceWhereItIsEvaluatedToo() throws Exception {
    bench.configure(
        """
        resource "terraform_data" "each" {
          for_each = { a = "x", b = "y" }
          input    = each.value + 1
        }
        output "all" {
          value = [for key in keys({ c = 1 }) : try(var.nosuch, key)]
        }
        """);
    assertThat(bench.plan()).isEmpty();
    assertThat(bench.diagnostics().all())
        .filteredOn(each -> each.code().equals("invalid-operand"))
        .hasSize(2)
        .allSatisfy(each -> assertThat(each.values()).isNotEmpty());
    assertThat(bench.findings())
        .filteredOn(each -> each.startsWith("Reference to undeclared"))
        .hasSize(1);
  }

  @Test
  void knowsTheOutputsOfModulesThatAreNotThere() throws Exception {
    bench.module("output \"name\" {\n  value = 1\n}\n");
    bench.configure(
        """
        module "none" {
          source = "./m"
          count  = 0
        }
        resource "terraform_data" "none" {
          count = 0
          input = module.none[0].nam
        }
        output "maybe" {
          value = try(module.none[0].nam, module.none.name, module.none["x"], "none")
        }
        """);
    assertThat(bench.plan()).isEmpty();
    assertThat(bench.findings())
        .containsExactly(
            "Unsupported attribute: The module has no output named \"nam\". Did you mean"
                + " \"name\"?");
  }

  @Test
  void holdsOfTriggersAndOfImports() throws Exception {
    bench.configure(
        """
        resource "terraform_data" "none" {
          count = 0
          lifecycle {
            replace_triggered_by = [terraform_data.nosuch]
          }
        }
        resource "terraform_data" "each" {
          for_each = {}
        }
        import {
          for_each = {}
          to       = terraform_data.each[each.key]
          id       = var.nosuch
        }
        """);
    assertThat(bench.plan()).isEmpty();
    assertThat(bench.findings())
        .anySatisfy(each -> assertThat(each).contains("\"terraform_data.nosuch\""))
        .anySatisfy(each -> assertThat(each).contains("\"nosuch\""))
        .hasSize(2);
  }

  @Test
  void isNoMatterToConditionsAndToWhatMayBe() throws Exception {
    bench.configure(
        """
        variable "list" {
          type    = list(string)
          default = []
        }
        resource "terraform_data" "first" {
          count = length(var.list) > 0 ? 1 : 0
          input = var.list[0]
          lifecycle {
            precondition {
              condition     = path.root == ""
              error_message = "Not judged."
            }
          }
        }
        """);
    assertThat(bench.plan()).as("%s", bench.findings()).isPresent();
    assertThat(bench.findings()).isEmpty();
  }

  @Test
  void doesNotSayThatEverythingIsUnknown() throws Exception {
    bench.configure(
        """
        variable "v" { default = "now" }
        resource "terraform_data" "none" {
          count = 0
          input = upper([var.v])
        }
        """);
    assertThat(bench.plan()).isEmpty();
    assertThat(bench.diagnostics().all())
        .singleElement()
        .satisfies(each -> assertThat(each.values()).isEmpty());
  }

  @Test
  void keepsNobodyFromTakingAllAway() throws Exception {
    bench.configure("resource \"terraform_data\" \"a\" {\n  count = 0\n  input = var.nosuch\n}\n");
    assertThat(bench.plan(new PlanOptions(Mode.DESTROY, Set.of(), Set.of()))).isPresent();
    assertThat(bench.plan()).isEmpty();
  }

  @Test
  void isFoundInJsonToo() throws Exception {
    Files.writeString(
        folder.resolve("main.pgha.json"),
        """
        {"resource": {"terraform_data": {"none": {"count": 0, "input": "${var.nosuch}"}}}}
        """);
    assertThat(bench.plan()).isEmpty();
    assertThat(bench.findings()).singleElement().asString().contains("\"nosuch\"");
  }
}
