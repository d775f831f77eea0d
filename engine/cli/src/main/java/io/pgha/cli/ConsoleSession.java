package io.pgha.cli;

import io.pgha.core.Configuration;
import io.pgha.core.evaluation.AppliedResources;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFile;
import io.pgha.language.syntax.Expression;
import io.pgha.language.syntax.Parser;
import io.pgha.language.value.Marks;
import io.pgha.language.value.TypeText;
import io.pgha.language.value.Value;
import io.pgha.language.value.ValueText;
import java.util.Optional;

/** Answers expressions: each in an evaluation of its own, so that each tells its own mistakes. */
final class ConsoleSession {
  /** What expressions are called in messages. */
  static final String SOURCE_NAME = "<console-input>";

  private static final String TYPE = "type";
  private static final String CORE_TYPE = "core::type";

  /** What names mean. */
  interface World {
    Value value(Expression expression, Diagnostics diagnostics);
  }

  private final World world;

  ConsoleSession(World world) {
    this.world = world;
  }

  /** One where resources are as they were last applied. */
  ConsoleSession(Configuration configuration, AppliedResources applied) {
    this((expression, found) -> configuration.evaluation(applied, found).evaluate(expression));
  }

  /** The value of an expression as text, or its type where it asks for that; empty after errors. */
  Optional<String> answer(SourceFile source, Diagnostics diagnostics) {
    Diagnostics found = new Diagnostics();
    Expression expression = Parser.parseExpression(source, found);
    Optional<String> answer = Optional.empty();
    if (!found.hasErrors()) {
      answer = Optional.of(text(expression, found));
    }
    found.all().forEach(diagnostic -> diagnostics.add(explained(diagnostic, source)));
    return found.hasErrors() ? Optional.empty() : answer;
  }

  private String text(Expression expression, Diagnostics found) {
    Expression inner = withoutParentheses(expression);
    if (!(inner instanceof Expression.FunctionCall call) || !isType(call)) {
      return ValueText.of(value(expression, found));
    }
    if (call.arguments().size() != 1) {
      found.add(
          Diagnostic.error(
              "type-arguments",
              "The function \"type\" takes one argument",
              "type(...) shows the type of one expression, but "
                  + call.arguments().size()
                  + " are given.",
              call.argumentsRange()));
      return "";
    }
    Expression argument = withoutParentheses(call.arguments().getFirst());
    boolean typeOfType = argument instanceof Expression.FunctionCall asked && isType(asked);
    return typeOfType ? TYPE : TypeText.of(Marks.removeDeep(value(argument, found)).type());
  }

  private static boolean isType(Expression.FunctionCall call) {
    return call.name().equals(TYPE) || call.name().equals(CORE_TYPE);
  }

  private Value value(Expression expression, Diagnostics found) {
    return world.value(expression, found);
  }

  private static Expression withoutParentheses(Expression expression) {
    return expression instanceof Expression.Parentheses(Expression inner, _)
        ? withoutParentheses(inner)
        : expression;
  }

  /** Says of the console's own function why it is not known within an expression. */
  private static Diagnostic explained(Diagnostic diagnostic, SourceFile source) {
    boolean type =
        diagnostic.code().equals("unknown-function")
            && diagnostic
                .subject()
                .filter(range ->
                    range.file().equals(SOURCE_NAME)
                        && source
                            .text()
                            .substring(range.start().offset(), range.end().offset())
                            .equals(TYPE))
                .isPresent();
    return type
        ? Diagnostic.error(
            "type-function",
            "Invalid use of the function \"type\"",
            "type(...) is there in the console only, around a whole expression and not within one.",
            diagnostic.subject().get())
        : diagnostic;
  }
}
