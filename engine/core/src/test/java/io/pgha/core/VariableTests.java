package io.pgha.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.testing.Workbench;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.Num;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What variables may hold, and where what they hold may go; as {@code terraform} 1.11.4 has it. */
final class VariableTests {
  @TempDir Path folder;
  private Workbench bench;

  @BeforeEach
  void openWorkbench() {
    bench = new Workbench(folder);
  }

  private List<Diagnostic> wrong(String text) throws Exception {
    assertThat(bench.configure(text).plan()).isEmpty();
    return bench.diagnostics().all();
  }

  private void module(String text) throws Exception {
    Files.writeString(Files.createDirectory(folder.resolve("m")).resolve("m.pgha.hcl"), text);
  }

  @Nested
  class Validation {
    private static final String LIMITED =
        """
        variable "most" { default = %d }
        locals { least = 2 }
        variable "size" {
          default = 5
          validation {
            condition     = var.size <= var.most && var.size >= local.least
            error_message = "From ${local.least} to ${var.most}."
          }
        }
        """;

    @Test
    void mayReferToAllElseOfTheModule() throws Exception {
      assertThat(bench.configure(LIMITED.formatted(9)).plan()).isPresent();
      assertThat(wrong(LIMITED.formatted(4)))
          .singleElement()
          .satisfies(found -> {
            assertThat(found.summary()).isEqualTo("Invalid value for variable \"size\"");
            assertThat(found.detail()).isEqualTo("From 2 to 4.");
            assertThat(found.values())
                .containsExactly("local.least is 2", "var.most is 4", "var.size is 5");
          });
    }

    @Test
    void ofAModulePointsAtWhatWasGiven() throws Exception {
      module(LIMITED.formatted(4));
      assertThat(wrong("module \"m\" {\n  source = \"./m\"\n  size   = 7\n}\n"))
          .singleElement()
          .satisfies(
              found -> assertThat(found.subject().orElseThrow()).hasToString("main.pgha.hcl:3,12"));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"var.most > 1", "path.module != \"\"", "local.size > 1", "var[\"size\"] > 1"})
    void isAboutTheVariableItself(String condition) throws Exception {
      assertThat(
              wrong(
                  """
                  variable "most" { default = 1 }
                  locals { size = var.size }
                  variable "size" {
                    default = 5
                    validation {
                      condition     = %s
                      error_message = "No: ${var.size}."
                    }
                  }
                  """
                      .formatted(condition)))
          .singleElement()
          .satisfies(found -> {
            assertThat(found.summary()).isEqualTo("Condition is about something else");
            assertThat(found.detail())
                .isEqualTo(
                    "A condition for the variable \"size\" must refer to var.size, or it does not"
                        + " check what it is given.");
            assertThat(found.subject().orElseThrow()).hasToString("main.pgha.hcl:6,21");
          });
    }

    @Test
    void mayReferToItInsideOfAnything() throws Exception {
      bench.configure(
          """
          variable "size" {
            default = { a = 5 }
            validation {
              condition     = alltrue([for size in [1] : can(var.size["a"]) && size == 1])
              error_message = "No."
            }
          }
          """);
      assertThat(bench.plan()).as("%s", bench.findings()).isPresent();
    }

