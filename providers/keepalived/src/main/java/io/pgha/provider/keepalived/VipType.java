package io.pgha.provider.keepalived;

import io.pgha.language.diagnostic.Diagnostic;
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
import java.util.List;
import java.util.Optional;

/** The resource type {@code vip}: a host's part in an address that floats between several. */
public final class VipType implements ResourceType {
  /** The name that configuration uses. */
  public static final String NAME = "vip";

  /** Stateless. */
  public VipType() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Schema schema() {
    return VipSchema.SCHEMA;
  }

  @Override
  public List<Diagnostic> validate(Instance instance) {
    return new VipValidation(VipConfig.of(instance)).diagnostics();
  }

  @Override
  public List<Diagnostic> validateAll(List<Instance> instances) {
    return VipAgreement.between(instances.stream().map(VipConfig::of).toList());
  }

  @Override
  public List<PlacedProbe> probes(Instance instance) {
    return VipLive.probes(VipConfig.of(instance));
  }

  @Override
  public Live read(Instance instance, ProbeResults results) {
    return VipLive.of(VipConfig.of(instance), results).live();
  }

  @Override
  public Change plan(PlanRequest request) {
    return request.deletion() ? VipPlan.removal(request) : new VipPlan(request).change();
  }

  @Override
  public List<Difference> drift(PlanRequest applied, List<Difference> differences) {
    return VipDrift.of(applied, differences);
  }

  @Override
  public List<FindingKind> findings() {
    return VipFinding.ALL;
  }

  @Override
  public Optional<String> group(Instance instance) {
    return VipConfig.of(instance).group();
  }

  @Override
  public RolloutPolicy rollout() {
    return new VipRollout();
  }
}
