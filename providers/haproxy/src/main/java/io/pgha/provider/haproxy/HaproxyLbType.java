package io.pgha.provider.haproxy;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.MapValue;
import io.pgha.language.value.Type;
import io.pgha.language.value.Value;
import io.pgha.provider.Instance;
import io.pgha.provider.ResourceType;
import io.pgha.provider.Values;
import io.pgha.provider.change.Change;
import io.pgha.provider.change.Live;
import io.pgha.provider.change.PlanRequest;
import io.pgha.provider.drift.Difference;
import io.pgha.provider.drift.FindingKind;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.rollout.RolloutPolicy;
import io.pgha.provider.schema.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The resource type {@code haproxy_lb}: HAProxy on one host, in front of Patroni's nodes. */
public final class HaproxyLbType implements ResourceType {
  /** The name that configuration uses. */
  public static final String NAME = "haproxy_lb";

  /** Stateless. */
  public HaproxyLbType() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Schema schema() {
    return LbSchema.SCHEMA;
  }

  @Override
  public Map<String, Value> derive(Instance instance) {
    if (!Values.of(instance).isKnown("listeners")) {
      return Map.of();
    }
    return LbConfig.of(instance)
        .endpoints()
        .<Map<String, Value>>map(each -> Map.of("endpoints", MapValue.of(Type.STRING, each)))
        .orElse(Map.of());
  }

  @Override
  public List<Diagnostic> validate(Instance instance) {
    return new LbValidation(LbConfig.of(instance)).diagnostics();
  }

  @Override
  public List<Diagnostic> validateAll(List<Instance> instances) {
    return LbValidation.between(instances.stream().map(LbConfig::of).toList());
  }

  @Override
  public List<PlacedProbe> probes(Instance instance) {
    return LbLive.probes(LbConfig.of(instance));
  }

  @Override
  public Live read(Instance instance, ProbeResults results) {
    return LbLive.of(LbConfig.of(instance), results).live();
  }

  @Override
  public Change plan(PlanRequest request) {
    return request.deletion() ? LbPlan.removal(request) : new LbPlan(request).change();
  }

  @Override
  public List<Difference> drift(PlanRequest applied, List<Difference> differences) {
    return LbDrift.of(applied, differences);
  }

  @Override
  public List<FindingKind> findings() {
    return LbFinding.ALL;
  }

  @Override
  public Optional<String> group(Instance instance) {
    return LbConfig.of(instance).group();
  }

  @Override
  public RolloutPolicy rollout() {
    return new LbRollout();
  }
}
