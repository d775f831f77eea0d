package io.pgha.core.plan;

import io.pgha.core.configuration.Module;
import io.pgha.core.configuration.Module.Resource;
import io.pgha.core.evaluation.ResourceInstance;
import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.ObjectValue;
import io.pgha.provider.Instance;
import io.pgha.provider.ResourceType;
import io.pgha.provider.change.Action;
import io.pgha.provider.change.Change;
import io.pgha.provider.rollout.Effect;
import io.pgha.state.InstanceAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Knows when data sources can be read: not before what they need is as it will be, or else what is
 * planned by them would hold for a moment that is gone by then.
 */
final class DataSources {
  private final Map<String, PlannedInstance> planned;
  private final Set<String> sources;
  private final Named named;
  private final Planning planning;

  /** By name, why what needs it has to wait. */
  private final Map<String, Optional<String>> reasons = new HashMap<>();

  /** How one of them is planned. */
  interface Planning {
    /** Why it can't be asked at all; empty where it can. */
    Optional<Reason> unasked(String address);

    /** The names of what it needs. */
    Set<String> needs(String address);

    /** The types that its type follows. */
    List<String> follows(String address);

    /** Reads it. */
    PlannedInstance read(String address);

    /** Leaves it to the apply. */
    PlannedInstance later(String address, Reason reason);
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
    Optional<Reason> wait = planning.unasked(address).or(() -> pending(address));
    planned.put(
        address, wait.isEmpty() ? planning.read(address) : planning.later(address, wait.get()));
  }

  private Optional<Reason> pending(String address) {
    return waitsFor(address).map(why -> new Reason(ActionReason.READ_DEPENDENCY_PENDING, why));
  }

  /** Why a data source is to be read later; empty where nothing that it needs is changed. */
  private Optional<String> waitsFor(String address) {
    for (String name : new TreeSet<>(planning.needs(address))) {
      Optional<String> reason = reasons.get(name);
      if (reason == null) {
        reason = reason(name);
        reasons.put(name, reason);
      }
      if (reason.isPresent()) {
        return reason;
      }
    }
    List<String> follows = planning.follows(address);
    return follows.isEmpty()
        ? Optional.empty()
        : planned.values().stream()
            .filter(other -> other.action() == Action.DELETE && follows.contains(other.type()))
            .findFirst()
            .map(other -> other.address() + " goes first");
  }

  /** What of all that a name means is not yet as it will be. */
  private Optional<String> reason(String name) {
    for (String needed : named.instances(name)) {
      if (sources.contains(needed)) {
        plan(needed);
      }
      PlannedInstance other = planned.get(needed);
      if (other == null) {
        continue;
      }
      if (other.isChange()) {
        return Optional.of(
            "it needs "
                + needed
                + (other.action() == Action.READ
                    ? ", which is read during apply"
                    : ", which is changed first"));
      }
      if (!other.isPlanned() && other.before().attributes().isEmpty()) {
        return Optional.of("it needs " + needed + ", which could not be planned");
      }
    }
    return Optional.empty();
  }

  /**
   * Says which sources need something that needs them: by what their types follow, which no
   * expression says, so that evaluation does not find it.
   *
   * @param needs the names of what an instance needs, by its address
   */
  static List<Diagnostic> cycles(
      Map<String, ResourceInstance> configured, Function<String, Set<String>> needs) {
    List<Diagnostic> found = new ArrayList<>();
    if (configured.values().stream().noneMatch(each -> TypeRegistry.isData(each.type()))) {
      return found;
    }
    Named named = new Named(configured.keySet());
    for (ResourceInstance source : configured.values()) {
      String address = source.address();
      if (!TypeRegistry.isData(source.type())
          || needs.apply(address).equals(source.dependencies())) {
        continue;
      }
      Map<String, String> via = new HashMap<>();
      Set<String> names = new HashSet<>();
      Deque<String> open = new ArrayDeque<>(List.of(address));
      while (!open.isEmpty() && !via.containsKey(address)) {
        String user = open.removeFirst();
        for (String name : needs.apply(user)) {
          if (!names.add(name)) {
            continue;
          }
          for (String needed : named.instances(name)) {
            if (via.putIfAbsent(needed, user) == null) {
              open.add(needed);
            }
          }
        }
      }
      if (via.containsKey(address)) {
        found.add(
            Diagnostic.error(
                    "cycle",
                    "It is needed by what it needs: " + address,
                    "It can be read only once all that it tells of is there, and of that "
                        + via.get(address)
                        + " needs it. Take the value from somewhere else.",
                    source.range())
                .about(address));
      }
    }
    return found;
  }

  /**
   * Refuses what refers to a data source that is there for a check only: what can't be read there
   * stops nothing, so nothing else may hang on it.
   */
  static List<Diagnostic> scoped(Map<String, ResourceInstance> configured, Module module) {
    if (!hasChecked(module)) {
      return List.of();
    }
    Named named = new Named(configured.keySet());
    List<Diagnostic> found = new ArrayList<>();
    configured.forEach((address, instance) -> {
      for (String name : instance.dependencies()) {
        named.instances(name).stream()
            .filter(needed ->
                module
                    .declaring(InstanceAddress.parse(needed))
                    .filter(Resource::checked)
                    .isPresent())
            .findFirst()
            .ifPresent(needed ->
                found.add(
                    Diagnostic.error(
                            "scoped-resource",
                            "Reference to scoped resource",
                            Named.resource(needed)
                                + " is there for its check alone, which stops nothing where it"
                                + " can't be read. Declare it outside of the check block.",
                            instance.range())
                        .about(address)));
      }
    });
    return found;
  }

  private static boolean hasChecked(Module module) {
    return module.resources().values().stream().anyMatch(Resource::checked)
        || module.calls().values().stream().anyMatch(call -> hasChecked(call.module()));
  }

  /** A data source that the apply reads. */
  static PlannedInstance later(
      ResourceInstance source, Instance instance, ResourceType type, Reason reason) {
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
        Optional.empty(),
        false,
        Optional.empty(),
        reason,
        List.of());
  }
}
