package io.pgha.cli;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.cli.TerraformConsole.Answer;
import io.pgha.core.Configuration;
import io.pgha.core.Project;
import io.pgha.core.evaluation.AppliedResources;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFile;
import io.pgha.language.syntax.Expression;
import io.pgha.language.syntax.Parser;
import io.pgha.language.value.Value;
import io.pgha.language.value.ValueText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Expressions give what they give in Terraform 1.11.4, as text, and fail where they fail there. The
 * expressions stand in {@code expressions.txt}, a line each, with ⏎ for a line feed in one.
 */
class TerraformExpressionsTests {
  private static final String NO_INFINITY =
      "no infinite numbers: what would give one is an error, which says what was divided";

  private static final String SHORT_CIRCUIT =
      "what can't change the result any more is not asked for, as in later versions of HCL";

  /** Expressions that are meant to give something else, and why. */
  private static final Map<String, String> INTENDED =
      Map.ofEntries(
          entry("-0", "there is one zero, which has no sign"),
          entry("1 / 0", NO_INFINITY),
          entry("5 % 0", NO_INFINITY),
          entry("log(0, 10)", NO_INFINITY),
          entry("yamldecode(\".inf\")", NO_INFINITY),
          entry("true || tobool(\"x\")", SHORT_CIRCUIT),
          entry("false && tobool(\"x\")", SHORT_CIRCUIT),
          entry("true || terraform_data.one.output", SHORT_CIRCUIT),
          entry("false && terraform_data.one.output", SHORT_CIRCUIT),
          entry("format(\"%s\", null)", "what a null gives is known before apply: an error"),
          entry("format(\"%v\", null)", "what a null gives is known before apply: its text"),
          entry(
              "provider::terraform::encode_expr({ \"for\" = 1 })",
              "quoted as the first name, where Terraform could not read it again"),
          entry("yamldecode(\"! 1\")", "to YAML 1.2 a lone ! says that it is text"),
          entry(
              "issensitive({ s3cret = 1 }[var.secret])",
              "what a secret chose is a secret, out of an object as out of a map"),
          entry(
              "element([\"a\", \"b\"], -1)",
              "a negative index counts from the end, as OpenTofu's"));

  private static final String CONFIGURATION =
      """
      terraform {
        required_providers {
          terraform = { source = "terraform.io/builtin/terraform" }
        }
      }
      variable "text" { default = "hello" }
      variable "number" { default = 1.5 }
      variable "list" {
        type    = list(string)
        default = ["a", "b"]
      }
      variable "object" {
        type    = object({ a = number, b = optional(string, "x") })
        default = { a = 1 }
      }
      variable "key" { default = "text" }
      variable "unset" { type = string }
      variable "nothing" { default = null }
      variable "secret" {
        default   = "s3cret"
        sensitive = true
      }
      locals {
        object   = { text = "t", number = 1 }
        tuple    = [1, "a"]
        map      = tomap({ a = 1 })
        nothing  = null
        template = "Hello, $${name}!"
      }
      resource "terraform_data" "one" {
        input = "x"
      }
      resource "terraform_data" "many" {
        count = 2
      }
      """;

  @TempDir private static Path folder;

  private static List<String> expressions = List.of();
  private static Map<String, Answer> theirs = Map.of();
  private static Map<String, Answer> ours = Map.of();

