package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Expressions are answered as Terraform's console answers them. */
class ConsoleCommandTests {
  @TempDir private Path folder;
  private Cli cli;

  @BeforeEach
  void configure() throws IOException {
    Files.createDirectories(folder.resolve("inner"));
    Files.writeString(
        folder.resolve("inner/main.pgha.hcl"),
        """
        variable "size" {}
        output "doubled" { value = var.size * 2 }
        """);
    cli =
        new Cli(folder)
            .configure(
                """
                variable "name" { default = "main" }
                variable "unset" { type = list(string) }
                variable "password" {
                  default   = "secret"
                  sensitive = true
                }
                locals {
                  ports = { sql = 5432, rest = 8008 }
                }
                module "inner" {
                  source = "./inner"
                  size   = 21
                }
                resource "terraform_data" "one" {
                  input = var.name
                }
                resource "terraform_data" "two" {
                  count = 2
                  input = count.index
                }
                """);
  }

  /** What is answered to lines, where nothing is wrong. */
  private String answers(String lines, String... options) {
    Cli.Said said = cli.runWith(lines, words(options));
    assertThat(said.errors()).isEmpty();
    assertThat(said.status()).isZero();
    return said.out();
  }

  private static String[] words(String... options) {
    return Stream.concat(Stream.of("console"), Stream.of(options)).toArray(String[]::new);
  }

  @Test
  void eachLineIsAnswered() {
    assertThat(answers("1 + 1\n\nupper(\"a\")\n")).isEqualTo("2\n\"A\"\n");
  }

  @Test
  void collectionsTakeALineAnElement() {
    assertThat(answers("[1, \"a\"]\ntoset([2, 1])\nlocal.ports\ntomap({ a = null })\n"))
        .isEqualTo(
            """
            [
              1,
              "a",
            ]
            toset([
              1,
              2,
            ])
            {
              "rest" = 8008
              "sql" = 5432
            }
            tomap({
              "a" = null
            })
            """);
  }

  @Test
  void typesAreShownWhereTheyAreAskedFor() {
    assertThat(
            answers(
                """
                type(local.ports)
                type(tolist([{ a = 1 }]))
                type(toset([]))
                type(var.password)
                (type((type(1))))
                """))
        .isEqualTo(
            """
            object({
                rest: number,
                sql: number,
            })
            list(
                object({
                    a: number,
                }),
            )
            set(dynamic)
            string
            type
            """);
  }

  @Test
  void anExpressionGoesOnWhileABracketOrAHeredocIsOpen() {
    assertThat(answers("[\n1,\n\n2\n]\n<<EOT\nx ${\n var.name }\n}\nEOT\n\"end\"\n"))
        .isEqualTo("[\n  1,\n  2,\n]\n<<EOT\nx main\n}\n\nEOT\n\"end\"\n");
  }

  @Test
  void exitEndsIt() {
    assertThat(answers("1\n  exit \n2\n")).isEqualTo("1\n");
  }

  @Test
  void helpSaysWhatCanBeAsked() {
    assertThat(answers("help\n")).startsWith("Type an expression").contains("exit, Ctrl-C");
  }

  @Test
  void sensitiveValuesStayHidden() {
    assertThat(answers("var.password\n[var.password]\nnonsensitive(var.password)\n"))
        .isEqualTo("(sensitive value)\n[\n  (sensitive value),\n]\n\"secret\"\n");
  }

  @Test
  void aVariableWithoutAValueIsUnknownAndHasItsType() {
    assertThat(answers("var.unset\ntype(var.unset)\nvar.name\n"))
        .isEqualTo("(known after apply)\nlist(string)\n\"main\"\n");
  }

  @Test
  void variablesTakeTheValuesTheyAreGiven() throws IOException {
    Path file = Files.writeString(folder.resolve("more.hcl"), "unset = [\"a\"]\n");
    assertThat(answers("var.name\nvar.unset[0]\n", "-var", "name=x", "-var-file=" + file))
        .isEqualTo("\"x\"\n\"a\"\n");
  }

