package io.pgha.core.evaluation;

import io.pgha.core.configuration.Module.Rule;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.expression.Evaluator;
import io.pgha.language.expression.Scope;
import io.pgha.language.value.Bool;
import io.pgha.language.value.Str;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import java.util.Set;

/**
 * Judges conditions.
 *
 * @param evaluator evaluates them
 * @param diagnostics takes what is wrong with a condition itself
 */
public record Rules(Evaluator evaluator, Diagnostics diagnostics) {
  private static final Set<String> FAILURES = Set.of("condition-failed", "invalid-variable-value");

  /** What can be said of a condition. */
  public enum Verdict {
    HOLDS,
    FAILS,
    /** It needs something that is known only later. */
    UNKNOWN,
    /** It is none: that was reported. */
    INVALID
  }

  /** What is to be said of a condition; what is none is reported. */
  public Verdict verdict(Rule rule, Scope scope) {
    int before = diagnostics.all().size();
    Value condition = evaluator.evaluate(rule.condition(), scope, diagnostics).unmarked();
    if (condition instanceof Bool truth) {
      return truth.value() ? Verdict.HOLDS : Verdict.FAILS;
    }
    if (condition instanceof Unknown) {
      return diagnostics.all().size() > before ? Verdict.INVALID : Verdict.UNKNOWN;
    }
    diagnostics.add(
        Diagnostic.error(
            "condition-type",
            "Condition is not true or false",
            "A condition must give true or false.",
            rule.condition().range()));
    return Verdict.INVALID;
  }

  /** Whether a finding says that a condition of the configuration does not hold. */
  public static boolean isFailure(Diagnostic found) {
    return FAILURES.contains(found.code());
  }

  /** Whether a condition holds, or may still; what is none is reported. */
  boolean holds(Rule rule, Scope scope) {
    return verdict(rule, scope) != Verdict.FAILS;
  }

  /** The error for a condition that does not hold, with the values that it was judged by. */
  public Diagnostic failed(Rule rule, Scope scope, String what) {
    return Diagnostic.error(
            "condition-failed", what + " failed", message(rule, scope), rule.condition().range())
        .with(evaluator.values(rule.condition(), scope));
  }

  /** What a condition's author has to say where it does not hold. */
  String message(Rule rule, Scope scope) {
    Value message = evaluator.evaluate(rule.errorMessage(), scope, diagnostics);
    return message.unmarked() instanceof Str(String text) && message.marks().isEmpty()
        ? text
        : "The error message holds something sensitive or ephemeral and is not shown.";
  }
}
