package io.pgha.provider.etcd;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.Null;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.provider.Values;
import io.pgha.provider.artifact.Artifact;
import io.pgha.provider.artifact.ArtifactComparison;
import io.pgha.provider.artifact.ArtifactDifference;
import io.pgha.provider.artifact.ArtifactDifference.Aspect;
import io.pgha.provider.artifact.Artifacts;
import io.pgha.provider.artifact.ConfiguredUnit;
import io.pgha.provider.artifact.LeastVersion;
import io.pgha.provider.change.Action;
import io.pgha.provider.change.ArtifactChange;
import io.pgha.provider.change.ArtifactDigest;
import io.pgha.provider.change.AttributeChange;
import io.pgha.provider.change.AttributeComparison;
import io.pgha.provider.change.Change;
import io.pgha.provider.change.PlanRequest;
import io.pgha.provider.change.Prior;
import io.pgha.provider.probe.FileFacts;
import io.pgha.provider.probe.PackageFacts;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.rollout.Effect;
import io.pgha.provider.step.PlacedStep;
import io.pgha.provider.step.Step;
import io.pgha.provider.step.Step.UnitVerb;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What takes one member from how it is to how it should be. */
final class EtcdPlan {
  private static final String FILE = "file:" + EtcdEnvironment.PATH;
  private static final String UNIT = "unit:" + EtcdSteps.UNIT;

  private static final LeastVersion LEAST =
      new LeastVersion(
          "etcd",
          "etcd-server",
          3,
          4,
          "Patroni's etcd3 needs",
          "Use Debian 12, Ubuntu 24.04 or newer, or install a newer etcd-server package on it"
              + " first.");

  private final EtcdMember member;
  private final PlanRequest request;
  private final ProbeResults answers;
  private final ClusterView view;
  private final EtcdSteps steps;
  private final ConfiguredUnit configured;
  private final boolean hasData;

  EtcdPlan(EtcdMember member, PlanRequest request) {
    this.member = member;
    this.request = request;
    this.answers = request.live().answers();
    this.view = ClusterView.of(member, answers);
    this.steps = new EtcdSteps(member);
    this.configured = new ConfiguredUnit(member.host(), EtcdSteps.UNIT, EtcdEnvironment.PATH);
    this.hasData = EtcdMemberType.hasData(member, answers);
  }

  /** The change while arguments are unknown: what will be done shows at apply. */
  static Change unknown(PlanRequest request) {
    return new Change(
        request.prior().isPresent() ? Action.UPDATE : Action.CREATE,
        AttributeComparison.of(EtcdMemberSchema.SCHEMA, request),
        List.of(),
        request.prior().isPresent() ? Effect.NONE : new Effect(Effect.Kind.BOOTSTRAP, "new member"),
        List.of(),
        List.of(),
        ObjectValue.EMPTY,
        List.of());
  }

  /** Stops the member and removes what it owns; the members that stay take it off their list. */
  Change removal() {
    boolean deleteData =
        Values.of(request.instance()).bool(EtcdMemberSchema.DELETE_DATA).orElse(false);
    ArtifactComparison removal =
        Artifacts.removal(
            EtcdMemberType.artifacts(member),
            answers,
            deleteData ? Set.of(member.dataDir()) : Set.of());
    List<PlacedStep> activate = new ArrayList<>(removal.unitSteps());
    if (!deleteData && hasData) {
      activate.add(steps.noteKept());
    }
    activate.addAll(removal.fileSteps());
    if (member.held().orElse(false)) {
      activate.add(
          PlacedStep.on(
              member.host(), new Step.HoldPackages(List.of("etcd-server", "etcd-client"), false)));
    }
    return new Change(
        Action.DELETE,
        List.of(),
        removal.changes(),
        new Effect(Effect.Kind.REMOVAL, "member " + member.name() + " leaves"),
        List.of(),
        activate,
        ObjectValue.EMPTY,
        removal.failures());
  }

