package io.pgha.provider.patroni;

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
import io.pgha.provider.schema.Schema;
import java.util.List;

/**
 * The resource type {@code patroni_cluster}: what all nodes of a cluster share.
 *
 * <p>It has no machine of its own: it is seen and changed through the hosts of its nodes. While no
 * cluster was bootstrapped it is made without a step, for its settings travel in the nodes' files.
 */
public final class PatroniClusterType implements ResourceType {
  /** The name that configuration uses. */
  public static final String NAME = "patroni_cluster";

  /** Stateless. */
  public PatroniClusterType() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Schema schema() {
    return ClusterSchema.SCHEMA;
  }

  @Override
  public List<Diagnostic> validate(Instance instance) {
    return ClusterValidation.of(ClusterConfig.of(instance));
  }

  @Override
  public List<PlacedProbe> probes(Instance instance) {
    return ClusterLive.probes(ClusterConfig.of(instance));
  }

  @Override
  public Live read(Instance instance, ProbeResults results) {
    return ClusterLive.of(ClusterConfig.of(instance), results).live();
  }

  @Override
  public Change plan(PlanRequest request) {
    ClusterConfig cluster = ClusterConfig.of(request.instance());
    ClusterLive live = ClusterLive.of(cluster, request.live().answers());
    return request.deletion()
        ? ClusterRemoval.of(cluster, live)
        : new ClusterPlan(request, cluster, live).change();
  }

  @Override
  public List<Difference> drift(PlanRequest applied, List<Difference> differences) {
    return ClusterDrift.of(applied, differences);
  }

  @Override
  public List<FindingKind> findings() {
    return PatroniFinding.CLUSTER;
  }
}
