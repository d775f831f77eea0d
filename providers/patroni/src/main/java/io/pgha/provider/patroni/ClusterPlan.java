package io.pgha.provider.patroni;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.ListValue;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.provider.change.Action;
import io.pgha.provider.change.AttributeChange;
import io.pgha.provider.change.AttributeComparison;
import io.pgha.provider.change.Change;
import io.pgha.provider.change.PlanRequest;
import io.pgha.provider.patroni.DynamicDiff.ParameterChange;
import io.pgha.provider.rollout.Effect;
import io.pgha.provider.step.PlacedStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What takes the live dynamic configuration to the desired one. */
final class ClusterPlan {
  private final PlanRequest request;
  private final ClusterConfig cluster;
  private final ClusterLive live;
  private final boolean creating;

  ClusterPlan(PlanRequest request, ClusterConfig cluster, ClusterLive live) {
    this.request = request;
    this.cluster = cluster;
    this.live = live;
    this.creating = request.prior().isEmpty();
  }

  Change change() {
    List<AttributeChange> attributes = AttributeComparison.of(ClusterSchema.SCHEMA, request);
    List<Diagnostic> fixed = fixed(attributes);
    if (!fixed.isEmpty()) {
      return Change.refused(fixed);
    }
    if (!live.isBootstrapped()) {
      return unborn(attributes);
    }
    Map<String, Object> now = live.config().orElse(Map.of());
    Map<String, Object> patch = DynamicDiff.patch(cluster.dynamicConfiguration(), now);
    List<ParameterChange> parameters = DynamicDiff.parameters(patch, now);
    if (!live.hasMembers()) {
      return asleep(attributes, patch);
    }
    attributes = new ArrayList<>(attributes);
    attributes.addAll(live.roles().differences());
    ClusterSteps steps = new ClusterSteps(cluster, live, patch, parameters);
    attributes.addAll(steps.repair().changes());
    attributes.addAll(steps.unexplained(attributes));
    List<PlacedStep> activate = steps.all();
    List<Diagnostic> warnings = new ArrayList<>(warnings(attributes));
    warnings.addAll(steps.repair().warnings());
    warnings.addAll(ClusterHealth.warnings(live, request.prior()));
    boolean settled = activate.isEmpty() && (attributes.isEmpty() || creating);
    if (settled && request.owned()) {
      return Change.none(computed(), warnings);
    }
    return new Change(
        action(attributes),
        explained(attributes, parameters),
        List.of(),
        steps.effect(),
        List.of(),
        activate,
        computed(),
        warnings);
  }

  /**
   * What a cluster is known by stays as it is while anything of it is there: to make it anew would
   * take it out of the state, and its keys out of etcd, while its members run.
   */
  private List<Diagnostic> fixed(List<AttributeChange> attributes) {
    if (!live.isBootstrapped() && !live.hasMembers() && !live.hasNodes()) {
      return List.of();
    }
    return attributes.stream()
        .filter(AttributeChange::forcesReplacement)
        .map(change ->
            Diagnostic.error(
                    "cluster-in-use",
                    change.path() + " can't be changed while the cluster is there",
                    "%s has nodes or data (%s). %s Write %s again. To have it otherwise, declare another patroni_cluster beside this one and bring the data over, by a dump or by logical replication; or take this one's nodes away first."
                        .formatted(
                            cluster.address(),
                            live.traces(),
                            change.path().equals(AttributePath.of("postgresql_version"))
                                ? "The programs of another major version can't read its data, and"
                                    + " pgha makes no major upgrades."
                                : "Under another scope or namespace its members would be another"
                                    + " cluster.",
                            Trees.of(change.before()).map(Trees::text).orElse("the former value")))
                .about(cluster.address())
                .of(change.path()))
        .toList();
  }

  /** Before the first bootstrap the settings travel in the nodes' files: there is nothing to do. */
  private Change unborn(List<AttributeChange> attributes) {
    if (attributes.isEmpty() || (creating && request.claimed())) {
      return Change.none(computed());
    }
    return withoutSteps(attributes, List.of());
  }

  /** A cluster that was destroyed and kept: its settings are put right before its nodes resume. */
  private Change asleep(List<AttributeChange> attributes, Map<String, Object> patch) {
    List<String> hosts = ClusterLive.hosts(cluster);
    List<PlacedStep> steps =
        patch.isEmpty() || hosts.isEmpty()
            ? List.of()
            : List.of(PlacedStep.on(hosts.getFirst(), ClusterSteps.putConfiguration(cluster)));
    if (steps.isEmpty() && (attributes.isEmpty() || (creating && request.claimed()))) {
      return Change.none(computed());
    }
    return withoutSteps(attributes, steps);
  }

  private Change withoutSteps(List<AttributeChange> attributes, List<PlacedStep> steps) {
    return new Change(
        action(attributes),
        attributes,
        List.of(),
        Effect.NONE,
        List.of(),
        steps,
        computed(),
        List.of());
  }

  private Action action(List<AttributeChange> attributes) {
    boolean replace = attributes.stream().anyMatch(AttributeChange::forcesReplacement);
    return creating ? Action.CREATE : replace ? Action.REPLACE : Action.UPDATE;
  }

  private ObjectValue computed() {
    Map<String, io.pgha.language.value.Value> computed = new LinkedHashMap<>();
    computed.put(
        "member_hosts",
        new ListValue(
            Type.STRING, List.copyOf(ClusterLive.hosts(cluster).stream().map(Str::new).toList())));
    return ObjectValue.of(computed);
  }

  /** Says of each parameter what its change takes. */
  private static List<AttributeChange> explained(
      List<AttributeChange> attributes, List<ParameterChange> parameters) {
    List<AttributeChange> explained = new ArrayList<>();
    for (AttributeChange attribute : attributes) {
      Optional<ParameterChange> restart =
          parameters.stream()
              .filter(ParameterChange::needsRestart)
              .filter(
                  each -> attribute.path().equals(AttributePath.of("parameters").key(each.name())))
              .findFirst();
      String why =
          restart
              .map(each ->
                  each.isPrimaryFirst()
                      ? "needs a restart; lowered: primary first"
                      : "needs a restart: replicas first")
              .orElse("");
      explained.add(
          new AttributeChange(
              attribute.path(),
              attribute.before(),
              attribute.after(),
              attribute.secret(),
              attribute.reason().isEmpty() || why.isEmpty()
                  ? attribute.reason() + why
                  : attribute.reason() + "; " + why,
              attribute.forcesReplacement()));
    }
    return explained;
  }

  private List<Diagnostic> warnings(List<AttributeChange> attributes) {
    List<Diagnostic> warnings = new ArrayList<>();
    if (!creating
        && attributes.stream()
            .anyMatch(each -> each.path().startsWith(AttributePath.of("initdb")))) {
      warnings.add(
          Diagnostic.warning(
                  "no-effect",
                  "initdb counts only once",
                  "The data directory is made already; the new options take effect only where the"
                      + " cluster is made anew.")
              .about(cluster.address())
              .of(AttributePath.of("initdb")));
    }
    return warnings;
  }
}
