package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Who sits at a terminal is asked for required variables, as {@code terraform} 1.11.4 asks. */
class TypedVariablesTests {
  private static final String CONFIGURATION =
      """
      variable "size" {
        type = list(number)
      }
      variable "name" {
        description = "What it is called.\\nAny text will do."
      }
      variable "place" {
        default = "here"
      }
      resource "terraform_data" "one" {
        input = { name = var.name, place = var.place, size = var.size }
      }
      """;

  @TempDir private Path folder;
  private Cli cli;

  @BeforeEach
  void configure() {
    cli = new Cli(folder).configure(CONFIGURATION);
  }

  @Test
  void theyAreAskedForInTheOrderOfTheirNames() {
    Cli.Said said = cli.runOnTerminal("a \"name\"\n[1 + 1]\n", "plan");
    assertThat(said.errors()).isEmpty();
    assertThat(said.status()).isZero();
    assertThat(said.out())
        .startsWith(
            """
            var.name
              What it is called.
              Any text will do.

              Enter a value:\s
            var.size
              Enter a value:\s
            """)
        .contains("{ name = \"a \\\"name\\\"\", place = \"here\", size = [2] }");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "refresh", "destroy", "import terraform_data.one"})
  void everyCommandThatPlansAsks(String command) {
    cli.run("apply", "-auto-approve", "-var=name=n", "-var=size=[1]");
    Cli.Said said = cli.runOnTerminal("n\n[1]\nyes\n", command.split(" "));
    assertThat(said.out()).startsWith("var.name\n").contains("var.size\n");
    assertThat(said.errors()).doesNotContain("variable");
  }

  @Test
  void theApprovalIsTheLineAfterThem() {
    assertThat(cli.runOnTerminal("n\n[1]\nyes\n", "apply").out())
        .contains("Only 'yes' is taken as a yes.", "Apply complete: 1 added");
    assertThat(cli.run("plan", "-detailed-exitcode", "-var=name=n", "-var=size=[1]").status())
        .isZero();
  }

  @Test
  void onlyWhatIsMissingIsAskedFor() {
    assertThat(cli.runOnTerminal("[1]\n", "plan", "-var=name=n").out())
        .startsWith("var.size\n  Enter a value: \n")
        .doesNotContain("var.name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-input=false", "-json"})
  void nobodyIsAskedWhereNoQuestionMayBe(String option) {
    Cli.Said said = cli.runOnTerminal("n\n[1]\n", "plan", option);
    assertThat(said.status()).isEqualTo(Operation.FAILED);
    assertThat(said.out() + said.errors())
        .doesNotContain("Enter a value")
        .contains("No value for required variable");
  }

  @Test
  void nobodyIsAskedWithoutATerminal() {
    Cli.Said said = cli.runWith("n\n[1]\n", "plan");
    assertThat(said.status()).isEqualTo(Operation.FAILED);
    assertThat(said.out()).isEmpty();
    assertThat(said.errors())
        .contains("The variable \"name\" has no default.", "The variable \"size\" has no default.");
  }

  @Test
  void nobodyIsAskedForAConfigurationThatIsWrong() {
    cli.configure(CONFIGURATION + "resource \"terraform_data\" \"one\" {}\n");
    Cli.Said said = cli.runOnTerminal("n\n[1]\n", "plan");
    assertThat(said.status()).isEqualTo(Operation.FAILED);
    assertThat(said.out()).isEmpty();
  }

  /** What is not known is unknown there, as in Terraform's console. */
  @Test
  void theConsoleAsksForNone() {
    Cli.Said said = cli.runOnTerminal("var.name\nexit\n", "console");
    assertThat(said.out()).isEqualTo("> (known after apply)\n> ");
  }

  @Test
  void anInputThatEndsGivesNone() {
    Cli.Said said = cli.runOnTerminal("n\n", "plan");
    assertThat(said.status()).isEqualTo(Operation.FAILED);
    assertThat(said.errors())
        .contains("The variable \"size\" has no default.")
        .doesNotContain("\"name\"");
  }

  @Nested
  class Values {
    @ParameterizedTest
    @CsvSource(
        quoteCharacter = '`',
        textBlock =
            """
            string,        ,           ""
            string,       "x",         "\\"x\\""
            string,       null,        "null"
            number,       1e3,         1000
            bool,         true,        true
            any,          1 + 1,       2
            map(string),  { a = "b" }, {a = b}
            """)
    void areReadAsThoseOfTheOption(String type, String typed, String value) {
      cli.configure(
          """
          variable "some" { type = %s }
          output "some" { value = var.some }
          """
              .formatted(type));
      Cli.Said said = cli.runOnTerminal((typed == null ? "" : typed) + "\n", "plan");
      assertThat(said.errors()).isEmpty();
      assertThat(
              said.out().replaceAll("\\s+", " ").replaceAll("[{] \\+? ?a = \"b\" [}]", "{a = b}"))
          .contains("some = " + value);
    }

    @Test
    void thatAreWrongAreShownWithTheirMistake() {
      Cli.Said said = cli.runOnTerminal("n\n[1, \"x\"]\n", "plan");
      assertThat(said.status()).isEqualTo(Operation.FAILED);
      assertThat(said.errors())
          .isEqualTo(
              """
              Error: Invalid value for variable "size"

                on <value for var.size>:1,1
                  1 | [1, "x"]
                    | ^^^^^^^^

                The value is not of the declared type: element 1: a number is required.

              """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sensitive", "ephemeral"})
    void thatAreHiddenAreNotShownThoughTheyAreWrong(String hidden) {
      cli.configure("variable \"pin\" {\n  type = number\n  %s = true\n}\n".formatted(hidden));
      Cli.Said said = cli.runOnTerminal("hunter2\n", "plan");
      assertThat(said.status()).isEqualTo(Operation.FAILED);
      assertThat(said.out() + said.errors()).doesNotContain("hunter2");
      assertThat(said.errors()).contains("Invalid value for variable \"pin\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hunter2", "[hunter2]", "hunter2(1)", "[\"hunter2\", hunter2]"})
    void thatAreHiddenAreNotNamedAsWhatNobodyDeclares(String typed) {
      for (String type : List.of("list(string)", "any")) {
        cli.configure("variable \"pins\" {\n  type = %s\n  sensitive = true\n}\n".formatted(type));
        Cli.Said said = cli.runOnTerminal(typed + "\n", "plan");
        assertThat(said.status()).isEqualTo(Operation.FAILED);
        assertThat(said.out() + said.errors()).doesNotContain("hunter2");
        assertThat(said.errors()).contains("Invalid value for variable \"pins\"");
      }
    }
  }

  @Test
  void theHiddenAreAskedForAgainWhereASavedPlanIsApplied() throws Exception {
    cli.configure(
        CONFIGURATION
            + """
            variable "token" {
              sensitive = true
            }
            output "length" {
              value = nonsensitive(length(var.token))
            }
            """);
    String asked = "var.token\n  Enter a value: \n";
    assertThat(cli.runOnTerminal("n\n[1]\nhunter2\n", "plan", "-out=plan.out").out())
        .contains(asked);
    assertThat(
            Files.readString(
                folder.resolve("plan.out"), java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain("hunter2");
    Cli.Said applied = cli.runOnTerminal("hunter2\n", "apply", "plan.out");
    assertThat(applied.errors()).isEmpty();
    assertThat(applied.out())
        .startsWith(asked)
        .contains("Apply complete")
        .doesNotContain("var.name");
  }

  @Test
  void whatIsPastedAtOnceIsTakenLineByLine() throws Exception {
    cli.configure(
        """
        variable "a" {
          sensitive = true
        }
        variable "b" {}
        variable "c" {
          sensitive = true
        }
        output "b" { value = var.b }
        output "lengths" { value = nonsensitive(length(var.a) * 10 + length(var.c)) }
        """);
    try (TerminalProcess terminal = new TerminalProcess(folder, "apply")) {
      terminal.awaits("var.a");
      terminal.awaits("Enter a value: ");
      terminal.types("12\rAnna\r345\ryes\r");
      assertThat(terminal.awaits("Answer: ")).contains("\"Anna\"", "23");
      terminal.awaits("Apply complete");
      terminal.ends();
    }
  }

  @Test
  void aRealTerminalShowsNoHiddenOne() throws Exception {
    cli.configure(
        """
        variable "name" {}
        variable "password" {
          sensitive = true
        }
        output "name" { value = var.name }
        output "length" { value = nonsensitive(length(var.password)) }
        """);
    try (TerminalProcess terminal = new TerminalProcess(folder, "apply")) {
      terminal.awaits("var.name");
      terminal.awaits("Enter a value: ");
      terminal.types("Anna\r");
      terminal.awaits("Anna");
      terminal.awaits("var.password");
      terminal.awaits("Enter a value: ");
      terminal.types("hunter2\r");
      assertThat(terminal.awaits("Answer: ")).contains("length", "7").doesNotContain("hunter2");
      terminal.types("yes\r");
      terminal.awaits("Apply complete");
      terminal.ends();
    }
  }
}
