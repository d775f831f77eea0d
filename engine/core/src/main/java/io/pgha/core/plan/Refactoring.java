package io.pgha.core.plan;

import io.pgha.core.Configuration;
import io.pgha.core.evaluation.InstanceIndex;
import io.pgha.core.evaluation.ResourceInstance;
import io.pgha.core.observation.Answers;
import io.pgha.core.refactoring.DeclaredMoves;
import io.pgha.core.refactoring.Moves;
import io.pgha.core.refactoring.RemovedInstances;
import io.pgha.core.refactoring.SchemaUpgrades;
import io.pgha.core.refactoring.StateChanges;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Value;
import io.pgha.provider.Instance;
import io.pgha.provider.ResourceType;
import io.pgha.provider.schema.Schema;
import io.pgha.state.InstanceAddress;
import io.pgha.state.InstanceState;
import io.pgha.state.State;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a configuration says of changes in state alone, and what of that a plan is about. */
final class Refactoring {
  private final Configuration configuration;
  private final DeclaredMoves declared;
  private final RemovedInstances removed;
  private final Moves moves;

  /** The old addresses by the new ones. */
  private final Map<String, String> origins;

  private final State state;

  /** What state keeps as an older schema has it, as this one does, by id. */
  private final Map<String, InstanceState> upgraded = new TreeMap<>();

  private final Imports imports;
  private final InstancePlanner planner;

  /**
   * What a configuration says.
   *
   * @param applied the state that it was last applied to
   */
  Refactoring(Configuration configuration, State applied, Diagnostics diagnostics) {
    this.configuration = configuration;
    this.declared = new DeclaredMoves(configuration.module());
    this.removed = new RemovedInstances(configuration.module());
    this.moves = declared.of(applied, diagnostics);
    this.origins = moves.origins();
    SchemaUpgrades upgrades = new SchemaUpgrades(configuration.types(), diagnostics);
    Map<String, InstanceState> older = new TreeMap<>();
    this.state = moves.applied(upgrades.of(applied, older), configuration.types());
    if (!older.isEmpty()) {
      Stream.of(state.instances(), state.deposed())
          .flatMap(objects -> objects.values().stream())
          .filter(object -> older.containsKey(origin(object, origins)))
          .forEach(object -> upgraded.put(object.id(), object));
    }
    this.imports = new Imports(state);
    this.planner = new InstancePlanner(configuration.types());
  }

  /** The id that something had before it moved. */
  private static String origin(InstanceState object, Map<String, String> origins) {
    String address = object.address().text();
    return object.withAddress(InstanceAddress.parse(origins.getOrDefault(address, address))).id();
  }

  /** The state with everything where it is by now: that is what is planned from. */
  State state() {
    return state;
  }

  Moves moves() {
    return moves;
  }

  Imports imports() {
    return imports;
  }

  /** Reports what contradicts the instances that are configured. */
  void check(Map<String, ResourceInstance> configured, Diagnostics diagnostics) {
    declared.check(configured.keySet(), diagnostics);
    removed.check(configured.keySet(), diagnostics);
    imports.check(configured, diagnostics);
  }

  /** Whether state has something that is neither kept nor destroyed. */
  boolean isForgotten(String address, Map<String, ResourceInstance> configured) {
    return !configured.containsKey(address) && removed.isForgotten(InstanceAddress.parse(address));
  }

  /** Nobody asks the machine that it is on: it may be gone for good. */
  PlannedInstance forgotten(InstanceState object, InstanceIndex neighbours) {
    Instance instance = planner.applied(object, neighbours);
    return PlannedInstance.untouched(
        object,
        instance,
        ObjectValue.EMPTY,
        SecretPaths.of(schema(instance), instance),
        new Reason(ActionReason.DELETE_NO_RESOURCE, "a removed block says so"),
        List.of());
  }

  /** What state is to say of an instance that is taken over. */
  Optional<StateChanges.Import> imported(
      ResourceInstance configured, Instance instance, InstanceIndex index, Answers answers) {
    return imports
        .of(configured.address())
        .map(named -> {
          String id = named.id().orElse("");
          Optional<Map<String, Value>> adopted =
              id.isEmpty() ? Optional.empty() : type(instance).adopted(id);
          return new StateChanges.Import(
              id,
              adopted
                  .map(known ->
                      Imports.adopted(instance, schema(instance), known, configured.dependencies()))
                  .orElseGet(() ->
                      Imports.state(
                          instance,
                          schema(instance),
                          configured.dependencies(),
                          planner.machineIds(instance, index, answers))));
        });
  }

  private ResourceType type(Instance instance) {
    return configuration.types().type(instance.type()).orElseThrow();
  }

  private Schema schema(Instance instance) {
    return type(instance).schema();
  }

  /** Whether a block moves something to an address. */
  boolean isMovedTo(String address) {
    return origins.containsKey(address);
  }

  /** Whether an instance is taken over by a block. */
  boolean isImported(String address) {
    return imports.of(address).isPresent();
  }

  /** What changes in state where it is to say what was seen. */
  StateChanges refreshed(Map<String, StateChanges.Refreshed> seen) {
    Map<String, InstanceState> amended = new TreeMap<>(upgraded);
    amended.keySet().removeAll(seen.keySet());
    return new StateChanges(moves, Set.of(), Map.of(), seen, amended);
  }

  /**
   * What of all that was planned changes state alone.
   *
   * @param isAbout whether the plan is about an address
   */
  StateChanges changes(
      Map<String, PlannedInstance> planned,
      Map<String, ResourceInstance> configured,
      Map<String, StateChanges.Import> taken,
      Predicate<String> isAbout) {
    Set<String> forgotten = new TreeSet<>();
    Map<String, StateChanges.Import> imported = new TreeMap<>(taken);
    Map<String, InstanceState> amended = new TreeMap<>(upgraded);
    for (PlannedInstance instance : planned.values()) {
      if (!instance.isChange()) {
        // What is on no machine is in state then, and that is all.
        boolean recorded =
            instance.isPlanned()
                && isAbout.test(instance.address())
                && Optional.ofNullable(taken.get(instance.address()))
                    .filter(each -> !each.state().incomplete())
                    .isPresent();
        if (!recorded) {
          imported.remove(instance.address());
        }
        if (isForgotten(instance.instance().address(), configured)) {
          forgotten.add(instance.address());
        }
        if (instance.isAsApplied() && isAbout.test(instance.address())) {
          InstanceState kept = instance.prior().orElseThrow();
          List<AttributePath> sensitive = instance.instance().sensitivePaths();
          if (!kept.dependencies().equals(instance.dependencies())
              || !Set.copyOf(kept.sensitivePaths()).equals(Set.copyOf(sensitive))) {
            amended.put(
                instance.address(),
                kept.withDependencies(instance.dependencies()).withSensitivePaths(sensitive));
          }
        }
      }
    }
    return new StateChanges(moves, forgotten, imported, Map.of(), amended);
  }
}
