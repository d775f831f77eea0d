package io.pgha.language.expression;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFile;
import io.pgha.language.function.Environment;
import io.pgha.language.function.FunctionTable;
import io.pgha.language.syntax.Expression;
import io.pgha.language.syntax.Parser;
import io.pgha.language.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cases of others agree with this evaluator but for the deviations listed here. */
class SharedCasesTest {
  @TempDir static Path workspace;
  private static Path cases = Path.of("");

  /**
   * Cases that do not agree, each with its file, place (from 0), function and the reason. A case
   * that is listed must differ, and one that differs must be listed.
   */
  private static final String TABLE = "shared-cases-exceptions.csv";

  private static Map<String, String> exceptions = Map.of();

  @BeforeAll
  static void findsTheCases() throws IOException {
    Optional<Path> folder = SharedCases.folder();
    Assumptions.assumeTrue(
        folder.isPresent(), "skipped: no ../shared/cases here, it is not part of the project");
    cases = folder.orElseThrow();
    exceptions = exceptions();
    copy(cases.resolve("functions-test"), workspace);
    copy(cases.resolve("functions-test"), workspace.resolve("testdata"));
  }

  private static Map<String, String> exceptions() throws IOException {
    try (InputStream in = SharedCasesTest.class.getResourceAsStream(TABLE)) {
      return new String(requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .skip(1)
          .map(line -> line.split(",", 3))
          .collect(Collectors.toMap(cells -> cells[0] + " " + cells[1], cells -> cells[2]));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.write(target, Files.readAllBytes(path));
        }
      }
    }
  }

  private static Evaluator evaluator(Path base) {
    return new Evaluator(
        FunctionTable.standard(),
        new Environment(
            new FolderFiles(base),
            Optional.of(Instant.parse("2004-04-25T15:00:00Z")),
            Optional.of(Instant.parse("2004-04-25T15:00:00Z"))));
  }

  @Test
  void calls_of_functions_yield_what_they_yield_elsewhere() {
    compare("functions_cases", one -> call(one, cases.resolve("functions-test")));
  }

  @Test
  void functions_treat_errors_unknowns_and_marks_as_elsewhere() {
    compare("functions_unit_cases", one -> call(one, workspace));
  }

  @Test
  void expressions_and_templates_yield_what_they_yield_elsewhere() {
    compare("hcl_expression_cases", SharedCasesTest::expression);
  }

  private static Optional<String> expression(JsonNode one) {
    Diagnostics diagnostics = new Diagnostics();
    SourceFile source = SourceFile.of("case", one.get("input").asText());
    boolean template = one.get("source").asText().contains("Template");
    Expression expression =
        template
            ? Parser.parseTemplate(source, diagnostics)
            : Parser.parseExpression(source, diagnostics);
    Map<String, Value> variables = new HashMap<>();
    one.path("ctx")
        .path("variables")
        .properties()
        .forEach(entry -> variables.put(entry.getKey(), SharedCases.value(entry.getValue())));
    Value value = evaluator(workspace).evaluate(expression, Variables.of(variables), diagnostics);
    return one.get("diagCount").asLong() > 0
        ? Optional.of("no error").filter(_ -> !diagnostics.hasErrors())
        : errors(diagnostics).or(() -> SharedCases.difference(value, one.get("want")));
  }

  private static Optional<String> errors(Diagnostics diagnostics) {
    return diagnostics.all().stream()
        .filter(Diagnostic::isError)
        .findFirst()
        .map(error -> error.summary() + ": " + error.detail());
  }

  private static Optional<String> call(JsonNode one, Path base) {
    if (one.toString().contains("Infinity")) {
      return Optional.of("a number that does not exist here");
    }
    Diagnostics diagnostics = new Diagnostics();
    Map<String, Value> variables = new HashMap<>();
    String text = one.get("expr").asText();
    if (one.has("args")) {
      StringBuilder call = new StringBuilder(one.get("function").asText()).append('(');
      for (JsonNode argument : one.get("args")) {
        String name = "a" + variables.size();
        call.append(variables.isEmpty() ? "" : ", ").append(name);
        variables.put(name, SharedCases.value(argument));
      }
      text = call.append(')').toString();
    }
    Expression expression = Parser.parseExpression(SourceFile.of("case", text), diagnostics);
    Value value = evaluator(base).evaluate(expression, Variables.of(variables), diagnostics);
    return one.has("error")
        ? Optional.of("no error but " + value).filter(_ -> !diagnostics.hasErrors())
        : errors(diagnostics).or(() -> SharedCases.difference(value, expected(one, base)));
  }

  private static JsonNode expected(JsonNode one, Path base) {
    String text =
        one.get("expected")
            .toString()
            .replace("${CWD}", base.toAbsolutePath().toString())
            .replace("${HOME}", System.getProperty("user.home"));
    try {
      return SharedCases.JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void compare(String file, Function<JsonNode, Optional<String>> difference) {
    List<JsonNode> all = SharedCases.read(cases.resolve(file + ".json"));
    List<String> unexpected = new ArrayList<>();
    int agreed = 0;
    for (int i = 0; i < all.size(); i++) {
      JsonNode one = all.get(i);
      Optional<String> found = difference.apply(one);
      agreed += found.isEmpty() ? 1 : 0;
      String place = file + " " + i;
      if (found.isPresent() != exceptions.containsKey(place)) {
        String said = found.orElse("agrees, and is listed as an exception");
        unexpected.add(place + ": " + one + "\n    " + said);
      }
    }
    System.out.println(file + ": " + agreed + " of " + all.size() + " agree");
    assertThat(unexpected).isEmpty();
  }
}
