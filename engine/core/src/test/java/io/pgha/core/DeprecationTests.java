package io.pgha.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.testing.Workbench;
import io.pgha.language.diagnostic.Diagnostic;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who uses what a module calls deprecated is warned, as by OpenTofu 1.10. */
final class DeprecationTests {
  @TempDir Path folder;
  private Workbench bench;

  @BeforeEach
  void openWorkbench() {
    bench =
        new Workbench(folder)
            .module(
                """
                variable "old" {
                  default    = 1
                  deprecated = "Give size."
                }
                variable "size" {
                  default = 1
                }
                output "old" {
                  value      = var.old
                  deprecated = "Take size."
                }
                output "size" {
                  value = var.size
                }
                """);
  }

  @Test
  void whoGivesTheVariableIsWarned() throws Exception {
    bench.configure(
        """
        module "m" {
          source = "./m"
          old    = 2
        }
        """);
    assertThat(bench.plan()).isPresent();
    assertThat(bench.findings())
        .containsExactly("Deprecated variable \"old\": The module \"m\" says of it: Give size.");
    assertThat(bench.diagnostics().all())
        .noneMatch(Diagnostic::isError)
        .singleElement()
        .satisfies(found -> {
          assertThat(found.subject().orElseThrow().start().line()).isEqualTo(3);
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          module.one.old
          [module.one.old, 1]
          module.many[0].old
          module.many[var.at].old
          module.each["a"].old
          try(1, module.one.old)
          [for x in [] : module.one.old]
          module.many[*].old
          module.many.*.old
          one(module.one[*].old)
          values(module.each)[*].old
          [for m in module.many : m.old]
          [for m in module.each : "${m.old}" if m.size > 0]
          { for key, m in module.each : key => m.old }
          { for m in values(module.each) : m.old => m.size }
          [for x in [1] : [for m in module.many : m.old + x]]
          "%{for m in module.many}${m.old}%{endfor}"
          [for m in module.many : try(m.old, 1)]
          module.many[*].old == module.many[0].size
          """)
  void whoRefersToTheOutputIsWarnedOnce(String expression) throws Exception {
    calls(expression);
    assertThat(bench.plan()).isPresent();
    assertThat(bench.findings())
        .singleElement()
        .asString()
        .matches("Deprecated output \"old\": The module \"\\w+\" says of it: Take size\\.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          module.one.size
          module.one
          module.many[0].size
          module.many[*].size
          [for m in module.many : m.size]
          [for old in module.many : old.size]
          [for m in module.one : try(m.old, m)]
          [for m in [{ old = 1 }] : m.old]
          [for m in module.many : [for m in [{ old = 1 }] : m.old]]
          """)
  void nobodyElseIs(String expression) throws Exception {
    calls(expression);
    assertThat(bench.plan()).isPresent();
    assertThat(bench.findings()).isEmpty();
  }

  private void calls(String expression) {
    bench.configure(
        """
        variable "at" { default = 1 }
        module "one" {
          source = "./m"
        }
        module "many" {
          source = "./m"
          count  = 2
        }
        module "each" {
          source   = "./m"
          for_each = toset(["a"])
        }
        output "it" { value = %s }
        """
            .formatted(expression));
  }
}
