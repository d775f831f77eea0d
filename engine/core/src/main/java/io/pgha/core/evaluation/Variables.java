package io.pgha.core.evaluation;

import io.pgha.core.configuration.Module.Variable;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.expression.Evaluator;
import io.pgha.language.expression.TypeConstraint;
import io.pgha.language.syntax.Expression;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.ConversionException;
import io.pgha.language.value.Mark;
import io.pgha.language.value.Marks;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Gives variables their values: what was given or the default, of the declared type. */
public final class Variables {
  private final Evaluator evaluator;
  private final Diagnostics diagnostics;

  /** Evaluates defaults by the given evaluator, without its functions. */
  public Variables(Evaluator evaluator, Diagnostics diagnostics) {
    this.evaluator = evaluator.withoutFunctions();
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
    // Looked at even where it is not used, or it would be found wrong only in another's hands.
    Optional<Value> otherwise =
        variable.defaultValue().map(written -> defaultValue(variable, written, constraint));
    if (given.isEmpty() || (given.get().isNull() && !variable.nullable())) {
      if (otherwise.isEmpty()) {
        diagnostics.add(missing(variable, given.isPresent(), range));
        return Unknown.ANY;
      }
      return kept(variable, otherwise.get(), range);
    }
    return kept(variable, converted(variable, given.get(), constraint, _ -> range), range);
  }

  private Value defaultValue(Variable variable, Expression written, TypeConstraint constraint) {
    Value value =
        evaluator.evaluate(written, io.pgha.language.expression.Variables.NONE, diagnostics);
    if (value.isNull() && !variable.nullable()) {
      diagnostics.add(
          Diagnostic.error(
              "invalid-variable-value",
              "Invalid default value for variable \"" + variable.name() + "\"",
              "It is declared with nullable = false, so its default can't be null. A variable"
                  + " without a default has to be given a value.",
              written.range()));
      return Unknown.ANY;
    }
    // An error shows the source that it points at.
    return converted(
        variable,
        value,
        constraint,
        steps -> variable.isHidden() ? variable.range() : SourcePaths.range(written, steps));
  }

  /**
   * The value as one of the declared type.
   *
   * @param place where the part of the value is written that steps into it lead to
   */
  private Value converted(
      Variable variable,
      Value value,
      TypeConstraint constraint,
      Function<List<AttributePath.Step>, SourceRange> place) {
    try {
      return constraint.convert(value);
    } catch (ConversionException e) {
      diagnostics.add(
          Diagnostic.error(
              "invalid-variable-value",
              "Invalid value for variable \"" + variable.name() + "\"",
              "The value is not of the declared type: " + e.messageWithPath() + ".",
              place.apply(e.path().steps())));
      return Unknown.ANY;
    }
  }

  /** A value of the declared type that is not known, of a variable that was given none. */
  Value unknown(Variable variable) {
    return Unknown.of(constraint(variable).type()).withMarks(marks(variable));
  }

  /** The value with the variable's marks; one that outlives the run can't take what must not. */
  private Value kept(Variable variable, Value value, SourceRange range) {
    if (!variable.ephemeral() && Marks.has(value, Mark.EPHEMERAL)) {
      diagnostics.add(
          Diagnostic.error(
              "ephemeral-value",
              "Ephemeral value not allowed",
              "The variable \"%s\" is not declared with ephemeral = true, so it can't hold what comes of an ephemeral value."
                  .formatted(variable.name()),
              range));
      return Unknown.ANY;
    }
    return value.withMarks(marks(variable));
  }

  private static Set<Mark> marks(Variable variable) {
    Set<Mark> marks = EnumSet.noneOf(Mark.class);
    if (variable.sensitive()) {
      marks.add(Mark.SENSITIVE);
    }
    if (variable.ephemeral()) {
      marks.add(Mark.EPHEMERAL);
    }
    return marks;
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
}
