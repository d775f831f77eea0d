package io.pgha.core.configuration;

import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.syntax.Attribute;
import io.pgha.language.syntax.Body;
import io.pgha.language.syntax.BodySchema;
import io.pgha.language.syntax.Expression;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import io.pgha.state.InstanceAddress;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A module as written: all that the files of one folder declare.
 *
 * @param directory the folder
 * @param variables the inputs, by name
 * @param locals the local values, by name
 * @param outputs the results, by name
 * @param resources the resources, by {@code type.name}
 * @param calls the modules called, by name
 * @param checks what is to hold and stops nothing, by name
 * @param moves what was renamed, as its moved blocks say, in source order
 * @param removals what was given up, as its removed blocks say
 * @param imports what is taken over, as its import blocks say
 * @param providers what it calls providers, and their configurations
 */
public record Module(
    Path directory,
    SequencedMap<String, Variable> variables,
    SequencedMap<String, Attribute> locals,
    SequencedMap<String, Output> outputs,
    SequencedMap<String, Resource> resources,
    SequencedMap<String, Call> calls,
    SequencedMap<String, Check> checks,
    List<Move> moves,
    List<Removal> removals,
    List<Import> imports,
    ModuleProviders providers) {
  public Module {
    variables = frozen(variables);
    locals = frozen(locals);
    outputs = frozen(outputs);
    resources = frozen(resources);
    calls = frozen(calls);
    checks = frozen(checks);
    moves = List.copyOf(moves);
    removals = List.copyOf(removals);
    imports = List.copyOf(imports);
  }

  /** A module that says nothing. */
  public static Module empty(Path directory) {
    return new Module(
        directory,
        new LinkedHashMap<>(),
        new LinkedHashMap<>(),
        new LinkedHashMap<>(),
        new LinkedHashMap<>(),
        new LinkedHashMap<>(),
        new LinkedHashMap<>(),
        List.of(),
        List.of(),
        List.of(),
        ModuleProviders.NONE);
  }

  /** Whether it, or a module that it calls, has a block for resources of a type. */
  public boolean declares(String type) {
    return resources.values().stream().anyMatch(resource -> resource.type().equals(type))
        || calls.values().stream().anyMatch(call -> call.module().declares(type));
  }

  /**
   * The block of this module, or of one that it calls, that an instance belongs to, whether it
   * still has an instance with these keys or not.
   */
  public Optional<Resource> declaring(InstanceAddress address) {
    List<RelativeAddress.Part> parts = RelativeAddress.parts(address);
    Module module = this;
    for (RelativeAddress.Part part : parts.subList(0, parts.size() - 1)) {
      Call call = module.calls().get(part.name().substring("module.".length()));
      if (call == null) {
        return Optional.empty();
      }
      module = call.module();
    }
    return Optional.ofNullable(module.resources().get(parts.getLast().name()));
  }

  private static <T> SequencedMap<String, T> frozen(SequencedMap<String, T> map) {
    return Collections.unmodifiableSequencedMap(new LinkedHashMap<>(map));
  }

  /**
   * An input.
   *
   * @param type the type constraint as written; empty: any
   * @param defaultValue the value where none is given
   * @param deprecation what the module's users are told who give it a value; empty: nothing
   * @param nullable whether null may be given; else null means the default
   */
  public record Variable(
      String name,
      Optional<Expression> type,
      Optional<Expression> defaultValue,
      String description,
      String deprecation,
      boolean sensitive,
      boolean ephemeral,
      boolean nullable,
      List<Rule> validations,
      SourceRange range) {
    /** Whether its value may not be shown, or not be kept. */
    public boolean isHidden() {
      return sensitive || ephemeral;
    }
  }

  /**
   * A condition that must hold.
   *
   * @param condition must be true
   * @param errorMessage what the user reads where it isn't
   */
  public record Rule(Expression condition, Expression errorMessage, SourceRange range) {}

  /**
   * A result.
   *
   * @param deprecation what those are told who refer to it; empty: nothing
   */
  public record Output(
      String name,
      Expression value,
      String description,
      String deprecation,
      boolean sensitive,
      boolean ephemeral,
      List<ScopeTraversal> dependsOn,
      List<Rule> preconditions,
      SourceRange range) {}

  /**
   * A resource.
   *
   * @param body what is left when meta-arguments are taken out
   * @param repetition how many instances there are
   * @param provider the configuration of its provider that it names, if it names one
   * @param checked whether it is there for a {@code check} block only, and so stops nothing
   */
  public record Resource(
      String type,
      String name,
      Body body,
      Repetition repetition,
      List<ScopeTraversal> dependsOn,
      Lifecycle lifecycle,
      Optional<ProviderReference> provider,
      boolean checked,
      SourceRange typeRange,
      SourceRange range) {
    /** What every block can say, whatever its type. */
    public static final BodySchema META =
        BodySchema.EMPTY.optional("count", "for_each", "depends_on", "provider").block("lifecycle");

    /** {@code type.name}. */
    public String key() {
      return type + "." + name;
    }
  }

  /** How many instances of a resource or module there are. */
  public sealed interface Repetition {
    /**
     * Just one.
     *
     * @param enabled whether there is even that; empty where nothing is said
     */
    record Single(Optional<Expression> enabled) implements Repetition {
      /** One that is always there. */
      public Single() {
        this(Optional.empty());
      }
    }

    /** As many as a number says. */
    record Count(Expression count) implements Repetition {}

    /** One for each element of a map or set of strings. */
    record ForEach(Expression elements) implements Repetition {}
  }

  /**
   * How changes to a resource are made.
   *
   * @param ignoreChanges the attributes whose changes are ignored, as written
   * @param ignoreAll whether all changes are
   */
  public record Lifecycle(
      boolean createBeforeDestroy,
      boolean preventDestroy,
      List<ScopeTraversal> ignoreChanges,
      boolean ignoreAll,
      List<Expression> replaceTriggeredBy,
      List<Rule> preconditions,
      List<Rule> postconditions) {
    /** What holds where nothing is said. */
    public static final Lifecycle DEFAULT =
        new Lifecycle(false, false, List.of(), false, List.of(), List.of(), List.of());
  }

  /**
   * A call of a module.
   *
   * @param arguments the inputs, an expression each
   * @param providers the configurations of providers that it passes
   * @param module the module called
   */
  public record Call(
      String name,
      SequencedMap<String, Attribute> arguments,
      Repetition repetition,
      List<ScopeTraversal> dependsOn,
      List<PassedProvider> providers,
      Module module,
      SourceRange range) {
    public Call {
      providers = List.copyOf(providers);
    }
  }

  /**
   * A configuration of a provider that a module is passed.
   *
   * @param inner what the module calls it
   * @param outer what its caller calls it
   */
  public record PassedProvider(ProviderReference inner, ProviderReference outer) {}

  /**
   * A {@code check} block.
   *
   * @param assertions what is to hold
   */
  public record Check(String name, List<Rule> assertions, SourceRange range) {
    public Check {
      assertions = List.copyOf(assertions);
    }
  }

  /** A {@code moved} block: what had one address has another by now. */
  public record Move(RelativeAddress from, RelativeAddress to, SourceRange range) {
    /** Whether all instances move, each with its key. */
    public boolean isWhole() {
      return from.last().key().isEmpty() && to.last().key().isEmpty();
    }

    /** Whether what moves would be of another type, which nothing that is there can become. */
    public boolean changesType() {
      return !from.last().type().equals(to.last().type());
    }
  }

  /**
   * A {@code removed} block: what is not configured any more.
   *
   * @param destroy whether it is destroyed too, and not only forgotten
   */
  public record Removal(RelativeAddress from, boolean destroy, SourceRange range) {}

  /**
   * An {@code import} block: what is there already and is to be managed.
   *
   * @param to the instance that it is; with {@code for_each} its keys name an instance each
   * @param id what it is called by where it is, if that is said: configuration says where it is
   * @param identity the arguments that tell where it is, for configuration that is generated
   * @param repetition {@code for_each}, where there is one
   * @param provider the configuration of its provider that it names, if it names one
   */
  public record Import(
      AddressPattern to,
      Optional<Expression> id,
      Optional<Expression> identity,
      Repetition repetition,
      Optional<ProviderReference> provider,
      SourceRange range) {}
}
