package io.pgha.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.testing.Workbench;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What leads to nothing is told with the values that led there. */
final class MissingElementTests {
  @TempDir Path folder;
  private Workbench bench;

  @BeforeEach
  void openWorkbench() {
    bench = new Workbench(folder);
  }

  @Test
  void namesTheKeyOfTheInstance() throws Exception {
    bench.configure(
        """
        locals {
          ports = { db1 = 5432 }
        }
        resource "terraform_data" "one" {
          for_each = { db1 = "a", db2 = "b" }
          input    = local.ports[each.key]
        }
        """);
    assertThat(bench.plan()).isEmpty();
    assertThat(bench.diagnostics().all())
        .singleElement()
        .satisfies(found -> {
          assertThat(found.summary()).isEqualTo("Invalid index");
          assertThat(found.values())
              .containsExactly(
                  "each.key is \"db2\"", "local.ports is object with 1 attribute \"db1\"");
        });
  }

  @Test
  void namesWhatTheKeyOfAnInstanceComesOf() throws Exception {
    bench.configure(
        """
        resource "terraform_data" "one" {
          count = 2
        }
        resource "terraform_data" "two" {
          count = 3
          input = terraform_data.one[count.index].id
        }
        """);
    assertThat(bench.plan()).isEmpty();
    assertThat(bench.diagnostics().all())
        .singleElement()
        .satisfies(found -> {
          assertThat(found.detail())
              .isEqualTo("terraform_data.one has no instance [2]; it has [0], [1].");
          assertThat(found.values()).containsExactly("count.index is 2");
        });
  }

  @Test
  void neverNamesWhatIsSensitive() throws Exception {
    for (String reference : List.of("local.ports[var.key]", "terraform_data.one[var.key].id")) {
      bench.configure(
          """
          variable "key" {
            default   = "hunter2"
            sensitive = true
          }
          locals {
            ports = { db1 = 5432 }
          }
          resource "terraform_data" "one" { for_each = toset(["a"]) }
          output "it" { value = %s }
          """
              .formatted(reference));
      assertThat(bench.plan()).isEmpty();
      assertThat(bench.diagnostics().all().toString())
          .as(reference)
          .contains("var.key is a sensitive value")
          .doesNotContain("hunter2");
    }
  }

  @Test
  void whatASensitiveKeyLeadsToIsSensitive() throws Exception {
    bench.configure(
        """
        variable "key" {
          default   = "a"
          sensitive = true
        }
        resource "terraform_data" "one" {
          for_each = toset(["a"])
          input    = "hunter2"
        }
        output "it" { value = terraform_data.one[var.key].input }
        """);
    assertThat(bench.plan()).isEmpty();
    assertThat(bench.diagnostics().all().toString()).contains("sensitive");
  }
}
