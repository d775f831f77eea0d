package io.pgha.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.configuration.ConfigurationLoader;
import io.pgha.core.configuration.Module;
import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.core.plan.Plan;
import io.pgha.core.testing.Workbench;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.provider.change.Action;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What blocks may be called, and what their meta-arguments take. */
final class DeclarationTests {
  @TempDir Path folder;
  private Workbench bench;

  @BeforeEach
  void openWorkbench() {
    bench = new Workbench(folder).module("");
  }

  @Nested
  class Name {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '\'',
        textBlock =
            """
            variable "1x" { default = 1 }       | Invalid variable name
            variable "x.y" { default = 1 }      | Invalid variable name
            variable "x€" { default = 1 }       | Invalid variable name
            output "a b" { value = 1 }          | Invalid output name
            output "" { value = 1 }             | Invalid output name
            module "1m" { source = "./m" }      | Invalid module name
            resource "terraform_data" "1x" {}   | Invalid resource name
            resource "1t" "x" {}                | Invalid resource type name
            data "note" "1x" {}                 | Invalid data source name
            ephemeral "note" "1x" {}            | Invalid ephemeral resource name
            """)
    void isAnErrorWhereItCanNotBeReferredTo(String block, String summary) throws Exception {
      bench.configure(block);
      assertThat(bench.plan()).isEmpty();
      assertThat(bench.findings())
          .containsExactly(
              summary
                  + ": A name starts with a letter or underscore, and holds letters, digits,"
                  + " underscores and dashes only.");
      assertThat(bench.diagnostics().all().getFirst().subject()).isPresent();
    }

    @Test
    void isAnErrorForAChecksToo() throws Exception {
      bench.configure(
          """
          locals { one = 1 }
          check "1 c" {
            assert {
              condition     = local.one == 1
              error_message = "no"
            }
          }
          """);
      assertThat(bench.plan()).isEmpty();
      assertThat(bench.findings())
          .singleElement()
          .asString()
          .startsWith("Invalid check block name: ");
    }

