package io.pgha.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.testing.Workbench;
import io.pgha.language.diagnostic.Diagnostic;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What conditions may be, what they may refer to, and what is said where they do not hold. */
final class ConditionTests {
  private static final String IN_PRECONDITION = resource("precondition");
  private static final String IN_POSTCONDITION = resource("postcondition");

  private static final String IN_OUTPUT =
      """
      output "o" {
        value = 1
        precondition {
          condition     = %s
          error_message = %s
        }
      }
      """;

  private static final String IN_CHECK =
      """
      check "c" {
        assert {
          condition     = %s
          error_message = %s
        }
      }
      """;

  @TempDir Path folder;
  private Workbench bench;

  @BeforeEach
  void openWorkbench() {
    bench = new Workbench(folder);
  }

  private static String variables(String x) {
    return """
    variable "x" {
      type    = string
      default = "%s"
    }
    variable "secret" {
      default   = "hush"
      sensitive = true
    }
    variable "passing" {
      default   = "gone"
      ephemeral = true
    }
    """
        .formatted(x);
  }

  private static String resource(String kind) {
    return """
    resource "terraform_data" "a" {
      input = "a"
      lifecycle {
        %s {
          condition     = %%s
          error_message = %%s
        }
      }
    }
    """
        .formatted(kind);
  }

  private static String block(String place) {
    return switch (place) {
      case "precondition" -> IN_PRECONDITION;
      case "postcondition" -> IN_POSTCONDITION;
      case "output" -> IN_OUTPUT;
      default -> IN_CHECK;
    };
  }

  private void configure(String place, String x, String condition, String message) {
    bench.configure(variables(x) + block(place).formatted(condition, message));
  }

  @Nested
  class Text {
    @ParameterizedTest
    @ValueSource(strings = {"precondition", "postcondition", "output", "check"})
    void isATruthValueWhereItSaysOne(String place) throws Exception {
      for (String holding : new String[] {"true", "1"}) {
        configure(place, holding, "var.x", "\"no\"");
        assertThat(bench.plan()).isPresent();
        assertThat(bench.findings()).isEmpty();
      }
      configure(place, "false", "var.x", "\"no\"");
      bench.plan();
      assertThat(bench.findings()).singleElement().asString().endsWith(" failed: no");
    }

    @ParameterizedTest
    @ValueSource(strings = {"precondition", "postcondition", "output", "check"})
    void isAnErrorWhereItSaysNone(String place) throws Exception {
      configure(place, "maybe", "var.x", "\"no\"");
      assertThat(bench.plan()).isEmpty();
      assertThat(bench.findings())
          .containsOnly("Condition is not true or false: A condition must give true or false.");
    }

    @Test
    void isATruthValueInAValidationToo() throws Exception {
      bench.configure(
          """
          variable "x" {
            default = "false"
            validation {
              condition     = var.x
              error_message = "no"
            }
          }
          """);
      assertThat(bench.plan()).isEmpty();
      assertThat(bench.findings()).containsExactly("Invalid value for variable \"x\": no");
    }
  }

  @Nested
  class Message {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            precondition  | secret  | sensitive
            postcondition | secret  | sensitive
            output        | secret  | sensitive
            check         | secret  | sensitive
            precondition  | passing | ephemeral
            check         | passing | ephemeral
            """)
    void isWarnedOfWhereItWouldNotBeShown(String place, String variable, String kind)
        throws Exception {
      configure(place, "y", "var.x == \"y\"", "\"It is ${var.%s}.\"".formatted(variable));
      assertThat(bench.plan()).isPresent();
      assertThat(bench.diagnostics().all())
          .singleElement()
          .satisfies(found -> {
            assertThat(found.isError()).isFalse();
            assertThat(found.summary()).isEqualTo("Error message refers to " + kind + " values");
          });
    }

    @Test
    void isNotShownWhereItHoldsSomethingSensitive() throws Exception {
      configure("precondition", "y", "var.x == \"z\"", "\"It is ${var.secret}.\"");
      assertThat(bench.plan()).isEmpty();
      assertThat(bench.findings())
          .containsExactlyInAnyOrder(
              "Error message refers to sensitive values: It holds something sensitive, so it is not"
                  + " shown where the condition does not hold. Take that out of it, or use"
                  + " nonsensitive() where it gives nothing away.",
              "Resource precondition failed: The error message holds something sensitive or"
                  + " ephemeral and is not shown.");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '\'',
        textBlock =
            """
            12                          | 12
            {}                          | The error message is no text, or an empty one.
            ""                          | The error message is no text, or an empty one.
            "${terraform_data.b.id}"    | The error message is not known yet.
            """)
    void isText(String message, String shown) throws Exception {
      configure("precondition", "y", "var.x == \"z\"", message);
      java.nio.file.Files.writeString(
          folder.resolve("b.pgha.hcl"), "resource \"terraform_data\" \"b\" {}\n");
      assertThat(bench.plan()).isEmpty();
      assertThat(bench.findings()).containsExactly("Resource precondition failed: " + shown);
    }
  }

  @Nested
  class Reference {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "terraform_data.a.input == \"a\"",
          "terraform_data.a[\"a\"].input == \"a\"",
          "length(terraform_data.a) == 1",
          "alltrue([for each in terraform_data.a : each.input == \"a\"])"
        })
    void toItsOwnResourceIsSelf(String condition) throws Exception {
      configure("postcondition", "y", condition, "\"no\"");
      assertThat(bench.plan()).isEmpty();
      assertThat(bench.diagnostics().all()).allMatch(Diagnostic::isError);
      assertThat(bench.findings())
          .containsExactly(
              "Invalid reference in postcondition: A postcondition of terraform_data.a can't refer"
                  + " to it: the instance that it is about is called self, as in self.id.");
    }

    @Test
    void toItsOwnResourceIsNoneInAMessageOrAPrecondition() throws Exception {
      configure("precondition", "y", "var.x == \"y\"", "\"${terraform_data.a.input}\"");
      assertThat(bench.plan()).isEmpty();
      assertThat(bench.findings())
          .singleElement()
          .asString()
          .startsWith("Invalid reference in precondition: A precondition of terraform_data.a");
    }

    @Test
    void toAnotherOfItsTypeIsTaken() throws Exception {
      configure(
          "postcondition", "y", "terraform_data.a2.input == 2 && self.input == \"a\"", "\"\"");
      java.nio.file.Files.writeString(
          folder.resolve("b.pgha.hcl"), "resource \"terraform_data\" \"a2\" {\n input = 2\n}\n");
      assertThat(bench.plan()).as("%s", bench.findings()).isPresent();
      assertThat(bench.findings()).isEmpty();
    }
  }
}
