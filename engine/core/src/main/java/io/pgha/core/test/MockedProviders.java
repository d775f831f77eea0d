package io.pgha.core.test;

import io.pgha.core.configuration.Module;
import io.pgha.core.configuration.ProviderBlock;
import io.pgha.core.configuration.TestFile;
import io.pgha.core.configuration.TestFile.MockProvider;
import io.pgha.core.configuration.TestFile.MockType;
import io.pgha.core.configuration.TestFile.Substitution;
import io.pgha.core.evaluation.ProviderNames;
import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.NearestName;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.expression.Evaluator;
import io.pgha.language.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The configurations of providers that a file of tests has: those that it mocks, and those that its
 * {@code provider} blocks declare.
 */
final class MockedProviders {
  private static final String DATA = "data.";

  /** What of a configuration is about one type. */
  private record Key(String type, String alias) {}

  /**
   * The block that a configuration comes from.
   *
   * @param mocks whether it mocks it
   */
  private record Origin(boolean mocks, SourceRange range) {
    @Override
    public String toString() {
      return "the " + (mocks ? "mock_provider" : "provider") + " block at " + range;
    }
  }

  private final TypeRegistry types;
  private final ProviderNames names;
  private final Evaluator evaluator;
  private final Diagnostics diagnostics;
  private final Map<Key, Origin> origins = new HashMap<>();
  private final Map<Key, MockedValues> mocked = new HashMap<>();

  /** Those of blocks, then those of folders. */
  private final List<Overriding> overrides = new ArrayList<>();

  private MockedProviders(
      Module root, TypeRegistry types, Evaluator evaluator, Diagnostics diagnostics) {
    this.types = types;
    this.names = new ProviderNames(types, root.providers());
    this.evaluator = evaluator;
    this.diagnostics = diagnostics;
  }

  /**
   * Those of a file; what is wrong in it is reported.
   *
   * @param root the configuration's own module, which calls providers what the file calls them
   */
  static MockedProviders of(
      TestFile file,
      Module root,
      TypeRegistry types,
      Evaluator evaluator,
      Diagnostics diagnostics) {
    MockedProviders all = new MockedProviders(root, types, evaluator, diagnostics);
    file.configurations().forEach(all::add);
    file.providers().forEach(all::add);
    file.providers().forEach(all::addOverrides);
    file.providers().forEach(all::addSharedOverrides);
    return all;
  }

  private void add(ProviderBlock block) {
    if (names.provider(block.name()).isEmpty()) {
      diagnostics.add(names.unknown(block.name(), block.nameRange()));
      return;
    }
    declare(
        covered(block.name()), block.alias(), block.toString(), new Origin(false, block.range()));
  }

  private void add(MockProvider mock) {
    SortedSet<String> covered = covered(mock.name());
    if (covered.isEmpty()) {
      diagnostics.add(unknownProvider(mock));
      return;
    }
    declare(covered, mock.alias(), mock.toString(), new Origin(true, mock.range()));
    for (String type : covered) {
      mocked.putIfAbsent(new Key(type, mock.alias()), MockedValues.NONE);
    }
    for (MockType type : mock.shared().types()) {
      if (!isOfAnother(type.type(), covered)) {
        add(type, mock, covered);
      }
    }
    // What the block says of a type stands for all that a folder says of it.
    mock.own().types().forEach(type -> add(type, mock, covered));
  }

  /** The types that a name means: all of a provider, or the one of that name. */
  private SortedSet<String> covered(String name) {
    Optional<String> provider = names.provider(name);
    SortedSet<String> covered = new TreeSet<>();
    for (String type : types.names()) {
      if (type.equals(name) || provider.filter(types.provider(type)::equals).isPresent()) {
        covered.add(type);
      }
    }
    return covered;
  }

  /** Whether a type is not meant, but there: a folder may serve several providers. */
  private boolean isOfAnother(String type, SortedSet<String> covered) {
    return types.type(type).isPresent() && !covered.contains(type);
  }

