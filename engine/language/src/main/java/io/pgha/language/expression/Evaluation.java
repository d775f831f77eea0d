package io.pgha.language.expression;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.syntax.Expression;
import io.pgha.language.syntax.Expression.Binary;
import io.pgha.language.syntax.Expression.Index;
import io.pgha.language.syntax.Expression.Parentheses;
import io.pgha.language.syntax.Expression.RelativeTraversal;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import io.pgha.language.syntax.Expression.Splat;
import io.pgha.language.syntax.Traverser;
import io.pgha.language.value.Conversion;
import io.pgha.language.value.ConversionException;
import io.pgha.language.value.Mark;
import io.pgha.language.value.Marks;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.TupleValue;
import io.pgha.language.value.Type;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import io.pgha.language.value.ValueText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * One evaluation: where errors go, and in which templates it is.
 *
 * @param evaluator what it is an evaluation of
 * @param diagnostics where errors go
 * @param templates the texts of the templates that are being rendered, the outermost first;
 *     immutable
 */
record Evaluation(Evaluator evaluator, Diagnostics diagnostics, List<String> templates) {
  /** The name under which a splat's element stands in the scope; no identifier is like it. */
  static final String ELEMENT = "*";

  private static final int MOST_VALUES = 12;

  /** The same evaluation, reporting elsewhere: what fails there may not matter. */
  Evaluation reportingTo(Diagnostics elsewhere) {
    return new Evaluation(evaluator, elsewhere, templates);
  }

  Value of(Expression expression, Scope scope) {
    return switch (expression) {
      case Expression.Literal(Value value, _) -> value;
      case Expression.Template template -> new Templates(this).render(template.parts(), scope);
      case Expression.TemplateWrap(Expression wrapped, _) -> of(wrapped, scope);
      case Expression.JsonString(_, Expression template, _) -> of(template, scope);
      case Parentheses(Expression inner, _) -> of(inner, scope);
      case ScopeTraversal _, RelativeTraversal _, Index _, Splat _ -> navigate(expression, scope);
      case Expression.AnonymousSymbol(SourceRange range) -> element(range, scope);
      case Expression.FunctionCall call -> new Calls(this).of(call, scope);
      case Expression.Conditional conditional -> new Conditionals(this).of(conditional, scope);
      case Expression.Unary unary -> unary(unary, scope);
      case Binary binary -> binary(binary, scope);
      case Expression.TupleConstructor(List<Expression> elements, _) ->
          new TupleValue(elements.stream().map(element -> of(element, scope)).toList());
      case Expression.ObjectConstructor object -> object(object, scope);
      case Expression.ForTuple loop -> new Loops(this).tuple(loop, scope);
      case Expression.ForObject loop -> new Loops(this).object(loop, scope);
      case Expression.Invalid _ -> Unknown.ANY;
    };
  }

  /** Follows a chain of steps, from its source on; long chains must not cost stack. */
  private Value navigate(Expression expression, Scope scope) {
    Deque<Expression> chain = new ArrayDeque<>();
    Expression source = expression;
    for (Optional<Expression> next = source(source); next.isPresent(); next = source(source)) {
      chain.push(source);
      source = next.get();
    }
    Value value =
        source instanceof ScopeTraversal traversal
            ? reference(traversal, chain, scope)
            : of(source, scope);
    while (!chain.isEmpty()) {
      value = step(value, chain.pop(), scope);
    }
    return value;
  }

  private static Optional<Expression> source(Expression expression) {
    return switch (expression) {
      case RelativeTraversal(Expression source, _, _) -> Optional.of(source);
      case Index(Expression collection, _, _, _) -> Optional.of(collection);
      case Splat(Expression source, _, _, _, _) -> Optional.of(source);
      case Parentheses(Expression inner, _) -> Optional.of(inner);
      case Expression.Literal _,
          Expression.Template _,
          Expression.TemplateWrap _,
          Expression.JsonString _,
          ScopeTraversal _,
          Expression.AnonymousSymbol _,
          Expression.FunctionCall _,
          Expression.Conditional _,
          Expression.Unary _,
          Binary _,
          Expression.TupleConstructor _,
          Expression.ObjectConstructor _,
          Expression.ForTuple _,
          Expression.ForObject _,
          Expression.Invalid _ ->
          Optional.empty();
    };
  }