  /** Makes the member, or mends what differs. */
  Change change() {
    List<Diagnostic> tooOld = tooOld();
    if (!tooOld.isEmpty()) {
      return Change.refused(tooOld);
    }
    List<AttributeChange> attributes =
        new ArrayList<>(AttributeComparison.of(EtcdMemberSchema.SCHEMA, request));
    boolean replace = attributes.stream().anyMatch(AttributeChange::forcesReplacement);
    if (replace) {
      return replacement(attributes);
    }
    if (!view.isExpelled() && (view.own().isPresent() || (hasData && !isUnusedDefault()))) {
      return steady(attributes);
    }
    if (isPartOfRunningCluster()) {
      return join(action(), attributes);
    }
    if (request.prior().isPresent()) {
      return Change.refused(List.of(lostData()));
    }
    return bootstrap(attributes);
  }

  private Action action() {
    return request.prior().isPresent() ? Action.UPDATE : Action.CREATE;
  }

  /** Whether a cluster runs that this member must join: all but its own first start. */
  private boolean isPartOfRunningCluster() {
    return view.cluster().isPresent() && !view.isAwaited();
  }

  private boolean isUnusedDefault() {
    return view.stranger().filter(EtcdMemberType::isUnused).isPresent();
  }

  private Change bootstrap(List<AttributeChange> attributes) {
    ArtifactComparison comparison = compare(EtcdEnvironment.first(member));
    List<PlacedStep> activate = new ArrayList<>();
    if (isUnusedDefault()) {
      activate.add(steps.clearDefault());
    }
    activate.addAll(comparison.steps(FILE));
    start(comparison, isUnusedDefault(), activate);
    activate.add(steps.awaitHealthy());
    return change(
        Action.CREATE,
        attributes,
        comparison,
        List.of(),
        new Effect(Effect.Kind.BOOTSTRAP, "first start of " + member.name()),
        activate);
  }

  private Change join(Action action, List<AttributeChange> attributes) {
    Map<String, String> cluster = new LinkedHashMap<>();
    view.cluster().stream()
        .flatMap(answer -> answer.members().stream())
        .filter(each -> !each.name().isEmpty() && !each.peerUrls().isEmpty())
        .forEach(each -> cluster.put(each.name(), each.peerUrls().getFirst()));
    cluster.put(member.name(), member.peerUrl());
    ArtifactComparison comparison = compare(EtcdEnvironment.render(member, cluster, true));
    List<PlacedStep> activate = new ArrayList<>();
    if (isUnusedDefault()) {
      activate.add(steps.clearDefault());
    } else if (hasData) {
      activate.add(steps.setAside());
    }
    activate.add(steps.announce());
    activate.addAll(comparison.steps(FILE));
    start(comparison, isUnusedDefault() || hasData, activate);
    activate.add(steps.awaitStarted());
    activate.add(steps.promote());
    activate.add(steps.awaitHealthy());
    List<AttributeChange> all = new ArrayList<>(attributes);
    if (action != Action.CREATE) {
      all.add(
          new AttributeChange(
              AttributePath.of(EtcdMemberSchema.MEMBER_ID),
              request.prior().map(prior -> prior.attributes().get("member_id")).orElse(Null.ANY),
              Null.ANY,
              false,
              hasData
                  ? "the cluster no longer has this member: it joins again"
                  : "its data is gone: it joins again with none",
              false));
    }
    return change(
        action,
        all,
        comparison,
        List.of(),
        new Effect(Effect.Kind.BOOTSTRAP, member.name() + " joins as a learner"),
        activate);
  }

  private Change replacement(List<AttributeChange> attributes) {
    Change anew =
        view.cluster().isPresent() ? join(Action.CREATE, attributes) : bootstrap(attributes);
    return new Change(
        Action.REPLACE,
        attributes,
        anew.artifacts(),
        new Effect(Effect.Kind.RESTART, member.name() + " is made anew"),
        anew.prepare(),
        anew.activate(),
        anew.computed(),
        anew.diagnostics());
  }

