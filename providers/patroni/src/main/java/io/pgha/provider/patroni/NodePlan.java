package io.pgha.provider.patroni;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.ObjectValue;
import io.pgha.provider.artifact.Artifact;
import io.pgha.provider.artifact.ArtifactComparison;
import io.pgha.provider.artifact.ArtifactDifference.Aspect;
import io.pgha.provider.artifact.Artifacts;
import io.pgha.provider.artifact.LeastVersion;
import io.pgha.provider.change.Action;
import io.pgha.provider.change.ArtifactChange;
import io.pgha.provider.change.AttributeChange;
import io.pgha.provider.change.AttributeComparison;
import io.pgha.provider.change.Change;
import io.pgha.provider.change.PlanRequest;
import io.pgha.provider.change.Prior;
import io.pgha.provider.rollout.Effect;
import io.pgha.provider.step.PlacedStep;
import io.pgha.provider.step.Step;
import io.pgha.provider.step.Step.UnitVerb;
import java.util.ArrayList;
import java.util.List;

/** What takes a live node to the desired one. */
final class NodePlan {
  private static final String UNIT_KEY = "unit:" + NodeLive.UNIT;
  private static final String FILE_KEY = "file:" + NodeFile.PATH;

  /** 4.0 checks the file of a running node, and says what a restart is waited for. */
  private static final LeastVersion LEAST =
      new LeastVersion(
          "Patroni",
          "patroni",
          4,
          0,
          "pgha needs",
          "Install it from PGDG, which has it for every release that pgha supports: see"
              + " apt_sources of host.");

  private final PlanRequest request;
  private final NodeConfig node;
  private final NodeLive live;
  private final NodeSteps steps;
  private final ArtifactComparison artifacts;
  private final NodeUpgrade upgrade;

  NodePlan(PlanRequest request, NodeConfig node, NodeLive live) {
    this.request = request;
    this.node = node;
    this.live = live;
    this.steps = new NodeSteps(node, live);
    this.artifacts =
        Artifacts.compare(
            live.artifacts(),
            live.answers(),
            request.prior().map(Prior::artifacts).orElse(List.of()));
    this.upgrade = new NodeUpgrade(node, live, artifacts);
  }

  Change change() {
    boolean creating = request.prior().isEmpty();
    List<Diagnostic> diagnostics = new ArrayList<>(artifacts.failures());
    diagnostics.addAll(new NodeObstacles(request, node, live, artifacts).found());
    LEAST
        .olderOn(node.host(), live.answers())
        .ifPresent(version ->
            diagnostics.add(
                LEAST
                    .error("patroni-too-old", version)
                    .about(request.instance().address())
                    .on(node.name())));
    if (diagnostics.stream().anyMatch(Diagnostic::isError)) {
      return Change.refused(diagnostics);
    }
    diagnostics.addAll(health());
    if (creating) {
      diagnostics.addAll(live.unreachable());
    }
    List<AttributeChange> attributes =
        new ArrayList<>(AttributeComparison.of(NodeSchema.SCHEMA, request));
    if (!creating) {
      upgrade.difference().ifPresent(attributes::add);
      upgrade.warning().ifPresent(diagnostics::add);
    }
    List<ArtifactChange> changes = new ArrayList<>(artifacts.changes());
    if (isStale()) {
      changes.add(live.configured().change("reloaded"));
    }
    boolean settled = changes.isEmpty() && (live.runs() || !creating);
    if (settled && (attributes.isEmpty() || creating)) {
      return Change.none(computed(), diagnostics);
    }
    boolean replace = attributes.stream().anyMatch(AttributeChange::forcesReplacement);
    Action action = creating ? Action.CREATE : replace ? Action.REPLACE : Action.UPDATE;
    return new Change(
        action,
        attributes,
        changes,
        effect(creating),
        prepare(creating),
        activate(creating),
        computed(),
        diagnostics);
  }

  /** Whether an earlier apply was cut off between writing the file and the reload. */
  private boolean isStale() {
    return !artifacts.contentChanged(FILE_KEY) && live.configured().isStale(live.answers());
  }

  /** Whether the file says, or by now will say, what a running Patroni has not read. */
  private boolean isFileNews() {
    return artifacts.contentChanged(FILE_KEY) || isStale();
  }

