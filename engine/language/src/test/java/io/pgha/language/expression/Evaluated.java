package io.pgha.language.expression;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFile;
import io.pgha.language.function.Environment;
import io.pgha.language.function.FileSource;
import io.pgha.language.function.Function;
import io.pgha.language.function.FunctionTable;
import io.pgha.language.syntax.Parser;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.language.value.Value;
import io.pgha.language.value.ValueText;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What came of the evaluation of a text: the value and the diagnostics. */
record Evaluated(Value value, List<Diagnostic> diagnostics) {
  private static final Function SHOUT =
      Function.named("shout", "Makes a text loud.")
          .takes("text", Type.STRING)
          .returns(Type.STRING, call -> new Str(call.text(0).toUpperCase(Locale.ROOT)));

  static final Evaluator EVALUATOR =
      new Evaluator(
          FunctionTable.standard().with(Map.of("test", () -> List.of(SHOUT), "none", List::of)),
          new Environment(
              FileSource.NONE,
              Optional.of(Instant.parse("2026-11-23T02:00:00Z")),
              Optional.empty()));

  static Evaluated of(String text, Map<String, Value> variables) {
    return of(text, Variables.of(variables));
  }

  static Evaluated of(String text, Scope scope) {
    Diagnostics diagnostics = new Diagnostics();
    var expression = Parser.parseExpression(SourceFile.of("test.pgha.hcl", text), diagnostics);
    Value value = EVALUATOR.evaluate(expression, scope, diagnostics);
    return new Evaluated(value, diagnostics.all());
  }

  static Evaluated of(String text) {
    return of(text, Map.of());
  }

  /** The value as people read it. */
  String text() {
    return ValueText.of(value);
  }

  /** The only error, as summary and detail. */
  String error() {
    if (diagnostics.size() != 1) {
      throw new AssertionError("not one diagnostic: " + diagnostics);
    }
    return diagnostics.getFirst().summary() + ": " + diagnostics.getFirst().detail();
  }
}
