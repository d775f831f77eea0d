package io.pgha.core.plan;

import io.pgha.core.evaluation.ImportedInstance;
import io.pgha.core.evaluation.ResourceInstance;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.value.Null;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Value;
import io.pgha.provider.Instance;
import io.pgha.provider.ResourceType;
import io.pgha.provider.schema.Attribute;
import io.pgha.provider.schema.Schema;
import io.pgha.state.InstanceAddress;
import io.pgha.state.InstanceState;
import io.pgha.state.State;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What the {@code import} blocks of a configuration take over that state does not have yet. */
public final class Imports {
  private final Map<String, ImportedInstance> named = new TreeMap<>();
  private final State state;

  Imports(State state) {
    this.state = state;
  }

  /** Takes what an evaluation says, in place of what an earlier one did. */
  void evaluated(List<ImportedInstance> all) {
    named.clear();
    for (ImportedInstance each : all) {
      if (!state.instances().containsKey(each.address())) {
        named.put(each.address(), each);
      }
    }
  }

  /** What a block says of an instance that is to be taken over. */
  Optional<ImportedInstance> of(String address) {
    return Optional.ofNullable(named.get(address));
  }

  /** Reports ids that are not known though the machines were asked. */
  void checkIds(Diagnostics diagnostics) {
    named.values().stream()
        .filter(each -> each.id().isEmpty())
        .forEach(each ->
            diagnostics.add(
                Diagnostic.error(
                    "invalid-import",
                    "Invalid id of an import block",
                    "It is known only after apply, but %s is taken over before that."
                        .formatted(each.address()),
                    each.blockRange())));
  }

  /** Reports blocks for what is not configured. */
  void check(Map<String, ResourceInstance> configured, Diagnostics diagnostics) {
    named.forEach((address, each) -> {
      if (configured.containsKey(address)) {
        return;
      }
      List<String> several =
          configured.keySet().stream().filter(other -> other.startsWith(address + "[")).toList();
      diagnostics.add(
          Diagnostic.error(
              "invalid-import",
              "The configuration has no instance " + address,
              several.isEmpty()
                  ? "Declare what is to be imported, or take this block away."
                  : "Say which: " + Listing.of(several) + ".",
              each.range()));
    });
  }

  /** Says that there is nothing to take over. */
  public static Diagnostic nothingThere(String address, ResourceType type) {
    return Diagnostic.error(
            "nothing-there",
            "Nothing to import for " + address,
            type.adopted("").isPresent()
                ? "It is on no machine, so it can't be found there. Declare it, and say its id in an"
                    + " import block."
                : "There is nothing of it on the machine. Without an import, pgha apply makes it.")
        .about(address);
  }

  /**
   * What state says of something that is on no machine and is taken over by an id: that it is
   * there, and has been given nothing yet.
   *
   * @param known its attributes that are known by the id
   * @param dependencies what it needs, as {@link Named} understands it
   */
  static InstanceState adopted(
      Instance instance, Schema schema, Map<String, Value> known, Set<String> dependencies) {
    TreeMap<String, Value> values = new TreeMap<>(known);
    for (Attribute attribute : schema.attributes()) {
      values.putIfAbsent(attribute.name(), new Null(attribute.type()));
    }
    return new InstanceState(
        InstanceAddress.parse(instance.address()),
        schema.version(),
        ObjectValue.of(values),
        List.of(),
        List.of(),
        Map.of(),
        dependencies,
        false,
        false);
  }

  /**
   * What state says of something that is taken over, until it is applied.
   *
   * @param dependencies what it needs, as {@link Named} understands it
   * @param machineIds the machines that it is on, by the host's address
   */
  public static InstanceState state(
      Instance instance, Schema schema, Set<String> dependencies, Map<String, String> machineIds) {
    return new InstanceState(
            InstanceAddress.parse(instance.address()),
            schema.version(),
            StoredValues.of(schema, instance.values()),
            instance.sensitivePaths(),
            List.of(),
            machineIds,
            dependencies,
            false,
            true)
        .asImported();
  }
}
