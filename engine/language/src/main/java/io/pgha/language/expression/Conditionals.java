package io.pgha.language.expression;

import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.syntax.Expression;
import io.pgha.language.value.Bool;
import io.pgha.language.value.Bounds;
import io.pgha.language.value.Conversion;
import io.pgha.language.value.ConversionException;
import io.pgha.language.value.ListValue;
import io.pgha.language.value.MapValue;
import io.pgha.language.value.Mark;
import io.pgha.language.value.Null;
import io.pgha.language.value.Num;
import io.pgha.language.value.Prefixes;
import io.pgha.language.value.Refinement;
import io.pgha.language.value.SetValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import io.pgha.language.value.ValueText;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Evaluates conditions and what depends on them. */
final class Conditionals {
  private final Evaluation evaluation;

  Conditionals(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  Value of(Expression.Conditional conditional, Scope scope) {
    Diagnostics thenProblems = new Diagnostics();
    Diagnostics otherwiseProblems = new Diagnostics();
    Value then = evaluation.reportingTo(thenProblems).of(conditional.then(), scope);
    Value otherwise = evaluation.reportingTo(otherwiseProblems).of(conditional.otherwise(), scope);
    Optional<Type> type = resultType(then, otherwise);
    if (type.isEmpty()) {
      evaluation.error(
          "inconsistent-conditional",
          "Inconsistent conditional result types",
          "The true and false result expressions must have consistent types. "
              + mismatch(then.type(), otherwise.type()),
          conditional,
          conditional,
          scope);
      return Unknown.ANY;
    }
    Value condition = condition(conditional.condition(), conditional, scope);
    if (!(condition.unmarked() instanceof Bool bool)) {
      Set<Mark> marks = EnumSet.noneOf(Mark.class);
      marks.addAll(condition.marks());
      marks.addAll(then.marks());
      marks.addAll(otherwise.marks());
      Value one = convert(then.unmarked(), type.get(), "true", conditional, scope);
      Value other = convert(otherwise.unmarked(), type.get(), "false", conditional, scope);
      return either(type.get(), one, other).withMarks(marks);
    }
    evaluation.diagnostics().addAll((bool.value() ? thenProblems : otherwiseProblems).all());
    Value chosen =
        bool.value()
            ? convert(then, type.get(), "true", conditional, scope)
            : convert(otherwise, type.get(), "false", conditional, scope);
    // That of two results the one was chosen that is no secret tells something too.
    return chosen.withMarks(condition.marks()).withMarks(then.marks()).withMarks(otherwise.marks());
  }

  /** A condition as a bool; unknown where it is that or has an error, which is reported. */
  Value condition(Expression expression, Expression whole, Scope scope) {
    Value condition = evaluation.of(expression, scope);
    if (condition.isNull()) {
      evaluation.error(
          "null-condition",
          "Null condition",
          "The condition value is null. Conditions must either be true or false.",
          expression,
          whole,
          scope);
      return Unknown.of(Type.BOOL).withMarks(condition.marks());
    }
    try {
      return Conversion.convert(condition, Type.BOOL);
    } catch (ConversionException e) {
      evaluation.error(
          "incorrect-condition-type",
          "Incorrect condition type",
          "The condition expression must be of type bool.",
          expression,
          whole,
          scope);
      return Unknown.of(Type.BOOL).withMarks(condition.marks());
    }
  }

  private static Optional<Type> resultType(Value then, Value otherwise) {
    if (then.unmarked().equals(Null.ANY)) {
      return Optional.of(otherwise.type());
    }
    if (otherwise.unmarked().equals(Null.ANY)) {
      return Optional.of(then.type());
    }
    if (then.type().equals(Type.DYNAMIC) || otherwise.type().equals(Type.DYNAMIC)) {
      return Optional.of(Type.DYNAMIC);
    }
    return Conversion.unify(List.of(then.type(), otherwise.type()));
  }

  private Value convert(
      Value value, Type type, String which, Expression.Conditional conditional, Scope scope) {
    try {
      return Conversion.convert(value, type);
    } catch (ConversionException e) {
      evaluation.error(
          "inconsistent-conditional",
          "Inconsistent conditional result types",
          "The " + which + " result value has the wrong type: " + e.messageWithPath() + ".",
          conditional,
          conditional,
          scope);
      return Unknown.of(type);
    }
  }

  /** What is known of a value that is one of two. */
  private static Value either(Type type, Value one, Value other) {
    if (one instanceof Num && one.equals(other)) {
      return one;
    }
    if (isEmptyCollection(one) && one.equals(other)) {
      return one;
    }
    if (type.equals(Type.DYNAMIC)) {
      return Unknown.ANY;
    }
    String prefix =
        type.equals(Type.STRING) && isNotNull(one) && isNotNull(other)
            ? Prefixes.common(prefix(one), prefix(other))
            : "";
    boolean notNull = isNotNull(one) && isNotNull(other);
    Bounds bounds = notNull ? Bounds.of(one).or(Bounds.of(other)) : Bounds.NONE;
    return Unknown.of(type, new Refinement(notNull, prefix, bounds));
  }

  private static boolean isEmptyCollection(Value value) {
    return (value instanceof ListValue(_, List<Value> elements) && elements.isEmpty())
        || (value instanceof SetValue(_, List<Value> members) && members.isEmpty())
        || (value instanceof MapValue map && map.elements().isEmpty());
  }

  private static boolean isNotNull(Value value) {
    return value instanceof Unknown(_, Refinement refinement)
        ? refinement.notNull()
        : !value.isNull();
  }

  private static String prefix(Value value) {
    if (value instanceof Unknown(_, Refinement refinement)) {
      return refinement.prefix();
    }
    return value instanceof Str(String text) ? text : "";
  }

  private static String mismatch(Type then, Type otherwise) {
    if (then instanceof Type.ObjectType one && otherwise instanceof Type.ObjectType other) {
      return mismatch(one, other);
    }
    if (then instanceof Type.TupleType(List<Type> one)
        && otherwise instanceof Type.TupleType(List<Type> other)) {
      if (one.size() != other.size()) {
        return "The 'true' tuple has length "
            + one.size()
            + ", but the 'false' tuple has length "
            + other.size()
            + ".";
      }
      for (int i = 0; i < one.size(); i++) {
        if (Conversion.unify(List.of(one.get(i), other.get(i))).isEmpty()) {
          return "Type mismatch for tuple element " + i + ": " + mismatch(one.get(i), other.get(i));
        }
      }
    }
    return "The 'true' value is "
        + then.friendlyName()
        + ", but the 'false' value is "
        + otherwise.friendlyName()
        + ".";
  }

  private static String mismatch(Type.ObjectType then, Type.ObjectType otherwise) {
    for (String name : then.attributes().keySet()) {
      if (!otherwise.attributes().containsKey(name)) {
        return absent(name, "true", "false");
      }
    }
    for (String name : otherwise.attributes().keySet()) {
      if (!then.attributes().containsKey(name)) {
        return absent(name, "false", "true");
      }
    }
    for (Map.Entry<String, Type> attribute : then.attributes().entrySet()) {
      Type other = otherwise.attributes().getOrDefault(attribute.getKey(), Type.DYNAMIC);
      if (Conversion.unify(List.of(attribute.getValue(), other)).isEmpty()) {
        return "Type mismatch for object attribute "
            + ValueText.quote(attribute.getKey())
            + ": "
            + mismatch(attribute.getValue(), other);
      }
    }
    return "At least one deeply-nested attribute or element is not compatible across both the"
        + " 'true' and the 'false' value.";
  }

  private static String absent(String name, String in, String from) {
    return "The '"
        + in
        + "' value includes object attribute "
        + ValueText.quote(name)
        + ", which is absent in the '"
        + from
        + "' value.";
  }
}
