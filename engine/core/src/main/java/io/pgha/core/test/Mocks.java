package io.pgha.core.test;

import io.pgha.core.configuration.RelativeAddress;
import io.pgha.core.configuration.RelativeAddress.Part;
import io.pgha.core.configuration.TestFile;
import io.pgha.core.configuration.TestFile.MockProvider;
import io.pgha.core.configuration.TestFile.Run;
import io.pgha.core.configuration.TestFile.Substitution;
import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.NearestName;
import io.pgha.language.expression.Evaluator;
import io.pgha.language.value.Value;
import io.pgha.provider.ResourceType;
import io.pgha.state.InstanceAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Knows what is mocked in a run, and what its mocks say. Thread-safe once made. */
final class Mocks {
  /** The provider of Terraform's own types, as Terraform calls it. */
  private static final String TERRAFORM = "terraform";

  private static final String BUILTIN = "builtin";
  private static final String DATA = "data.";

  /** How an instance is treated. */
  enum Treatment {
    /** As always: its type reaches no machine. */
    REAL,
    MOCKED,
    /** It would be on a machine, and nobody said what to take for it. */
    REFUSED
  }

  private record Overriding(List<Part> parts, MockedValues values) {
    boolean isOf(List<Part> instance) {
      if (parts.size() != instance.size()) {
        return false;
      }
      for (int i = 0; i < parts.size(); i++) {
        Part part = parts.get(i);
        if (!part.name().equals(instance.get(i).name())
            || !(part.key().isEmpty() || part.key().equals(instance.get(i).key()))) {
          return false;
        }
      }
      return true;
    }

    long keys() {
      return parts.stream().filter(part -> !part.key().isEmpty()).count();
    }
  }

  private final TypeRegistry types;
  private final Map<String, MockedValues> byType = new TreeMap<>();

  /** Those that win first. */
  private final List<Overriding> overrides = new ArrayList<>();

  private final Set<String> overridden = new TreeSet<>();

  private Mocks(TypeRegistry types) {
    this.types = types;
  }

  /** What a file and a run of it say; what is wrong in it is reported. */
  static Mocks of(
      TestFile file, Run run, TypeRegistry types, Evaluator evaluator, Diagnostics diagnostics) {
    Mocks mocks = new Mocks(types);
    file.providers().forEach(provider -> mocks.add(provider, evaluator, diagnostics));
    mocks.add(run.substitutions(), evaluator, diagnostics);
    mocks.add(file.substitutions(), evaluator, diagnostics);
    return mocks;
  }

  private void add(MockProvider provider, Evaluator evaluator, Diagnostics diagnostics) {
    String name = provider.name().equals(TERRAFORM) ? BUILTIN : provider.name();
    Set<String> covered = new TreeSet<>();
    for (String type : types.names()) {
      if (types.provider(type).equals(name) || type.equals(name)) {
        covered.add(type);
      }
    }
    if (covered.isEmpty()) {
      diagnostics.add(unknownProvider(provider));
      return;
    }
    for (String type : covered) {
      if (byType.putIfAbsent(type, MockedValues.NONE) != null) {
        diagnostics.add(
            Diagnostic.error(
                "duplicate-declaration",
                "Mocked twice: " + type,
                "Another mock_provider block of this file mocks it already.",
                provider.range()));
      }
    }
    for (TestFile.MockType mock : provider.types()) {
      Optional<ResourceType> type = types.type(mock.type()).filter(t -> covered.contains(t.name()));
      if (type.isEmpty()) {
        diagnostics.add(
            Diagnostic.error(
                "unknown-type",
                "Unknown type in a mock",
                "\"%s\" is no type of %s. Its types are %s."
                    .formatted(
                        mock.type().startsWith(DATA)
                            ? mock.type().substring(DATA.length())
                            : mock.type(),
                        provider.name(),
                        String.join(", ", covered)),
                mock.range()));
        continue;
      }
      Map<String, Value> values =
          mock.defaults()
              .map(written ->
                  MockedValues.of(
                      written,
                      "defaults",
                      mock.type(),
                      type.get().schema(),
                      evaluator,
                      diagnostics))
              .orElse(Map.of());
      byType.put(mock.type(), new MockedValues(values, mock.duringPlan()));
    }
  }

  private Diagnostic unknownProvider(MockProvider provider) {
    Set<String> known = new TreeSet<>();
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

  private void add(List<Substitution> all, Evaluator evaluator, Diagnostics diagnostics) {
    List<Overriding> some = new ArrayList<>();
    for (Substitution substitution : all) {
      if (!(substitution instanceof Substitution.OfResource resource)) {
        continue;
      }
      RelativeAddress target = resource.target();
      String name = target.last().name();
      String typeName = name.substring(0, name.lastIndexOf('.'));
      Optional<ResourceType> type = types.type(typeName);
      if (type.isEmpty()) {
        diagnostics.add(
            Diagnostic.error(
                "unknown-type",
                "Unknown type in a target",
                "No provider has a type \"" + typeName + "\".",
                target.range()));
        continue;
      }
      Map<String, Value> values =
          resource
              .values()
              .map(written ->
                  MockedValues.of(
                      written, "values", typeName, type.get().schema(), evaluator, diagnostics))
              .orElse(Map.of());
      overridden.add(typeName);
      some.add(new Overriding(target.parts(), new MockedValues(values, resource.duringPlan())));
    }
    // The more keys are said, the fewer instances are meant.
    some.stream()
        .sorted((left, right) -> Long.compare(right.keys(), left.keys()))
        .forEach(overrides::add);
  }

  /** The types as a run has them: none of them reaches a machine. */
  TypeRegistry registry() {
    return types.with(type ->
        types.reachesMachines(type.name())
                || byType.containsKey(type.name())
                || overridden.contains(type.name())
            ? new MockedType(type, this)
            : type);
  }

  Treatment treatment(String type, String address) {
    if (byType.containsKey(type) || override(type, address).isPresent()) {
      return Treatment.MOCKED;
    }
    return types.reachesMachines(type) ? Treatment.REFUSED : Treatment.REAL;
  }

  /** What is said of an instance. */
  MockedValues values(String type, String address) {
    MockedValues ofType = byType.getOrDefault(type, MockedValues.NONE);
    return override(type, address).map(each -> each.values().or(ofType)).orElse(ofType);
  }

  private Optional<Overriding> override(String type, String address) {
    if (!overridden.contains(type)) {
      return Optional.empty();
    }
    List<Part> parts = RelativeAddress.parts(InstanceAddress.parse(address));
    return overrides.stream().filter(each -> each.isOf(parts)).findFirst();
  }

  /** What to write so that instances of a type are mocked. */
  String advice(String type, String address) {
    boolean data = TypeRegistry.isData(type);
    return "Write mock_provider \"%s\" {} in the test file to mock all of that provider, or %s { target = %s } to mock this."
        .formatted(types.provider(type), data ? "override_data" : "override_resource", address);
  }
}
