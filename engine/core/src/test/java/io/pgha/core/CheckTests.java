package io.pgha.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.plan.Plan;
import io.pgha.core.testing.Workbench;
import io.pgha.language.diagnostic.Diagnostic;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code check} blocks say, which stops nothing. */
final class CheckTests {
  private static final String HOST =
      "resource \"host\" \"a\" {\n name = \"a\"\n address = \"10.0.0.1\"\n}\n";

  @TempDir Path folder;
  private Workbench bench;

  @BeforeEach
  void openWorkbench() {
    bench = new Workbench(folder);
  }

  private static String check(String condition) {
    return """
    check "works" {
      assert {
        condition     = %s
        error_message = "It does not work."
      }
    }
    """
        .formatted(condition);
  }

  private static String note(String text) {
    return """
    resource "terraform_data" "note" {
      input = "%s"
    }
    """
        .formatted(text);
  }

  @Test
  void anAssertionThatDoesNotHoldIsAWarning() throws Exception {
    bench.configure(note("no") + check("terraform_data.note.input == \"yes\""));
    assertThat(bench.plan()).isPresent();
    assertThat(bench.diagnostics().all())
        .singleElement()
        .satisfies(found -> {
          assertThat(found.isError()).isFalse();
          assertThat(found.summary()).isEqualTo("Check block assertion failed");
          assertThat(found.detail()).isEqualTo("It does not work.");
          assertThat(found.values()).containsExactly("terraform_data.note.input is \"no\"");
        });
    assertThat(bench.apply()).isTrue();
    assertThat(bench.state().instances()).containsOnlyKeys("terraform_data.note");
  }

  @Test
  void oneThatHoldsIsSilent() throws Exception {
    bench.configure(note("yes") + check("terraform_data.note.input == \"yes\""));
    assertThat(bench.apply()).isTrue();
    assertThat(bench.findings()).isEmpty();
  }

  @Test
  void whatIsKnownOnlyAfterApplyIsCheckedThen() throws Exception {
    bench.configure(note("x") + check("terraform_data.note.id == \"y\""));
    Plan plan = bench.plan().orElseThrow();
    assertThat(plan.changes()).hasSize(1);
    assertThat(bench.findings()).isEmpty();
    assertThat(bench.apply()).isTrue();
    assertThat(bench.findings()).containsExactly("Check block assertion failed: It does not work.");
  }

  @Test
  void modulesHaveTheirOwn() throws Exception {
    Files.writeString(
        Files.createDirectory(folder.resolve("m")).resolve("m.pgha.hcl"),
        "variable \"n\" {}\n" + check("var.n < 2"));
    bench.configure("module \"m\" {\n source = \"./m\"\n count = 3\n n = count.index\n}\n");
    assertThat(bench.plan()).isPresent();
    assertThat(bench.findings()).containsExactly("Check block assertion failed: It does not work.");
  }

  private static final String READING =
      HOST
          + """
          check "works" {
            data "note" "seen" {
              host = host.a.id
              path = "/seen"
            }
            assert {
              condition     = data.note.seen.text == "yes"
              error_message = "It says ${data.note.seen.text}."
            }
          }
          """;

  @Test
  void whatItReadsIsReadForIt() throws Exception {
    bench.configure(HOST).apply();
    bench.hosts().files("10.0.0.1").put("/seen", "no");
    bench.configure(READING);
    assertThat(bench.plan()).isPresent();
    assertThat(bench.findings()).containsExactly("Check block assertion failed: It says no.");
    bench.hosts().files("10.0.0.1").put("/seen", "yes");
    assertThat(bench.plan()).isPresent();
    assertThat(bench.findings()).isEmpty();
  }

  @Test
  void whatItCannotReadStopsNothing() throws Exception {
    bench.configure(READING + note("x"));
    assertThat(bench.apply()).as("%s", bench.findings()).isTrue();
    assertThat(bench.findings()).containsExactly("There is no note: Write one.");
    assertThat(bench.diagnostics().all()).noneMatch(Diagnostic::isError);
    assertThat(bench.state().instances()).containsOnlyKeys("host.a", "terraform_data.note");
    assertThat(bench.plan()).isPresent();
    assertThat(bench.diagnostics().all()).isNotEmpty().noneMatch(Diagnostic::isError);
  }

  @Test
  void whatItReadsIsForItAlone() throws Exception {
    bench.configure(HOST).apply();
    bench.hosts().files("10.0.0.1").put("/seen", "yes");
    bench.configure(
        READING
            + """
            locals {
              seen = data.note.seen.text
            }
            resource "terraform_data" "user" {
              input = local.seen
            }
            """);
    assertThat(bench.plan()).isEmpty();
    assertThat(bench.findings())
        .containsExactly(
            "Reference to scoped resource: data.note.seen is there for its check alone, which stops"
                + " nothing where it can't be read. Declare it outside of the check block.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          check "a" {}                                                        | A check without an assertion
          check "a" { assert { error_message = "x" } }                        | Missing required argument
          check { assert { condition = path.module != "", error_message = "x" } }          | Missing name for check
          check "a" { assert { condition = local.x, error_message = "x" } }   | Reference to undeclared local value
          check "a" { assert { condition = path.module, error_message = "x" } }       | Condition is not true or false
          """)
  void whatMakesNoSenseIsAnError(String text, String summary) throws Exception {
    String lines = text.replaceAll("([{,]) ", "$1\n").replace(",\n", "\n").replace(" }", "\n}");
    assertThat(bench.configure(lines + "\n").plan()).isEmpty();
    assertThat(bench.diagnostics().all())
        .singleElement()
        .satisfies(found -> {
          assertThat(found.summary()).isEqualTo(summary);
          assertThat(found.subject()).isPresent();
        });
  }

  private static final String REFERS_TO_NOTHING =
      "Condition refers to nothing: A condition must refer to at least one object of the"
          + " configuration, or it would be checking nothing.";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "1 == 1",
        "\"${false}\"",
        "plantimestamp() != \"\"",
        "[for x in [1] : x][0] == 1"
      })
  void aConditionRefersToSomething(String condition) throws Exception {
    assertThat(bench.configure(check(condition)).plan()).isEmpty();
    assertThat(bench.findings()).containsExactly(REFERS_TO_NOTHING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "variable \"v\" { default = 1\n validation { ? } }",
        "resource \"terraform_data\" \"a\" { lifecycle { precondition { ? } } }",
        "resource \"terraform_data\" \"a\" { lifecycle { postcondition { ? } } }",
        "output \"o\" { value = 1\n precondition { ? } }"
      })
  void soDoesAnyOther(String block) throws Exception {
    String text = block.replace("?", "\n condition = 1 == 1\n error_message = \"x\"\n");
    assertThat(bench.configure(text.replace("{ ", "{\n").replace(" }", "\n}")).plan()).isEmpty();
    assertThat(bench.findings()).containsExactly(REFERS_TO_NOTHING);
  }

  @Test
  void soItIsInJson() throws Exception {
    Files.writeString(
        folder.resolve("main.pgha.json"),
        """
        {"check": {"c": {"assert": [
          {"condition": "${1 == 1}", "error_message": "x"},
          {"condition": true, "error_message": "x"},
          {"condition": "${path.module != 1}", "error_message": "x"}]}}}
        """);
    assertThat(bench.plan()).isEmpty();
    assertThat(bench.findings()).containsExactly(REFERS_TO_NOTHING, REFERS_TO_NOTHING);
  }
}
