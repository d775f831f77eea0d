package io.pgha.core.evaluation;

import io.pgha.core.configuration.Module.Rule;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.expression.Evaluator;
import io.pgha.language.expression.Scope;
import io.pgha.language.value.Bool;
import io.pgha.language.value.Conversion;
import io.pgha.language.value.ConversionException;
import io.pgha.language.value.Mark;
import io.pgha.language.value.Null;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import java.util.Optional;
import java.util.Set;

/**
 * Judges conditions.
 *
 * @param evaluator evaluates them
 * @param diagnostics takes what is wrong with a condition itself
 */
public record Rules(Evaluator evaluator, Diagnostics diagnostics) {
  private static final String FAILED = "condition-failed";

  private static final Set<String> FAILURES = Set.of(FAILED, "invalid-variable-value");

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
    Optional<Value> truth = converted(condition, Type.BOOL);
    if (truth.isPresent() && truth.get() instanceof Bool known) {
      return known.value() ? Verdict.HOLDS : Verdict.FAILS;
    }
    if (truth.isPresent() && truth.get() instanceof Unknown) {
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

  /** The same of a condition that is no variable's. */
  static boolean isFailedCondition(Diagnostic found) {
    return found.code().equals(FAILED);
  }

  private static Optional<Value> converted(Value value, Type type) {
    try {
      return Optional.of(Conversion.convert(value, type));
    } catch (ConversionException e) {
      return Optional.empty();
    }
  }

  /** Whether a condition holds, or may still; what is none is reported. */
  boolean holds(Rule rule, Scope scope) {
    return verdict(rule, scope) != Verdict.FAILS;
  }

  /** The error for a condition that does not hold, with the values that it was judged by. */
  public Diagnostic failed(Rule rule, Scope scope, String what) {
    return Diagnostic.error(
            FAILED, what + " failed", message(rule, scope), rule.condition().range())
        .with(evaluator.values(rule.condition(), scope));
  }

  /** What a condition's author has to say where it does not hold. */
  String message(Rule rule, Scope scope) {
    Value message = evaluator.evaluate(rule.errorMessage(), scope, diagnostics);
    if (!message.marks().isEmpty()) {
      return "The error message holds something sensitive or ephemeral and is not shown.";
    }
    return switch (converted(message, Type.STRING).orElse(Null.ANY)) {
      case Str(String text) when !text.isEmpty() -> text;
      case Unknown _ -> "The error message is not known yet.";
      default -> "The error message is no text, or an empty one.";
    };
  }

  /**
   * Warns of a message that would not be shown, whether it is needed now or not: one hears of that
   * before the day that it is needed.
   */
  void checkMessage(Rule rule, Scope scope) {
    // What else is wrong with it WrittenCheck says.
    Set<Mark> marks = evaluator.evaluate(rule.errorMessage(), scope, new Diagnostics()).marks();
    if (marks.isEmpty()) {
      return;
    }
    boolean sensitive = marks.contains(Mark.SENSITIVE);
    String kind = sensitive ? "sensitive" : "ephemeral";
    Diagnostic warning =
        Diagnostic.warning(
                "hidden-message",
                "Error message refers to " + kind + " values",
                "It holds something "
                    + kind
                    + ", so it is not shown where the condition does not hold. Take that out of it, or"
                    + " use %s() where it gives nothing away."
                        .formatted(sensitive ? "nonsensitive" : "ephemeralasnull"))
            .at(rule.errorMessage().range());
    // Each instance of a resource, and each evaluation, has the same message.
    if (!diagnostics.all().contains(warning)) {
      diagnostics.add(warning);
    }
  }
}