  @BeforeAll
  static void asksBoth() throws Exception {
    Terraform.assumeInstalled();
    Files.writeString(folder.resolve("main.tf"), CONFIGURATION);
    Files.writeString(folder.resolve("main.pgha.hcl"), CONFIGURATION);
    Files.writeString(folder.resolve("template.txt"), "Hello, ${name}!\n");
    Files.writeString(folder.resolve("null.txt"), "${null}");
    Files.writeString(folder.resolve("value.txt"), "${value}");
    Files.writeString(folder.resolve("itself.txt"), "${templatefile(\"itself.txt\", {})}");
    Files.write(folder.resolve("binary.bin"), new byte[] {0, 1, (byte) 0xff});
    Path files = Files.createDirectories(folder.resolve("files"));
    Files.createDirectory(files.resolve("sub"));
    for (String name : List.of("a.txt", "!x.txt", ".hidden", "sub/b.txt")) {
      Files.writeString(files.resolve(name), name);
    }
    Files.createSymbolicLink(files.resolve("link"), Path.of("sub"));
    expressions = read();
    ours = ours(expressions);
    List<String> together = expressions.stream().filter(each -> isOfFile(each)).toList();
    List<String> alone = expressions.stream().filter(each -> !isOfFile(each)).toList();
    TerraformConsole terraform = new TerraformConsole(folder);
    theirs = new LinkedHashMap<>(terraform.all(together));
    theirs.putAll(terraform.each(alone));
  }

  private static List<String> read() throws IOException {
    try (InputStream in = TerraformExpressionsTests.class.getResourceAsStream("expressions.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isEmpty() && !line.startsWith("# "))
          .map(line -> line.replace('⏎', '\n'))
          .toList();
    }
  }

  /** Whether it can stand in a file: it parses, and asks for no type, as only the console can. */
  private static boolean isOfFile(String expression) {
    Diagnostics diagnostics = new Diagnostics();
    Parser.parseExpression(SourceFile.of("expression", expression + "\n"), diagnostics);
    return !diagnostics.hasErrors() && !expression.contains("type(");
  }

  private static Map<String, Answer> ours(List<String> expressions) {
    Project project =
        Project.loadForLooking(
            folder, new Project.Given(Map.of(), List.of()), Providers.types(), new Diagnostics());
    Configuration configuration = project.configuration().orElseThrow();
    AppliedResources applied = new AppliedResources(Map.of(), configuration.types());
    Map<String, Answer> answers = new LinkedHashMap<>();
    for (String expression : expressions) {
      Diagnostics found = new Diagnostics();
      SourceFile source = SourceFile.of(ConsoleSession.SOURCE_NAME, expression + "\n");
      String text =
          isOfFile(expression)
              ? inTuple(source, configuration, applied, found)
              : new ConsoleSession(configuration, applied).answer(source, found).orElse("");
      Optional<Diagnostic> error = found.all().stream().filter(Diagnostic::isError).findFirst();
      answers.put(
          expression,
          error
              .map(each -> new Answer(true, each.summary()))
              .orElseGet(() -> new Answer(false, text)));
    }
    return answers;
  }

  /** The value as it is shown within a tuple. */
  private static String inTuple(
      SourceFile source, Configuration configuration, AppliedResources applied, Diagnostics found) {
    Expression expression = Parser.parseExpression(source, found);
    Value value = configuration.evaluation(applied, found).evaluate(expression);
    return ValueText.of(value, 2);
  }

  @Test
  void expressionsGiveTheSame() {
    List<String> differences = new ArrayList<>();
    int agreed = 0;
    for (String expression : expressions) {
      Answer their = theirs.get(expression);
      Answer our = ours.get(expression);
      if (our.agreesWith(their)) {
        agreed++;
      } else if (!INTENDED.containsKey(expression)) {
        differences.add(expression + "\n    terraform: " + their + "\n    pgha:      " + our);
      }
    }
    System.out.println(agreed + " of " + expressions.size() + " expressions agree with Terraform");
    assertThat(String.join("\n", differences)).as("what differs").isEmpty();
  }

  @Test
  void whatIsMeantToDifferStillDoes() {
    TreeSet<String> stale = new TreeSet<>(INTENDED.keySet());
    stale.removeIf(
        each -> theirs.containsKey(each) && !ours.get(each).agreesWith(theirs.get(each)));
    assertThat(stale).isEmpty();
  }

  @Test
  void noExpressionIsThereTwice() {
    assertThat(expressions).doesNotHaveDuplicates().hasSizeGreaterThan(400);
  }
}
