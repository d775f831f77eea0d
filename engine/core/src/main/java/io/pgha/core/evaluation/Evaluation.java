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
import io.pgha.language.syntax.Attribute;
import io.pgha.language.syntax.Expression;
import io.pgha.language.value.Mark;
import io.pgha.language.value.Null;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates a configuration on demand: whatever is asked for, and what that needs, once.
 *
 * <p>One evaluation sees one fixed set of known computed attributes; when more become known, a new
 * evaluation is made. Not thread-safe.
 */
public final class Evaluation {
  private final ModuleInstance root;
  private final Inputs inputs;
  private final Diagnostics diagnostics;
  private final Cell.Stack stack = new Cell.Stack();
  private final Expressions expressions;
  private final InstanceEvaluation instances;

  /**
   * What an evaluation starts from.
   *
   * @param module the root module
   * @param variables the root module's variables as given, converted already
   * @param types who knows the resource types
   * @param computed attributes known only from machines or from earlier runs, by address
   * @param applied what was last applied, by address: for arguments whose changes are ignored
   * @param evaluator evaluates expressions, with the functions and files they may use
   */
  public record Inputs(
      Module module,
      Map<String, Value> variables,
      TypeRegistry types,
      Map<String, ObjectValue> computed,
      Map<String, ObjectValue> applied,
      Evaluator evaluator) {}

  /** An evaluation that has evaluated nothing yet. */
  public Evaluation(Inputs inputs, Diagnostics diagnostics) {
    this.inputs = inputs;
    this.diagnostics = diagnostics;
    this.root = new ModuleInstance("", inputs.module(), null);
    this.expressions = new Expressions(this, inputs.evaluator(), diagnostics);
    this.instances = new InstanceEvaluation(inputs, expressions, diagnostics);
  }

  /** All resource instances of all modules, in source order; those with errors are left out. */
  public List<ResourceInstance> instances() {
    List<ResourceInstance> all = new ArrayList<>();
    collect(root, all);
    return all;
  }

  private void collect(ModuleInstance module, List<ResourceInstance> all) {
    for (Resource resource : module.module().resources().values()) {
      for (InstanceKey key : expansion(module, resource).keys().keySet()) {
        instance(module, resource, key).ifPresent(all::add);
      }
    }
    for (Call call : module.module().calls().values()) {
      children(module, call).values().forEach(child -> collect(child, all));
    }
    // Evaluated for their errors, which are to be seen before any connection is opened.
    module.module().locals().keySet().forEach(name -> local(module, name, Optional.empty()));
    module.module().outputs().values().forEach(output -> output(module, output));
  }

  /** The instances evaluated so far, as providers see them; all after {@link #instances}. */
  public InstanceIndex index() {
    return instances.index();
  }

  /** The instance at an address, evaluated now where it was not before. */
  public Optional<ResourceInstance> instance(ResourceInstance known) {
    ModuleInstance module = moduleAt(root, known.modulePath());
    Resource resource =
        module == null ? null : module.module().resources().get(known.type() + "." + known.name());
    return module == null || resource == null
        ? Optional.empty()
        : instance(module, resource, known.key());
  }

  private @Nullable ModuleInstance moduleAt(ModuleInstance from, String path) {
    if (from.path().equals(path)) {
      return from;
    }
    for (Call call : from.module().calls().values()) {
      for (ModuleInstance child : children(from, call).values()) {
        if (path.equals(child.path()) || path.startsWith(child.path() + ".")) {
          return moduleAt(child, path);
        }
      }
    }
    return null;
  }

  /** The root module's outputs by name. */
  public SequencedMap<String, Value> outputs() {
    SequencedMap<String, Value> values = new LinkedHashMap<>();
    root.module().outputs().forEach((name, output) -> values.put(name, output(root, output)));
    return values;
  }

  /** What an output expression uses, for skipping outputs of what could not be planned. */
  public Set<String> outputDependencies(String name) {
    Output output = root.module().outputs().get(name);
    if (output == null) {
      return Set.of();
    }
    output(root, output);
    Cell<Value> cell = root.outputs.get(name);
    return cell == null ? Set.of() : cell.instancesUsed();
  }

  Value variable(ModuleInstance module, Variable variable, Optional<SourceRange> from) {
    return module
        .variables
        .computeIfAbsent(
            variable.name(),
            name -> cell(module.address("var." + name), () -> evaluateVariable(module, variable)))
        .get(stack, from, diagnostics::add);
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
                  expressions.evaluate(
                      argument.expression(), caller.module(), caller.repetition()));
      value = expressions.variable(module, variable, given, argument);
    }
    return variable.sensitive() ? value.withMarks(EnumSet.of(Mark.SENSITIVE)) : value;
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
      Value each = expansion(module, resource).keys().getOrDefault(key, Null.ANY);
      List<Cell<Optional<ResourceInstance>>> self = new ArrayList<>();
      cell =
          new Cell<>(
              address,
              Optional.of(address),
              () ->
                  instances.evaluate(
                      module,
                      resource,
                      new Repetition(key, each),
                      () -> {
                        dependOnAll(module, resource);
                        return self.getFirst().instancesUsed();
                      }),
              Optional::empty);
      self.add(cell);
      module.resources.put(address, cell);
    }
    return cell.get(stack, Optional.of(resource.range()), diagnostics::add);
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
    Expansion expansion =
        module
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
    SequencedMap<InstanceKey, ModuleInstance> known = module.children.get(call.name());
    if (known == null) {
      SequencedMap<InstanceKey, ModuleInstance> children = new LinkedHashMap<>();
      expansion
          .keys()
          .forEach((key, each) ->
              children.put(
                  key,
                  new ModuleInstance(
                      module.address("module." + call.name() + key.suffix()),
                      call.module(),
                      new Caller(module, call, new Repetition(key, each)))));
      known = children;
      module.children.put(call.name(), children);
    }
    return known;
  }

  /** The outputs of a module instance as an object. */
  Value moduleValue(ModuleInstance module) {
    Map<String, Value> values = new TreeMap<>();
    module.module().outputs().forEach((name, output) -> values.put(name, output(module, output)));
    return ObjectValue.of(values);
  }

  /** The value that a reference to a resource instance gives. */
  Value instanceValue(ModuleInstance module, Resource resource, InstanceKey key) {
    return instance(module, resource, key).map(instances::visible).orElse(Unknown.ANY);
  }

  /** Evaluates an expression of the root module, as {@code console} does. */
  public Value evaluate(Expression expression) {
    return expressions.evaluate(expression, root, null);
  }

  /** Reports that a name is not declared. */
  void undeclared(String what, String name, SourceRange range, String hint) {
    diagnostics.add(
        Diagnostic.error(
            "undeclared-reference",
            "Reference to undeclared " + what,
            "No " + what + " \"" + name + "\" is declared in this module." + hint,
            range));
  }

  private static Cell<Value> cell(String name, java.util.function.Supplier<Value> work) {
    return new Cell<>(name, Optional.empty(), work, () -> Unknown.ANY);
  }

  /** The root module's folder. */
  java.nio.file.Path rootDirectory() {
    return root.module().directory();
  }

  /** A module's folder as path.module shows it: relative to where pgha runs. */
  String shown(java.nio.file.Path directory) {
    java.nio.file.Path here = java.nio.file.Path.of("").toAbsolutePath();
    String relative = here.relativize(directory.toAbsolutePath()).toString();
    return relative.isEmpty() ? "." : relative;
  }
}