  @Test
  void modulesPathsAndTheWorkspaceAreThere() {
    assertThat(answers("module.inner.doubled\nmodule.inner\nterraform.workspace\n"))
        .isEqualTo("42\n{\n  \"doubled\" = 42\n}\n\"default\"\n");
    assertThat(answers("path.root == path.module\n")).isEqualTo("true\n");
  }

  /** What state has, references give. */
  @Nested
  class Resources {
    @Test
    void areUnknownBeforeTheyAreApplied() {
      assertThat(answers("terraform_data.one\nterraform_data.one.input\nterraform_data.two[7]\n"))
          .isEqualTo("(known after apply)\n(known after apply)\n(known after apply)\n");
    }

    @Test
    void areAsAnotherStateHasThem() throws IOException {
      assertThat(cli.run("apply", "-auto-approve", "-var", "unset=[]").status()).isZero();
      Files.move(folder.resolve("pgha.state.json"), folder.resolve("old.json"));
      String one = "terraform_data.one.output\n";
      assertThat(answers(one)).isEqualTo("(known after apply)\n");
      assertThat(answers(one, "-state=old.json")).isEqualTo("\"main\"\n");
      assertThat(answers(one, "-state", folder.resolve("old.json").toString()))
          .isEqualTo("\"main\"\n");
      Cli.Said said = cli.runWith(one, "console", "-state=nosuch.json");
      assertThat(said.status()).isEqualTo(1);
      assertThat(said.errors())
          .contains("Error: No state in", "nosuch.json", "There is no such file");
    }

    @Test
    void areAsTheyWereLastApplied() throws IOException {
      assertThat(cli.run("apply", "-auto-approve", "-var", "unset=[]").status()).isZero();
      Files.writeString(
          folder.resolve("main.pgha.hcl"),
          Files.readString(folder.resolve("main.pgha.hcl")).replace("\"main\"", "\"renamed\""));
      assertThat(
              answers(
                  """
                  terraform_data.one.output
                  var.name
                  terraform_data.two[*].input
                  terraform_data.two[1].output
                  length(terraform_data.two)
                  type(terraform_data.one)
                  """))
          .isEqualTo(
              """
              "main"
              "renamed"
              [
                0,
                1,
              ]
              1
              2
              object({
                  id: string,
                  input: string,
                  output: string,
                  triggers_replace: dynamic,
              })
              """);
    }

    @Test
    void areAskedForByAttributesThatTheyHave() {
      Cli.Said said = cli.runWith("terraform_data.two[0].imput\n", "console");
      assertThat(said.errors())
          .isEqualTo(
              """
              Error: Unsupported attribute

                on <console-input>:1,22
                  1 | terraform_data.two[0].imput
                    |                      ^^^^^^

                terraform_data has no attribute named "imput". Did you mean "input"?

              """);
    }
  }

  /** What is wrong is said, and ends the answers to a pipe. */
  @Nested
  class Mistakes {
    private String error(String lines) {
      Cli.Said said = cli.runWith(lines, "console");
      assertThat(said.status()).isEqualTo(1);
      return said.errors();
    }

    @Test
    void endThePipeWithStatusOne() {
      Cli.Said said = cli.runWith("1\nvar.namee\n3\n", "console");
      assertThat(said.status()).isEqualTo(1);
      assertThat(said.out()).isEqualTo("1\n");
      assertThat(said.errors())
          .startsWith("Error: Reference to undeclared variable")
          .contains("Did you mean \"name\"?");
    }

    @Test
    void areShownWithTheirLineOfSeveral() {
      assertThat(error("[\n1,\nnope\n]\n")).contains("on <console-input>:3,1").contains("3 | nope");
    }

    @Test
    void areToldOfWhatStaysOpen() {
      assertThat(error("[1,\n2\n")).contains("Error: ");
      assertThat(error("<<EOT\nx\n")).contains("Unterminated heredoc");
    }

    @Test
    void areToldOfTypeWithinAnExpression() {
      assertThat(error("[type(1)]\n")).contains("Invalid use of the function \"type\"");
      assertThat(error("type(1, 2)\n")).contains("The function \"type\" takes one argument");
    }