  private Change steady(List<AttributeChange> attributes) {
    ArtifactComparison comparison = compare(environment());
    List<PlacedStep> activate = new ArrayList<>(comparison.steps(FILE));
    boolean stale = !comparison.contentChanged(FILE) && configured.isStale(answers);
    boolean restart = (comparison.contentChanged(FILE) && isRunning()) || stale;
    boolean unhealthy = view.own().isPresent() && !view.isHealthy();
    boolean stuck = unhealthy && view.cluster().filter(ClusterView.Answer::healthy).isPresent();
    Effect effect = Effect.NONE;
    if (restart || stuck) {
      enable(comparison, activate);
      activate.add(steps.unit(UnitVerb.RESTART));
      effect = new Effect(Effect.Kind.RESTART, "restart of " + member.name());
    } else {
      start(comparison, false, activate);
    }
    if (unhealthy) {
      attributes.add(
          new AttributeChange(
              AttributePath.of(EtcdMemberSchema.HEALTH),
              new Str("unhealthy"),
              new Str("healthy"),
              false,
              stuck ? "unhealthy while others are well" : "the cluster has no quorum",
              false));
    }
    if (view.entry().filter(ClusterView.Entry::learner).isPresent()) {
      attributes.add(
          new AttributeChange(
              AttributePath.of("learner"),
              new Str("learner"),
              new Str("voter"),
              false,
              "not promoted yet",
              false));
      activate.add(steps.promote());
    }
    if (isFirstPeer() && view.isHealthy()) {
      for (ClusterView.Entry stray : view.undeclared()) {
        attributes.add(
            new AttributeChange(
                AttributePath.of(EtcdMemberSchema.PEERS)
                    .key(stray.name().isEmpty() ? stray.id() : stray.name()),
                new Str(String.join(", ", stray.peerUrls())),
                Null.ANY,
                false,
                "a member that nobody declares",
                false));
        activate.add(steps.expel(stray));
        effect = new Effect(Effect.Kind.REMOVAL, "member " + EtcdSteps.title(stray) + " leaves");
      }
    }
    if (!activate.isEmpty() || unhealthy) {
      activate.add(steps.awaitHealthy());
    }
    List<ArtifactChange> more = stale ? List.of(configured.change("restarted")) : List.of();
    return change(action(), attributes, comparison, more, effect, activate);
  }

  /** The file that should be there: what etcd read of it only once is as it stands. */
  private String environment() {
    String first = EtcdEnvironment.first(member);
    if (!request.owned()) {
      return first;
    }
    return answers
        .get(member.host(), new Probe.OfFile(EtcdEnvironment.PATH, Probe.Content.TEXT))
        .found()
        .filter(facts -> !facts.packageDefault())
        .flatMap(FileFacts::text)
        .map(live -> EtcdEnvironment.withInitialOf(live, first))
        .orElse(first);
  }

  private ArtifactComparison compare(String environment) {
    List<ArtifactDigest> prior = request.prior().map(Prior::artifacts).orElse(List.of());
    return Artifacts.compare(EtcdMemberType.artifacts(member, environment), answers, prior);
  }

  /**
   * Enables the unit and starts it without waiting: its start waits for a quorum.
   *
   * @param stopped whether a step before has stopped what may run
   */
  private void start(ArtifactComparison comparison, boolean stopped, List<PlacedStep> activate) {
    for (PlacedStep placed : comparison.steps(UNIT)) {
      boolean starts =
          placed.step() instanceof Step.UnitAction(UnitVerb verb, String unit)
              && verb == UnitVerb.START;
      activate.add(
          starts
              ? new PlacedStep(
                  placed.target(), new Step.UnitAction(UnitVerb.START_NO_BLOCK, EtcdSteps.UNIT))
              : placed);
    }
    if (stopped && isRunning()) {
      activate.add(steps.unit(UnitVerb.START_NO_BLOCK));
    }
  }

