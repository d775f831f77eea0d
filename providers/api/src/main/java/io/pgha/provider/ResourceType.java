package io.pgha.provider;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Value;
import io.pgha.provider.change.Change;
import io.pgha.provider.change.Live;
import io.pgha.provider.change.PlanRequest;
import io.pgha.provider.drift.Difference;
import io.pgha.provider.drift.FindingKind;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.rollout.RolloutPolicy;
import io.pgha.provider.schema.Schema;
import io.pgha.provider.transport.HostConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A resource type: a schema and pure functions from configuration and observations to changes.
 *
 * <p>The engine calls, for every instance: {@link #derive} and {@link #validate} before any
 * connection is opened; {@link #probes}; {@link #read} on what the machines answered; {@link
 * #plan}. At apply {@code probes}, {@code read} and {@code plan} run again with final values right
 * before the instance's steps are executed, and after the last step once more, with what was just
 * applied as the prior (the desired attributes): then {@code plan} must be a no-op.
 */
public interface ResourceType {
  /** The name that configuration uses, such as {@code etcd_member}. */
  String name();

  /** The arguments and attributes. */
  Schema schema();

  /**
   * What state keeps of an instance that was applied with an older version of the schema, as the
   * present one has it. Called for each older version there ever was; the first is 1.
   *
   * @param version the version that the attributes follow
   */
  default ObjectValue upgrade(int version, ObjectValue attributes) {
    return attributes;
  }

  /**
   * Computed attributes that follow from the arguments alone, such as a member's client URL. An
   * attribute whose arguments are unknown yet is left out.
   */
  default Map<String, Value> derive(Instance instance) {
    return Map.of();
  }

  /**
   * What is wrong with an instance, by attribute path. Values may be unknown: what can't be judged
   * yet is not an error.
   */
  default List<Diagnostic> validate(Instance instance) {
    return List.of();
  }

  /** What is wrong between the instances of this type, such as two with one name. */
  default List<Diagnostic> validateAll(List<Instance> instances) {
    return List.of();
  }

  /**
   * The questions whose answers tell how the instance is doing, and the hosts to ask. The engine
   * asks all questions to a host in one round trip. Called for instances to be deleted too, with
   * their last values from state.
   */
  List<PlacedProbe> probes(Instance instance);

  /** What the answers say. Hosts that could not be reached never get here: the engine skips. */
  Live read(Instance instance, ProbeResults results);

  /**
   * The change that takes the live instance to what is desired, with its steps and the reason of
   * each difference; a change of kind no-op where nothing differs.
   */
  Change plan(PlanRequest request);

  /**
   * What is to be told of the differences between an instance as it was last applied and as it is,
   * how grave each is, and what only this type knows besides. What merely follows from another
   * difference is left out: one cause is one finding. Roles that moved are none.
   *
   * @param applied the instance as it was last applied, with what the machines say
   * @param differences what the engine made of {@link #plan} for it: attributes, artifacts,
   *     warnings, and errors, which each have a grade that suits most types
   */
  default List<Difference> drift(PlanRequest applied, List<Difference> differences) {
    return differences;
  }

  /** The kinds of difference that only this type tells of, beside those of all artifacts. */
  default List<FindingKind> findings() {
    return List.of();
  }

  /**
   * The codes of differences that may go away by themselves while roles move, such as a replica
   * that does not stream yet: they are told only where they stay.
   */
  default Set<String> passing() {
    return findings().stream()
        .filter(FindingKind::passing)
        .map(FindingKind::code)
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * The name of the group whose members may not be disturbed together, such as an etcd cluster.
   *
   * @return empty where the instance stands alone
   */
  default Optional<String> group(Instance instance) {
    return Optional.empty();
  }

  /** How this type's groups are changed; asked only where {@link #group} names one. */
  default RolloutPolicy rollout() {
    return RolloutPolicy.ONE_BY_ONE;
  }

  /**
   * The types whose instances, where they refer to the same instance as one of this type does, are
   * made before it and removed after it: a database comes after all nodes of its cluster.
   */
  default List<String> follows() {
    return List.of();
  }

  /**
   * Whether an instance and the one that replaces it can be there at the same time, as
   * create_before_destroy asks for: not where both would be the same files or ports of a machine.
   */
  default boolean coexists() {
    return false;
  }

  /**
   * What an import by an id makes of it, for a type that is on no machine: an instance of it is
   * there as soon as state says so.
   *
   * @param id what the user calls it by
   * @return the attributes that are known by that; empty where an import looks for the instance on
   *     its machine
   */
  default Optional<Map<String, Value>> adopted(String id) {
    return Optional.empty();
  }

  /**
   * How to reach the machine that an instance is: only the type {@code host} answers.
   *
   * @return empty for all other types
   */
  default Optional<HostConnection> connection(Instance instance) {
    return Optional.empty();
  }
}
