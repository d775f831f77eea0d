package io.pgha.core.evaluation;

import io.pgha.core.configuration.Module;
import io.pgha.core.configuration.Module.Output;
import io.pgha.core.configuration.Module.Rule;
import io.pgha.core.configuration.Module.Variable;
import io.pgha.core.evaluation.ModuleInstance.Repetition;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.expression.Evaluator;
import io.pgha.language.expression.Scope;
import io.pgha.language.syntax.Attribute;
import io.pgha.language.syntax.Expression;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import io.pgha.language.value.Mark;
import io.pgha.language.value.Marks;
import io.pgha.language.value.Value;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Evaluates expressions in the scope of a module instance. */
final class Expressions {
  private final Meaning meaning;
  private final ModuleEvaluators evaluators;
  private final Diagnostics diagnostics;

  /** Says what the names of modules mean. */
  interface Meaning {
    /** The scope of an expression; {@code self} is the instance that it is about. */
    Scope scope(ModuleInstance module, @Nullable Repetition repetition, @Nullable Value self);

    /** Makes what is being evaluated depend on what a reference of depends_on names. */
    void depend(ModuleInstance module, ScopeTraversal reference);
  }

  Expressions(Meaning meaning, ModuleEvaluators evaluators, Diagnostics diagnostics) {
    this.meaning = meaning;
    this.evaluators = evaluators;
    this.diagnostics = diagnostics;
  }

  Value evaluate(Expression expression, ModuleInstance module, @Nullable Repetition repetition) {
    return evaluator(module).evaluate(expression, scope(module, repetition, null), diagnostics);
  }

  /** Evaluates the expressions of a module. */
  Evaluator evaluator(ModuleInstance module) {
    return evaluators.of(module.module());
  }

  private Rules rules(ModuleInstance module) {
    return new Rules(evaluator(module), diagnostics);
  }

  /** What names mean in a module. */
  Scope scope(ModuleInstance module) {
    return scope(module, null, null);
  }

  private Scope scope(
      ModuleInstance module, @Nullable Repetition repetition, @Nullable Value self) {
    return meaning.scope(module, repetition, self);
  }

  /** What the references of replace_triggered_by name. */
  List<Trigger> triggers(
      List<Expression> references, ModuleInstance module, Repetition repetition) {
    if (references.isEmpty()) {
      return List.of();
    }
    TriggerScope scope = new TriggerScope(scope(module, repetition, null), module);
    Evaluator evaluator = evaluator(module);
    references.forEach(reference -> evaluator.evaluate(reference, scope, diagnostics));
    return List.copyOf(scope.triggers());
  }

  /** Which instances there are, where it can be told by now. */
  Expansion expand(Module.Repetition repetition, ModuleInstance module) {
    return switch (repetition) {
      case Module.Repetition.Single(Optional<Expression> enabled) ->
          enabled
              .map(condition -> expand(condition, module, Expansions::enabled))
              .orElseGet(Expansion.Single::new);
      case Module.Repetition.Count(Expression count) -> expand(count, module, Expansions::counted);
      case Module.Repetition.ForEach(Expression elements) ->
          expand(elements, module, Expansions::keyed);
    };
  }

  /** Which instances an import block names, where it can be told by now. */
  Expansion expand(Module.Import block, ModuleInstance module) {
    return block.repetition() instanceof Module.Repetition.ForEach(Expression elements)
        ? expand(elements, module, Expansions::visited)
        : expand(block.repetition(), module);
  }

  /** Makes an expansion of a value. */
  interface Expanding {
    Expansion of(Value value, SourceRange range, Diagnostics diagnostics);
  }

  /** What is wrong is reported with the values that it comes of. */
  private Expansion expand(Expression expression, ModuleInstance module, Expanding expanding) {
    Diagnostics found = new Diagnostics();
    Expansion expansion =
        expanding.of(evaluate(expression, module, null), expression.range(), found);
    found.all().forEach(each -> diagnostics.add(explained(each, expression, module, null)));
    return expansion;
  }

  /** An error about the value of an expression, with the values that it is made of. */
  Diagnostic explained(
      Diagnostic error,
      Expression expression,
      ModuleInstance module,
      @Nullable Repetition repetition) {
    return error.with(evaluator(module).values(expression, scope(module, repetition, null)));
  }

