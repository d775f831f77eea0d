package io.pgha.core.refactoring;

import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.provider.ResourceType;
import io.pgha.state.InstanceState;
import io.pgha.state.State;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Brings what state keeps of instances to the versions that the schemas of their types have. */
public final class SchemaUpgrades {
  private final TypeRegistry types;
  private final Diagnostics diagnostics;

  /** Upgrades to the schemas of some types; what a newer pgha wrote is an error. */
  public SchemaUpgrades(TypeRegistry types, Diagnostics diagnostics) {
    this.types = types;
    this.diagnostics = diagnostics;
  }

  /**
   * A state with all instances as the present schemas have them.
   *
   * @param upgraded takes those that were older, by id
   */
  public State of(State state, Map<String, InstanceState> upgraded) {
    state.instances().values().forEach(instance -> upgrade(instance, upgraded));
    state.deposed().values().forEach(instance -> upgrade(instance, upgraded));
    return upgraded.isEmpty()
        ? state
        : new State(
            state.lineage(),
            state.serial(),
            state.toolVersion(),
            state.journal(),
            with(state.instances(), upgraded),
            with(state.deposed(), upgraded),
            state.outputs(),
            state.hosts(),
            state.checks());
  }

  private static SortedMap<String, InstanceState> with(
      Map<String, InstanceState> kept, Map<String, InstanceState> upgraded) {
    SortedMap<String, InstanceState> all = new TreeMap<>(kept);
    all.replaceAll((id, instance) -> upgraded.getOrDefault(id, instance));
    return all;
  }

  private void upgrade(InstanceState instance, Map<String, InstanceState> upgraded) {
    Optional<ResourceType> type = types.type(instance.address().type());
    // Of what was only begun nothing is kept that a schema could say anything of.
    if (type.isEmpty() || instance.schemaVersion() == 0) {
      return;
    }
    int version = type.get().schema().version();
    if (instance.schemaVersion() > version) {
      diagnostics.add(
          Diagnostic.error(
                  "newer-schema",
                  "Applied by a newer pgha: " + instance.id(),
                  "State keeps it in version %d of the schema of %s, and this pgha knows version %d. Use the pgha that applied it, or a newer one; nothing was changed."
                      .formatted(instance.schemaVersion(), type.get().name(), version))
              .about(instance.address().text()));
    } else if (instance.schemaVersion() < version) {
      upgraded.put(
          instance.id(),
          instance.withAttributes(
              version, type.get().upgrade(instance.schemaVersion(), instance.attributes())));
    }
  }
}
