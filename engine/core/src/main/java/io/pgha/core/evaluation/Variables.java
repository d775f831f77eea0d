package io.pgha.core.evaluation;

import io.pgha.core.configuration.Module.Rule;
import io.pgha.core.configuration.Module.Variable;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.expression.Evaluator;
import io.pgha.language.expression.Scope;
import io.pgha.language.expression.TypeConstraint;
import io.pgha.language.value.Bool;
import io.pgha.language.value.ConversionException;
import io.pgha.language.value.Mark;
import io.pgha.language.value.Marks;
import io.pgha.language.value.Null;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;

/** Gives variables their values: what was given or the default, of the declared type, checked. */
public final class Variables {
  private final Evaluator evaluator;
  private final Diagnostics diagnostics;

  /** Evaluates defaults and conditions by the given evaluator. */
  public Variables(Evaluator evaluator, Diagnostics diagnostics) {
    this.evaluator = evaluator;
    this.diagnostics = diagnostics;
  }

  /**
   * The value of a variable.
   *
   * @param given what was given, if anything
   * @param range what an error about the given value points at
   * @return an unknown value where an error was reported
   */
  public Value value(Variable variable, Optional<Value> given, SourceRange range) {
    TypeConstraint constraint = constraint(variable);
    boolean useDefault = given.isEmpty() || (given.get().isNull() && !variable.nullable());
    Value value;
    if (useDefault) {
      if (variable.defaultValue().isEmpty()) {
        diagnostics.add(missing(variable, given.isPresent(), range));
        return Unknown.ANY;
      }
      value =
          evaluator.evaluate(
              variable.defaultValue().get(),
              io.pgha.language.expression.Variables.NONE,
              diagnostics);
    } else {
      value = given.get();
    }
    try {
      value = constraint.convert(value);
    } catch (ConversionException e) {
      diagnostics.add(
          Diagnostic.error(
              "invalid-variable-value",
              "Invalid value for variable \"" + variable.name() + "\"",
              "The value is not of the declared type: " + e.messageWithPath() + ".",
              useDefault ? variable.defaultValue().get().range() : range));
      return Unknown.ANY;
    }
    if (variable.sensitive()) {
      value = value.withMarks(EnumSet.of(Mark.SENSITIVE));
    }
    validate(variable, value, range);
    return value;
  }

  /** The declared type with its defaults for optional attributes. */
  public TypeConstraint constraint(Variable variable) {
    return variable
        .type()
        .flatMap(type -> TypeConstraint.parse(type, diagnostics))
        .orElse(TypeConstraint.ANY);
  }

  private static Diagnostic missing(Variable variable, boolean isNull, SourceRange range) {
    if (isNull) {
      return Diagnostic.error(
          "missing-variable",
          "Required variable is null",
          "The variable \"" + variable.name() + "\" may not be null.",
          range);
    }
    return Diagnostic.error(
        "missing-variable",
        "No value for required variable",
        "The variable \""
            + variable.name()
            + "\" has no default. Give it with -var '"
            + variable.name()
            + "=...', in a file NAME.auto.pghavars.hcl or one given with -var-file, or in the"
            + " environment as PGHA_VAR_"
            + variable.name()
            + ".",
        variable.range());
  }

  private void validate(Variable variable, Value value, SourceRange range) {
    Scope scope =
        (reference, problems) -> {
          if (reference.root().equals("var")) {
            return new Scope.Resolution(ObjectValue.of(Map.of(variable.name(), value)), 0);
          }
          problems.add(
              Diagnostic.error(
                  "invalid-reference",
                  "Invalid reference in variable validation",
                  "The condition of a variable can refer to the variable itself only, as var."
                      + variable.name()
                      + ".",
                  reference.range()));
          return Scope.Resolution.failed(reference);
        };
    for (Rule rule : variable.validations()) {
      Value holds = evaluator.evaluate(rule.condition(), scope, diagnostics).unmarked();
      if (holds instanceof Bool truth && !truth.value()) {
        Value message = evaluator.evaluate(rule.errorMessage(), scope, diagnostics);
        String text =
            message.unmarked() instanceof Str(String shown) && !Marks.has(message, Mark.SENSITIVE)
                ? shown
                : "The error message holds something sensitive and is not shown.";
        diagnostics.add(
            Diagnostic.error(
                    "invalid-variable-value",
                    "Invalid value for variable \"" + variable.name() + "\"",
                    text,
                    range)
                .within(rule.condition().range()));
      } else if (holds instanceof Null) {
        diagnostics.add(
            Diagnostic.error(
                "condition-type",
                "Condition is null",
                "A condition must give true or false.",
                rule.condition().range()));
      }
    }
  }
}