    @Test
    void ofAConfigurationEndItBeforeItStarts() {
      cli.configure("locals {");
      Cli.Said said = cli.runWith("1\n", "console");
      assertThat(said.status()).isEqualTo(1);
      assertThat(said.out()).isEmpty();
    }

    @Test
    void ofAValueAreToldAndDoNotEndIt() {
      cli.configure(
          """
          variable "small" {
            default = 12
            validation {
              condition     = var.small < 10
              error_message = "Too large."
            }
          }
          """);
      Cli.Said said = cli.runWith("var.small\n", "console");
      assertThat(said.errors()).contains("Too large.");
      assertThat(said.out()).isEqualTo("12\n");
      assertThat(said.status()).isZero();
    }
  }

  /** As of what a plan will make, not of what was applied. */
  @Nested
  class Plans {
    private static final String HOST =
        """
        resource "host" "db" {
          name    = "db-1"
          address = "192.168.228.141"
        }
        """;

    private final MachinesInMemory machines = new MachinesInMemory();

    private Cli.Said asked(String lines, String... options) {
      return new Cli(folder, machines)
          .configure(
              HOST
                  + """
                  variable "name" { type = string }
                  data "host_file" "motd" {
                    host = host.db.id
                    path = "/etc/motd"
                  }
                  resource "terraform_data" "one" {
                    input = "${var.name}: ${data.host_file.motd.content}"
                  }
                  """)
          .runWith(lines, words(options));
    }

    @Test
    void tellWhatWillBeAndWhatMachinesSay() {
      Cli.Said applied = new Cli(folder, machines).configure(HOST).run("apply", "-auto-approve");
      assertThat(applied.status()).as(applied.errors()).isZero();
      machines.write("192.168.228.141", "/etc/motd", "Hello");
      Cli.Said said =
          asked(
              "terraform_data.one.output\ndata.host_file.motd.exists\nterraform_data.one.id\n",
              "-plan",
              "-var=name=x");
      assertThat(said.errors()).isEmpty();
      assertThat(said.out()).isEqualTo("\"x: Hello\"\ntrue\n(known after apply)\n");
      assertThat(cli.run("state", "list").out()).isEqualTo("host.db\n");
    }

    @Test
    void areNotAskedForWithoutTheOption() {
      assertThat(asked("data.host_file.motd.exists\n", "-var=name=x").out())
          .isEqualTo("(known after apply)\n");
    }

    @Test
    void needAllThatAPlanNeeds() {
      Cli.Said said = asked("1\n", "-plan");
      assertThat(said.status()).isEqualTo(Operation.FAILED);
      assertThat(said.out()).isEmpty();
      assertThat(said.errors()).contains("No value for required variable");
    }

    @Test
    void tellEveryMistake() {
      Cli.Said said = asked("terraform_data.one.nope\n", "-plan", "-var=name=x");
      assertThat(said.status()).isEqualTo(Operation.FAILED);
      assertThat(said.errors()).contains("Unsupported attribute", "terraform_data.one is object");
    }
  }

  /** Somebody who sits at a terminal is prompted, and may make mistakes. */
  @Nested
  class Terminals {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    private int type(String text) {
      Surroundings surroundings =
          new Surroundings(
              new CheckedOutput(out),
              new PrintStream(errors, true, StandardCharsets.UTF_8),
              new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
              Map.of("NO_COLOR", "1"),
              true);
      int status = Main.run(surroundings, "-chdir=" + folder, "console");
      surroundings.out().flush();
      return status;
    }

    @Test
    void promptAndGoOnAfterAMistake() {
      assertThat(type("nope\nnope\n[1,\n2]\nexit\n")).isZero();
      assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("> > > : [\n  1,\n  2,\n]\n> ");
      assertThat(errors.toString(StandardCharsets.UTF_8).split("Error: ", -1)).hasSize(3);
    }

    @Test
    void areLetOutOfAnOpenBracketByAnEmptyLine() {
      assertThat(type("[1,\n\n2\n")).isZero();
      assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("> : > 2\n> ");
    }
  }
}
