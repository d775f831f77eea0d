package io.pgha.core.evaluation;

import io.pgha.core.configuration.Module.Call;
import io.pgha.core.configuration.Module.Output;
import io.pgha.core.configuration.Module.Resource;
import io.pgha.core.configuration.Module.Variable;
import io.pgha.core.evaluation.ModuleInstance.Repetition;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.NearestName;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.expression.Scope;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import io.pgha.language.syntax.Traverser;
import io.pgha.language.value.Null;
import io.pgha.language.value.Num;
import io.pgha.language.value.Str;
import io.pgha.language.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names that an expression of a module instance can refer to. */
final class ModuleScope implements Scope {
  private static final Set<String> PATHS = Set.of("module", "root", "cwd");

  private final Evaluation evaluation;
  private final ModuleInstance module;
  private final @Nullable Repetition repetition;

  private final @Nullable Value self;

  /** A scope; {@code self} is the instance that a postcondition is about. */
  ModuleScope(
      Evaluation evaluation,
      ModuleInstance module,
      @Nullable Repetition repetition,
      @Nullable Value self) {
    this.evaluation = evaluation;
    this.module = module;
    this.repetition = repetition;
    this.self = self;
  }

  /** The attribute names that a reference starts with, after its root. */
  static List<String> names(ScopeTraversal reference) {
    List<String> names = new ArrayList<>();
    for (Traverser step : reference.steps()) {
      if (!(step instanceof Traverser.Attribute(String name, SourceRange _))) {
        break;
      }
      names.add(name);
    }
    return names;
  }

  @Override
  public Resolution resolve(ScopeTraversal reference, Diagnostics diagnostics) {
    List<String> names = names(reference);
    String root = reference.root();
    if (root.equals("self")) {
      return self(reference, diagnostics);
    }
    if (names.isEmpty()) {
      diagnostics.add(
          Diagnostic.error(
              "invalid-reference",
              "Invalid reference",
              "\""
                  + root
                  + "\" must be followed by a name, as in var.name, local.name or type.name. Text"
                  + " is written in quotes.",
              reference.range()));
      return Resolution.failed(reference);
    }
    String name = names.getFirst();
    return switch (root) {
      case "var" -> variable(name, reference);
      case "local" -> local(name, reference);
      case "each", "count" -> repetition(root, name, reference, diagnostics);
      case "path" -> path(name, reference, diagnostics);
      case "terraform", "pgha" -> run(name, reference, diagnostics);
      case "module" -> call(name, reference, diagnostics);
      case "data", "ephemeral" -> typed(root, names, reference, diagnostics);
      default -> resource(root + "." + name, 1, reference, diagnostics);
    };
  }

  private Resolution self(ScopeTraversal reference, Diagnostics diagnostics) {
    Value instance = self;
    if (instance != null) {
      return Resolution.root(instance);
    }
    diagnostics.add(
        Diagnostic.error(
            "invalid-reference",
            "Reference to \"self\" in a place without it",
            "self is there only in a postcondition, and means the instance that it is about.",
            reference.range()));
    return Resolution.failed(reference);
  }

  private Resolution variable(String name, ScopeTraversal reference) {
    Variable variable = module.module().variables().get(name);
    if (variable == null) {
      evaluation.undeclared(
          "variable", name, reference.range(), hint(name, module.module().variables().keySet()));
      return Resolution.failed(reference);
    }
    return new Resolution(evaluation.variable(module, variable, Optional.of(reference.range())), 1);
  }

  private Resolution local(String name, ScopeTraversal reference) {
    if (!module.module().locals().containsKey(name)) {
      evaluation.undeclared(
          "local value", name, reference.range(), hint(name, module.module().locals().keySet()));
      return Resolution.failed(reference);
    }
    return new Resolution(evaluation.local(module, name, Optional.of(reference.range())), 1);
  }

