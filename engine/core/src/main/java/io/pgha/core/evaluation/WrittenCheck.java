package io.pgha.core.evaluation;

import io.pgha.core.Configuration;
import io.pgha.core.configuration.Module;
import io.pgha.core.configuration.Module.Call;
import io.pgha.core.configuration.Module.Output;
import io.pgha.core.configuration.Module.Resource;
import io.pgha.core.configuration.Module.Rule;
import io.pgha.core.configuration.Module.Variable;
import io.pgha.core.evaluation.ModuleInstance.Caller;
import io.pgha.core.evaluation.ModuleInstance.Repetition;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.expression.Navigation;
import io.pgha.language.expression.Scope;
import io.pgha.language.syntax.Attribute;
import io.pgha.language.syntax.Expression;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import io.pgha.language.value.Mark;
import io.pgha.language.value.Type;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import io.pgha.provider.ResourceType;
import io.pgha.provider.schema.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is wrong in what is written whether it is evaluated or not: in blocks and modules
 * without instances, and names in the bodies of loops over nothing and in what {@code try} never
 * gets to. So one hears of a slip when it is made, not on the day that the part it is in is
 * switched on. As in Terraform, what a {@code count} guards is evaluated, too.
 *
 * <p>The modules of each folder are gone through once, and all that their names give is unknown.
 */
public final class WrittenCheck implements Expressions.Meaning {
  private final Evaluation.Inputs inputs;
  private final Diagnostics found = new Diagnostics();

  /** Names that mean nothing: told before what comes of it. */
  private final Diagnostics misnamed = new Diagnostics();

  private final Deprecations deprecations = new Deprecations();
  private final Suggestions suggestions = new Suggestions();

  private final ModuleEvaluators evaluators;
  private final Expressions expressions;
  private final InstanceEvaluation instances;

  private final Set<Path> seen = new HashSet<>();
  private final IdentityHashMap<Variable, Value> variables = new IdentityHashMap<>();
  private final IdentityHashMap<Attribute, Value> locals = new IdentityHashMap<>();
  private final Map<String, Value> byType = new HashMap<>();

  private WrittenCheck(Evaluation.Inputs inputs) {
    this.inputs = inputs;
    this.evaluators = new ModuleEvaluators(inputs);
    this.expressions = new Expressions(this, evaluators, found);
    this.instances = new InstanceEvaluation(inputs, expressions, found);
  }

  /**
   * Reports what is wrong in a configuration and was not found by evaluating it.
   *
   * @param diagnostics what was found, and takes more
   */
  public static void check(Configuration configuration, Diagnostics diagnostics) {
    WrittenCheck check =
        new WrittenCheck(
            new Evaluation.Inputs(
                configuration.module(),
                Map.of(),
                Map.of(),
                configuration.types(),
                Map.of(),
                Map.of(),
                configuration.evaluator(),
                Ephemerals.CLOSED));
    ModuleInstance root = new ModuleInstance("", configuration.module(), null);
    check.module(root);
    configuration.module().imports().forEach(block -> check.imported(block, root));
    check.tell(diagnostics);
    check.deprecations.tellAll(diagnostics);
  }

  /** What is said already, with values at hand, is not said again. */
  private void tell(Diagnostics diagnostics) {
    List<Diagnostic> errors =
        Stream.concat(misnamed.all().stream(), found.all().stream())
            .filter(WrittenCheck::isTold)
            .toList();
    if (errors.isEmpty()) {
      return;
    }
    Map<String, List<SourceRange>> known = new HashMap<>();
    diagnostics.all().stream()
        .filter(Diagnostic::isError)
        .flatMap(error -> error.subject().stream())
        .forEach(range -> add(known, range));
    for (Diagnostic error : errors) {
      SourceRange range = error.subject().orElseThrow();
      if (known.getOrDefault(range.file(), List.of()).stream().noneMatch(range::overlaps)) {
        // That all values are unknown is so here only.
        diagnostics.add(error.with(List.of()));
        add(known, range);
      }
    }
  }

  /**
   * Whether it is wrong whatever the values. Conditions may hold as soon as there are any, and
   * Terraform divides by zero, so what guards a division may be just that.
   */
  private static boolean isTold(Diagnostic found) {
    return found.isError()
        && found.subject().isPresent()
        && !Rules.isFailedCondition(found)
        && !found.code().equals("division-by-zero");
  }

