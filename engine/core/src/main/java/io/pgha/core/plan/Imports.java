package io.pgha.core.plan;

import io.pgha.core.configuration.Module;
import io.pgha.core.evaluation.ResourceInstance;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.provider.Instance;
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
  private final Map<String, Module.Import> blocks = new TreeMap<>();

  Imports(Module root, State state) {
    for (Module.Import block : root.imports()) {
      if (!state.instances().containsKey(block.to().toString())) {
        blocks.put(block.to().toString(), block);
      }
    }
  }

  /** The block that takes an instance over. */
  Optional<Module.Import> of(String address) {
    return Optional.ofNullable(blocks.get(address));
  }

  /** Reports blocks for what is not configured. */
  void check(Map<String, ResourceInstance> configured, Diagnostics diagnostics) {
    blocks.forEach((address, block) -> {
      if (configured.containsKey(address)) {
        return;
      }
      List<String> several =
          configured.keySet().stream().filter(each -> each.startsWith(address + "[")).toList();
      diagnostics.add(
          Diagnostic.error(
              "invalid-import",
              "The configuration has no instance " + address,
              several.isEmpty()
                  ? "Declare what is to be imported, or take this block away."
                  : "Say which: " + Listing.of(several) + ".",
              block.to().range()));
    });
  }

  /** Says that there is nothing to take over. */
  static Diagnostic nothingThere(String address) {
    return Diagnostic.error(
            "nothing-there",
            "Nothing to import for " + address,
            "There is nothing of it on the machine. Without an import, pgha apply makes it.")
        .about(address);
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
