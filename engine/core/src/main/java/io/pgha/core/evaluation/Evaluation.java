package io.pgha.core.evaluation;

import io.pgha.core.configuration.Module;
import io.pgha.core.configuration.Module.Call;
import io.pgha.core.configuration.Module.Output;
import io.pgha.core.configuration.Module.Resource;
import io.pgha.core.configuration.Module.Variable;
import io.pgha.core.evaluation.ModuleInstance.Caller;
import io.pgha.core.evaluation.ModuleInstance.Repetition;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.expression.Evaluator;
import io.pgha.language.expression.Scope;
import io.pgha.language.syntax.Attribute;
import io.pgha.language.syntax.Expression;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import io.pgha.language.value.Bool;
import io.pgha.language.value.Mark;
import io.pgha.language.value.Null;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.TupleValue;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import io.pgha.state.InstanceState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates a configuration on demand: whatever is asked for, and what that needs, once.
 *
 * <p>When more computed attributes become known, {@link #learned} says so, and only what uses them
 * is evaluated again, when it is asked for. Not thread-safe, except for its {@link #index} once all
 * instances were evaluated.
 */
public final class Evaluation {
  private final ModuleInstance root;
  private final Inputs inputs;
  private final Diagnostics diagnostics;
  private final Cell.Stack stack = new Cell.Stack();
  private final Expressions expressions;
  private final InstanceEvaluation instances;
  private final EphemeralEvaluation ephemerals;
  private final ProviderInstances providers;
  private final ImportedInstances imports;
  private final Map<String, ModuleInstance> modules = new HashMap<>();
  private final Optional<AppliedResources> applied;

  private final Cell<Value> applying;
  private boolean isApplying;

  /** What {@link #instances} left out the last time. */
  private final VariableConditions conditions;

  private final Suggestions suggestions = new Suggestions();
  private final List<Deferral> deferrals = new ArrayList<>();

  /**
   * What an evaluation starts from.
   *
   * @param module the root module
   * @param variables the root module's variables as given, converted already
   * @param given where they were given, by name
   * @param types who knows the resource types
   * @param computed attributes known only from machines or from earlier runs, by address; looked at
   *     anew after {@link #learned}
   * @param applied what was last applied, by address: for arguments whose changes are ignored
   * @param evaluator evaluates expressions, with the functions and files they may use
   * @param ephemerals opens ephemeral resources, or leaves them unknown
   */
  public record Inputs(
      Module module,
      Map<String, Value> variables,
      Map<String, SourceRange> given,
      TypeRegistry types,
      Map<String, ObjectValue> computed,
      Map<String, InstanceState> applied,
      Evaluator evaluator,
      Ephemerals ephemerals) {}

  /** An evaluation that has evaluated nothing yet. */
  public Evaluation(Inputs inputs, Diagnostics diagnostics) {
    this(inputs, Optional.empty(), diagnostics);
  }

  /**
   * An evaluation that has evaluated nothing yet.
   *
   * @param applied what references to resources give instead of what is configured
   */
  public Evaluation(Inputs inputs, Optional<AppliedResources> applied, Diagnostics diagnostics) {
    this.applied = applied;
    this.inputs = inputs;
    this.diagnostics = diagnostics;
    this.root = new ModuleInstance("", inputs.module(), null);
    modules.put("", root);
    this.conditions = new VariableConditions(stack, diagnostics::add);
    this.expressions = new Expressions(meaning(), new ModuleEvaluators(inputs), diagnostics);
    this.instances = new InstanceEvaluation(inputs, expressions, diagnostics);
    this.ephemerals = new EphemeralEvaluation(inputs, expressions, instances, diagnostics);
    this.applying =
        cell("terraform.applying", () -> Bool.of(isApplying).withMarks(EnumSet.of(Mark.EPHEMERAL)));
    this.providers = new ProviderInstances(this, inputs, expressions, diagnostics);
    this.imports = new ImportedInstances(expressions, root, stack, diagnostics);
  }

  private Expressions.Meaning meaning() {
    return new Expressions.Meaning() {
      @Override
      public Scope scope(
          ModuleInstance module, @Nullable Repetition repetition, @Nullable Value self) {
        return new ModuleScope(Evaluation.this, module, repetition, self);
      }

      @Override
      public void depend(ModuleInstance module, ScopeTraversal reference) {
        new NamedDependencies(Evaluation.this, diagnostics)
            .add(module, reference, scope(module, null, null));
      }
    };
  }

  /** All resource instances of all modules, in source order; those with errors are left out. */
  public List<ResourceInstance> instances() {
    List<ResourceInstance> all = new ArrayList<>();
    deferrals.clear();
    collect(root, all);
    if (instances.index().size() > all.size()) {
      // Data sources say by now that some are not there.
      instances
          .index()
          .retain(all.stream().map(ResourceInstance::address).collect(Collectors.toSet()));
    }
    return all;
  }

  private void collect(ModuleInstance module, List<ResourceInstance> all) {
    for (Resource resource : module.module().resources().values()) {
      Expansion expansion = expansion(module, resource);
      deferred(expansion, module.resourceExpansions.get(resource.key()));
      for (InstanceKey key : expansion.keys().keySet()) {
        if (TypeRegistry.isEphemeral(resource.type())) {
          ephemeral(module, resource, key);
        } else {
          instance(module, resource, key).ifPresent(all::add);
        }
      }
    }
    for (Call call : module.module().calls().values()) {
      children(module, call).values().forEach(child -> collect(child, all));
      deferred(callExpansion(module, call), module.callExpansions.get(call.name()));
    }
    validateVariables(module);
    module.module().checks().values().stream()
        .flatMap(check -> check.assertions().stream())
        .forEach(rule -> expressions.evaluate(rule.condition(), module, null));
    // Evaluated for their errors, which are to be seen before any connection is opened.
    module.module().locals().keySet().forEach(name -> local(module, name, Optional.empty()));
    module.module().outputs().values().forEach(output -> output(module, output));
    providers.check(module);
  }

  private void deferred(Expansion expansion, @Nullable Cell<Expansion> cell) {
    if (expansion instanceof Expansion.Deferred(Diagnostic why) && cell != null) {
      deferrals.add(Deferral.ofInstances(cell, why));
    }
  }

  /**
   * Resources and modules of which it can't be told yet which instances there are, as {@link
   * #instances} found them: they become known when data sources are {@link #learned}.
   */
  public List<Deferral> deferrals() {
    return List.copyOf(deferrals);
  }

  /** Whether an instance uses anything of what a deferral leaves open. */
  public boolean uses(ResourceInstance instance, Deferral deferral) {
    ModuleInstance module = modules.get(instance.modulePath());
    Cell<?> cell = module == null ? null : module.resources.get(instance.address());
    return cell != null && cell.uses(deferral.deciding());
  }

  /** Whether there is a module of this address; the root has the empty one. */
  public boolean hasModule(String path) {
    return modules.containsKey(path);
  }

  /** The instances evaluated so far, as providers see them; all after {@link #instances}. */
  public InstanceIndex index() {
    return instances.index();
  }

  /** The instance as it is by now, evaluated again where something it uses was learned. */
  public Optional<ResourceInstance> instance(ResourceInstance known) {
    ModuleInstance module = modules.get(known.modulePath());
    Resource resource =
        module == null ? null : module.module().resources().get(known.type() + "." + known.name());
    return module == null || resource == null
        ? Optional.empty()
        : instance(module, resource, known.key());
  }

  /** Reports postconditions of an instance that do not hold by what is known of it now. */
  public void checkPostconditions(ResourceInstance instance) {
    ModuleInstance module = modules.get(instance.modulePath());
    Resource resource =
        module == null
            ? null
            : module.module().resources().get(instance.type() + "." + instance.name());
    if (module == null || resource == null || instance.lifecycle().postconditions().isEmpty()) {
      return;
    }
    Value self = instances.visible(instance);
    Repetition repetition =
        new Repetition(instance.key(), each(expansion(module, resource), instance.key()));
    instance
        .lifecycle()
        .postconditions()
        .forEach(rule -> expressions.checkSelf(rule, module, repetition, self));
  }

  /** Says that an apply begins: what depends on that is evaluated again. */
  public void beginApply() {
    isApplying = true;
    applying.invalidate(instances.index()::outdate);
  }

  /** Whether an apply has begun; ephemeral, as a plan must not depend on it. */
  Value applying() {
    return applying.get(stack, Optional.empty(), diagnostics::add);
  }

  /** Whether something is being evaluated right now, by the thread that asks. */
  public boolean isRunning() {
    return stack.isActive();
  }

  /** Says that more is known of an instance than when it was evaluated. */
  public void learned(ResourceInstance known) {
    ModuleInstance module = modules.get(known.modulePath());
    Cell<Optional<ResourceInstance>> cell =
        module == null ? null : module.resources.get(known.address());
    if (cell != null) {
      cell.invalidate(instances.index()::outdate);
    }
  }

  /** Opens the ephemeral resources that could not be opened before, for their conditions. */
  public void ephemerals() {
    ephemerals(root);
  }

  private void ephemerals(ModuleInstance module) {
    for (Resource resource : module.module().resources().values()) {
      if (TypeRegistry.isEphemeral(resource.type())) {
        expansion(module, resource)
            .keys()
            .keySet()
            .forEach(key -> ephemeral(module, resource, key));
      }
    }
    for (Call call : module.module().calls().values()) {
      children(module, call).values().forEach(this::ephemerals);
    }
  }

  /** The root module's outputs by name. */
  public SequencedMap<String, Value> outputs() {
    SequencedMap<String, Value> values = new LinkedHashMap<>();
    root.module().outputs().forEach((name, output) -> values.put(name, output(root, output)));
    return values;
  }

  /** What an output expression uses, for skipping outputs of what could not be planned. */
  public Set<String> outputDependencies(String name) {
    return outputCell(name).map(Cell::nodesUsed).orElse(Set.of());
  }

  /** The same with what that needs, and so on. */
  public Set<String> outputReaches(String name) {
    return outputCell(name).map(Cell::nodesReached).orElse(Set.of());
  }

  private Optional<Cell<Value>> outputCell(String name) {
    Output output = root.module().outputs().get(name);
    if (output == null) {
      return Optional.empty();
    }
    output(root, output);
    return Optional.ofNullable(root.outputs.get(name));
  }

  Value variable(ModuleInstance module, Variable variable, Optional<SourceRange> from) {
    Value value =
        module
            .variables
            .computeIfAbsent(
                variable.name(),
                name ->
                    cell(module.address("var." + name), () -> evaluateVariable(module, variable)))
            .get(stack, from, diagnostics::add);
    if (applied.isEmpty()) {
      judge(module, variable);
    }
    return value;
  }

  private void judge(ModuleInstance module, Variable variable) {
    conditions.judge(
        module,
        variable,
        () -> {
          List<Diagnostic> wrong = validate(module, variable);
          // During an apply whoever uses the variable is told, and the others go on.
          if (!isApplying) {
            diagnostics.addAll(wrong);
          }
          return wrong;
        });
  }

  /** What is wrong with the variables that an instance uses, by what is known during an apply. */
  public List<Diagnostic> refused(ResourceInstance instance) {
    ModuleInstance module = modules.get(instance.modulePath());
    Cell<?> cell = module == null ? null : module.resources.get(instance.address());
    return cell == null ? List.of() : conditions.of(cell);
  }

  private Value evaluateVariable(ModuleInstance module, Variable variable) {
    Caller caller = module.caller();
    Value value;
    if (caller == null) {
      value = inputs.variables().getOrDefault(variable.name(), Unknown.ANY);
    } else {
      Attribute argument = caller.call().arguments().get(variable.name());
      Optional<Value> given =
          argument == null
              ? Optional.empty()
              : Optional.of(
                  expressions.evaluate(argument.expression(), caller.module(), repetition(caller)));
      value = expressions.variable(variable, given, argument);
    }
    return value;
  }

  /** Reports what the root module's variables must be and are not. */
  public void validateVariables() {
    validateVariables(root);
  }

  private void validateVariables(ModuleInstance module) {
    // Evaluated for their errors, even where nothing uses them.
    module
        .module()
        .variables()
        .values()
        .forEach(variable -> {
          variable(module, variable, Optional.empty());
          judge(module, variable);
        });
  }

  private List<Diagnostic> validate(ModuleInstance module, Variable variable) {
    Value value = variable(module, variable, Optional.empty());
    if (value.equals(Unknown.ANY)) {
      return List.of();
    }
    Caller caller = module.caller();
    Attribute argument = caller == null ? null : caller.call().arguments().get(variable.name());
    SourceRange range =
        caller == null
            ? inputs.given().getOrDefault(variable.name(), variable.range())
            : argument == null ? variable.range() : argument.expression().range();
    return variable.validations().stream()
        .map(rule -> expressions.validate(rule, variable, module, range))
        .flatMap(Optional::stream)
        .toList();
  }

  /**
   * Evaluates again, for their errors, what nothing may use: variables and local values. What is
   * wrong with variables and held nobody back is reported, too.
   */
  public void unused() {
    unused(root);
    diagnostics.addAll(conditions.untold());
  }

  private void unused(ModuleInstance module) {
    validateVariables(module);
    module.module().locals().keySet().forEach(name -> local(module, name, Optional.empty()));
    for (Call call : module.module().calls().values()) {
      children(module, call).values().forEach(this::unused);
    }
  }

  Value local(ModuleInstance module, String name, Optional<SourceRange> from) {
    Attribute local = module.module().locals().get(name);
    if (local == null) {
      return Unknown.ANY;
    }
    return module
        .locals
        .computeIfAbsent(
            name,
            key ->
                cell(
                    module.address("local." + key),
                    () -> expressions.evaluate(local.expression(), module, null)))
        .get(stack, from, diagnostics::add);
  }

  Value output(ModuleInstance module, Output output) {
    return module
        .outputs
        .computeIfAbsent(
            output.name(),
            name ->
                cell(module.address("output." + name), () -> expressions.output(module, output)))
        .get(stack, Optional.of(output.range()), diagnostics::add);
  }

  Expansion expansion(ModuleInstance module, Resource resource) {
    return module
        .resourceExpansions
        .computeIfAbsent(
            resource.key(),
            key ->
                new Cell<>(
                    module.address(key),
                    Optional.empty(),
                    () -> expressions.expand(resource.repetition(), module),
                    Expansion.Failed::new))
        .get(stack, Optional.of(resource.range()), diagnostics::add);
  }

  Optional<ResourceInstance> instance(ModuleInstance module, Resource resource, InstanceKey key) {
    String address = module.address(resource.key() + key.suffix());
    Cell<Optional<ResourceInstance>> cell = module.resources.get(address);
    if (cell == null) {
      List<Cell<Optional<ResourceInstance>>> self = new ArrayList<>();
      cell =
          new Cell<>(
              address,
              Optional.of(address),
              () ->
                  instances.evaluate(
                      module,
                      resource,
                      new Repetition(key, each(expansion(module, resource), key)),
                      () -> {
                        dependOnAll(module, resource);
                        return self.getFirst().nodesUsed();
                      }),
              Optional::empty);
      self.add(cell);
      module.resources.put(address, cell);
    }
    return cell.get(stack, Optional.of(resource.range()), diagnostics::add);
  }

  private Value ephemeral(ModuleInstance module, Resource resource, InstanceKey key) {
    String address = module.address(resource.key() + key.suffix());
    return module
        .ephemerals
        .computeIfAbsent(
            address,
            name ->
                cell(
                    name,
                    () -> {
                      dependOnAll(module, resource);
                      return ephemerals.evaluate(
                          module,
                          resource,
                          new Repetition(key, each(expansion(module, resource), key)));
                    }))
        .get(stack, Optional.of(resource.range()), diagnostics::add);
  }

  private static Value each(Expansion expansion, InstanceKey key) {
    return expansion.keys().getOrDefault(key, Null.ANY);
  }

  /** Makes what is being evaluated depend on all that depends_on names, its callers' too. */
  private void dependOnAll(ModuleInstance module, Resource resource) {
    resource.dependsOn().forEach(reference -> expressions.depend(module, reference));
    ModuleInstance inner = module;
    Caller caller = inner.caller();
    while (caller != null) {
      ModuleInstance outer = caller.module();
      caller.call().dependsOn().forEach(reference -> expressions.depend(outer, reference));
      inner = outer;
      caller = inner.caller();
    }
  }

  SequencedMap<InstanceKey, ModuleInstance> children(ModuleInstance module, Call call) {
    SequencedMap<InstanceKey, Value> keys = callExpansion(module, call).keys();
    ModuleInstance.Children known = module.children.get(call.name());
    if (known != null && known.keys().equals(keys)) {
      return known.instances();
    }
    // Which there are may change when data sources are read.
    SequencedMap<InstanceKey, ModuleInstance> children = new LinkedHashMap<>();
    for (InstanceKey key : keys.keySet()) {
      ModuleInstance before = known == null ? null : known.instances().get(key);
      ModuleInstance child =
          before == null
              ? new ModuleInstance(
                  module.address("module." + call.name() + key.suffix()),
                  call.module(),
                  new Caller(module, call, key))
              : before;
      children.put(key, child);
      modules.put(child.path(), child);
    }
    module.children.put(call.name(), new ModuleInstance.Children(keys, children));
    return children;
  }

  Expansion callExpansion(ModuleInstance module, Call call) {
    return module
        .callExpansions
        .computeIfAbsent(
            call.name(),
            name ->
                new Cell<>(
                    module.address("module." + name),
                    Optional.empty(),
                    () -> expressions.expand(call.repetition(), module),
                    Expansion.Failed::new))
        .get(stack, Optional.of(call.range()), diagnostics::add);
  }

  /** What {@code each} and {@code count} are in the arguments of a module call. */
  private Repetition repetition(Caller caller) {
    Expansion expansion = callExpansion(caller.module(), caller.call());
    return new Repetition(caller.key(), each(expansion, caller.key()));
  }

  /**
   * All instances of a resource with count or for_each: a tuple, or an object by key. Null where
   * the only one is disabled.
   */
  Value resourceValue(ModuleInstance module, Resource resource) {
    String address = module.address(resource.key());
    return module
        .wholeResources
        .computeIfAbsent(
            resource.key(),
            key ->
                new Cell<>(
                    address,
                    // What is ephemeral is no instance: what uses it needs what it needs.
                    TypeRegistry.isEphemeral(resource.type())
                        ? Optional.empty()
                        : Optional.of(address),
                    () ->
                        whole(
                            expansion(module, resource),
                            each -> instanceValue(module, resource, each)),
                    () -> Unknown.ANY))
        .get(stack, Optional.of(resource.range()), diagnostics::add);
  }

  /**
   * All instances of a module with count or for_each: a tuple, or an object by key. Null where the
   * only one is disabled.
   */
  Value callValue(ModuleInstance module, Call call) {
    return module
        .wholeCalls
        .computeIfAbsent(
            call.name(),
            name ->
                cell(
                    module.address("module." + name),
                    () -> {
                      Map<InstanceKey, ModuleInstance> children = children(module, call);
                      return whole(
                          callExpansion(module, call),
                          each -> {
                            ModuleInstance child = children.get(each);
                            return child == null ? Unknown.ANY : moduleValue(child);
                          });
                    }))
        .get(stack, Optional.of(call.range()), diagnostics::add);
  }

  private static Value whole(Expansion expansion, Function<InstanceKey, Value> instance) {
    if (!expansion.isTold()) {
      return Unknown.ANY;
    }
    if (expansion instanceof Expansion.Disabled) {
      return Null.ANY;
    }
    List<Value> values = new ArrayList<>();
    Map<String, Value> byKey = new TreeMap<>();
    for (InstanceKey key : expansion.keys().keySet()) {
      Value value = instance.apply(key);
      if (key instanceof InstanceKey.OfForEach(String text)) {
        byKey.put(text, value);
      } else {
        values.add(value);
      }
    }
    return expansion instanceof Expansion.Keyed ? ObjectValue.of(byKey) : new TupleValue(values);
  }

  /** The outputs of a module instance as an object. */
  Value moduleValue(ModuleInstance module) {
    Map<String, Value> values = new TreeMap<>();
    module.module().outputs().forEach((name, output) -> values.put(name, output(module, output)));
    return ObjectValue.of(values);
  }

  /** The value that a reference to a resource instance gives. */
  Value instanceValue(ModuleInstance module, Resource resource, InstanceKey key) {
    if (TypeRegistry.isEphemeral(resource.type())) {
      return ephemeral(module, resource, key);
    }
    return instance(module, resource, key).map(instances::visible).orElse(Unknown.ANY);
  }

  /** What was applied, where that is what references to resources give. */
  Optional<AppliedResources> applied() {
    return applied;
  }

  /** Evaluates an expression of the root module, as {@code console} does. */
  public Value evaluate(Expression expression) {
    return expressions.evaluate(expression, root, null);
  }

  /** Evaluates expressions as the root module does, with what it calls providers. */
  public Evaluator evaluator() {
    return expressions.evaluator(root);
  }

  /** What names mean in the root module. */
  public Scope scope() {
    return expressions.scope(root);
  }

  /** Warns of assertions of check blocks that do not hold; an unknown one may still. */
  public void checks() {
    checks(root);
  }

  private void checks(ModuleInstance module) {
    module.module().checks().values().stream()
        .flatMap(check -> check.assertions().stream())
        .forEach(rule -> expressions.checkAssertion(rule, module));
    for (Call call : module.module().calls().values()) {
      children(module, call).values().forEach(this::checks);
    }
  }

  /**
   * The instances that the import blocks of the root module name, as far as it is known; what is
   * wrong is reported.
   */
  public List<ImportedInstance> imports() {
    return imports.all();
  }

  /** The import blocks of which it can't be told yet which instances they name. */
  public List<Deferral> importDeferrals() {
    return imports.deferrals();
  }

  /** Finds what was meant by names that nothing has. */
  Suggestions suggestions() {
    return suggestions;
  }

  /** Reports what no function may keep quiet about. */
  void report(Diagnostic found) {
    diagnostics.add(found);
  }

  private static Cell<Value> cell(String name, Supplier<Value> work) {
    return new Cell<>(name, Optional.empty(), work, () -> Unknown.ANY);
  }
}
