package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources of modules that refer to variables and local values, as in OpenTofu 1.8. */
class EarlySourceTests {
  @TempDir private Path folder;

  @BeforeEach
  void modules() throws IOException {
    for (String name : new String[] {"one", "two"}) {
      write(
          "modules/%s/m.pgha.hcl".formatted(name),
          "output \"is\" {\n  value = \"%s\"\n}\n".formatted(name));
    }
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  /** A call whose source is an expression; its output is the root module's. */
  private Cli calling(String source, String more) {
    return new Cli(folder)
        .configure(
            """
            module "m" {
              source = %s
            }
            output "is" {
              value = module.m.is
            }
            """
                    .formatted(source)
                + more);
  }

  private static String unfolded(String text) {
    return text.replaceAll("[\\s│╷╵]+", " ");
  }

  /** What the module is that is called. */
  private void isCalled(Cli cli, String name, String... options) {
    for (String command : new String[] {"init", "plan"}) {
      String[] words = new String[options.length + 1];
      words[0] = command;
      System.arraycopy(options, 0, words, 1, options.length);
      Cli.Said said = cli.run(words);
      assertThat(said.errors()).isEmpty();
      assertThat(said.status()).isZero();
      if (command.equals("plan")) {
        assertThat(said.out()).contains("is = \"" + name + "\"");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "./modules/${var.which}"
          local.source
          join("/", [".", "modules", lower(local.loud)])
          "${path.module == "." ? "." : ".."}/modules/${var.is ? "two" : "one"}"
          "./modules/${nonsensitive(var.secret)}"
          """)
  void areEvaluated(String source) {
    isCalled(
        calling(
            source,
            """
            variable "which" {
              default = "two"
            }
            variable "is" {
              default = true
            }
            variable "secret" {
              default   = "two"
              sensitive = true
            }
            locals {
              source = "./modules/${local.two}"
              two    = "two"
              loud   = "TWO"
            }
            """),
        "two");
  }

  @Nested
  class TheValues {
    private static final String WHICH = "variable \"which\" {\n  default = \"one\"\n}\n";

    private static final String SOURCE = "\"./modules/${var.which}\"";

    @Test
    void areThoseOfOptions() {
      isCalled(calling(SOURCE, WHICH), "two", "-var=which=two");
    }

    @Test
    void areThoseOfFiles() throws IOException {
      write("two.pghavars.hcl", "which = \"two\"\n");
      isCalled(calling(SOURCE, WHICH), "two", "-var-file=" + folder.resolve("two.pghavars.hcl"));
      write("x.auto.pghavars.hcl", "which = \"two\"\n");
      isCalled(calling(SOURCE, WHICH), "two");
    }

    @Test
    void areThoseOfTheEnvironment() {
      calling(SOURCE, WHICH);
      isCalled(new Cli(folder, Map.of("PGHA_VAR_which", "two")), "two");
    }

    @Test
    void goDownIntoModules() throws IOException {
      write(
          "modules/outer/m.pgha.hcl",
          """
          variable "inner" {}
          variable "folder" { default = ".." }
          module "inner" {
            source = "${var.folder}/${var.inner}"
          }
          output "is" {
            value = module.inner.is
          }
          """);
      isCalled(
          calling(
              "\"./modules/outer\"\n  inner  = local.which", "locals {\n  which = \"two\"\n}\n"),
          "two");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          terraform_data.x.id     | Source of a module depends on terraform_data.x.id
          module.other.is         | Source of a module depends on module.other.is
          each.key                | Source of a module depends on each.key
          local.late              | Source of a module depends on terraform_data.x.output
          terraform.applying      | Source of a module depends on terraform.applying
          path.nosuch             | Source of a module depends on path.nosuch
          var.nosuch              | Reference to undeclared variable
          local.nosuch            | Reference to undeclared local value
          local.round             | Source of a module depends on itself
          var.unset               | No value for a variable that the source of a module needs
          var.secret              | Source of a module is a secret
          var.passing             | Source of a module is a secret
          ["./modules/one"]       | Source of a module is not a text
          plantimestamp()         | Source of a module is not a text
          null                    | Source of a module is not a text
          "./modules/${local.no}" | Module folder not found
          """)
  void sayWhatIsWrong(String source, String summary) {
    Cli cli =
        calling(
            source,
            """
            resource "terraform_data" "x" {}
            locals {
              late  = terraform_data.x.output
              round = "./${local.round}"
              no    = "three"
            }
            variable "unset" {}
            variable "secret" {
              default   = "./modules/hidden"
              sensitive = true
            }
            variable "passing" {
              default   = "./modules/hidden"
              ephemeral = true
            }
            """);
    for (String command : new String[] {"init", "get", "validate"}) {
      Cli.Said said = cli.run(command);
      assertThat(said.status()).isEqualTo(1);
      assertThat(unfolded(said.errors()))
          .contains("Error: " + summary)
          .doesNotContain("hidden", "Exception")
          .containsOnlyOnce("Error:");
    }
  }

  @Test
  void sayHowAVariableGetsItsValue() {
    Cli.Said said = calling("var.unset", "variable \"unset\" {}\n").run("init");
    assertThat(unfolded(said.errors()))
        .contains(
            "var.unset has no value by then: it has no default. Give it with -var 'unset=...'");
    assertThat(said.errors()).contains("on main.pgha.hcl:2,12", "source = var.unset");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "validate", "providers", "graph", "console"})
  void areEvaluatedByEveryCommand(String command) throws IOException {
    Repository repository = new Repository(folder.resolve("infra.git"));
    repository.with("main.pgha.hcl", "output \"is\" {\n  value = \"git\"\n}\n");
    repository.commit();
    repository.git("tag", "v1");
    repository.git("tag", "v2");
    Cli cli =
        calling(
            "\"git::%s?ref=${var.version_of_it}\"".formatted(repository.url()),
            "variable \"version_of_it\" {\n  default = \"v1\"\n}\n");
    assertThat(cli.run("init").errors()).isEmpty();
    assertThat(cli.run(command).errors()).isEmpty();
    Cli.Said said = cli.run(command, "-var=version_of_it=v2");
    assertThat(unfolded(said.errors()))
        .contains("Module not installed", "?ref=v2 is not in .pgha.lock.hcl yet. Run pgha init");
    assertThat(cli.run("init", "-var=version_of_it=v2").errors()).isEmpty();
    assertThat(cli.run(command, "-var=version_of_it=v2").errors()).isEmpty();
  }

  @Test
  void neverShowAPassword() {
    Cli.Said said =
        calling(
                "\"git::https://me:hunter2@example.org/${var.unset}.git\"",
                "variable \"unset\" {}\n")
            .run("init");
    assertThat(said.status()).isEqualTo(1);
    assertThat(said.errors()).contains("No value for a variable").doesNotContain("hunter2");
  }

  @Test
  void valuesAreCheckedByInit() {
    Cli cli = calling("\"./modules/one\"", "variable \"size\" {\n  type = number\n}\n");
    assertThat(cli.run("init", "-var=size=x").errors()).contains("Invalid value for variable");
    assertThat(cli.run("init", "-var=nosuch=x").errors()).contains("undeclared variable");
    assertThat(cli.run("init").errors()).isEmpty();
  }
}
