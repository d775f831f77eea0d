package io.pgha.core.evaluation;

import io.pgha.core.configuration.Module;
import io.pgha.core.configuration.Module.Call;
import io.pgha.core.configuration.Module.Resource;
import io.pgha.core.configuration.Module.Variable;
import io.pgha.core.configuration.ResourcePrefix;
import io.pgha.core.evaluation.ModuleInstance.Repetition;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.NearestName;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.expression.Scope;
import io.pgha.language.syntax.Attribute;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import io.pgha.language.syntax.Traverser;
import io.pgha.language.value.Num;
import io.pgha.language.value.Str;
import io.pgha.language.value.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names that an expression of a module can refer to: those that the module declares, and those
 * that are there everywhere. What they give, those who extend this say.
 */
abstract class NameScope implements Scope {
  /** What names begin with that are no resource's, data source's or ephemeral resource's. */
  static final Set<String> OTHERS =
      Set.of("var", "local", "module", "each", "count", "path", "terraform", "pgha", "self");

  private static final Set<String> PATHS = Set.of("module", "root", "cwd");

  private final ModuleInstance module;
  private final @Nullable Repetition repetition;
  private final @Nullable Value self;

  /** A scope; {@code self} is the instance that a postcondition is about. */
  NameScope(ModuleInstance module, @Nullable Repetition repetition, @Nullable Value self) {
    this.module = module;
    this.repetition = repetition;
    this.self = self;
  }

  /** The module that the names are looked up in. */
  final ModuleInstance module() {
    return module;
  }

  /** What a variable of the module gives. */
  abstract Value variable(Variable variable, ScopeTraversal reference);

  /** What a local value of the module gives. */
  abstract Value local(String name, Attribute local, ScopeTraversal reference);

  /** What a reference to a module gives that is called; it has a name at least. */
  abstract Resolution call(Call call, ScopeTraversal reference, Diagnostics diagnostics);

  /**
   * What a reference to a resource gives.
   *
   * @param steps how many steps of the reference the resource's name takes
   */
  abstract Resolution resource(
      Resource resource, int steps, ScopeTraversal reference, Diagnostics diagnostics);

  /** Whether an apply has begun. */
  abstract Value applying();

  /** Takes what is to be said even where a function such as try() keeps quiet of what is wrong. */
  abstract void report(Diagnostic error);

  /** Finds what was meant by names that nothing has. */
  abstract Suggestions suggestions();

  /** Whether a reference is to a resource, data source or ephemeral resource. */
  static boolean isOfResource(ScopeTraversal reference) {
    return !OTHERS.contains(reference.root());
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
  public final Resolution resolve(ScopeTraversal reference, Diagnostics diagnostics) {
    if (ResourcePrefix.isAt(reference)) {
      Resolution resolved = resolve(ResourcePrefix.without(reference), diagnostics);
      return new Resolution(resolved.value(), resolved.steps() + 1);
    }
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
      return undeclared("variable", name, module.module().variables().keySet(), reference);
    }
    return new Resolution(variable(variable, reference), 1);
  }

  private Resolution local(String name, ScopeTraversal reference) {
    Attribute local = module.module().locals().get(name);
    if (local == null) {
      return undeclared("local value", name, module.module().locals().keySet(), reference);
    }
    return new Resolution(local(name, local, reference), 1);
  }

  /** What {@code each} and {@code count} give. */
  Resolution repetition(
      String root, String name, ScopeTraversal reference, Diagnostics diagnostics) {
    Repetition current = repetition;
    if (root.equals("each") && current != null && current.key().isOfForEach()) {
      if (name.equals("key")) {
        return new Resolution(current.key().value(), 1);
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
            ? current.key().isOfForEach()
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
              case "module" -> shown(module.module().directory());
              case "root" -> shown(module.root().module().directory());
              default -> Path.of("").toAbsolutePath().toString();
            }),
        1);
  }

  /** What an expression can ask of the run that it is evaluated in. */
  private Resolution run(String name, ScopeTraversal reference, Diagnostics diagnostics) {
    if (name.equals("workspace")) {
      return new Resolution(new Str("default"), 1);
    }
    if (name.equals("applying")) {
      return new Resolution(applying(), 1);
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
    return call == null
        ? undeclared("module", name, module.module().calls().keySet(), reference)
        : call(call, reference, diagnostics);
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

  private Resolution resource(
      String name, int steps, ScopeTraversal reference, Diagnostics diagnostics) {
    Resource resource = module.module().resources().get(name);
    if (resource == null) {
      report(undeclaredResource(module.module(), name, reference, suggestions()));
      return Resolution.failed(reference);
    }
    return resource(resource, steps, reference, diagnostics);
  }

  private Resolution undeclared(
      String what, String name, Collection<String> known, ScopeTraversal reference) {
    report(
        undeclared(
            what, name, suggestions().of(() -> NearestName.of(name, known)), reference.range()));
    return Resolution.failed(reference);
  }

  /** Says that a resource is not declared; a misspelt root makes one of any reference. */
  static Diagnostic undeclaredResource(
      Module module, String name, ScopeTraversal reference, Suggestions suggestions) {
    return undeclared(
        TypeRegistry.Kind.of(name).word(),
        name,
        suggestions.of(() -> MeantReference.of(module, name, reference)),
        reference.range());
  }

  /** Says that a name is not declared, and which of the known ones may be meant. */
  static Diagnostic undeclared(
      String what, String name, Collection<String> known, SourceRange range) {
    return undeclared(what, name, NearestName.of(name, known), range);
  }

  private static Diagnostic undeclared(
      String what, String name, Optional<String> meant, SourceRange range) {
    return Diagnostic.error(
        "undeclared-reference",
        "Reference to undeclared " + what,
        "No " + what + " \"" + name + "\" is declared in this module." + hint(meant),
        range);
  }

  /**
   * A module's folder as path.module shows it: relative to the root module's, which all relative
   * paths begin in.
   */
  private String shown(Path directory) {
    Path root = module.root().module().directory();
    String relative = root.toAbsolutePath().relativize(directory.toAbsolutePath()).toString();
    return relative.isEmpty() ? "." : relative;
  }

  /** Says that a module has no output of a name. */
  static Diagnostic noOutput(Module module, String name, SourceRange range) {
    return Diagnostic.error(
        "unsupported-attribute",
        "Unsupported attribute",
        "The module has no output named \""
            + name
            + "\"."
            + hint(NearestName.of(name, module.outputs().keySet())),
        range);
  }

  /** A sentence that names what was probably meant, or nothing. */
  private static String hint(Optional<String> meant) {
    return meant.map(name -> " Did you mean \"" + name + "\"?").orElse("");
  }
}
