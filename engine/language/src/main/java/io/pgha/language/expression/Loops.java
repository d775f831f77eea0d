package io.pgha.language.expression;

import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.syntax.Expression;
import io.pgha.language.value.Bool;
import io.pgha.language.value.Conversion;
import io.pgha.language.value.ConversionException;
import io.pgha.language.value.Mark;
import io.pgha.language.value.Null;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.TupleValue;
import io.pgha.language.value.Type;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import io.pgha.language.value.ValueText;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Evaluates {@code for} expressions. */
final class Loops {
  private final Evaluation evaluation;

  Loops(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  /** A scope with the names that a {@code for} binds. */
  static Scope scope(
      Optional<String> keyName, String valueName, Navigation.Element element, Scope outer) {
    Map<String, Value> names = new HashMap<>();
    keyName.ifPresent(name -> names.put(name, element.key()));
    names.put(valueName, element.value());
    return new Variables(names, outer);
  }

  /** Whether values of a type have no elements, whatever they are. */
  static boolean isScalar(Type type) {
    return type instanceof Type.Primitive && !type.equals(Type.DYNAMIC);
  }

  Value tuple(Expression.ForTuple loop, Scope scope) {
    Iteration iteration =
        new Iteration(loop.collection(), loop, loop.condition(), loop.keyName(), loop.valueName());
    List<Value> results = new ArrayList<>();
    for (Navigation.Element element : iteration.begin(scope)) {
      Scope inner = scope(loop.keyName(), loop.valueName(), element, scope);
      if (iteration.includes(inner)) {
        results.add(iteration.part(loop.result(), inner));
      }
      if (iteration.failed) {
        break;
      }
    }
    return iteration.finish(new TupleValue(results));
  }

  Value object(Expression.ForObject loop, Scope scope) {
    Iteration iteration =
        new Iteration(loop.collection(), loop, loop.condition(), loop.keyName(), loop.valueName());
    TreeMap<String, List<Value>> results = new TreeMap<>();
    for (Navigation.Element element : iteration.begin(scope)) {
      Scope inner = scope(loop.keyName(), loop.valueName(), element, scope);
      if (!iteration.includes(inner)) {
        if (iteration.failed) {
          break;
        }
        continue;
      }
      Value value = iteration.part(loop.resultValue(), inner);
      Value key = iteration.key(loop.resultKey(), inner);
      if (iteration.failed) {
        break;
      }
      if (!(key instanceof Str(String name))) {
        continue;
      }
      List<Value> group = results.computeIfAbsent(name, _ -> new ArrayList<>());
      group.add(value);
      if (group.size() > 1 && !loop.grouping()) {
        iteration.error(
            "duplicate-key",
            "Duplicate object key",
            "Two different items produced the key "
                + (iteration.hasSecrets() ? "(sensitive value)" : ValueText.quote(name))
                + " in this 'for' expression. If duplicates are expected, use the ellipsis (...)"
                + " after the value expression to enable grouping by key.",
            loop.resultKey(),
            inner);
      }
    }
    TreeMap<String, Value> attributes = new TreeMap<>();
    results.forEach((name, group) ->
        attributes.put(name, loop.grouping() ? new TupleValue(group) : group.getFirst()));
    return iteration.finish(new ObjectValue(attributes));
  }

  /** What {@code for} expressions of both kinds have in common. */
  private final class Iteration {
    private final Expression collection;
    private final Expression loop;
    private final Optional<Expression> condition;
    private final Optional<String> keyName;
    private final String valueName;
    private final Set<String> said = new HashSet<>();
    private final Set<Mark> marks = EnumSet.noneOf(Mark.class);
    private boolean known = true;

    /** Whether a part of an element failed, as it would with the next ones. */
    private boolean failed;

    Iteration(
        Expression collection,
        Expression loop,
        Optional<Expression> condition,
        Optional<String> keyName,
        String valueName) {
      this.collection = collection;
      this.loop = loop;
      this.condition = condition;
      this.keyName = keyName;
      this.valueName = valueName;
    }

    List<Navigation.Element> begin(Scope scope) {
      Value value = evaluation.of(collection, scope);
      marks.addAll(value.marks());
      Value inner = value.unmarked();
      if (inner instanceof Null) {
        error(
            "not-iterable",
            "Iteration over null value",
            "A null value cannot be used as the collection in a 'for' expression.",
            collection,
            scope);
        return List.of();
      }
      List<Navigation.Element> elements = Navigation.elements(inner);
      if (elements != null) {
        if (elements.isEmpty()) {
          checkCondition(scope);
        }
        return elements;
      }
      if (!Navigation.isOpen(inner) || isScalar(inner.type())) {
        error(
            "not-iterable",
            "Iteration over non-iterable value",
            "A value of type "
                + inner.type().friendlyName()
                + " cannot be used as the collection in a 'for' expression.",
            collection,
            scope);
      } else if (!inner.type().equals(Type.DYNAMIC)) {
        checkCondition(scope);
      }
      known = false;
      return List.of();
    }

    /** Evaluates a part of what is made of an element. */
    Value part(Expression expression, Scope inner) {
      Diagnostics found = new Diagnostics();
      Value value = evaluation.reportingTo(found).of(expression, inner);
      evaluation.diagnostics().addAll(found.all());
      failed |= found.hasErrors();
      return value;
    }

    /** Says what is wrong with the condition whatever the elements are, where there are none. */
    private void checkCondition(Scope scope) {
      // What the result comes to is not its matter.
      new Iteration(collection, loop, condition, keyName, valueName)
          .includes(
              Loops.scope(
                  keyName, valueName, new Navigation.Element(Unknown.ANY, Unknown.ANY), scope));
    }

    boolean includes(Scope inner) {
      if (condition.isEmpty()) {
        return true;
      }
      Value value = part(condition.get(), inner);
      marks.addAll(value.marks());
      if (value.isNull()) {
        error(
            "null-condition",
            "Condition is null",
            "The value of the 'if' clause must not be null.",
            condition.get(),
            inner);
        return false;
      }
      try {
        if (Conversion.convert(value.unmarked(), Type.BOOL) instanceof Bool bool) {
          return bool.value();
        }
        known = false;
      } catch (ConversionException e) {
        error(
            "invalid-for-condition",
            "Invalid 'for' condition",
            "The 'if' clause value is invalid: " + e.getMessage() + ".",
            condition.get(),
            inner);
      }
      return false;
    }

    Value key(Expression expression, Scope inner) {
      Value key = part(expression, inner);
      marks.addAll(key.marks());
      if (key.isNull()) {
        error(
            "invalid-key",
            "Invalid object key",
            "Key expression in 'for' expression must not produce a null value.",
            expression,
            inner);
        return Unknown.ANY;
      }
      try {
        Value name = Conversion.convert(key.unmarked(), Type.STRING);
        known &= name.isKnown();
        return name;
      } catch (ConversionException e) {
        error(
            "invalid-key",
            "Invalid object key",
            "The key expression produced an invalid result: " + e.getMessage() + ".",
            expression,
            inner);
        return Unknown.ANY;
      }
    }

    void error(String code, String summary, String detail, Expression subject, Scope scope) {
      known = false;
      // It is as wrong with the next element.
      if (said.add(detail + subject.range())) {
        evaluation.error(code, summary, detail, subject, loop, scope);
      }
    }

    boolean hasSecrets() {
      return marks.contains(Mark.SENSITIVE) || marks.contains(Mark.EPHEMERAL);
    }

    Value finish(Value result) {
      return (known && !failed ? result : Unknown.ANY).withMarks(marks);
    }
  }
}
