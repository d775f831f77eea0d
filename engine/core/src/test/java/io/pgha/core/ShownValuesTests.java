package io.pgha.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.testing.Workbench;
import io.pgha.language.diagnostic.Diagnostic;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The values that an error about an expression shows. */
final class ShownValuesTests {
  @TempDir Path folder;

  /** The values of the only error. */
  private List<String> values(String configuration) throws Exception {
    Workbench bench = new Workbench(folder).configure(configuration);
    assertThat(bench.plan()).isEmpty();
    List<Diagnostic> errors =
        bench.diagnostics().all().stream().filter(Diagnostic::isError).toList();
    assertThat(errors).hasSize(1);
    return errors.getFirst().values();
  }

  @Test
  void ofWhatInstancesAreMadeOf() throws Exception {
    assertThat(
            values(
                """
                locals { names = ["a", "b"] }
                resource "terraform_data" "x" { for_each = local.names }
                """))
        .containsExactly("local.names is tuple with 2 elements");
    assertThat(
            values(
                """
                locals { many = -1 }
                resource "terraform_data" "x" { count = local.many }
                """))
        .containsExactly("local.many is -1");
    assertThat(
            values(
                """
                variable "pw" {
                  default   = "x"
                  sensitive = true
                }
                resource "terraform_data" "x" { for_each = toset([var.pw]) }
                """))
        .containsExactly("var.pw is a sensitive value");
  }

  @Test
  void ofArguments() throws Exception {
    assertThat(
            values(
                Workbench.HOSTS
                    + """
                    resource "note" "x" {
                      for_each = { one = ["text"] }
                      host     = host.all["a"].id
                      path     = "/x"
                      text     = each.value
                    }
                    """))
        .containsExactly("each.value is tuple with 1 element");
  }
}
