package io.pgha.provider.patroni;

import io.pgha.language.value.AttributePath;
import io.pgha.language.value.Str;
import io.pgha.provider.change.AttributeChange;
import io.pgha.provider.patroni.ClusterView.Member;
import io.pgha.provider.patroni.DynamicDiff.ParameterChange;
import io.pgha.provider.rollout.Effect;
import io.pgha.provider.step.Fragment;
import io.pgha.provider.step.PlacedStep;
import io.pgha.provider.step.Step;
import io.pgha.provider.step.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The steps of a change of the dynamic configuration: a PATCH, and the restarts that it takes.
 * Where some parameters are lowered and others change, it goes in two passes.
 */
final class ClusterSteps {
  private final ClusterConfig cluster;
  private final ClusterLive live;
  private final Map<String, Object> patch;
  private final List<ParameterChange> parameters;
  private final RestartSteps restarts;
  private final SettingsRepair repair;

  ClusterSteps(
      ClusterConfig cluster,
      ClusterLive live,
      Map<String, Object> patch,
      List<ParameterChange> parameters) {
    this.cluster = cluster;
    this.live = live;
    this.patch = patch;
    this.parameters = parameters;
    this.restarts = new RestartSteps(cluster, live);
    this.repair = SettingsRepair.of(cluster, live, parameters);
  }

  /** What servers run with other than declared. */
  SettingsRepair repair() {
    return repair;
  }

  private List<ParameterChange> lowered() {
    return parameters.stream().filter(ParameterChange::isPrimaryFirst).toList();
  }

  private List<ParameterChange> others() {
    return parameters.stream().filter(change -> !change.isPrimaryFirst()).toList();
  }

  /** Restarts that members wait for, where no attribute says so yet. */
  List<AttributeChange> unexplained(List<AttributeChange> explained) {
    Map<AttributePath, AttributeChange> changes = new LinkedHashMap<>();
    for (ParameterChange change : left()) {
      AttributePath path = AttributePath.of("parameters").key(change.name());
      if (explained.stream().noneMatch(each -> each.path().equals(path))) {
        changes.put(
            path,
            new AttributeChange(
                path,
                new Str(change.before().orElse("")),
                new Str(change.after().orElse("")),
                false,
                String.join(", ", restarts.waiting()) + ": waits for a restart to take it",
                false));
      }
    }
    return List.copyOf(changes.values());
  }

  /** What members wait for already, and go on waiting for after the PATCH. */
  private List<ParameterChange> left() {
    List<String> patched = parameters.stream().map(ParameterChange::name).toList();
    Set<String> spared = repair.spared();
    return restarts.pendingChanges().stream()
        .filter(change -> !patched.contains(change.name()) && !spared.contains(change.name()))
        .toList();
  }

  private List<ParameterChange> leftLowered() {
    return left().stream().filter(ParameterChange::isPrimaryFirst).toList();
  }

  /** Whether members restart replicas first: for what is patched, or for what somebody left. */
  private boolean raises() {
    boolean leftOver =
        leftLowered().isEmpty() && (!left().isEmpty() || restarts.waitsWithoutReason());
    return leftOver || repair.restarts() || patchRaises();
  }

  private boolean patchRaises() {
    return others().stream().anyMatch(ParameterChange::needsRestart);
  }

  /** Whoever must restart: all for what is patched, else those that wait for it. */
  private Set<String> restarted() {
    Set<String> names = new TreeSet<>(repair.restarted());
    names.addAll(patchRaises() ? restarts.all() : restarts.waiting());
    return names;
  }

  List<PlacedStep> all() {
    List<PlacedStep> steps = new ArrayList<>();
    boolean lowers = !lowered().isEmpty() || !leftLowered().isEmpty();
    boolean restart = lowers || raises();
    boolean paused = live.view().map(ClusterView::paused).orElse(false);
    if (restart && !paused) {
      steps.add(restarts.awaitHealth());
    }
    if (!leftLowered().isEmpty()) {
      steps.addAll(restarts.primaryFirst(leftLowered()));
    }
    Map<String, Object> first = lowered().isEmpty() ? patch : without(lowered());
    if (!first.isEmpty()) {
      steps.add(patch(first, others()));
      restarts.awaitTaken(others()).ifPresent(steps::add);
    }
    steps.addAll(repair.steps());
    if (restart && paused) {
      steps.add(restarts.awaitHealth());
    }
    if (raises()) {
      steps.addAll(restarts.replicasFirst(others(), restarted()));
    }
    if (!lowered().isEmpty()) {
      steps.add(patch(only(lowered()), lowered()));
      restarts.awaitTaken(lowered()).ifPresent(steps::add);
      steps.addAll(restarts.primaryFirst(lowered()));
    }
    // Patroni logs in anew after a restart, with the passwords that the nodes still have; and who
    // leads after a switchover shows when the cluster is looked at again.
    if (!restart) {
      steps.addAll(live.roles().steps());
    }
    return steps;
  }