  private static void enable(ArtifactComparison comparison, List<PlacedStep> activate) {
    if (comparison.changed(UNIT, Aspect.ENABLED)) {
      comparison.steps(UNIT).stream()
          .filter(placed ->
              placed.step() instanceof Step.UnitAction(UnitVerb verb, String unit)
                  && (verb == UnitVerb.ENABLE || verb == UnitVerb.UNMASK))
          .forEach(activate::add);
    }
  }

  private Change change(
      Action action,
      List<AttributeChange> attributes,
      ArtifactComparison comparison,
      List<ArtifactChange> more,
      Effect effect,
      List<PlacedStep> activate) {
    List<PlacedStep> prepare = new ArrayList<>(comparison.packageSteps());
    comparison.differences().stream()
        .filter(each -> each.artifact() instanceof Artifact.OfDirectory)
        .map(ArtifactDifference::steps)
        .forEach(prepare::addAll);
    List<ArtifactChange> changes = new ArrayList<>(comparison.changes());
    changes.addAll(more);
    ObjectValue computed = computed();
    // A create that was interrupted after its last step has nothing left to do either.
    boolean nothing =
        request.owned()
            && (request.prior().isEmpty() || attributes.isEmpty())
            && changes.isEmpty()
            && prepare.isEmpty()
            && activate.isEmpty();
    if (!comparison.failures().isEmpty()) {
      return Change.refused(comparison.failures());
    }
    return nothing
        ? Change.none(computed)
        : new Change(
            action, attributes, changes, effect, prepare, activate, computed, unreachable());
  }

  private List<Diagnostic> unreachable() {
    return member
        .reach()
        .warnings(
            answers,
            request.instance(),
            "The first start of a member waits until most of them have found each other.");
  }

  private ObjectValue computed() {
    ObjectValue live = EtcdMemberType.attributes(view);
    ObjectValue computed = ObjectValue.EMPTY;
    for (String name : List.of(EtcdMemberSchema.MEMBER_ID, EtcdMemberSchema.CLUSTER_ID)) {
      if (!live.get(name).isNull()) {
        computed = computed.with(name, live.get(name));
      }
    }
    return computed;
  }

  private boolean isRunning() {
    return answers
        .get(member.host(), new Probe.OfUnit(EtcdSteps.UNIT))
        .found()
        .filter(unit -> unit.isActive() || unit.activeState().equals("activating"))
        .isPresent();
  }

  private boolean isFirstPeer() {
    return !member.peers().isEmpty() && member.peers().firstKey().equals(member.name());
  }

  private List<Diagnostic> tooOld() {
    ProbeResult<PackageFacts> installed =
        answers.get(member.host(), new Probe.OfPackage(LEAST.name()));
    Optional<String> old =
        installed.found().isPresent()
            ? LEAST.olderOn(member.host(), answers)
            : answers
                .get(member.host(), new Probe.OfMachine())
                .found()
                .filter(facts -> facts.osId().equals("ubuntu") && facts.osVersion().equals("22.04"))
                .map(facts -> "3.3 in Ubuntu 22.04");
    return old.stream()
        .map(version -> LEAST.error("etcd-too-old", version).about(member.instance()))
        .toList();
  }

  private Diagnostic lostData() {
    return Diagnostic.error(
            "etcd-data-lost",
            "The data of " + member.name() + " is gone and no other member answers",
            "State says that the member was made, but "
                + member.membership()
                + " is not there and the rest of the cluster can't be seen from it. Starting it"
                + " anew could make a second cluster. Start the other members first; where the"
                + " whole cluster is lost, run `pgha state rm '"
                + member.instance()
                + "'` for each member and apply again.")
        .about(member.instance());
  }
}
