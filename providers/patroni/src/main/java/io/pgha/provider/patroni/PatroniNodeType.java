package io.pgha.provider.patroni;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.Str;
import io.pgha.language.value.Value;
import io.pgha.provider.Instance;
import io.pgha.provider.ResourceType;
import io.pgha.provider.change.Change;
import io.pgha.provider.change.Live;
import io.pgha.provider.change.PlanRequest;
import io.pgha.provider.drift.Difference;
import io.pgha.provider.drift.FindingKind;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.rollout.RolloutPolicy;
import io.pgha.provider.schema.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The resource type {@code patroni_node}: a member of a cluster on one host. */
public final class PatroniNodeType implements ResourceType {
  /** The name that configuration uses. */
  public static final String NAME = "patroni_node";

  /** Stateless. */
  public PatroniNodeType() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Schema schema() {
    return NodeSchema.SCHEMA;
  }

  @Override
  public Map<String, Value> derive(Instance instance) {
    NodeConfig node = NodeConfig.of(instance);
    Map<String, Value> derived = new LinkedHashMap<>();
    if (!node.name().isEmpty()) {
      derived.put("name", new Str(node.name()));
    }
    if (!node.address().isEmpty()) {
      derived.put("address", new Str(node.address()));
      if (node.values().isKnown("rest_port")) {
        derived.put("api_url", new Str(node.api()));
      }
    }
    if (node.cluster().filter(cluster -> cluster.values().isKnown("version")).isPresent()) {
      derived.put("bin_dir", new Str(node.binDirectory()));
    }
    return derived;
  }

  @Override
  public List<Diagnostic> validate(Instance instance) {
    return NodeValidation.of(NodeConfig.of(instance));
  }

  @Override
  public List<Diagnostic> validateAll(List<Instance> instances) {
    return NodeValidation.between(instances.stream().map(NodeConfig::of).toList());
  }

  @Override
  public List<PlacedProbe> probes(Instance instance) {
    return NodeLive.probes(NodeConfig.of(instance));
  }

  @Override
  public Live read(Instance instance, ProbeResults results) {
    return NodeLive.of(NodeConfig.of(instance), results).live();
  }

  @Override
  public Change plan(PlanRequest request) {
    NodeConfig node = NodeConfig.of(request.instance());
    NodeLive live = NodeLive.of(node, request.live().answers());
    return request.deletion()
        ? new NodeRemoval(node, live).change()
        : new NodePlan(request, node, live).change();
  }

  @Override
  public Optional<String> group(Instance instance) {
    return NodeConfig.of(instance).values().string("cluster");
  }

  @Override
  public RolloutPolicy rollout() {
    return new NodeRollout();
  }

  @Override
  public List<Difference> drift(PlanRequest applied, List<Difference> differences) {
    return NodeDrift.of(applied, differences);
  }

  @Override
  public List<FindingKind> findings() {
    return PatroniFinding.NODE;
  }
}
