package io.pgha.core.plan;

import io.pgha.core.evaluation.InstanceIndex;
import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.core.observation.Answers;
import io.pgha.core.plan.InstancePlanner.Circumstances;
import io.pgha.core.plan.InstancePlanner.Outcome;
import io.pgha.core.refactoring.StateChanges;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Value;
import io.pgha.provider.Instance;
import io.pgha.provider.Values;
import io.pgha.provider.artifact.Artifacts;
import io.pgha.provider.change.ArtifactChange;
import io.pgha.provider.change.AttributeChange;
import io.pgha.provider.change.AttributeComparison;
import io.pgha.provider.change.Live;
import io.pgha.provider.change.Prior;
import io.pgha.provider.schema.Schema;
import io.pgha.state.InstanceState;
import io.pgha.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compares what was last applied with what the machines say. Configuration takes part only where
 * state lacks something: secrets, and how a host is reached.
 */
final class Refresh {
  private final State state;
  private final TypeRegistry types;
  private final InstancePlanner planner;

  /** The instances as last applied, among neighbours as last applied. */
  private final InstanceIndex applied;

  Refresh(TypeRegistry types, State state, InstanceIndex configured) {
    this.state = state;
    this.types = types;
    this.planner = new InstancePlanner(types);
    this.applied = new InstanceIndex(types, null);
    for (InstanceState object : state.instances().values()) {
      if (!object.incomplete()) {
        Instance instance = planner.applied(object, configured);
        applied.add(
            instance.address(), instance.type(), instance.values(), instance.sensitivePaths());
      }
    }
  }

  /** The instances that there is something to compare of. */
  List<Instance> instances(Selection selection) {
    List<Instance> some = new ArrayList<>();
    for (Instance instance : applied.all()) {
      if (selection.includes(instance.address()) && !planner.probes(instance).isEmpty()) {
        some.add(instance);
      }
    }
    return some;
  }

  /**
   * What was seen of an instance.
   *
   * @param planned the instance, with what kept it from being looked at
   * @param refreshed what is no longer as it was last applied; empty where nothing is
   */
  record Seen(PlannedInstance planned, Optional<StateChanges.Refreshed> refreshed) {}

  /** Compares an instance with what was answered. */
  Seen seen(Instance instance, Answers answers) {
    InstanceState object = Objects.requireNonNull(state.instances().get(instance.address()));
    Schema schema = types.type(instance.type()).orElseThrow().schema();
    Set<AttributePath> secretPaths = SecretPaths.of(schema, instance);
    secretPaths.addAll(object.sensitivePaths());
    Outcome outcome =
        planner.plan(
            instance, new Circumstances(applied, Optional.of(object), answers, false, false, ""));
    Optional<StateChanges.Refreshed> refreshed =
        outcome
            .live()
            .flatMap(
                live -> refreshed(object, instance, schema, live, outcome.change().computed()));
    return new Seen(
        PlannedInstance.untouched(
            object,
            instance,
            refreshed.flatMap(StateChanges.Refreshed::seen).orElse(object).attributes(),
            secretPaths,
            "",
            outcome.live().isPresent() ? List.of() : outcome.obstacle()),
        refreshed);
  }

  private static Optional<StateChanges.Refreshed> refreshed(
      InstanceState object, Instance instance, Schema schema, Live live, ObjectValue computed) {
    if (live.presence() == Live.Presence.ABSENT) {
      return Optional.of(new StateChanges.Refreshed(object, Optional.empty(), List.of()));
    }
    Prior prior = InstancePlanner.prior(object);
    ObjectValue attributes = attributes(object, instance, schema, live, computed);
    List<ArtifactChange> artifacts = Artifacts.drift(prior.artifacts(), live.artifacts());
    if (attributes.equals(object.attributes()) && artifacts.isEmpty()) {
      return Optional.empty();
    }
    InstanceState seen =
        object.withSeen(
            attributes,
            artifacts.isEmpty() ? object.artifacts() : ArtifactStates.of(live.artifacts()));
    return Optional.of(new StateChanges.Refreshed(object, Optional.of(seen), artifacts));
  }

  /** What state says of the attributes, with what the machines say where that differs. */
  private static ObjectValue attributes(
      InstanceState object, Instance instance, Schema schema, Live live, ObjectValue computed) {
    Value seen = object.attributes();
    for (AttributeChange change :
        AttributeComparison.of(
            schema,
            instance.values(),
            Optional.of(object.attributes()),
            live.attributes(),
            instance.sensitivePaths())) {
      seen = change.path().with(seen, change.path().in(live.attributes()));
    }
    // What is read wins: what is computed may be what a repair would make of it.
    Map<String, Value> told = new TreeMap<>(ComputedValues.of(schema, computed).attributes());
    told.putAll(ComputedValues.of(schema, live.attributes()).attributes());
    for (Map.Entry<String, Value> each : told.entrySet()) {
      Value before = object.attributes().get(each.getKey());
      if (Values.whollyKnown(each.getValue())
          && !AttributeComparison.same(before, each.getValue())) {
        seen = AttributePath.of(each.getKey()).with(seen, Optional.of(each.getValue()));
      }
    }
    return (ObjectValue) seen;
  }
}