    @Test
    void showsNoSecret() throws Exception {
      String secret =
          """
          variable "p" {
            default   = "s3cret"
            %s = true
            validation {
              condition     = length(var.p) > 20
              error_message = "Too short: ${var.p}"
            }
          }
          """;
      assertThat(wrong(secret.formatted("sensitive")).toString()).doesNotContain("s3cret");
      assertThat(wrong(secret.formatted("ephemeral")).toString()).doesNotContain("s3cret");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "source",
        "version",
        "providers",
        "provider",
        "count",
        "for_each",
        "lifecycle",
        "depends_on",
        "locals"
      })
  void haveNoNameOfAnArgumentOfAModule(String name) throws Exception {
    assertThat(wrong("variable \"" + name + "\" {\n  default = 1\n}\n"))
        .singleElement()
        .satisfies(found -> {
          assertThat(found.summary()).isEqualTo("Invalid variable name");
          assertThat(found.detail())
              .isEqualTo(
                  "The name \"%s\" has a meaning of its own in module blocks, so no variable can be given a value by it."
                      .formatted(name));
          assertThat(found.subject().orElseThrow()).hasToString("main.pgha.hcl:1,10");
        });
  }

  @Nested
  class Default {
    @ParameterizedTest
    @ValueSource(strings = {"null", "(null)", "true ? null : 1"})
    void mayNotBeNullWhereNullMayNotBe(String written) throws Exception {
      String text = "variable \"size\" {\n  nullable = false\n  default = " + written + "\n}\n";
      Files.writeString(folder.resolve("x.auto.pghavars.hcl"), "size = 3\n");
      assertThat(wrong(text))
          .singleElement()
          .satisfies(found -> {
            assertThat(found.summary()).isEqualTo("Invalid default value for variable \"size\"");
            assertThat(found.detail())
                .isEqualTo(
                    "It is declared with nullable = false, so its default can't be null. A variable"
                        + " without a default has to be given a value.");
            assertThat(found.subject().orElseThrow()).hasToString("main.pgha.hcl:3,13");
          });
    }

    @Test
    void ofAModuleNeither() throws Exception {
      module("variable \"size\" {\n  nullable = false\n  default = null\n}\n");
      assertThat(wrong("module \"m\" {\n  source = \"./m\"\n  size = 3\n}\n"))
          .singleElement()
          .satisfies(
              found -> assertThat(found.subject().orElseThrow()).hasToString("m/m.pgha.hcl:3,13"));
    }

    @Test
    void isOfTheTypeEvenWhereAnotherValueIsGiven() throws Exception {
      Files.writeString(folder.resolve("x.auto.pghavars.hcl"), "size = 3\n");
      assertThat(wrong("variable \"size\" {\n  type = number\n  default = \"x\"\n}\n"))
          .singleElement()
          .satisfies(
              found -> assertThat(found.subject().orElseThrow()).hasToString("main.pgha.hcl:3,13"));
    }

    @Test
    void takesThePlaceOfNull() throws Exception {
      Files.writeString(folder.resolve("x.auto.pghavars.hcl"), "size = null\n");
      bench.configure(
          """
          variable "size" {
            nullable = false
            default  = 3
          }
          output "size" { value = var.size }
          """);
      assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
      assertThat(bench.state().outputs().get("size").value()).isEqualTo(Num.of(3));
    }
  }

  @Nested
  class Ephemeral {
    private static final String SECRET =
        "variable \"p\" {\n default = \"s3cret\"\n ephemeral = true\n}\n";

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '\'',
        textBlock =
            """
            resource "terraform_data" "x" { input = "a ${var.p}" }              | Invalid use of ephemeral value
            resource "terraform_data" "x" { triggers_replace = [{ a = var.p }] }| Invalid use of ephemeral value
            resource "terraform_data" "x" { count = length(var.p) }             | Invalid count argument
            resource "terraform_data" "x" { for_each = toset([var.p]) }         | Invalid for_each argument
            output "x" { value = upper(var.p) }                                 | Ephemeral value not allowed
            module "m" { source = "./m", plain = var.p }                        | Ephemeral value not allowed
            module "m" { source = "./m", wrong = true }                         | Value not allowed in ephemeral output
            module "m" { source = "./m", secret = var.p, leaks = true }         | Ephemeral value not allowed
            """)
    void isNotKept(String text, String summary) throws Exception {
      module(
          """
          variable "plain" { default = null }
          variable "leaks" { default = false }
          variable "wrong" { default = false }
          variable "secret" {
            default   = null
            ephemeral = true
          }
          output "plain" { value = [null, var.secret][var.leaks ? 1 : 0] }
          output "wrong" {
            value     = [var.secret, "x"][var.wrong ? 1 : 0]
            ephemeral = true
          }
          """);
      String config =
          SECRET + text.replace(", ", "\n").replace("{ source", "{\nsource").replace("}", "\n}");
      List<Diagnostic> found = wrong(text.startsWith("module") ? config : SECRET + text + "\n");
      assertThat(found)
          .anySatisfy(each -> assertThat(each.summary()).isEqualTo(summary))
          .allSatisfy(each -> assertThat(each.subject()).isPresent());
      assertThat(found.toString()).doesNotContain("s3cret");
    }

    @Test
    void isNoOutputOfTheRoot() throws Exception {
      assertThat(wrong(SECRET + "output \"x\" {\n value = var.p\n ephemeral = true\n}\n"))
          .singleElement()
          .satisfies(each -> assertThat(each.summary()).isEqualTo("Ephemeral output not allowed"));
    }

    @Test
    void isNoKeyOfAnInstance() throws Exception {
      assertThat(
              wrong(
                  SECRET
                      + "resource \"terraform_data\" \"x\" {\n for_each = { a = 1 }\n}\n"
                      + "import {\n to = terraform_data.x[var.p]\n}\n"))
          .singleElement()
          .satisfies(each -> assertThat(each.toString()).doesNotContain("s3cret"));
    }

    private static final String EACH =
        """
        resource "terraform_data" "x" {
          for_each = { a = var.p }
          input    = %s
        }
        """;

    @Test
    void mayBeAnElementOfForEach() throws Exception {
      assertThat(wrong(SECRET + EACH.formatted("each.value")))
          .singleElement()
          .satisfies(
              each -> assertThat(each.summary()).isEqualTo("Invalid use of ephemeral value"));
      assertThat(bench.configure(SECRET + EACH.formatted("each.key")).plan())
          .as("%s", bench.findings())
          .isPresent();
    }

    @Test
    void mayBeTestedAndMadeNull() throws Exception {
      String text =
          """
          locals { long = length(var.p) > 3 }
          resource "terraform_data" "x" {
            input = ephemeralasnull(upper(var.p)) == null
            lifecycle {
              precondition {
                condition     = local.long
                error_message = "Too short."
              }
            }
          }
          """;
      assertThat(bench.configure(SECRET + text).apply()).as("%s", bench.findings()).isTrue();
      assertThat(bench.state().toString()).doesNotContain("s3cret");
    }
  }
}
