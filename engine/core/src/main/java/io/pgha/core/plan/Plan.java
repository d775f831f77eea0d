package io.pgha.core.plan;

import io.pgha.core.refactoring.StateChanges;
import io.pgha.provider.change.Action;
import java.util.List;
import java.util.Map;

/**
 * What would be done.
 *
 * @param mode what it is for
 * @param instances every instance, changed or not, by address
 * @param outputs the root module's outputs
 * @param rollouts the groups that are changed
 * @param hostNames the hosts' names for people, by the address of their instance
 * @param stateChanges what changes in state alone
 * @param lineage the lineage of the state that it was made from
 * @param serial the serial of that state
 */
public record Plan(
    Mode mode,
    List<PlannedInstance> instances,
    List<PlannedOutput> outputs,
    List<PlannedRollout> rollouts,
    Map<String, String> hostNames,
    StateChanges stateChanges,
    String lineage,
    long serial) {
  public Plan {
    instances = List.copyOf(instances);
    outputs = List.copyOf(outputs);
    rollouts = List.copyOf(rollouts);
    hostNames = Map.copyOf(hostNames);
  }

  /** The instances with something to do. */
  public List<PlannedInstance> changes() {
    return instances.stream().filter(PlannedInstance::isChange).toList();
  }

  /** The instances that could not be planned. */
  public List<PlannedInstance> obstructed() {
    return instances.stream().filter(instance -> !instance.isPlanned()).toList();
  }

  /** Whether there is nothing to do. */
  public boolean isEmpty() {
    return stateChanges.isEmpty()
        && changes().isEmpty()
        && outputs.stream().noneMatch(PlannedOutput::isChange);
  }

  /** How many instances an action is planned for. */
  public long count(Action action) {
    return instances.stream().filter(instance -> instance.action() == action).count();
  }

  /** A host's name for people; its address where it has none. */
  public String hostName(String host) {
    return hostNames.getOrDefault(host, host);
  }
}