    @Test
    void isAnErrorForALocalValueInJsonToo() throws Exception {
      Files.writeString(folder.resolve("main.pgha.json"), "{\"locals\": {\"1x\": 1}}");
      assertThat(bench.plan()).isEmpty();
      assertThat(bench.findings())
          .singleElement()
          .asString()
          .startsWith("Invalid local value name: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"_x", "x-1", "é", "ª", "℘", "日本", "x·y", "x٣", "x‿y"})
    void isOfAnyScript(String name) throws Exception {
      bench.configure("output \"%s\" { value = 1 }\n".formatted(name));
      assertThat(bench.plan()).as("%s", bench.findings()).isPresent();
    }
  }

  @Nested
  class Flag {
    private static final String RESOURCE =
        """
        variable "x" { default = true }
        resource "terraform_data" "a" {
          lifecycle {
            prevent_destroy = %s
          }
        }
        """;

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '\'',
        textBlock =
            """
            !false                   | true
            (true)                   | true
            "true"                   | true
            "${true}"                | true
            1 == 1 ? true : false    | true
            [true][0]                | true
            !true                    | false
            "false"                  | false
            """)
    void isAConstant(String written, boolean truth) throws Exception {
      bench.configure(RESOURCE.formatted(written));
      Plan plan = bench.plan().orElseThrow(() -> new AssertionError(bench.findings()));
      assertThat(plan.instances().getFirst().configured().orElseThrow().lifecycle())
          .satisfies(lifecycle -> assertThat(lifecycle.preventDestroy()).isEqualTo(truth));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"var.x", "true && var.x", "tobool(\"true\")", "\"yes\"", "1", "null", "[]"})
    void isNothingElse(String written) throws Exception {
      bench.configure(RESOURCE.formatted(written));
      assertThat(bench.plan()).isEmpty();
      assertThat(bench.findings())
          .containsExactly(
              "Not true or false: \"prevent_destroy\" must be true or false here: a constant, which"
                  + " refers to nothing and calls no function.");
    }
  }

  @Nested
  class ReplaceTriggeredBy {
    private static final String RESOURCES =
        """
        variable "n" { default = 1 }
        resource "terraform_data" "a" {
          input = var.n
        }
        resource "terraform_data" "b" {
          count = 1
          input = 1
          lifecycle {
            replace_triggered_by = %s
          }
        }
        """;

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '\'',
        textBlock =
            """
            ["terraform_data.a"]       | Not a reference
            ["a-b c"]                  | Not a reference
            [1]                        | Not a reference
            [null]                     | Not a reference
            [count.index]              | Not a reference
            terraform_data.a           | Not a list of references
            "terraform_data.a"         | Not a list of references
            null                       | Not a list of references
            concat([terraform_data.a]) | Not a list of references
            { a = terraform_data.a }   | Not a list of references
            """)
    void isAnErrorWhereItNamesNothing(String written, String summary) throws Exception {
      bench.configure(RESOURCES.formatted(written));
      assertThat(bench.plan()).isEmpty();
      assertThat(bench.findings())
          .containsExactly(
              summary
                  + ": replace_triggered_by takes a list of references, without quotes, such as"
                  + " [terraform_data.release, terraform_data.note[0].output].");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[terraform_data.a]", "[(terraform_data.a)]", "[]"})
    void mayBeAnyListOfReferences(String written) throws Exception {
      bench.configure(RESOURCES.formatted(written));
      assertThat(bench.plan()).as("%s", bench.findings()).isPresent();
    }

    @Test
    void isTextInJson() throws Exception {
      String text =
          """
          {"resource": {"terraform_data": {
            "a": {"input": %d},
            "b": {"input": 1, "lifecycle": {"replace_triggered_by": ["terraform_data.a"]}}
          }}}
          """;
      Files.writeString(folder.resolve("main.pgha.json"), text.formatted(1));
      assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
      Files.writeString(folder.resolve("main.pgha.json"), text.formatted(2));
      assertThat(Workbench.planned(bench.plan().orElseThrow(), "terraform_data.b").action())
          .isEqualTo(Action.REPLACE);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "terraform_data, id",
    "terraform_data, output",
    "note, id",
  })
  void whatIsKnownAfterwardsCanNotBeSet(String type, String attribute) throws Exception {
    bench.configure(
        "resource \"%s\" \"a\" {\n  count = 0\n  host  = 1\n  path  = 1\n  %s = 1\n}\n"
            .formatted(type, attribute));
    assertThat(bench.plan()).isEmpty();
    assertThat(bench.diagnostics().all())
        .filteredOn(found -> found.code().equals("read-only-attribute"))
        .singleElement()
        .satisfies(found -> {
          assertThat(found.summary()).isEqualTo("\"" + attribute + "\" is read-only");
          assertThat(found.subject().orElseThrow()).hasToString("main.pgha.hcl:5,3");
        });
  }

  /** As Terraform 1.11.4 has it. */
  @Nested
  class Description {
    private static final String BOTH =
        """
        variable "x" {
          default     = 1
          description = %1$s
        }
        output "x" {
          value       = 1
          description = %1$s
        }
        """;

    private Module root() {
      Project.Given given = new Project.Given(Map.of(), List.of());
      TypeRegistry types = new TypeRegistry(List.of());
      return new ConfigurationLoader(folder, Project.early(folder, given, types), new Diagnostics())
          .load();
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '\'',
        textBlock =
            """
            "plain"            | plain
            3                  | 3
            true               | true
            true ? "a" : "b"   | a
            "a${1 + 1}"        | a2
            ["a"][0]           | a
            """)
    void isAnyConstant(String written, String text) throws Exception {
      bench.configure(BOTH.formatted(written));
      assertThat(bench.plan()).as("%s", bench.findings()).isPresent();
      assertThat(root().variables().get("x").description()).isEqualTo(text);
      assertThat(root().outputs().get("x").description()).isEqualTo(text);
    }

    @Test
    void mayBeAHeredoc() {
      bench.configure(BOTH.formatted("<<-END\n  some\n  text\nEND"));
      assertThat(root().variables().get("x").description()).isEqualTo("some\ntext\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[\"a\"]", "upper(\"a\")", "var.y", "\"${null}\"", "{ a = 1 }"})
    void isAnErrorWhereItIsNone(String written) throws Exception {
      bench.configure(BOTH.formatted(written));
      assertThat(bench.plan()).isEmpty();
      assertThat(bench.findings())
          .containsExactly(
              "Not a plain string: \"description\" must be a string here: a constant, which refers"
                  + " to nothing, calls no function and is not null.",
              "Not a plain string: \"description\" must be a string here: a constant, which refers"
                  + " to nothing, calls no function and is not null.");
    }
  }
}