  private Value step(Value value, Expression step, Scope scope) {
    return switch (step) {
      case RelativeTraversal(_, List<Traverser> steps, _) ->
          follow(value, steps, navigation(step, step::variables, scope));
      case Index(_, Expression key, SourceRange bracket, _) ->
          navigation(step, step::variables, scope).index(value, of(key, scope), bracket);
      case Splat splat -> new Splats(this).of(splat, value, scope);
      case Parentheses _ -> value;
      default -> throw new IllegalStateException("no step: " + step);
    };
  }

  /**
   * Resolves a name together with the steps after it, taking them off the chain. What parentheses
   * hold is a value of its own.
   */
  private Value reference(ScopeTraversal traversal, Deque<Expression> chain, Scope scope) {
    List<Traverser> steps = new ArrayList<>(traversal.steps());
    SourceRange range = traversal.range();
    Expression last = traversal;
    while (!chain.isEmpty()
        && !(chain.peek() instanceof Splat)
        && !(chain.peek() instanceof Parentheses)) {
      last = chain.pop();
      range = last.range();
      if (last instanceof RelativeTraversal(_, List<Traverser> more, _)) {
        steps.addAll(more);
      } else if (last instanceof Index(_, Expression key, SourceRange bracket, _)) {
        steps.add(new Traverser.Index(of(key, scope), bracket));
      }
    }
    ScopeTraversal whole =
        steps.equals(traversal.steps())
            ? traversal
            : new ScopeTraversal(traversal.root(), traversal.rootRange(), steps, range);
    Expression written = last;
    Scope.Resolution resolution = resolve(whole, written, scope);
    List<Traverser> rest = steps.subList(resolution.steps(), steps.size());
    return rest.isEmpty()
        ? resolution.value()
        : follow(
            resolution.value(), rest, navigation(written, () -> withKeys(whole, written), scope));
  }

  /** What a name leads to. That there is no such instance is told with what the key comes of. */
  private Scope.Resolution resolve(ScopeTraversal reference, Expression written, Scope scope) {
    if (written instanceof ScopeTraversal) {
      // Without keys that come of anything, as most are.
      return scope.resolve(reference, diagnostics);
    }
    Diagnostics problems = new Diagnostics();
    Scope.Resolution resolution = scope.resolve(reference, problems);
    for (Diagnostic problem : problems.all()) {
      boolean key = problem.code().equals(Navigation.INVALID_INDEX);
      diagnostics.add(key ? problem.with(values(keys(reference, written), scope)) : problem);
    }
    return resolution;
  }

  private static List<ScopeTraversal> withKeys(ScopeTraversal reference, Expression written) {
    List<ScopeTraversal> all = new ArrayList<>(List.of(reference));
    all.addAll(keys(reference, written));
    return all;
  }

  /** The references in the keys that are written behind a reference. */
  private static List<ScopeTraversal> keys(ScopeTraversal reference, Expression written) {
    return written.variables().stream()
        .filter(each -> !each.rootRange().equals(reference.rootRange()))
        .toList();
  }

  private static Value follow(Value value, List<Traverser> steps, Navigation navigation) {
    Value current = value;
    for (Traverser step : steps) {
      current = follow(current, step, navigation);
    }
    return current;
  }

  private static Value follow(Value value, Traverser step, Navigation navigation) {
    return switch (step) {
      case Traverser.Attribute(String name, SourceRange range) ->
          navigation.attribute(value, name, range);
      case Traverser.Index(Value key, SourceRange range) -> navigation.index(value, key, range);
    };
  }

  private Navigation navigation(
      Expression expression, Supplier<List<ScopeTraversal>> references, Scope scope) {
    return new Navigation(problem ->
        diagnostics.add(problem.within(expression.range()).with(values(references.get(), scope))));
  }

