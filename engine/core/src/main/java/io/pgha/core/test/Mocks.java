package io.pgha.core.test;

import io.pgha.core.configuration.Module;
import io.pgha.core.configuration.RelativeAddress;
import io.pgha.core.configuration.RelativeAddress.Part;
import io.pgha.core.evaluation.ProviderConfigurations;
import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.state.InstanceAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Knows what is mocked in a run, and what its mocks say. Thread-safe. */
final class Mocks {
  /** How an instance is treated. */
  enum Treatment {
    /** As always: its type reaches no machine. */
    REAL,
    MOCKED,
    /** It would be on a machine, and nobody said what to take for it. */
    REFUSED
  }

  /** What was found out about an instance. */
  private record Found(Treatment treatment, MockedValues values) {}

  private final TypeRegistry types;
  private final ProviderConfigurations configurations;
  private final MockedProviders providers;
  private final PassedProviders passed;

  /** Those that win first. */
  private final List<Overriding> overrides;

  private final Map<String, Found> found = new ConcurrentHashMap<>();

  /**
   * The mocks of a run.
   *
   * @param tried the module that it tries
   * @param providers what its file mocks
   * @param passed which of that the module takes for its own
   * @param overrides what is said of single instances; of what has as many keys, what stands first
   *     wins
   */
  Mocks(
      Module tried,
      TypeRegistry types,
      MockedProviders providers,
      PassedProviders passed,
      List<Overriding> overrides) {
    this.types = types;
    this.configurations = new ProviderConfigurations(tried, types);
    this.providers = providers;
    this.passed = passed;
    this.overrides =
        overrides.stream().sorted(Comparator.comparingLong(Overriding::keys).reversed()).toList();
  }

  /** The types as a run has them: none of them reaches a machine. */
  TypeRegistry registry() {
    return types.with(type ->
        types.reachesMachines(type.name())
                || providers.mocks(type.name())
                || overrides.stream().anyMatch(each -> each.type().equals(type.name()))
            ? new MockedType(type, this)
            : type);
  }

  Treatment treatment(String type, String address) {
    return found(type, address).treatment();
  }

  /** What is said of an instance. */
  MockedValues values(String type, String address) {
    return found(type, address).values();
  }

  private Found found(String type, String address) {
    return found.computeIfAbsent(address, _ -> find(type, InstanceAddress.parse(address)));
  }

  private Found find(String type, InstanceAddress address) {
    Optional<String> alias = alias(type, address);
    List<Part> parts = RelativeAddress.parts(address);
    Optional<MockedValues> ofType = alias.flatMap(used -> providers.mock(type, used));
    Optional<MockedValues> override =
        overrides.stream()
            .filter(each -> each.isOf(parts, alias))
            .findFirst()
            .map(Overriding::values);
    if (ofType.isEmpty() && override.isEmpty()) {
      return new Found(
          types.reachesMachines(type) ? Treatment.REFUSED : Treatment.REAL, MockedValues.NONE);
    }
    MockedValues rest = ofType.orElse(MockedValues.NONE);
    return new Found(Treatment.MOCKED, override.map(each -> each.or(rest)).orElse(rest));
  }

  /** What the file calls the configuration that an instance uses. */
  private Optional<String> alias(String type, InstanceAddress address) {
    return passed.alias(types.provider(type), configurations.alias(type, address));
  }

  /** What to write so that an instance is mocked, and others like it. */
  String advice(String type, InstanceAddress address) {
    String provider = types.provider(type);
    String own = configurations.alias(type, address);
    return alias(type, address)
            .map(alias ->
                "Write mock_provider \"%s\" %s in the %s to mock all of that %s"
                    .formatted(
                        provider,
                        alias.isEmpty() ? "{}" : "{ alias = \"" + alias + "\" }",
                        providers
                            .unmocked(type, alias)
                            .map(range -> "place of the provider block at " + range)
                            .orElse("test file"),
                        alias.isEmpty() ? "provider" : "configuration"))
            .orElseGet(() ->
                "Pass a mock for %s in \"providers\" of the run to mock all of that configuration"
                    .formatted(own.isEmpty() ? provider : provider + "." + own))
        + ", or %s { target = %s } to mock this."
            .formatted(
                TypeRegistry.isData(type) ? "override_data" : "override_resource",
                address.resource());
  }
}
