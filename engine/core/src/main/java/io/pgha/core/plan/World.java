package io.pgha.core.plan;

import io.pgha.core.evaluation.Evaluation;
import io.pgha.core.evaluation.InstanceIndex;
import io.pgha.core.evaluation.ResourceInstance;
import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.provider.Instance;
import io.pgha.provider.Values;
import io.pgha.state.InstanceState;
import io.pgha.state.State;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What is evaluated, and what is known of what state has besides.
 *
 * @param evaluated takes what later evaluations find wrong
 * @param configured the instances of the configuration, by address
 * @param desired the same as they are to be
 * @param prior the instances as last applied; where configuration has one too, as it is to be
 */
public record World(
    Evaluation evaluation,
    Diagnostics evaluated,
    Map<String, ResourceInstance> configured,
    InstanceIndex desired,
    InstanceIndex prior) {
  /** What an evaluation and a state make; what may be there or not joins the evaluation's index. */
  static World of(Evaluation evaluation, Diagnostics evaluated, State state, TypeRegistry types) {
    Map<String, ResourceInstance> configured = new TreeMap<>();
    evaluation.instances().forEach(instance -> configured.put(instance.address(), instance));
    InstanceIndex prior = new InstanceIndex(types, evaluation.index());
    Deferrals untold = new Deferrals(evaluation.deferrals(), List.of(), Map.of());
    for (InstanceState instance : state.instances().values()) {
      String address = instance.address().toString();
      if (!configured.containsKey(address)) {
        // What may be there or not is a neighbour as it was last applied.
        (untold.covers(address) ? evaluation.index() : prior)
            .add(
                address,
                instance.address().type(),
                instance.attributes(),
                instance.sensitivePaths());
      }
    }
    return new World(evaluation, evaluated, configured, evaluation.index(), prior);
  }

  /** An instance as it is to be or, where configuration lacks it, as it was last applied. */
  Instance instance(String address) {
    return desired.get(address).or(() -> prior.get(address)).orElseThrow();
  }

  /** An instance that configuration has. */
  ResourceInstance configuredInstance(String address) {
    return Objects.requireNonNull(configured.get(address), address);
  }

  /** What the hosts are called, by their addresses. */
  Map<String, String> hostNames() {
    Map<String, String> names = new TreeMap<>();
    desired.all().forEach(instance -> name(instance, names));
    prior.all().forEach(instance -> name(instance, names));
    return names;
  }

  private static void name(Instance instance, Map<String, String> names) {
    if (instance.type().equals(InstancePlanner.HOST)) {
      Values.of(instance).string("name").ifPresent(name -> names.put(instance.address(), name));
    }
  }
}
