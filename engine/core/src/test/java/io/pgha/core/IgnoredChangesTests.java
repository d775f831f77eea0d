package io.pgha.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.testing.Workbench;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.Num;
import io.pgha.language.value.Str;
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

/** What {@code ignore_changes} keeps, and what it may name; as {@code terraform} 1.11.4 has it. */
final class IgnoredChangesTests {
  private static final String ONE =
      """
      resource "terraform_data" "one" {
        input = %s
        lifecycle {
          ignore_changes = %s
        }
      }
      """;

  @TempDir Path folder;
  private Workbench bench;

  @BeforeEach
  void openWorkbench() {
    bench = new Workbench(folder);
  }

  private void hasNoChanges() throws Exception {
    assertThat(bench.plan())
        .as("%s", bench.findings())
        .hasValueSatisfying(plan -> assertThat(plan.isEmpty()).isTrue());
  }

  @Nested
  class Json {
    private void configure(int input, String ignored) throws Exception {
      Files.writeString(
          folder.resolve("main.pgha.json"),
          """
          {"resource": {"terraform_data": {"one": {
            "input": {"a": %d, "b": [%d]}, "lifecycle": {"ignore_changes": %s}}}}}
          """
              .formatted(input, input, ignored));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"input\"]", "\"all\"", "[\"input.a\", \"input[\\\"b\\\"][0]\"]"})
    void namesThemAsText(String ignored) throws Exception {
      configure(1, ignored);
      assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
      hasNoChanges();
      configure(2, ignored);
      hasNoChanges();
      assertThat(bench.findings()).isEmpty();
    }

    @Test
    void oneInAnyOtherPlaceIsAChange() throws Exception {
      configure(1, "[\"input.a\"]");
      bench.apply();
      configure(2, "[\"input.a\"]");
      assertThat(bench.plan().orElseThrow().isEmpty()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '\'',
        textBlock =
            """
            "input"     | Not a list of references
            ["inpt"]    | No such argument in ignore_changes
            ["all"]     | No such argument in ignore_changes
            ["a + b"]   | Not a reference
            ["a b"]     | Extra characters after expression
            [1]         | Not a reference
            """)
    void isCheckedAtOnce(String ignored, String summary) throws Exception {
      configure(1, ignored);
      assertThat(bench.plan()).isEmpty();
      assertThat(bench.diagnostics().all())
          .singleElement()
          .satisfies(found -> {
            assertThat(found.summary()).isEqualTo(summary);
            assertThat(found.subject().orElseThrow().start().line()).isEqualTo(2);
          });
    }
  }

  @Test
  void quotesAreTakenWithAWarning() throws Exception {
    bench.configure(ONE.formatted("{ a = 1 }", "[\"input[\\\"a\\\"]\"]")).apply();
    assertThat(bench.configure(ONE.formatted("{ a = 2 }", "[\"input.a\"]")).plan())
        .hasValueSatisfying(plan -> assertThat(plan.isEmpty()).isTrue());
    assertThat(bench.diagnostics().all())
        .singleElement()
        .satisfies(found -> {
          assertThat(found.isError()).isFalse();
          assertThat(found.summary()).isEqualTo("Quoted references are deprecated");
          assertThat(found.subject().orElseThrow()).hasToString("main.pgha.hcl:4,23");
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          "all"           | ignore_changes takes a list of references such as [parameters, labels["zone"]], or the word all, without quotes.
          input           | ignore_changes takes a list of references such as [parameters, labels["zone"]], or the word all, without quotes.
          [upper("x")]    | ignore_changes takes a list of references such as [parameters, labels["zone"]], or the word all, without quotes.
          ["*"]           | ignore_changes takes a list of references such as [parameters, labels["zone"]], or the word all, without quotes.
          ["a${1}"]       | ignore_changes takes a list of references such as [parameters, labels["zone"]], or the word all, without quotes.
          [input[*]]      | ignore_changes takes a list of references such as [parameters, labels["zone"]], or the word all, without quotes.
          [inpt]          | This resource has no argument named "inpt". Did you mean "input"?
          [inpt.a]        | This resource has no argument named "inpt". Did you mean "input"?
          [quite.other]   | This resource has no argument named "quite".
          [all]           | This resource has no argument named "all". To ignore changes to all arguments, write ignore_changes = all, without brackets.
          """)
  void whatIsNoArgumentIsSaidAtTheFirstPlan(String ignored, String detail) throws Exception {
    assertThat(bench.configure(ONE.formatted("1", ignored)).plan()).isEmpty();
    assertThat(bench.diagnostics().all())
        .singleElement()
        .satisfies(found -> {
          assertThat(found.detail()).isEqualTo(detail);
          assertThat(found.subject().orElseThrow().start().line()).isEqualTo(4);
        });
  }

  @Test
  void itIsSaidOfABlockWithoutInstancesToo() throws Exception {
    bench.configure(ONE.formatted("1", "[inpt]").replace("input =", "count = 0\ninput ="));
    assertThat(bench.plan()).isEmpty();
    assertThat(bench.findings()).hasSize(1);
  }

  @Test
  void aSlipKeepsNothingFromBeingDestroyed() throws Exception {
    bench.configure(ONE.formatted("1", "[input]")).apply();
    bench.configure(ONE.formatted("1", "[inpt]"));
    assertThat(bench.destroy()).as("%s", bench.findings()).isTrue();
    assertThat(bench.state().instances()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "output", "output.a"})
  void whatIsComputedIsNotKept(String name) throws Exception {
    bench.configure(ONE.formatted("1", "[" + name + "]")).apply();
    assertThat(bench.configure(ONE.formatted("2", "[" + name + "]")).apply()).isTrue();
    assertThat(bench.findings())
        .containsExactly(
            "Redundant element in ignore_changes: \"%s\" is no argument: configuration can't change it, so there is no change to ignore."
                .formatted(name.replace(".a", "")));
    assertThat(bench.state().instances().get("terraform_data.one").attributes().get("output"))
        .isEqualTo(Num.of(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"all", "[input]", "[input.a]"})
  void whatIsKeptStaysSecret(String ignored) throws Exception {
    bench.configure(ONE.formatted("{ a = sensitive(\"s3cret\") }", ignored)).apply();
    bench.configure(
        ONE.formatted("{ a = sensitive(\"other\") }", ignored)
            + "resource \"terraform_data\" \"two\" { input = terraform_data.one.input.a }\n");
    assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
    assertThat(bench.state().instances().get("terraform_data.two"))
        .satisfies(two -> {
          assertThat(two.attributes().get("input")).isEqualTo(new Str("s3cret"));
          assertThat(two.sensitivePaths()).contains(AttributePath.of("input"));
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          all         | true
          [input]     | true
          [input.a]   | true
          [input.b]   | false
          []          | false
          """)
  void whatIsKeptIsAsSecretAsItWasApplied(String ignored, boolean secret) throws Exception {
    bench.configure(ONE.formatted("{ a = sensitive(\"s3cret\"), b = 1 }", ignored)).apply();
    bench.configure(
        ONE.formatted("{ a = \"known to all\", b = 1 }", ignored)
            + "resource \"terraform_data\" \"two\" { input = terraform_data.one.input.a }\n");
    assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
    for (String name : List.of("terraform_data.one", "terraform_data.two")) {
      assertThat(bench.state().instances().get(name))
          .satisfies(
              one -> assertThat(one.sensitivePaths().isEmpty()).as("%s", name).isEqualTo(!secret));
    }
    assertThat(bench.plan().orElseThrow().isEmpty()).isTrue();
  }
}