  /** Derived attributes are the engine's already; the rest is volatile. */
  private static ObjectValue computed() {
    return ObjectValue.EMPTY;
  }

  private Effect effect(boolean creating) {
    // A node that was imported runs already: to it a restart is one, and has its turn.
    if (upgrade.isDue()) {
      return upgrade.effect();
    }
    if (creating && !(live.runs() && isFileNews())) {
      return new Effect(Effect.Kind.BOOTSTRAP, "");
    }
    if (artifacts.changed(UNIT_KEY, Aspect.RUNNING)) {
      return new Effect(Effect.Kind.BOOTSTRAP, "start of a stopped node");
    }
    if (isFileNews()) {
      return new Effect(Effect.Kind.RELOAD, "reload of Patroni");
    }
    return Effect.NONE;
  }

  private List<PlacedStep> prepare(boolean creating) {
    List<PlacedStep> all = new ArrayList<>();
    boolean server = artifacts.changed(NodeUpgrade.key(live.cluster()), Aspect.MISSING);
    if (server && !live.facts().makesNoMain()) {
      all.add(steps.makeNoMainCluster());
    }
    if (!upgrade.isDue()) {
      all.addAll(artifacts.packageSteps());
    }
    if (server) {
      all.add(steps.unit(UnitVerb.DISABLE, "postgresql.service"));
    }
    // Before the unit stops: where the proof fails now, nothing was touched yet.
    if (creating && live.facts().hasMain()) {
      all.add(steps.dropUnusedMainCluster());
    }
    all.addAll(artifacts.steps("unit:postgresql.service"));
    for (Artifact artifact : live.artifacts()) {
      if (artifact instanceof Artifact.OfDirectory) {
        all.addAll(artifacts.steps(artifact.key()));
      }
    }
    return all;
  }

  private List<PlacedStep> activate(boolean creating) {
    boolean starts = artifacts.changed(UNIT_KEY, Aspect.RUNNING);
    List<PlacedStep> all = new ArrayList<>();
    if (starts && !live.facts().hasData()) {
      all.add(steps.awaitRightToStart());
    }
    all.addAll(artifacts.steps(FILE_KEY));
    if (starts && live.facts().kept().isPresent()) {
      all.add(steps.on(new Step.RemovePath(node.dataDirectory() + "/" + NodeFacts.KEPT, false)));
    }
    all.addAll(artifacts.steps(UNIT_KEY));
    all.addAll(upgrade.steps());
    boolean reloads = !starts && live.unitRuns() && isFileNews();
    if (reloads) {
      all.add(steps.unit(UnitVerb.RELOAD, NodeLive.UNIT));
      all.addAll(new PasswordChange(node, live).steps());
    }
    if (starts) {
      all.addAll(steps.wakeLeader());
    }
    if (starts || reloads || creating || upgrade.isDue()) {
      all.add(steps.awaitMember());
    }
    return all;
  }

  /** What pgha does not mend by itself: Patroni is at work, or a person must look. */
  private List<Diagnostic> health() {
    List<Diagnostic> warnings = new ArrayList<>();
    if (live.unitRuns() && !live.runs() && request.prior().isPresent()) {
      warnings.add(
          warning(
              "Patroni does not answer on " + node.name(),
              "Its unit is active, but "
                  + node.api()
                  + " gives no answer. See journalctl -u patroni on that host."));
    }
    if (live.runs()
        && live.member().isEmpty()
        && live.view().flatMap(ClusterView::leader).isPresent()) {
      warnings.add(
          warning(
              node.name() + " is no member of its cluster",
              "Patroni runs there, but is not in the list of members in etcd. See journalctl -u"
                  + " patroni on that host."));
    }
    live.view()
        .flatMap(ClusterView::leader)
        .ifPresent(leader ->
            live.member()
                .flatMap(member -> member.trouble(leader))
                .ifPresent(trouble ->
                    warnings.add(
                        warning(
                            "A node does not follow the leader as it should",
                            trouble
                                + ". Patroni brings it back by itself where it can; where"
                                + " it stays so, see patronictl list and, for a replica"
                                + " that can't, patronictl reinit."))));
    return warnings;
  }

  private Diagnostic warning(String summary, String detail) {
    return Diagnostic.warning("unhealthy-node", summary, detail)
        .about(request.instance().address())
        .on(node.name());
  }
}
