package io.pgha.core.plan;

import io.pgha.core.evaluation.ResourceInstance;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.ObjectValue;
import io.pgha.provider.Instance;
import io.pgha.provider.change.Action;
import io.pgha.provider.change.Change;
import io.pgha.provider.change.Live;
import io.pgha.state.InstanceState;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is planned for one instance.
 *
 * @param address its address
 * @param type its resource type
 * @param action what is done; no-op also where it could not be planned
 * @param instance the instance as desired; for a deletion as it was last applied
 * @param configured the instance as evaluated; empty where configuration no longer has it
 * @param change the change; for a replacement that of making it anew
 * @param removal for a deletion or replacement the change that takes it away
 * @param live what was observed; empty where it could not be planned
 * @param before its attributes before; empty object where it was not there
 * @param after its attributes afterwards, unknown ones as unknown; empty object where it goes
 * @param secretPaths the parts of it that are never to be shown
 * @param dependencies the names of the instances it needs, as {@link Named} understands them
 * @param prior what state has of it, or will have once it is taken over
 * @param createBeforeDestroy whether, where it is made anew, its successor is made first
 * @param group the group it is a member of
 * @param reason why the action
 * @param obstacle why it could not be planned; empty where it could
 */
public record PlannedInstance(
    String address,
    String type,
    Action action,
    Instance instance,
    Optional<ResourceInstance> configured,
    Change change,
    Optional<Change> removal,
    Optional<Live> live,
    ObjectValue before,
    ObjectValue after,
    Set<AttributePath> secretPaths,
    Set<String> dependencies,
    Optional<InstanceState> prior,
    boolean createBeforeDestroy,
    Optional<String> group,
    Reason reason,
    List<Diagnostic> obstacle) {
  public PlannedInstance {
    secretPaths = Set.copyOf(secretPaths);
    dependencies = Set.copyOf(dependencies);
    obstacle = List.copyOf(obstacle);
  }

  /**
   * What state has and nothing is done to.
   *
   * @param after its attributes as they are from now on; empty where state forgets it
   * @param obstacle why nobody knows how it is; empty where that is known
   */
  static PlannedInstance untouched(
      InstanceState object,
      Instance instance,
      ObjectValue after,
      Set<AttributePath> secretPaths,
      Reason reason,
      List<Diagnostic> obstacle) {
    return new PlannedInstance(
        object.id(),
        instance.type(),
        Action.NO_OP,
        instance,
        Optional.empty(),
        Change.none(ObjectValue.EMPTY),
        Optional.empty(),
        Optional.empty(),
        object.attributes(),
        after,
        secretPaths,
        object.dependencies(),
        Optional.of(object),
        false,
        Optional.empty(),
        reason,
        obstacle);
  }

  /** This instance with its successor made before it is removed. */
  PlannedInstance withSuccessorFirst() {
    return with(removal, true);
  }

  /** This instance with the change that takes it away. */
  PlannedInstance withRemoval(Change taking) {
    return with(Optional.of(taking), createBeforeDestroy);
  }

  private PlannedInstance with(Optional<Change> taking, boolean successorFirst) {
    return new PlannedInstance(
        address,
        type,
        action,
        instance,
        configured,
        change,
        taking,
        live,
        before,
        after,
        secretPaths,
        dependencies,
        prior,
        successorFirst,
        group,
        reason,
        obstacle);
  }

  /** This instance as one that nothing is done to, for reasons that were given or for none. */
  PlannedInstance leftAlone(Diagnostic... why) {
    return new PlannedInstance(
        address,
        type,
        Action.NO_OP,
        instance,
        configured,
        Change.none(ObjectValue.EMPTY),
        Optional.empty(),
        live,
        before,
        after,
        secretPaths,
        dependencies,
        prior,
        createBeforeDestroy,
        group,
        reason,
        List.of(why));
  }

  /** The names of the instances it needed when it was last applied. */
  public Set<String> priorDependencies() {
    return prior.map(InstanceState::dependencies).orElse(Set.of());
  }

  /** Whether something is to be done. */
  public boolean isChange() {
    return action != Action.NO_OP;
  }

  /** Whether it is there, is configured, and nothing is done to it. */
  boolean isAsApplied() {
    return !isChange() && isPlanned() && configured.isPresent() && !before.attributes().isEmpty();
  }

  /** Whether it could be planned. */
  public boolean isPlanned() {
    return obstacle.isEmpty();
  }
}