  /** The value of a called module's variable: what is given or its default, converted, checked. */
  Value variable(Variable variable, Optional<Value> given, @Nullable Attribute argument) {
    SourceRange range = argument == null ? variable.range() : argument.expression().range();
    return new Variables(evaluators.shared(), diagnostics).value(variable, given, range);
  }

  Value output(ModuleInstance module, Output output) {
    output.dependsOn().forEach(reference -> depend(module, reference));
    output.preconditions().forEach(rule -> check(rule, module, null, "Output precondition"));
    Diagnostics found = new Diagnostics();
    Value value = evaluator(module).evaluate(output.value(), scope(module), found);
    diagnostics.addAll(found.all());
    // What failed has no value, whatever it would have been marked with.
    boolean failed = found.hasErrors();
    if (!failed) {
      checkEphemeral(output, value, module.path().isEmpty());
    }
    if (output.sensitive()) {
      return value.withMarks(EnumSet.of(Mark.SENSITIVE));
    }
    if (!failed && module.path().isEmpty() && Marks.has(value, Mark.SENSITIVE)) {
      diagnostics.add(
          Diagnostic.error(
              "sensitive-output",
              "Output refers to sensitive values",
              "The value of output \""
                  + output.name()
                  + "\" holds something sensitive. Say sensitive = true in the output if it is to"
                  + " be an output all the same, or use nonsensitive() where nothing secret is"
                  + " left in it.",
              output.value().range()));
    }
    return value;
  }

  /** The outputs of the root module are kept in state; of what is ephemeral nothing is. */
  private void checkEphemeral(Output output, Value value, boolean isRoot) {
    boolean ephemeral = Marks.has(value, Mark.EPHEMERAL);
    if (isRoot && output.ephemeral()) {
      report(
          "Ephemeral output not allowed",
          "State keeps the outputs of the root module, so none of them can be ephemeral.",
          output.range());
    } else if (ephemeral && !output.ephemeral()) {
      report(
          "Ephemeral value not allowed",
          isRoot
              ? "State keeps the outputs of the root module, and this value comes of an ephemeral"
                  + " one."
              : "The output is not declared with ephemeral = true, so it can't give what comes of an"
                  + " ephemeral value.",
          output.value().range());
    } else if (output.ephemeral() && value.isKnown() && !ephemeral) {
      report(
          "Value not allowed in ephemeral output",
          "The output is declared with ephemeral = true, but its value is not ephemeral.",
          output.value().range());
    }
  }

  private void report(String summary, String detail, SourceRange range) {
    diagnostics.add(Diagnostic.error("ephemeral-value", summary, detail, range));
  }

  /** Reports a condition that does not hold; an unknown one may still. */
  void check(Rule rule, ModuleInstance module, @Nullable Repetition repetition, String what) {
    judge(rule, module, scope(module, repetition, null), what);
  }

  /** Reports a condition about an instance, which it calls self. */
  void checkSelf(Rule rule, ModuleInstance module, Repetition repetition, Value self) {
    judge(rule, module, scope(module, repetition, self), "Resource postcondition");
  }

  /**
   * What is wrong with a value that a variable may not have; empty where it may.
   *
   * @param range where the value was given
   */
  Optional<Diagnostic> validate(
      Rule rule, Variable variable, ModuleInstance module, SourceRange range) {
    Scope scope = scope(module, null, null);
    Rules rules = rules(module);
    return rules.holds(rule, scope)
        ? Optional.empty()
        : Optional.of(
            Diagnostic.error(
                    "invalid-variable-value",
                    "Invalid value for variable \"" + variable.name() + "\"",
                    rules.message(rule, scope),
                    range)
                .within(rule.condition().range())
                .with(evaluator(module).values(rule.condition(), scope)));
  }

  private void judge(Rule rule, ModuleInstance module, Scope scope, String what) {
    Rules rules = rules(module);
    rules.checkMessage(rule, scope);
    if (!rules.holds(rule, scope)) {
      diagnostics.add(rules.failed(rule, scope, what));
    }
  }

  /** Warns of an assertion of a check block that does not hold. */
  void checkAssertion(Rule rule, ModuleInstance module) {
    Scope scope = scope(module, null, null);
    Rules rules = rules(module);
    rules.checkMessage(rule, scope);
    if (!rules.holds(rule, scope)) {
      diagnostics.add(rules.failed(rule, scope, "Check block assertion").asWarning());
    }
  }

  /** Makes what is being evaluated depend on what a reference of depends_on names. */
  void depend(ModuleInstance module, ScopeTraversal reference) {
    meaning.depend(module, reference);
  }
}
