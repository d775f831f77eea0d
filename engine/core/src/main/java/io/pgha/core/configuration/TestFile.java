package io.pgha.core.configuration;

import io.pgha.core.configuration.Module.PassedProvider;
import io.pgha.core.configuration.Module.Rule;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.syntax.Attribute;
import io.pgha.language.syntax.Expression;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * A file of tests as written.
 *
 * @param name the file, relative to the folder of the configuration
 * @param variables what variables are given in all runs, by name
 * @param providers whose types are mocked
 * @param configurations of providers that it declares, and that are no mocks
 * @param substitutions what is taken for what, in all runs
 * @param runs what is tried, in order
 */
public record TestFile(
    String name,
    SequencedMap<String, Attribute> variables,
    List<MockProvider> providers,
    List<ProviderBlock> configurations,
    List<Substitution> substitutions,
    List<Run> runs) {
  public TestFile {
    variables = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(variables));
    providers = List.copyOf(providers);
    configurations = List.copyOf(configurations);
    substitutions = List.copyOf(substitutions);
    runs = List.copyOf(runs);
  }

  /** What a run does. */
  public enum Command {
    PLAN,
    APPLY;

    /** How it is written. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A {@code run} block: one plan or apply, and what is to be true of it.
   *
   * @param expectedFailures what is to fail, as written
   * @param module the module that is tried; empty: that of the configuration's folder
   * @param providers what the module's configurations of providers are, by what the file calls
   *     them; empty: those of the same names
   * @param stateKey names the state that it works on; empty: the module has its own
   */
  public record Run(
      String name,
      Command command,
      SequencedMap<String, Attribute> variables,
      List<Rule> assertions,
      List<ScopeTraversal> expectedFailures,
      Options options,
      Optional<Path> module,
      List<PassedProvider> providers,
      String stateKey,
      List<Substitution> substitutions,
      SourceRange range) {
    public Run {
      variables = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(variables));
      assertions = List.copyOf(assertions);
      expectedFailures = List.copyOf(expectedFailures);
      providers = List.copyOf(providers);
      substitutions = List.copyOf(substitutions);
    }
  }

  /** How a run plans, as {@code plan_options} says. */
  public record Options(
      boolean refreshOnly, boolean refresh, Set<String> targets, Set<String> replacements) {
    /** Nothing is said. */
    public static final Options DEFAULT = new Options(false, true, Set.of(), Set.of());

    public Options {
      targets = Set.copyOf(targets);
      replacements = Set.copyOf(replacements);
    }
  }

  /**
   * A {@code mock_provider} block.
   *
   * @param name of a provider, or of one type
   * @param alias which of the provider's configurations it stands for; empty: the default one
   * @param own what the block says
   * @param shared what the files in the folder of its {@code source} say, where it does not
   */
  public record MockProvider(String name, String alias, Said own, Said shared, SourceRange range) {
    /** As one refers to it. */
    @Override
    public String toString() {
      return ProviderReference.text(name, alias);
    }
  }

  /** What is said of a mocked provider: of its types, and of some of their instances. */
  public record Said(List<MockType> types, List<Substitution.OfResource> overrides) {
    public Said {
      types = List.copyOf(types);
      overrides = List.copyOf(overrides);
    }
  }

  /**
   * What all mocks of a type have.
   *
   * @param type its name, behind {@code data.} where it is only read
   */
  public record MockType(
      String type, Optional<Expression> defaults, boolean duringPlan, SourceRange range) {}

  /** What is taken for something that the configuration declares. */
  public sealed interface Substitution {
    /** What is not made, or not read, as configured. */
    RelativeAddress target();

    /**
     * An instance, or all of a resource.
     *
     * @param values what its computed attributes are
     * @param duringPlan whether that is known when it is planned
     */
    record OfResource(RelativeAddress target, Optional<Expression> values, boolean duringPlan)
        implements Substitution {}

    /**
     * A module: nothing in it is made.
     *
     * @param outputs what its outputs are; the others are null
     */
    record OfModule(RelativeAddress target, Optional<Expression> outputs) implements Substitution {}
  }
}
