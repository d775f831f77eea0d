package io.pgha.language.expression;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.function.Environment;
import io.pgha.language.function.FunctionTable;
import io.pgha.language.syntax.Expression;
import io.pgha.language.value.Conversion;
import io.pgha.language.value.ConversionException;
import io.pgha.language.value.Type;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import java.util.List;

/**
 * Evaluates expressions. Immutable; may be used from several threads.
 *
 * @param functions the functions that expressions may call
 * @param environment the world that functions see
 */
public record Evaluator(FunctionTable functions, Environment environment) {

  /**
   * The value of an expression. What has an error is reported and unknown, so that evaluation goes
   * on and finds further errors.
   */
  public Value evaluate(Expression expression, Scope scope, Diagnostics diagnostics) {
    return new Evaluation(this, diagnostics, List.of()).of(expression, scope);
  }

  /** One for what must not call functions: a call is an error. */
  public Evaluator withoutFunctions() {
    return new Evaluator(FunctionTable.EMPTY, environment);
  }

  /**
   * What an expression refers to, with its values, as an error about the expression shows it:
   * {@code each.key is "db1"}. Nothing sensitive is in it.
   */
  public List<String> values(Expression expression, Scope scope) {
    return new Evaluation(this, new Diagnostics(), List.of()).values(expression, scope);
  }

  /** The value of an expression as one of the given type. */
  public Value evaluate(Expression expression, Type type, Scope scope, Diagnostics diagnostics) {
    Value value = evaluate(expression, scope, diagnostics);
    try {
      return Conversion.convert(value, type);
    } catch (ConversionException e) {
      diagnostics.add(
          Diagnostic.error(
                  "incorrect-value-type",
                  "Incorrect value type",
                  "Invalid expression value: " + e.messageWithPath() + ".",
                  expression.range())
              .of(e.path()));
      return Unknown.of(type.withoutOptional());
    }
  }
}
