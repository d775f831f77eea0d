package io.pgha.language.expression;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFile;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.function.FileSource;
import io.pgha.language.function.Function;
import io.pgha.language.function.FunctionContext;
import io.pgha.language.function.FunctionException;
import io.pgha.language.function.FunctionTable;
import io.pgha.language.syntax.Expression;
import io.pgha.language.syntax.Expression.FunctionCall;
import io.pgha.language.syntax.Parser;
import io.pgha.language.value.Bool;
import io.pgha.language.value.ConversionException;
import io.pgha.language.value.Mark;
import io.pgha.language.value.Refinement;
import io.pgha.language.value.Type;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Unknowns;
import io.pgha.language.value.Value;
import io.pgha.language.value.ValueText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Evaluates function calls, and the functions that see expressions instead of values. */
final class Calls {
  private static final int DEEPEST_TEMPLATE = 64;

  private final Evaluation evaluation;

  Calls(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  Value of(FunctionCall call, Scope scope) {
    FunctionTable functions = evaluation.evaluator().functions();
    if (functions.isEmpty()) {
      evaluation.diagnostics().add(notAllowed(call));
      return Unknown.ANY;
    }
    String name = call.name().startsWith("core::") ? call.name().substring(6) : call.name();
    return switch (name) {
      case "try" -> attempt(call, scope);
      case "can" -> can(call, scope);
      case "convert" -> convert(call, scope);
      default -> {
        Optional<Function> function = functions.find(call.name());
        if (function.isEmpty()) {
          // Errors in arguments are worth knowing too.
          call.arguments().forEach(argument -> evaluation.of(argument, scope));
          evaluation.diagnostics().add(UnknownFunction.of(call, functions));
          yield Unknown.ANY;
        }
        if (name.equals("templatestring") && isWrittenInPlace(call, scope)) {
          yield Unknown.ANY;
        }
        yield apply(function.get(), call, scope);
      }
    };
  }

  /** Reports a template that is not taken from elsewhere: such a one is better just written. */
  private boolean isWrittenInPlace(FunctionCall call, Scope scope) {
    if (call.arguments().isEmpty() || isReference(call.arguments().getFirst())) {
      return false;
    }
    evaluation.error(
        "invalid-argument",
        "Invalid function argument",
        "Invalid value for \"template\" parameter: it must be a reference to a string that holds a"
            + " template, such as local.greeting. What is written in place can be a template itself,"
            + " without templatestring.",
        call.arguments().getFirst(),
        call,
        scope);
    return true;
  }

  private static boolean isReference(Expression expression) {
    return switch (expression) {
      case Expression.ScopeTraversal _ -> true;
      case Expression.RelativeTraversal(Expression source, _, _) -> isReference(source);
      case Expression.Index(Expression collection, _, _, _) -> isReference(collection);
      default -> false;
    };
  }

  private static Diagnostic notAllowed(FunctionCall call) {
    return Diagnostic.error(
            "function-not-allowed",
            "Function calls not allowed",
            "Functions may not be called here.",
            call.range())
        .within(call.range());
  }

  private Value apply(Function function, FunctionCall call, Scope scope) {
    List<Value> arguments = new ArrayList<>();
    Set<Mark> marks = EnumSet.noneOf(Mark.class);
    int last = call.arguments().size() - 1;
    for (int i = 0; i <= last; i++) {
      Value argument = evaluation.of(call.arguments().get(i), scope);
      if (i < last || !call.expandFinal()) {
        arguments.add(argument);
        continue;
      }
      marks.addAll(argument.marks());
      Value inner = argument.unmarked();
      Type type = inner.type();
      boolean sequence =
          type instanceof Type.ListType
              || type instanceof Type.SetType
              || type instanceof Type.TupleType;
      if (inner.isNull() || (!sequence && !type.equals(Type.DYNAMIC))) {
        evaluation.error(
            "invalid-expansion",
            "Invalid expanding argument value",
            inner.isNull()
                ? "The expanding argument (indicated by ...) must not be null."
                : "The expanding argument (indicated by ...) must be of a tuple, list, or set"
                    + " type.",
            call.arguments().get(i),
            call,
            scope);
        return Unknown.ANY;
      }
      List<Navigation.Element> elements = Navigation.elements(inner);
      if (elements == null) {
        return Unknown.ANY.withMarks(marks);
      }
      elements.forEach(element -> arguments.add(element.value()));
    }
    return hasRightCount(function, arguments.size(), call)
        ? apply(function, arguments, call, scope).withMarks(marks)
        : Unknown.ANY.withMarks(marks);
  }

  private boolean hasRightCount(Function function, int given, FunctionCall call) {
    int wanted = function.parameters().size();
    if (given < wanted) {
      evaluation
          .diagnostics()
          .add(
              Diagnostic.error(
                      "not-enough-arguments",
                      "Not enough function arguments",
                      "Function "
                          + ValueText.quote(call.name())
                          + " expects"
                          + (function.variadic().isPresent() ? " at least " : " ")
                          + wanted
                          + " argument(s). Missing value for "
                          + ValueText.quote(function.parameter(given).name())
                          + ".",
                      call.argumentsRange())
                  .within(call.range()));
      return false;
    }
    if (given > wanted && function.variadic().isEmpty()) {
      evaluation
          .diagnostics()
          .add(
              Diagnostic.error(
                      "too-many-arguments",
                      "Too many function arguments",
                      "Function "
                          + ValueText.quote(call.name())
                          + " expects only "
                          + wanted
                          + " argument(s).",
                      excess(call, wanted))
                  .within(call.range()));
      return false;
    }
    return true;
  }

  /** Where the first argument too many is; the expanded one where it has no place of its own. */
  private static SourceRange excess(FunctionCall call, int wanted) {
    List<Expression> arguments = call.arguments();
    return arguments.isEmpty()
        ? call.range()
        : arguments.get(Math.min(wanted, arguments.size() - 1)).range();
  }

  private Value apply(Function function, List<Value> arguments, FunctionCall call, Scope scope) {
    try {
      return function.call(arguments, context());
    } catch (FunctionException e) {
      if (e.argument() < 0) {
        evaluation.error(
            "function-failed",
            "Error in function call",
            "Call to function " + ValueText.quote(call.name()) + " failed: " + e.getMessage() + ".",
            call,
            call,
            scope);
      } else {
        int position = Math.min(e.argument(), call.arguments().size() - 1);
        evaluation.error(
            "invalid-argument",
            "Invalid function argument",
            "Invalid value for "
                + ValueText.quote(function.parameter(e.argument()).name())
                + " parameter: "
                + e.getMessage()
                + ".",
            call.arguments().get(position),
            call,
            scope);
      }
      return Unknown.ANY;
    }
  }

  private FunctionContext context() {
    return new FunctionContext() {
      @Override
      public FileSource files() {
        return evaluation.evaluator().environment().files();
      }

      @Override
      public Optional<Instant> planTime() {
        return evaluation.evaluator().environment().planTime();
      }

      @Override
      public Optional<Instant> now() {
        return evaluation.evaluator().environment().now();
      }

      @Override
      public Value render(String source, String name, Map<String, Value> variables)
          throws FunctionException {
        return renderTemplate(source, name, variables);
      }
    };
  }

  private Value renderTemplate(String source, String name, Map<String, Value> variables)
      throws FunctionException {
    if (evaluation.templates().contains(source)) {
      throw new FunctionException("the template " + name + " can't be rendered inside of itself");
    }
    if (evaluation.templates().size() >= DEEPEST_TEMPLATE) {
      throw new FunctionException("templates call each other more than 64 deep");
    }
    Diagnostics problems = new Diagnostics();
    Expression template = Parser.parseTemplate(SourceFile.of(name, source), problems);
    Value value = Unknown.ANY;
    if (!problems.hasErrors()) {
      Scope scope =
          (reference, diagnostics) -> {
            Value variable = variables.get(reference.root());
            if (variable != null) {
              return Scope.Resolution.root(variable);
            }
            diagnostics.add(
                Diagnostic.error(
                    "unknown-template-variable",
                    "Unknown template variable",
                    "vars map does not contain key " + ValueText.quote(reference.root()),
                    reference.rootRange()));
            return Scope.Resolution.failed(reference);
          };
      List<String> templates = new ArrayList<>(evaluation.templates());
      templates.add(source);
      value = new Evaluation(evaluation.evaluator(), problems, templates).of(template, scope);
    }
    Optional<Diagnostic> error = problems.all().stream().filter(Diagnostic::isError).findFirst();
    if (error.isPresent()) {
      throw new FunctionException(text(error.get()));
    }
    return value;
  }

  private static String text(Diagnostic problem) {
    String where = problem.subject().map(range -> range + ": ").orElse("");
    String detail = problem.detail().isEmpty() ? "" : "; " + withoutStop(problem.detail());
    return where + problem.summary() + detail;
  }

  private static String withoutStop(String text) {
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }

  private Value attempt(FunctionCall call, Scope scope) {
    if (call.arguments().isEmpty()) {
      return failed(call, "at least one argument is required", scope);
    }
    StringBuilder failures = new StringBuilder();
    Set<Mark> marks = EnumSet.noneOf(Mark.class);
    int last = call.arguments().size() - 1;
    for (int i = 0; i <= last; i++) {
      Expression argument = call.arguments().get(i);
      Diagnostics problems = new Diagnostics();
      Value value = evaluation.reportingTo(problems).of(argument, scope);
      Optional<List<Value>> elements =
          call.expandFinal() && i == last && !problems.hasErrors()
              ? elements(value)
              : Optional.empty();
      if (elements.isPresent()) {
        // They have their values: the first one is taken, where there is one.
        marks.addAll(value.marks());
        if (elements.get().isEmpty()) {
          continue;
        }
        value = elements.get().getFirst();
      }
      if (!problems.hasErrors()) {
        // What is not wholly known may be of another type by then.
        return (Unknowns.isWhollyKnown(value) ? value : Unknown.ANY.withMarks(value.marks()))
            .withMarks(marks);
      }
      if (evaluation.dependsOnEphemeral(argument, scope)) {
        // It may succeed in the apply.
        marks.add(Mark.EPHEMERAL);
      }
      problems.all().stream()
          .filter(Diagnostic::isError)
          .forEach(problem ->
              failures
                  .append("\n- ")
                  .append(problem.summary())
                  .append(problem.subject().map(range -> " (at " + range + ")").orElse(""))
                  .append("\n  ")
                  .append(problem.detail()));
    }
    return failed(
        call,
        "no expression succeeded:"
            + failures
            + "\n\nAt least one expression must produce a successful result",
        scope);
  }

  /** What a sequence has whose length is known; empty for anything else. */
  private static Optional<List<Value>> elements(Value value) {
    Value inner = value.unmarked();
    boolean sequence =
        switch (inner.type()) {
          case Type.ListType _, Type.SetType _, Type.TupleType _ -> !inner.isNull();
          default -> false;
        };
    return sequence
        ? Optional.ofNullable(Navigation.elements(inner))
            .map(all -> all.stream().map(Navigation.Element::value).toList())
        : Optional.empty();
  }

  private Value failed(FunctionCall call, String message, Scope scope) {
    evaluation.error(
        "function-failed",
        "Error in function call",
        "Call to function " + ValueText.quote(call.name()) + " failed: " + message + ".",
        call,
        call,
        scope);
    return Unknown.ANY;
  }

  private Value can(FunctionCall call, Scope scope) {
    if (call.arguments().size() != 1) {
      return failed(call, "exactly one argument is required", scope);
    }
    Expression argument = call.arguments().getFirst();
    Diagnostics problems = new Diagnostics();
    Value value = evaluation.reportingTo(problems).of(argument, scope);
    boolean open = !problems.hasErrors() && !Unknowns.isWhollyKnown(value);
    Value result =
        open ? new Unknown(Type.BOOL, Refinement.NOT_NULL) : Bool.of(!problems.hasErrors());
    // What fails in a plan may succeed in the apply.
    return evaluation.dependsOnEphemeral(argument, scope)
        ? result.withMarks(EnumSet.of(Mark.EPHEMERAL))
        : result;
  }

  private Value convert(FunctionCall call, Scope scope) {
    if (call.arguments().size() != 2) {
      return failed(call, "a value and a type are required", scope);
    }
    Optional<TypeConstraint> constraint =
        TypeConstraint.parse(call.arguments().get(1), evaluation.diagnostics());
    Value value = evaluation.of(call.arguments().getFirst(), scope);
    if (constraint.isEmpty()) {
      return Unknown.ANY;
    }
    try {
      return constraint.get().convert(value);
    } catch (ConversionException e) {
      evaluation.error(
          "invalid-argument",
          "Invalid function argument",
          "Invalid value for \"value\" parameter: " + e.messageWithPath() + ".",
          call.arguments().getFirst(),
          call,
          scope);
      return Unknown.ANY;
    }
  }
}