  Effect effect() {
    boolean lowers = !lowered().isEmpty() || !leftLowered().isEmpty();
    if (lowers) {
      return new Effect(
          raises() ? Effect.Kind.SWITCHOVER : Effect.Kind.RESTART,
          (raises() ? "restart of the replicas, a switchover, then " : "")
              + "restart of the primary, then of the replicas");
    }
    if (raises()) {
      return restarts.effect(restarted());
    }
    return parameters.isEmpty() && repair.differences().isEmpty()
        ? Effect.NONE
        : new Effect(Effect.Kind.RELOAD, parameters.isEmpty() ? "reload" : "reload of all");
  }

  private Map<String, Object> only(List<ParameterChange> chosen) {
    Map<String, Object> changed = new LinkedHashMap<>();
    Map<String, Object> all = Trees.child(Trees.child(patch, "postgresql"), "parameters");
    chosen.forEach(change -> {
      Object value = all.get(change.name());
      if (value != null) {
        changed.put(change.name(), value);
      }
    });
    return Map.of("postgresql", Map.of("parameters", changed));
  }

  private Map<String, Object> without(List<ParameterChange> left) {
    Map<String, Object> rest = new LinkedHashMap<>(patch);
    Map<String, Object> postgresql = new LinkedHashMap<>(Trees.child(patch, "postgresql"));
    Map<String, Object> remaining = new LinkedHashMap<>(Trees.child(postgresql, "parameters"));
    left.forEach(change -> remaining.remove(change.name()));
    if (remaining.isEmpty()) {
      postgresql.remove("parameters");
    } else {
      postgresql.put("parameters", remaining);
    }
    if (postgresql.isEmpty()) {
      rest.remove("postgresql");
    } else {
      rest.put("postgresql", postgresql);
    }
    return rest;
  }

  private PlacedStep patch(Map<String, Object> body, List<ParameterChange> changed) {
    String what =
        changed.isEmpty() || body.size() > 1 || !body.containsKey("postgresql")
            ? "what changed"
            : String.join(", ", changed.stream().map(ParameterChange::name).toList());
    Optional<NodeConfig> through =
        live.view()
            .flatMap(ClusterView::leader)
            .flatMap(leader -> live.node(leader.name()))
            .or(() ->
                live.view().stream()
                    .flatMap(view -> view.members().stream())
                    .map(Member::name)
                    .flatMap(name -> live.node(name).stream())
                    .findFirst());
    Target target =
        through
            .<Target>map(node -> new Target.Host(node.host()))
            .orElseGet(() -> new Target.Leader(cluster.address()));
    return new PlacedStep(
        target,
        new Step.SendHttp(
            "PATCH /config with " + what,
            "PATCH",
            through.map(NodeConfig::api).orElse("http://leader") + "/config",
            Concealment.render(
                Trees.strings((Map<?, ?>) Concealment.like(cluster.concealedConfiguration(), body)),
                Trees::json,
                word -> '"' + word + '"'),
            through.flatMap(live::credentials),
            Set.of(200),
            Duration.ofSeconds(30)));
  }

  /** Writes the whole configuration into etcd: only where no member is there to PATCH through. */
  static Step putConfiguration(ClusterConfig cluster) {
    String body =
        Trees.json(
            Map.of(
                "key", EtcdGateway.base64(cluster.prefix() + "config"),
                "value", EtcdGateway.base64(Trees.json(cluster.dynamicConfiguration()))));
    return new Step.RunScript(
        "put the cluster's settings into etcd before its nodes resume",
        EtcdGateway.of(cluster).put(),
        List.of(Fragment.secret(body)),
        Duration.ofSeconds(60));
  }
}