  private void declare(SortedSet<String> covered, String alias, String name, Origin origin) {
    for (String type : covered) {
      Origin other = origins.putIfAbsent(new Key(type, alias), origin);
      if (other != null) {
        diagnostics.add(
            Diagnostic.error(
                "duplicate-declaration",
                "Declared twice: " + name,
                "It is what %s declares already. Give it an alias of its own; a run takes it then with providers = { ... }."
                    .formatted(other),
                origin.range()));
        return;
      }
    }
  }

  private void add(MockType mock, MockProvider provider, SortedSet<String> covered) {
    if (!covered.contains(mock.type())) {
      diagnostics.add(
          unknownType("Unknown type in a mock", mock.type(), provider, covered, mock.range()));
      return;
    }
    Map<String, Value> values =
        mock.defaults()
            .map(written ->
                MockedValues.of(
                    written,
                    "defaults",
                    mock.type(),
                    types.type(mock.type()).orElseThrow().schema(),
                    evaluator,
                    diagnostics))
            .orElse(Map.of());
    mocked.put(new Key(mock.type(), provider.alias()), new MockedValues(values, mock.duringPlan()));
  }

  private void addOverrides(MockProvider provider) {
    SortedSet<String> covered = covered(provider.name());
    for (Substitution.OfResource override : provider.own().overrides()) {
      String type = Overriding.type(override.target());
      if (!covered.isEmpty() && isOfAnother(type, covered)) {
        diagnostics.add(
            unknownType(
                "Unknown type in a target", type, provider, covered, override.target().range()));
      } else {
        add(override, provider);
      }
    }
  }

  private void addSharedOverrides(MockProvider provider) {
    SortedSet<String> covered = covered(provider.name());
    for (Substitution.OfResource override : provider.shared().overrides()) {
      if (!isOfAnother(Overriding.type(override.target()), covered)) {
        add(override, provider);
      }
    }
  }

  private void add(Substitution.OfResource override, MockProvider provider) {
    Overriding.of(override, Optional.of(provider.alias()), types, evaluator, diagnostics)
        .ifPresent(overrides::add);
  }

  private static Diagnostic unknownType(
      String summary,
      String type,
      MockProvider provider,
      SortedSet<String> covered,
      SourceRange range) {
    return Diagnostic.error(
        "unknown-type",
        summary,
        "\"%s\" is no type of %s. Its types are %s."
            .formatted(
                type.startsWith(DATA) ? type.substring(DATA.length()) : type,
                provider.name(),
                String.join(", ", covered)),
        range);
  }

  private Diagnostic unknownProvider(MockProvider provider) {
    SortedSet<String> known = new TreeSet<>();
    types.names().forEach(type -> known.add(types.provider(type)));
    String hint =
        NearestName.of(provider.name(), known)
            .map(near -> " Did you mean \"" + near + "\"?")
            .orElse("");
    return Diagnostic.error(
        "unknown-provider",
        "Unknown provider",
        "No provider and no resource type is called \"%s\".%s The providers are %s."
            .formatted(provider.name(), hint, String.join(", ", known)),
        provider.range());
  }

  /** What the file calls providers. */
  ProviderNames names() {
    return names;
  }

  /** The aliases of a provider's configurations here; that of the default one is empty. */
  SortedSet<String> aliases(String provider) {
    SortedSet<String> aliases = new TreeSet<>();
    for (Key key : origins.keySet()) {
      if (types.provider(key.type()).equals(provider)) {
        aliases.add(key.alias());
      }
    }
    return aliases;
  }

  /** What is said of the instances of a type that use a configuration, where it is mocked. */
  Optional<MockedValues> mock(String type, String alias) {
    return Optional.ofNullable(mocked.get(new Key(type, alias)));
  }

  /** Whether a mock is about a type. */
  boolean mocks(String type) {
    return mocked.keySet().stream().anyMatch(key -> key.type().equals(type));
  }

  /** What is said of single instances, what wins first. */
  List<Overriding> overrides() {
    return overrides;
  }

  /** The block that declares a configuration that is no mock. */
  Optional<SourceRange> unmocked(String type, String alias) {
    return Optional.ofNullable(origins.get(new Key(type, alias)))
        .filter(origin -> !origin.mocks())
        .map(Origin::range);
  }
}