  private Value element(SourceRange range, Scope scope) {
    return scope.resolve(new ScopeTraversal(ELEMENT, range, List.of(), range), diagnostics).value();
  }

  private Value unary(Expression.Unary unary, Scope scope) {
    Value operand = of(unary.operand(), scope);
    try {
      return Operators.apply(unary.operator(), operand);
    } catch (Operators.OperationException e) {
      report(e, unary.operand(), unary.operand(), unary, scope);
      return Unknown.of(Operators.resultType(unary.operator()));
    }
  }

  private Value binary(Binary binary, Scope scope) {
    Deque<Binary> chain = new ArrayDeque<>();
    Expression leftmost = binary;
    while (leftmost instanceof Binary next) {
      chain.push(next);
      leftmost = next.left();
    }
    // Held back until the right side is known: true || … is true whatever is wrong elsewhere.
    Diagnostics problems = new Diagnostics();
    Value left = reportingTo(problems).of(leftmost, scope);
    while (!chain.isEmpty()) {
      Diagnostics combined = new Diagnostics();
      left = binary(chain.pop(), left, problems, scope, combined);
      problems = combined;
    }
    diagnostics.addAll(problems.all());
    return left;
  }

  private Value binary(
      Binary binary, Value left, Diagnostics leftProblems, Scope scope, Diagnostics combined) {
    Diagnostics rightProblems = new Diagnostics();
    Value right = reportingTo(rightProblems).of(binary.right(), scope);
    boolean logical = Operators.operandType(binary.operator()).equals(Type.BOOL);
    Optional<Value> decided =
        logical ? decided(binary, left, leftProblems, right, rightProblems) : Optional.empty();
    if (decided.isPresent()) {
      return decided.get();
    }
    combined.addAll(leftProblems.all());
    combined.addAll(rightProblems.all());
    try {
      return Operators.apply(binary.operator(), left, right);
    } catch (Operators.OperationException e) {
      reportingTo(combined).report(e, binary.left(), binary.right(), binary, scope);
      return Unknown.of(Operators.resultType(binary.operator()));
    }
  }

  /** What one side of {@code &&} or {@code ||} says already, whatever is wrong with the other. */
  private static Optional<Value> decided(
      Binary binary, Value left, Diagnostics leftProblems, Value right, Diagnostics rightProblems) {
    if (leftProblems.hasErrors() == rightProblems.hasErrors() && !leftProblems.hasErrors()) {
      return Optional.empty();
    }
    try {
      Value whole = Operators.apply(binary.operator(), left, right);
      boolean leftGood = !leftProblems.hasErrors();
      boolean decides = whole.isKnown() || (leftGood && !left.isKnown());
      return decides ? Optional.of(whole) : Optional.empty();
    } catch (Operators.OperationException e) {
      return Optional.empty();
    }
  }

  private void report(
      Operators.OperationException e,
      Expression left,
      Expression right,
      Expression whole,
      Scope scope) {
    switch (e.problem()) {
      case LEFT_OPERAND -> unsuitable("left operand", e, left, whole, scope);
      case RIGHT_OPERAND -> unsuitable("right operand", e, right, whole, scope);
      case OPERAND -> unsuitable("unary operand", e, left, whole, scope);
      case OPERATION, DIVISION_BY_ZERO ->
          error(
              e.problem() == Operators.Problem.OPERATION ? "operation-failed" : "division-by-zero",
              "Operation failed",
              "Error during operation: " + e.getMessage() + ".",
              whole,
              whole,
              scope);
    }
  }

  private void unsuitable(
      String which, Exception e, Expression operand, Expression whole, Scope scope) {
    error(
        "invalid-operand",
        "Invalid operand",
        "Unsuitable value for " + which + ": " + e.getMessage() + ".",
        operand,
        whole,
        scope);
  }

