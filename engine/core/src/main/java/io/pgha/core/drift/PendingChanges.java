package io.pgha.core.drift;

import io.pgha.core.evaluation.ResourceInstance;
import io.pgha.core.plan.Plan;
import io.pgha.core.plan.PlannedInstance;
import io.pgha.core.refactoring.StateChanges;
import io.pgha.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells what of a plan that asked no machine is not applied yet. */
final class PendingChanges {
  private final State applied;
  private final Map<String, ResourceInstance> configured;

  /** The old addresses of what moves by the new ones. */
  private final Map<String, String> origins;

  /**
   * What is pending.
   *
   * @param applied the state as it is, before anything moves
   * @param configured the instances as evaluated, by address
   * @param origins the old addresses of what moves by the new ones
   */
  PendingChanges(
      State applied, Map<String, ResourceInstance> configured, Map<String, String> origins) {
    this.applied = applied;
    this.configured = configured;
    this.origins = origins;
  }

  /** All of it, by address. */
  List<Pending> of(Plan plan) {
    StateChanges alone = plan.stateChanges();
    List<Pending> all = new ArrayList<>();
    for (PlannedInstance instance : plan.instances()) {
      String address = instance.address();
      if (alone.forgotten().contains(address)) {
        all.add(of(address, PendingAction.FORGET, List.of()));
      } else if (alone.imported().containsKey(address)) {
        all.add(of(address, PendingAction.IMPORT, List.of()));
      } else if (instance.isChange()) {
        all.add(of(address, PendingAction.of(instance.action()), attributes(instance)));
      } else if (origins.containsKey(address)) {
        all.add(of(address, PendingAction.MOVE, List.of()));
      }
    }
    return all;
  }

  /** What is known where there is no plan: state says what moves, and nothing else. */
  List<Pending> withoutPlan() {
    return origins.keySet().stream()
        .map(address -> of(address, PendingAction.MOVE, List.of()))
        .toList();
  }

  private List<String> attributes(PlannedInstance instance) {
    String before = origins.getOrDefault(instance.address(), instance.address());
    return applied.instances().containsKey(before)
        ? instance.change().attributes().stream().map(change -> change.path().toString()).toList()
        : List.of();
  }

  private Pending of(String address, PendingAction action, List<String> attributes) {
    return new Pending(
        address,
        action,
        attributes,
        Optional.ofNullable(origins.get(address)),
        Optional.ofNullable(configured.get(address))
            .map(each -> Places.declared(each, attributes.isEmpty() ? "" : attributes.getFirst())));
  }
}
