package io.pgha.core.configuration;

import io.pgha.core.configuration.Module.Variable;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.expression.Scope;
import io.pgha.language.syntax.Attribute;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import io.pgha.language.syntax.Traverser;
import io.pgha.language.value.Str;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The names that the source of a module can refer to: variables, local values and paths, which are
 * known while the configuration is still being read. Each is evaluated when it is asked for, once.
 */
final class EarlyScope implements Scope {
  private final EarlyValues early;
  private final Path root;
  private final Path directory;
  private final SequencedMap<String, Variable> variables;
  private final SequencedMap<String, Attribute> locals;
  private final @Nullable Outer outer;
  private final Map<String, Value> known = new HashMap<>();

  /** What is being evaluated, to be told from what needs itself. */
  private final Set<String> begun = new HashSet<>();

  private @Nullable Map<String, Value> given;

  /** The module that calls this one, and what it gives to it. */
  private record Outer(EarlyScope scope, Map<String, Attribute> arguments) {}

  private EarlyScope(
      EarlyValues early,
      Path root,
      Path directory,
      SequencedMap<String, Variable> variables,
      SequencedMap<String, Attribute> locals,
      @Nullable Outer outer) {
    this.early = early;
    this.root = root;
    this.directory = directory;
    this.variables = variables;
    this.locals = locals;
    this.outer = outer;
  }

  /** What the names of the root module give. */
  static EarlyScope ofRoot(
      EarlyValues early,
      Path directory,
      SequencedMap<String, Variable> variables,
      SequencedMap<String, Attribute> locals) {
    return new EarlyScope(early, directory, directory, variables, locals, null);
  }

  /**
   * What the names of a module give that this one calls.
   *
   * @param arguments what the call gives to the module's variables
   */
  EarlyScope ofCalled(
      Map<String, Attribute> arguments,
      Path folder,
      SequencedMap<String, Variable> inner,
      SequencedMap<String, Attribute> innerLocals) {
    return new EarlyScope(early, root, folder, inner, innerLocals, new Outer(this, arguments));
  }

  /** The value of an expression of the module. */
  Value evaluate(Attribute written, Diagnostics diagnostics) {
    return early.evaluator().evaluate(written.expression(), this, diagnostics);
  }

  /** What an expression refers to, with its values. */
  Diagnostic explained(Diagnostic error, Attribute written) {
    return error.with(early.evaluator().values(written.expression(), this));
  }

  @Override
  public Resolution resolve(ScopeTraversal reference, Diagnostics diagnostics) {
    if (!reference.steps().isEmpty()
        && reference.steps().getFirst() instanceof Traverser.Attribute(String name, var _)) {
      switch (reference.root()) {
        case "var" -> {
          return new Resolution(variable(name, reference, diagnostics), 1);
        }
        case "local" -> {
          return new Resolution(local(name, reference, diagnostics), 1);
        }
        case "path" -> {
          Optional<Path> path = path(name);
          if (path.isPresent()) {
            return new Resolution(new Str(path.get().toString()), 1);
          }
        }
        case "terraform", "pgha" -> {
          if (name.equals("workspace")) {
            return new Resolution(new Str("default"), 1);
          }
        }
        default -> {
          // Nothing else is there yet.
        }
      }
    }
    diagnostics.add(
        Diagnostic.error(
            "module-source",
            "Source of a module depends on %s".formatted(reference),
            "Modules are found before anything else is evaluated, so their sources may refer only to"
                + " input variables, local values that come of these, path.module, path.root and"
                + " path.cwd.",
            reference.range()));
    return Resolution.failed(reference);
  }

  private Optional<Path> path(String name) {
    return switch (name) {
      case "module" -> Optional.of(shown(root.relativize(directory)));
      case "root" -> Optional.of(Path.of("."));
      case "cwd" -> Optional.of(Path.of("").toAbsolutePath());
      default -> Optional.empty();
    };
  }

  private static Path shown(Path relative) {
    return relative.toString().isEmpty() ? Path.of(".") : relative;
  }

  private Value variable(String name, ScopeTraversal reference, Diagnostics diagnostics) {
    Variable variable = variables.get(name);
    if (variable == null) {
      return undeclared("variable", name, variables.keySet(), reference, diagnostics);
    }
    Value value = once("var." + name, reference, diagnostics, () -> value(variable, diagnostics));
    if (outer == null && !value.isKnown()) {
      diagnostics.add(
          Diagnostic.error(
              "missing-variable",
              "No value for a variable that the source of a module needs",
              "Modules are found before anything else is evaluated, and var.%1$s has no value by then: it has no default. Give it with -var '%1$s=...', in a file NAME.auto.pghavars.hcl or one given with -var-file, or in the environment as PGHA_VAR_%1$s."
                  .formatted(name),
              reference.range()));
    }
    return value;
  }

  private Value value(Variable variable, Diagnostics diagnostics) {
    Outer caller = outer;
    if (caller == null) {
      Map<String, Value> all = given;
      if (all == null) {
        all = early.root(variables);
        given = all;
      }
      return all.getOrDefault(variable.name(), Unknown.ANY);
    }
    Attribute argument = caller.arguments().get(variable.name());
    return early.called(
        variable,
        Optional.ofNullable(argument).map(each -> caller.scope().evaluate(each, diagnostics)),
        argument == null ? variable.range() : argument.expression().range());
  }

  private Value local(String name, ScopeTraversal reference, Diagnostics diagnostics) {
    Attribute local = locals.get(name);
    return local == null
        ? undeclared("local value", name, locals.keySet(), reference, diagnostics)
        : once("local." + name, reference, diagnostics, () -> evaluate(local, diagnostics));
  }

  /** Evaluates what was not evaluated yet. */
  private Value once(
      String name, ScopeTraversal reference, Diagnostics diagnostics, Supplier<Value> evaluation) {
    Value value = known.get(name);
    if (value != null) {
      return value;
    }
    if (!begun.add(name)) {
      diagnostics.add(
          Diagnostic.error(
              "cycle",
              "Source of a module depends on itself",
              name + " needs its own value. Take one of the references away that lead back to it.",
              reference.range()));
      return Unknown.ANY;
    }
    value = evaluation.get();
    known.put(name, value);
    return value;
  }

  private static Value undeclared(
      String what,
      String name,
      Collection<String> all,
      ScopeTraversal reference,
      Diagnostics diagnostics) {
    SourceRange range = reference.range();
    diagnostics.add(
        Diagnostic.error(
            "undeclared-reference",
            "Reference to undeclared " + what,
            "No %s \"%s\" is declared in this module.%s"
                .formatted(what, name, Meta.suggestion(name, all)),
            range));
    return Unknown.ANY;
  }
}
