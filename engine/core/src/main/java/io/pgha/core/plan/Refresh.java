package io.pgha.core.plan;

import io.pgha.core.observation.Answers;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares what was last applied with what the machines say. */
final class Refresh {
  private final AppliedInstances applied;

  Refresh(AppliedInstances applied) {
    this.applied = applied;
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
    InstanceState object = applied.object(instance);
    AppliedInstances.Look look = applied.look(instance, answers);
    Optional<StateChanges.Refreshed> refreshed =
        look.live().flatMap(live -> refreshed(instance, object, live));
    return new Seen(
        PlannedInstance.untouched(
            object,
            instance,
            refreshed.isPresent()
                ? refreshed.get().seen().map(InstanceState::attributes).orElse(ObjectValue.EMPTY)
                : object.attributes(),
            applied.secretPaths(instance),
            Reason.NONE,
            look.obstacle()),
        refreshed);
  }

  private Optional<StateChanges.Refreshed> refreshed(
      Instance instance, InstanceState object, Live live) {
    if (applied.isGone(instance, live)) {
      return Optional.of(new StateChanges.Refreshed(object, Optional.empty(), List.of()));
    }
    Prior prior = InstancePlanner.prior(object);
    ObjectValue attributes = attributes(object, applied.type(instance).schema(), live);
    List<ArtifactChange> artifacts = Artifacts.drift(prior.artifacts(), live.artifacts());
    if (attributes.equals(object.attributes()) && artifacts.isEmpty()) {
      return Optional.empty();
    }
    InstanceState seen =
        object.withSeen(attributes, ArtifactStates.of(Artifacts.seen(prior.artifacts(), live)));
    return Optional.of(new StateChanges.Refreshed(object, Optional.of(seen), artifacts));
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
