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

/** Where the values of variables come from and how they are read; as {@code terraform} 1.11.4. */
final class VariableValuesTests {
  @TempDir private Path folder;
  private Cli cli;

  @BeforeEach
  void configure() {
    cli = new Cli(folder).configure("variable \"name\" { default = \"unset\" }\n");
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  /** The value that a variable takes, as the console shows it. */
  private String value(String name, String... options) {
    String[] words = new String[options.length + 1];
    words[0] = "console";
    System.arraycopy(options, 0, words, 1, options.length);
    Cli.Said said = cli.runWith("var." + name + "\n", words);
    assertThat(said.status()).as(said.errors()).isZero();
    return said.out().strip();
  }

  @Nested
  class Precedence {
    @Test
    void ofOptionsIsTheirOrderOnTheCommandLine() throws IOException {
      String file = "-var-file=" + file("given.hcl", "name = \"file\"\n");
      assertThat(value("name", "-var", "name=text", file)).isEqualTo("\"file\"");
      assertThat(value("name", file, "-var", "name=text")).isEqualTo("\"text\"");
      assertThat(value("name", "--var=name=a", file, "-var", "name=b")).isEqualTo("\"b\"");
      assertThat(value("name", "-var", "name=a", "-var=name=b", file)).isEqualTo("\"file\"");
    }
  }

  @Test
  void ofVariablesThatAreNotDeclaredAreToldAndKeepNobody() throws IOException {
    Cli.Said said = cli.run("plan", "-var-file=" + file("given.hcl", "nam = 1\nname = 2\n"));
    assertThat(said.status()).as(said.errors()).isZero();
    assertThat(said.errors()).contains("Warning:").contains("\"nam\"");
    assertThat(cli.run("plan", "-var=nam=1").status()).isEqualTo(Operation.FAILED);
  }

  @Nested
  class AutomaticFiles {
    @Test
    void namedForPghaComeFirstAndTheOthersInTheOrderOfTheirNames() throws IOException {
      file("pgha.pghavars.hcl", "name = \"hcl\"\n");
      assertThat(value("name")).isEqualTo("\"hcl\"");
      file("pgha.pghavars.json", "{\"name\": \"json\"}");
      assertThat(value("name")).isEqualTo("\"json\"");
      file("b.auto.pghavars.hcl", "name = \"b\"\n");
      assertThat(value("name")).isEqualTo("\"b\"");
      file("b.auto.pghavars.json", "{\"name\": \"b json\"}");
      assertThat(value("name")).isEqualTo("\"b json\"");
      file("c.auto.pghavars.hcl", "name = \"c\"\n");
      assertThat(value("name")).isEqualTo("\"c\"");
    }
  }

  @Nested
  class Json {
    @Test
    void isTextAsItIs() throws IOException {
      String file = file("given.json", "{\"name\": {\"k${1+1}\": [\"a${b\", \"%{if\"]}}");
      assertThat(value("name", "-var-file=" + file))
          .isEqualTo(
              """
              {
                "k${1+1}" = [
                  "a${b",
                  "%{if",
                ]
              }\
              """);
      file("x.auto.pghavars.json", "{\"name\": \"${upper(1)}\"}");
      assertThat(value("name")).isEqualTo("\"${upper(1)}\"");
    }
  }

  /** Values that {@code -var} and the environment give as text. */
  @Nested
  class Text {
    private static final String DECLARED =
        """
        variable "none" { default = 0 }
        variable "string" { type = string }
        variable "number" { type = number }
        variable "bool" { type = bool }
        variable "any" { type = any }
        variable "list" { type = list(string) }
        """;

    @ParameterizedTest
    @CsvSource(
        delimiterString = " -> ",
        quoteCharacter = '^',
        textBlock =
            """
            none=x y -> "x y"
            none=["a"] -> "[\\"a\\"]"
            none=null -> "null"
            string=null -> "null"
            string="x" -> "\\"x\\""
            string=${x} -> "${x}"
            string= -> ""
            number=1e3 -> 1000
            number=+5 -> 5
            number=1.50 -> 1.5
            number=010 -> 10
            bool=1 -> true
            bool=0 -> false
            bool=true -> true
            any=1+1 -> 2
            any="x" -> "x"
            any=null -> null
            list=[for x in ["a"] : "${x}"] -> tolist([
            """)
    void isConvertedOrAnExpressionByTheType(String given, String value) {
      cli.configure(DECLARED);
      String name = given.substring(0, given.indexOf('='));
      assertThat(value(name, "-var", given)).startsWith(value);
      Cli elsewhere =
          new Cli(folder, Map.of("PGHA_VAR_" + name, given.substring(name.length() + 1)));
      assertThat(elsewhere.runWith("var." + name + "\n", "console").out()).startsWith(value);
    }

    @ParameterizedTest
    @CsvSource(
        delimiterString = " -> ",
        quoteCharacter = '^',
        textBlock =
            """
            number=1+1 -> a number is required
            number=null -> a number is required
            number="5" -> a number is required
            number= 5 -> a number is required
            number=0x10 -> a number is required
            number= -> a number is required
            bool=null -> a bool is required
            bool="true" -> a bool is required
            bool=yes -> a bool is required
            list=x -> There is nothing to refer to here, so "x" means nothing
            list= -> Missing expression
            any=upper("x") -> Function calls not allowed
            list=["${upper("x")}"] -> Function calls not allowed
            list=[try(1, 2)] -> Function calls not allowed
            """)
    void isRefusedWhereItIsNeither(String given, String error) {
      cli.configure(DECLARED);
      String name = given.substring(0, given.indexOf('='));
      assertThat(cli.run("plan", "-var", given).errors()).contains(error);
      Cli elsewhere =
          new Cli(folder, Map.of("PGHA_VAR_" + name, given.substring(name.length() + 1)));
      assertThat(elsewhere.run("plan").errors()).contains(error);
    }
  }

  @Nested
  class Functions {
    @Test
    void areNotCalledInFiles() throws IOException {
      String file = file("given.hcl", "name = upper(\"x\")\n");
      assertThat(cli.run("plan", "-var-file=" + file).errors())
          .contains("Function calls not allowed", "Functions may not be called here.");
      file("given.hcl", "name = \"${1 + 1}x\"\n");
      assertThat(value("name", "-var-file=" + file)).isEqualTo("\"2x\"");
    }

    @Test
    void areNotCalledInDefaults() {
      cli.configure("variable \"name\" { default = upper(\"x\") }\n");
      assertThat(cli.run("plan").errors()).contains("Function calls not allowed");
    }
  }
}
