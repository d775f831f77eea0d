package io.pgha.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.plan.Plan;
import io.pgha.core.testing.Workbench;
import io.pgha.language.diagnostic.Diagnostic;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code depends_on} may name; as {@code terraform} 1.11.4 has it. */
final class DependsOnTests {
  private static final String CONFIG =
      """
      variable "v" { default = 1 }
      locals {
        of_a  = terraform_data.a.id
        alone = 1
      }
      resource "terraform_data" "a" {}
      resource "terraform_data" "b" { count = 2 }
      module "m" {
        source = "./m"
        given  = terraform_data.a.id
      }
      module "n" {
        source = "./m"
        count  = 2
        given  = local.alone
      }
      resource "terraform_data" "last" {
        depends_on = %s
      }
      """;

  @TempDir Path folder;
  private Workbench bench;

  @BeforeEach
  void openWorkbench() {
    bench = new Workbench(folder);
    bench.module(
        """
        variable "given" {}
        resource "terraform_data" "inner" {}
        output "given" { value = var.given }
        output "inner" { value = terraform_data.inner.id }
        """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          [terraform_data.a]       | terraform_data.a
          ["terraform_data.a"]     | terraform_data.a
          [terraform_data.b[1]]    | terraform_data.b
          [terraform_data.b[7]]    | terraform_data.b
          [local.of_a]             | terraform_data.a
          [local.alone]            | ''
          [var.v]                  | ''
          [path.module]            | ''
          [terraform.workspace]    | ''
          [module.m.given]         | terraform_data.a
          [module.m.inner]         | module.m.terraform_data.inner
          [module.m]               | module.m.terraform_data.inner
          [module.n[0].inner]      | module.n[0].terraform_data.inner
          [module.n[0]]            | module.n[0].terraform_data.inner module.n[1].terraform_data.inner
          [var.v, local.of_a, module.m.inner] | module.m.terraform_data.inner terraform_data.a
          """)
  void isAllThatTheNamedComesFrom(String references, String needed) throws Exception {
    Plan plan =
        bench
            .configure(CONFIG.formatted(references))
            .plan()
            .orElseThrow(() -> new AssertionError(bench.findings()));
    assertThat(Workbench.planned(plan, "terraform_data.last").dependencies())
        .containsExactlyInAnyOrder(needed.isEmpty() ? new String[0] : needed.split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          [local.of_b]          | No local value "of_b" is declared in this module. Did you mean "of_a"?
          [var.w]               | No variable "w" is declared in this module.
          [module.k]            | No module "k" is declared in this module.
          [module.m.iner]       | The module has no output named "iner". Did you mean "inner"?
          [terraform_data.c]    | No resource "terraform_data.c" is declared in this module.
          [data.x.y]            | No data source "data.x.y" is declared in this module.
          [data.x]              | No data source "data.x" is declared in this module.
          [foo]                 | No resource "foo" is declared in this module.
          [path.nix]            | There is no path.nix; there are path.module, path.root and path.cwd.
          [each.key]            | each.key and each.value are there only in a block with for_each.
          [count.index]         | count.index is there only in a block with count.
          [self]                | self is there only in a postcondition, and means the instance that it is about.
          [terraform_data.a.id] | depends_on names what something waits for as a whole: terraform_data.a, without what is inside of it.
          [terraform_data.b[0].id] | depends_on names what something waits for as a whole: terraform_data.b[0], without what is inside of it.
          [local.of_a.x]        | depends_on names what something waits for as a whole: local.of_a, without what is inside of it.
          [module.m.inner.x]    | depends_on names what something waits for as a whole: module.m.inner, without what is inside of it.
          [1]                   | depends_on takes a list of references such as [host.db, module.network].
          terraform_data.a      | depends_on takes a list of references such as [host.db, module.network].
          """)
  void anythingElseIsAnError(String references, String detail) throws Exception {
    assertThat(bench.configure(CONFIG.formatted(references)).plan()).isEmpty();
    List<Diagnostic> found = bench.diagnostics().all();
    assertThat(found)
        .singleElement()
        .satisfies(each -> {
          assertThat(each.detail()).isEqualTo(detail);
          assertThat(each.subject()).isPresent();
        });
  }

  @Test
  void aLocalValueThatComesFromItIsACycle() throws Exception {
    bench.configure(
        """
        locals { x = terraform_data.a.id }
        resource "terraform_data" "a" { depends_on = [local.x] }
        """);
    assertThat(bench.plan()).isEmpty();
    assertThat(bench.findings()).anyMatch(found -> found.contains("terraform_data.a"));
  }
}