  private Value object(Expression.ObjectConstructor object, Scope scope) {
    TreeMap<String, Value> attributes = new TreeMap<>();
    Set<Mark> marks = EnumSet.noneOf(Mark.class);
    boolean known = true;
    for (Expression.ObjectItem item : object.items()) {
      Value value = of(item.value(), scope);
      if (item.key() instanceof ScopeTraversal traversal) {
        diagnostics.add(ambiguous(traversal));
        known = false;
        continue;
      }
      Value key = of(item.key(), scope);
      marks.addAll(key.marks());
      Value name = key(key.unmarked(), item.key(), object, scope);
      if (name instanceof Str(String text)) {
        attributes.put(text, value);
      } else {
        known = false;
      }
    }
    return (known ? new ObjectValue(attributes) : Unknown.ANY).withMarks(marks);
  }

  private static Diagnostic ambiguous(ScopeTraversal key) {
    return Diagnostic.error(
        "ambiguous-attribute-key",
        "Ambiguous attribute key",
        "If this is meant as a reference, put it in parentheses. If it is meant as a name with dots"
            + " in it, put it in quotes.",
        key.range());
  }

  private Value key(Value key, Expression expression, Expression whole, Scope scope) {
    if (key.isNull()) {
      error(
          "null-key",
          "Null value as key",
          "Can't use a null value as a key.",
          expression,
          whole,
          scope);
      return Unknown.ANY;
    }
    try {
      return Conversion.convert(key, Type.STRING);
    } catch (ConversionException e) {
      error(
          "incorrect-key-type",
          "Incorrect key type",
          "Can't use this value as a key: " + e.getMessage() + ".",
          expression,
          whole,
          scope);
      return Unknown.ANY;
    }
  }

  /** Reports an error with the values of the variables that the subject refers to. */
  void error(
      String code,
      String summary,
      String detail,
      Expression subject,
      Expression context,
      Scope scope) {
    diagnostics.add(
        Diagnostic.error(code, summary, detail, subject.range())
            .within(context.range())
            .with(values(subject, scope)));
  }

  List<String> values(Expression subject, Scope scope) {
    return values(subject.variables(), scope);
  }

  private static List<String> values(List<ScopeTraversal> references, Scope scope) {
    Set<String> lines = new TreeSet<>();
    for (ScopeTraversal reference : references) {
      if (lines.size() < MOST_VALUES) {
        line(reference, scope).ifPresent(lines::add);
      }
    }
    return List.copyOf(lines);
  }

  /** Says what a reference is; where it leads nowhere, what it is as far as it leads. */
  private static Optional<String> line(ScopeTraversal reference, Scope scope) {
    Diagnostics problems = new Diagnostics();
    Scope.Resolution resolution = scope.resolve(reference, problems);
    Value value = resolution.value();
    int steps = resolution.steps();
    Navigation navigation = new Navigation(problems::add);
    while (steps < reference.steps().size() && isShown(reference.steps().get(steps))) {
      Value next = follow(value, reference.steps().get(steps), navigation);
      if (problems.hasErrors()) {
        break;
      }
      value = next;
      steps++;
    }
    ScopeTraversal led =
        new ScopeTraversal(
            reference.root(),
            reference.rootRange(),
            reference.steps().subList(0, steps),
            reference.range());
    return value.equals(Unknown.ANY) || !led.steps().stream().allMatch(Evaluation::isShown)
        ? Optional.empty()
        : Optional.of(led + " is " + ValueText.brief(value));
  }

  /** Whether a step can be written down: a key that is hidden or not known can't. */
  private static boolean isShown(Traverser step) {
    return switch (step) {
      case Traverser.Attribute _ -> true;
      case Traverser.Index(Value key, SourceRange _) -> key.isKnown() && key.marks().isEmpty();
    };
  }

  /** Whether an expression refers to something ephemeral, wherever in it. */
  boolean dependsOnEphemeral(Expression expression, Scope scope) {
    Evaluation aside = reportingTo(new Diagnostics());
    for (ScopeTraversal reference : expression.variables()) {
      Diagnostics problems = new Diagnostics();
      Value value = aside.reportingTo(problems).reference(reference, new ArrayDeque<>(), scope);
      if (!problems.hasErrors() && Marks.has(value, Mark.EPHEMERAL)) {
        return true;
      }
    }
    return false;
  }
}
