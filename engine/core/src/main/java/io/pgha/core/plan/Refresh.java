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
import java.util.stream.Collectors;

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
      String address = object.address().text();
      applied.add(
          address,
          object.address().type(),
          planner.lastApplied(object, configured.get(address)),
          object.sensitivePaths());
    }
  }

  /** The instances that there is something to compare of. */
  List<Instance> instances(Selection selection) {
    List<Instance> some = new ArrayList<>();
    for (Instance instance : applied.all()) {
      boolean whole = !object(instance).incomplete();
      if (whole && selection.includes(instance.address()) && !planner.probes(instance).isEmpty()) {
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
    InstanceState object = object(instance);
    Schema schema = types.type(instance.type()).orElseThrow().schema();
    Set<AttributePath> secretPaths = SecretPaths.of(schema, instance);
    secretPaths.addAll(object.sensitivePaths());
    Outcome outcome =
        planner.look(
            instance, new Circumstances(applied, Optional.of(object), answers, false, false, ""));
    Optional<StateChanges.Refreshed> refreshed =
        outcome.live().flatMap(live -> refreshed(object, schema, live));
    return new Seen(
        PlannedInstance.untouched(
            object,
            instance,
            refreshed.isPresent()
                ? refreshed.get().seen().map(InstanceState::attributes).orElse(ObjectValue.EMPTY)
                : object.attributes(),
            secretPaths,
            "",
            outcome.obstacle()),
        refreshed);
  }

  private InstanceState object(Instance instance) {
    return Objects.requireNonNull(state.instances().get(instance.address()));
  }

  private static Optional<StateChanges.Refreshed> refreshed(
      InstanceState object, Schema schema, Live live) {
    if (isGone(object, live)) {
      return Optional.of(new StateChanges.Refreshed(object, Optional.empty(), List.of()));
    }
    Prior prior = InstancePlanner.prior(object);
    ObjectValue attributes = attributes(object, schema, live);
    List<ArtifactChange> artifacts = Artifacts.drift(prior.artifacts(), live.artifacts());
    if (attributes.equals(object.attributes()) && artifacts.isEmpty()) {
      return Optional.empty();
    }
    InstanceState seen =
        object.withSeen(
            attributes, ArtifactStates.of(Artifacts.seen(prior.artifacts(), live.artifacts())));
    return Optional.of(new StateChanges.Refreshed(object, Optional.of(seen), artifacts));
  }

  /** What only does not run is not gone: a file or a folder of it is still there. */
  private static boolean isGone(InstanceState object, Live live) {
    Set<String> applied =
        object.artifacts().stream()
            .map(artifact -> artifact.host() + " " + artifact.key())
            .collect(Collectors.toSet());
    return live.presence() == Live.Presence.ABSENT
        && live.artifacts().stream()
            .filter(artifact -> artifact.key().matches("(?s)(file|directory):.*"))
            .noneMatch(artifact -> applied.contains(artifact.host() + " " + artifact.key()));
  }

  /** What state says of the attributes, with what the machines say where that differs. */
  private static ObjectValue attributes(InstanceState object, Schema schema, Live live) {
    ObjectValue applied = object.attributes();
    Value seen = applied;
    for (AttributeChange change :
        AttributeComparison.of(
            schema, applied, Optional.of(applied), live.attributes(), List.of())) {
      AttributePath path = upToList(change.path());
      seen = path.with(seen, path.in(live.attributes()));
    }
    for (Map.Entry<String, Value> told :
        ComputedValues.of(schema, live.attributes()).attributes().entrySet()) {
      Value before = applied.get(told.getKey());
      if (Values.whollyKnown(told.getValue())
          && !AttributeComparison.same(before, told.getValue())) {
        seen = AttributePath.of(told.getKey()).with(seen, Optional.of(told.getValue()));
      }
    }
    return (ObjectValue) seen;
  }

  /** A list is taken as a whole: it may be longer or shorter than it was. */
  private static AttributePath upToList(AttributePath path) {
    List<AttributePath.Step> steps = new ArrayList<>();
    for (AttributePath.Step step : path.steps()) {
      if (step instanceof AttributePath.Index) {
        break;
      }
      steps.add(step);
    }
    return new AttributePath(steps);
  }
}
