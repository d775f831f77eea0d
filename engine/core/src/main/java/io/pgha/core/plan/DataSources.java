package io.pgha.core.plan;

import io.pgha.core.evaluation.ResourceInstance;
import io.pgha.language.value.ObjectValue;
import io.pgha.provider.Instance;
import io.pgha.provider.ResourceType;
import io.pgha.provider.change.Action;
import io.pgha.provider.change.Change;
import io.pgha.provider.rollout.Effect;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Knows when data sources can be read: not before what they need is as it will be, or else what is
 * planned by them would hold for a moment that is gone by then.
 */
final class DataSources {
  private final Map<String, PlannedInstance> planned;
  private final Set<String> sources;
  private final Named named;
  private final Planning planning;

  /** How one of them is planned. */
  interface Planning {
    /** Why it can't be asked at all; empty where it can. */
    Optional<String> unasked(String address);

    /** The names of what it needs. */
    Set<String> needs(String address);

    /** Reads it. */
    PlannedInstance read(String address);

    /** Leaves it to the apply. */
    PlannedInstance later(String address, String reason);
  }

  /**
   * Data sources beside all else that is planned.
   *
   * @param planned what is planned so far; takes the data sources too
   * @param sources those that are to be planned
   */
  DataSources(Map<String, PlannedInstance> planned, Set<String> sources, Planning planning) {
    this.planned = planned;
    this.sources = sources;
    this.planning = planning;
    Set<String> addresses = new TreeSet<>(planned.keySet());
    addresses.addAll(sources);
    this.named = new Named(addresses);
  }

  /** Plans all of them. */
  void plan() {
    sources.forEach(this::plan);
  }

  private void plan(String address) {
    if (planned.containsKey(address)) {
      return;
    }
    Optional<String> wait = planning.unasked(address).or(() -> waitsFor(address));
    planned.put(
        address, wait.isEmpty() ? planning.read(address) : planning.later(address, wait.get()));
  }

  /** Why a data source is to be read later; empty where nothing that it needs is changed. */
  private Optional<String> waitsFor(String address) {
    for (String name : new TreeSet<>(planning.needs(address))) {
      for (String needed : named.instances(name)) {
        if (sources.contains(needed)) {
          plan(needed);
        }
        PlannedInstance other = planned.get(needed);
        if (other != null && other.isChange()) {
          return Optional.of(
              "it needs "
                  + needed
                  + (other.action() == Action.READ
                      ? ", which is read during apply"
                      : ", which is changed first"));
        }
      }
    }
    return Optional.empty();
  }

  /** A data source that the apply reads. */
  static PlannedInstance later(
      ResourceInstance source, Instance instance, ResourceType type, String reason) {
    return new PlannedInstance(
        source.address(),
        source.type(),
        Action.READ,
        instance,
        Optional.of(source),
        new Change(
            Action.READ,
            List.of(),
            List.of(),
            Effect.NONE,
            List.of(),
            List.of(),
            ObjectValue.EMPTY,
            List.of()),
        Optional.empty(),
        Optional.empty(),
        ObjectValue.EMPTY,
        instance.values(),
        SecretPaths.of(type.schema(), instance),
        source.dependencies(),
        Set.of(),
        false,
        Optional.empty(),
        reason,
        List.of());
  }
}
