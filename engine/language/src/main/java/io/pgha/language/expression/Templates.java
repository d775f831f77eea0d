package io.pgha.language.expression;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.syntax.Expression;
import io.pgha.language.syntax.TemplatePart;
import io.pgha.language.value.Bool;
import io.pgha.language.value.Conversion;
import io.pgha.language.value.ConversionException;
import io.pgha.language.value.Mark;
import io.pgha.language.value.Marks;
import io.pgha.language.value.Prefixes;
import io.pgha.language.value.Refinement;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Evaluates the parts of a template to a string. */
final class Templates {
  private final Evaluation evaluation;

  Templates(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  /** What a template has come to so far: its text, up to the first part that is unknown. */
  private static final class Output {
    private final StringBuilder text = new StringBuilder();
    private final Set<Mark> marks = EnumSet.noneOf(Mark.class);
    private boolean open;

    void append(String more) {
      if (!open) {
        text.append(more);
      }
    }

    Value value() {
      Value value =
          open
              ? new Unknown(Type.STRING, new Refinement(true, Prefixes.safe(text.toString())))
              : new Str(text.toString());
      return value.withMarks(marks);
    }
  }

  Value render(List<TemplatePart> parts, Scope scope) {
    Output output = new Output();
    append(output, parts, scope);
    return output.value();
  }

  private void append(Output output, List<TemplatePart> parts, Scope scope) {
    for (TemplatePart part : parts) {
      switch (part) {
        case TemplatePart.Text(String text, _) -> output.append(text);
        case TemplatePart.Interpolation(Expression expression, _) ->
            interpolate(output, expression, scope);
        case TemplatePart.If choice -> choose(output, choice, scope);
        case TemplatePart.For loop -> repeat(output, loop, scope);
        case TemplatePart.Invalid _ -> output.open = true;
      }
    }
  }

  private void interpolate(Output output, Expression expression, Scope scope) {
    Value value = evaluation.of(expression, scope);
    output.marks.addAll(value.marks());
    Value inner = value.unmarked();
    if (inner.isNull()) {
      invalid(
          "The expression result is null. Cannot include a null value in a string template.",
          expression,
          scope);
      output.open = true;
      return;
    }
    try {
      Value converted = Conversion.convert(inner, Type.STRING);
      if (converted instanceof Str(String text)) {
        output.append(text);
      } else {
        if (converted instanceof Unknown(_, Refinement refinement)) {
          output.append(refinement.prefix());
        }
        output.open = true;
      }
    } catch (ConversionException e) {
      invalid(
          "Cannot include the given value in a string template: " + e.getMessage() + ".",
          expression,
          scope);
      output.open = true;
    }
  }

  private void invalid(String detail, Expression expression, Scope scope) {
    evaluation.error(
        "invalid-interpolation",
        "Invalid template interpolation value",
        detail,
        expression,
        expression,
        scope);
  }

  private void choose(Output output, TemplatePart.If choice, Scope scope) {
    Value condition =
        new Conditionals(evaluation).condition(choice.condition(), choice.condition(), scope);
    output.marks.addAll(condition.marks());
    Templates aside = new Templates(evaluation.reportingTo(new Diagnostics()));
    if (condition.unmarked() instanceof Bool bool) {
      append(output, bool.value() ? choice.then() : choice.otherwise(), scope);
      // That this text was chosen tells something of the other one, as with conditionals.
      Output other = new Output();
      aside.append(other, bool.value() ? choice.otherwise() : choice.then(), scope);
      output.marks.addAll(other.marks);
      return;
    }
    output.open = true;
    aside.append(output, choice.then(), scope);
    aside.append(output, choice.otherwise(), scope);
  }

  private void repeat(Output output, TemplatePart.For loop, Scope scope) {
    Value collection = evaluation.of(loop.collection(), scope);
    output.marks.addAll(collection.marks());
    Value inner = collection.unmarked();
    if (Navigation.isOpen(inner) && !Loops.isScalar(inner.type())) {
      output.marks.addAll(Marks.all(inner));
      output.open = true;
      return;
    }
    List<Navigation.Element> elements = Navigation.elements(inner);
    if (elements == null) {
      evaluation
          .diagnostics()
          .add(
              Diagnostic.error(
                      "not-iterable",
                      inner.isNull()
                          ? "Iteration over null value"
                          : "Iteration over non-iterable value",
                      inner.isNull()
                          ? "A null value cannot be used as the collection in a 'for' expression."
                          : "A value of type "
                              + inner.type().friendlyName()
                              + " cannot be used as the collection in a 'for' expression.",
                      loop.collection().range())
                  .within(loop.range())
                  .with(evaluation.values(loop.collection(), scope)));
      output.open = true;
      return;
    }
    for (Navigation.Element element : elements) {
      append(output, loop.body(), Loops.scope(loop.keyName(), loop.valueName(), element, scope));
    }
  }
}