  private Resolution repetition(
      String root, String name, ScopeTraversal reference, Diagnostics diagnostics) {
    Repetition current = repetition;
    if (root.equals("each")
        && current != null
        && current.key() instanceof InstanceKey.OfForEach(String key)) {
      if (name.equals("key")) {
        return new Resolution(new Str(key), 1);
      }
      if (name.equals("value")) {
        return new Resolution(current.each(), 1);
      }
    }
    if (root.equals("count")
        && current != null
        && current.key() instanceof InstanceKey.OfCount(long index)
        && name.equals("index")) {
      return new Resolution(Num.of(index), 1);
    }
    if (current != null
        && (root.equals("each")
            ? current.key() instanceof InstanceKey.OfForEach
            : current.key() instanceof InstanceKey.OfCount)) {
      diagnostics.add(
          Diagnostic.error(
              "invalid-reference",
              "Invalid reference",
              "There is no "
                  + root
                  + "."
                  + name
                  + (root.equals("each")
                      ? "; there are only each.key and each.value."
                      : "; there is only count.index."),
              reference.range()));
      return Resolution.failed(reference);
    }
    diagnostics.add(
        Diagnostic.error(
            "invalid-reference",
            "Reference to \"" + root + "\" in a place without it",
            root.equals("each")
                ? "each.key and each.value are there only in a block with for_each."
                : "count.index is there only in a block with count.",
            reference.range()));
    return Resolution.failed(reference);
  }

  private Resolution path(String name, ScopeTraversal reference, Diagnostics diagnostics) {
    if (!PATHS.contains(name)) {
      diagnostics.add(
          Diagnostic.error(
              "invalid-reference",
              "Invalid path reference",
              "There is no path." + name + "; there are path.module, path.root and path.cwd.",
              reference.range()));
      return Resolution.failed(reference);
    }
    return new Resolution(
        new Str(
            switch (name) {
              case "module" -> evaluation.shown(module.module().directory());
              case "root" -> evaluation.shown(evaluation.rootDirectory());
              default -> java.nio.file.Path.of("").toAbsolutePath().toString();
            }),
        1);
  }

  /** What an expression can ask of the run that it is evaluated in. */
  private Resolution run(String name, ScopeTraversal reference, Diagnostics diagnostics) {
    if (name.equals("workspace")) {
      return new Resolution(new Str("default"), 1);
    }
    if (name.equals("applying")) {
      return new Resolution(evaluation.applying(), 1);
    }
    diagnostics.add(
        Diagnostic.error(
            "invalid-reference",
            "Invalid reference",
            "There is no "
                + reference.root()
                + "."
                + name
                + "; there are "
                + reference.root()
                + ".workspace and "
                + reference.root()
                + ".applying, which is true only during an apply.",
            reference.range()));
    return Resolution.failed(reference);
  }

  private Resolution call(String name, ScopeTraversal reference, Diagnostics diagnostics) {
    Call call = module.module().calls().get(name);
    if (call == null) {
      evaluation.undeclared(
          "module", name, reference.range(), hint(name, module.module().calls().keySet()));
      return Resolution.failed(reference);
    }
    Map<InstanceKey, ModuleInstance> children = evaluation.children(module, call);
    if (!evaluation.callExpansion(module, call).isTold()) {
      return Resolution.failed(reference);
    }
    if (!isMember(call, children, reference)
        && !new ReferenceKeys(reference, 1).check(call.repetition(), diagnostics)) {
      return Resolution.failed(reference);
    }
    ModuleInstance single = children.get(new InstanceKey.None());
    if (single != null) {
      return output(single, reference, 1, diagnostics);
    }
    Optional<InstanceKey> key = key(reference, 1);
    if (key.isPresent()) {
      ModuleInstance child = children.get(key.get());
      return child == null
          ? noInstance("module." + name, key.get(), children.keySet(), reference, diagnostics)
          : output(child, reference, 2, diagnostics);
    }
    return new Resolution(evaluation.callValue(module, call), 1);
  }

  /**
   * Whether what follows the name of a module is in its value, as an instance's key written as an
   * attribute is, and an output's name written as a key: modules are plain objects, resources not.
   */
  private static boolean isMember(
      Call call, Map<InstanceKey, ModuleInstance> children, ScopeTraversal reference) {
    if (reference.steps().size() < 2) {
      return true;
    }
    return switch (reference.steps().get(1)) {
      case Traverser.Attribute(String name, SourceRange _) ->
          children.containsKey(new InstanceKey.OfForEach(name));
      case Traverser.Index(Value key, SourceRange _) ->
          key.unmarked() instanceof Str(String name) && call.module().outputs().containsKey(name);
    };
  }