  private static void add(Map<String, List<SourceRange>> known, SourceRange range) {
    known.computeIfAbsent(range.file(), file -> new ArrayList<>()).add(range);
  }

  @Override
  public Scope scope(ModuleInstance module, @Nullable Repetition repetition, @Nullable Value self) {
    return new WrittenScope(this, module, repetition, self);
  }

  @Override
  public void depend(ModuleInstance module, ScopeTraversal reference) {
    if (!NameScope.isOfResource(reference)) {
      lookUp(reference, module, scope(module, null, null));
    } else if (!module.module().resources().containsKey(NamedDependencies.resource(reference))) {
      found.add(NamedDependencies.undeclared(module.module(), reference, suggestions));
      return;
    }
    NamedDependencies.inside(reference).ifPresent(found::add);
  }

  /** Takes what no function may keep quiet about. */
  void report(Diagnostic error) {
    misnamed.add(error);
  }

  private void module(ModuleInstance instance) {
    Module module = instance.module();
    if (!seen.add(module.directory())) {
      return;
    }
    module.variables().values().forEach(variable -> variable(instance, variable));
    module
        .locals()
        .forEach((name, local) -> {
          names(local.expression(), instance, null);
          local(instance, name, local);
        });
    module.resources().values().forEach(resource -> resource(instance, resource));
    module.outputs().values().forEach(output -> output(instance, output));
    module.checks().values().stream()
        .flatMap(check -> check.assertions().stream())
        .forEach(rule -> condition(rule, instance, null, null));
    for (Call call : module.calls().values()) {
      call(instance, call);
      module(
          new ModuleInstance(
              instance.address("module." + call.name()),
              call.module(),
              new Caller(instance, call, new InstanceKey.None())));
    }
  }

  private void variable(ModuleInstance module, Variable variable) {
    variable.validations().forEach(rule -> condition(rule, module, null, null));
  }

  private void output(ModuleInstance module, Output output) {
    names(output.value(), module, null);
    output.preconditions().forEach(rule -> words(rule, module, scope(module, null, null)));
    expressions.output(module, output);
  }

  private void call(ModuleInstance module, Call call) {
    Repetition repetition = repetition(call.repetition(), module);
    call.dependsOn().forEach(reference -> depend(module, reference));
    deprecations.call(call);
    for (Variable variable : call.module().variables().values()) {
      Attribute argument = call.arguments().get(variable.name());
      Optional<Value> given = Optional.empty();
      if (argument != null) {
        names(argument.expression(), module, repetition);
        given = Optional.of(expressions.evaluate(argument.expression(), module, repetition));
      }
      expressions.variable(variable, given, argument);
    }
  }

  private void resource(ModuleInstance module, Resource resource) {
    Repetition repetition = repetition(resource.repetition(), module);
    Optional<ResourceType> type = inputs.types().type(resource.type());
    if (type.isEmpty()) {
      found.add(instances.unknownType(resource));
      return;
    }
    resource.dependsOn().forEach(reference -> depend(module, reference));
    instances
        .written(
            module,
            resource,
            repetition,
            type.get().schema(),
            module.address(resource.key()),
            TypeRegistry.isEphemeral(resource.type()))
        .content()
        .attributes()
        .values()
        .forEach(argument -> names(argument.expression(), module, repetition));
    resource
        .lifecycle()
        .replaceTriggeredBy()
        .forEach(reference -> names(reference, module, repetition));
    expressions.triggers(resource.lifecycle().replaceTriggeredBy(), module, repetition);
    Scope scope = scope(module, repetition, null);
    resource.lifecycle().preconditions().forEach(rule -> words(rule, module, scope));
    resource
        .lifecycle()
        .postconditions()
        .forEach(rule -> condition(rule, module, repetition, instance(resource)));
  }

  private void imported(Module.Import block, ModuleInstance root) {
    Repetition repetition = repetition(block.repetition(), Expansions::visited, root);
    block.id().ifPresent(id -> names(id, root, repetition));
    block.identity().ifPresent(identity -> names(identity, root, repetition));
  }

  /** What {@code each} and {@code count} are: of a type at most. */
  private Repetition repetition(Module.Repetition written, ModuleInstance module) {
    return repetition(written, Expansions::keyed, module);
  }