  /** Evaluates only the output that is asked for, where one is. */
  private Resolution output(
      ModuleInstance child, ScopeTraversal reference, int consumed, Diagnostics diagnostics) {
    if (reference.steps().size() > consumed
        && reference.steps().get(consumed)
            instanceof Traverser.Attribute(String name, SourceRange range)) {
      Output output = child.module().outputs().get(name);
      if (output == null) {
        diagnostics.add(
            Diagnostic.error(
                "unsupported-attribute",
                "Unsupported attribute",
                "The module has no output named \""
                    + name
                    + "\"."
                    + hint(name, child.module().outputs().keySet()),
                range));
        return Resolution.failed(reference);
      }
      return new Resolution(evaluation.output(child, output), consumed + 1);
    }
    return new Resolution(evaluation.moduleValue(child), consumed);
  }

  /** What is referred to by its kind, type and name. */
  private Resolution typed(
      String kind, List<String> names, ScopeTraversal reference, Diagnostics diagnostics) {
    if (names.size() < 2) {
      diagnostics.add(
          Diagnostic.error(
              "invalid-reference",
              "Invalid reference",
              "\""
                  + kind
                  + "\" must be followed by a type and a name, as in "
                  + (kind.equals("data") ? "data.host_file.motd." : "ephemeral.secret_file.dba."),
              reference.range()));
      return Resolution.failed(reference);
    }
    return resource(kind + "." + names.get(0) + "." + names.get(1), 2, reference, diagnostics);
  }

  /**
   * What a reference to a resource means.
   *
   * @param name what the module declares it by
   * @param steps how many steps of the reference that name takes
   */
  private Resolution resource(
      String name, int steps, ScopeTraversal reference, Diagnostics diagnostics) {
    Resource resource = module.module().resources().get(name);
    if (resource == null) {
      evaluation.undeclared(
          TypeRegistry.Kind.of(name).word(),
          name,
          reference.range(),
          hint(name, module.module().resources().keySet()));
      return Resolution.failed(reference);
    }
    if (evaluation.applied().isPresent() && !TypeRegistry.isEphemeral(name)) {
      return evaluation
          .applied()
          .get()
          .resolve(module.address(resource.key()), resource.type(), reference, steps, diagnostics);
    }
    if (!new ReferenceKeys(reference, steps).check(resource.repetition(), diagnostics)) {
      return Resolution.failed(reference);
    }
    Expansion expansion = evaluation.expansion(module, resource);
    if (!expansion.isTold()) {
      // Whoever refers to it needs all of it, whatever that will be.
      evaluation.resourceValue(module, resource);
      return Resolution.failed(reference);
    }
    if (expansion instanceof Expansion.Single) {
      return new Resolution(
          evaluation.instanceValue(module, resource, new InstanceKey.None()), steps);
    }
    Set<InstanceKey> keys = expansion.keys().keySet();
    Optional<InstanceKey> key = key(reference, steps);
    if (key.isPresent()) {
      return keys.contains(key.get())
          ? new Resolution(evaluation.instanceValue(module, resource, key.get()), steps + 1)
          : noInstance(resource.key(), key.get(), keys, reference, diagnostics);
    }
    return new Resolution(evaluation.resourceValue(module, resource), steps);
  }

  private static Optional<InstanceKey> key(ScopeTraversal reference, int at) {
    if (reference.steps().size() <= at
        || !(reference.steps().get(at) instanceof Traverser.Index(Value index, SourceRange _))
        || index instanceof Null) {
      return Optional.empty();
    }
    return Optional.of(InstanceKey.of(index));
  }

  private static Resolution noInstance(
      String what,
      InstanceKey key,
      Collection<InstanceKey> keys,
      ScopeTraversal reference,
      Diagnostics diagnostics) {
    diagnostics.add(
        Diagnostic.error(
            "invalid-index",
            "Invalid index",
            what + " has no instance " + key.suffix() + "; it has " + InstanceKey.list(keys) + ".",
            reference.range()));
    return Resolution.failed(reference);
  }

  /** A sentence that names the nearest of the known names, or nothing. */
  static String hint(String name, Collection<String> known) {
    return NearestName.of(name, known)
        .map(nearest -> " Did you mean \"" + nearest + "\"?")
        .orElse("");
  }
}