  private Repetition repetition(
      Module.Repetition written, Expressions.Expanding expanding, ModuleInstance module) {
    return switch (written) {
      case Module.Repetition.Single(Optional<Expression> enabled) -> {
        enabled.ifPresent(condition -> {
          names(condition, module, null);
          expressions.expand(written, module);
        });
        yield new Repetition(new InstanceKey.None(), Unknown.ANY);
      }
      case Module.Repetition.Count(Expression count) -> {
        names(count, module, null);
        expressions.expand(written, module);
        yield new Repetition(new InstanceKey.OfCount(0), Unknown.ANY);
      }
      case Module.Repetition.ForEach(Expression elements) -> {
        names(elements, module, null);
        Value value = expressions.evaluate(elements, module, null);
        expanding.of(value, elements.range(), found);
        Type type = value.unmarked().type();
        yield new Repetition(
            Expansions.isSequence(type)
                ? new InstanceKey.OfElement(0)
                : new InstanceKey.OfForEach(""),
            switch (type) {
              case Type.ListType(Type element) -> Unknown.of(element);
              case Type.MapType(Type element) -> Unknown.of(element);
              case Type.SetType(Type element) -> Unknown.of(element);
              default -> Unknown.ANY;
            });
      }
    };
  }

  private void condition(
      Rule rule, ModuleInstance module, @Nullable Repetition repetition, @Nullable Value self) {
    Scope scope = scope(module, repetition, self);
    new Rules(evaluators.of(module.module()), found).verdict(rule, scope);
    words(rule, module, scope);
  }

  /** The names in a condition, and its message, which nothing else looks at while it holds. */
  private void words(Rule rule, ModuleInstance module, Scope scope) {
    lookUp(rule.condition(), module, scope);
    lookUp(rule.errorMessage(), module, scope);
    evaluators.of(module.module()).evaluate(rule.errorMessage(), scope, found);
  }

  /** Looks up all names in an expression, those too that evaluating it may never come to. */
  private void names(
      Expression expression, ModuleInstance module, @Nullable Repetition repetition) {
    lookUp(expression, module, scope(module, repetition, null));
  }

  private void lookUp(Expression expression, ModuleInstance module, Scope scope) {
    boolean modules = false;
    for (ScopeTraversal reference : expression.variables()) {
      if (reference.root().equals("module")) {
        modules = true;
        // Which outputs and instances there are, try() may be asking.
        scope.resolve(reference, new Diagnostics());
      } else if (!NameScope.isOfResource(reference)) {
        scope.resolve(reference, misnamed);
      } else {
        Diagnostics inside = new Diagnostics();
        evaluators.of(module.module()).evaluate(reference, scope, inside);
        // Which instances there are, it may be asking just as well.
        inside.all().stream()
            .filter(each -> !each.code().equals(Navigation.INVALID_INDEX))
            .forEach(misnamed::add);
      }
    }
    if (modules) {
      expression
          .elementVariables()
          .forEach(element -> deprecations.element(module.module(), element));
    }
  }

  /** Finds what was meant by names that nothing has. */
  Suggestions suggestions() {
    return suggestions;
  }

  /** What is known of the deprecated. */
  Deprecations deprecations() {
    return deprecations;
  }

  Value variable(Variable variable) {
    Value known = variables.get(variable);
    if (known == null) {
      known = new Variables(evaluators.shared(), new Diagnostics()).unknown(variable);
      variables.put(variable, known);
    }
    return known;
  }

  Value local(ModuleInstance module, String name, Attribute local) {
    Value known = locals.get(local);
    if (known == null) {
      // Who asks for it while it is evaluated goes round: evaluation says so.
      locals.put(local, Unknown.ANY);
      known = expressions.evaluate(local.expression(), module, null);
      locals.put(local, known);
    }
    return known;
  }

  Value applying() {
    return Unknown.of(Type.BOOL).withMarks(EnumSet.of(Mark.EPHEMERAL));
  }

  /** An instance of a resource: its attributes are of their types, and not known. */
  Value instance(Resource resource) {
    return byType.computeIfAbsent(
        resource.type(),
        name ->
            inputs
                .types()
                .type(name)
                .map(type -> instance(type.schema(), TypeRegistry.isEphemeral(name)))
                .orElse(Unknown.ANY));
  }

  private static Value instance(Schema schema, boolean ephemeral) {
    Map<String, Type> attributes = new TreeMap<>();
    schema.attributes().forEach(attribute -> attributes.put(attribute.name(), attribute.type()));
    attributes.putIfAbsent("id", Type.STRING);
    Value value = Unknown.of(Type.object(attributes));
    return ephemeral ? value.withMarks(EnumSet.of(Mark.EPHEMERAL)) : value;
  }
}
