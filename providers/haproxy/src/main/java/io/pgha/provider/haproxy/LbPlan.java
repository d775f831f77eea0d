package io.pgha.provider.haproxy;

import static io.pgha.provider.change.ArtifactChange.Kind.UPDATE;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.MapValue;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Type;
import io.pgha.provider.artifact.Artifact;
import io.pgha.provider.artifact.ArtifactComparison;
import io.pgha.provider.artifact.ArtifactDifference.Aspect;
import io.pgha.provider.artifact.Artifacts;
import io.pgha.provider.change.Action;
import io.pgha.provider.change.ArtifactChange;
import io.pgha.provider.change.AttributeChange;
import io.pgha.provider.change.AttributeComparison;
import io.pgha.provider.change.Change;
import io.pgha.provider.change.PlanRequest;
import io.pgha.provider.change.Prior;
import io.pgha.provider.probe.FileFacts;
import io.pgha.provider.rollout.Effect;
import io.pgha.provider.step.PlacedStep;
import io.pgha.provider.step.Step.UnitVerb;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What takes a live load balancer to the desired one. */
final class LbPlan {
  private static final String UNIT_KEY = "unit:" + LbLive.UNIT;
  private static final String FILE_KEY = "file:" + LbFile.PATH;
  private static final String OUTSIDE = "changed outside pgha";

  private final PlanRequest request;
  private final LbConfig lb;
  private final LbLive live;
  private final LbSteps steps;
  private final ArtifactComparison artifacts;

  LbPlan(PlanRequest request) {
    this.request = request;
    this.lb = LbConfig.of(request.instance());
    this.live = LbLive.of(lb, request.live().answers());
    this.steps = new LbSteps(lb);
    List<Artifact> compared =
        LbLive.artifacts(lb).stream()
            .filter(each -> lb.isComplete() || !(each instanceof Artifact.OfFile))
            .toList();
    this.artifacts =
        Artifacts.compare(
            compared, live.answers(), request.prior().map(Prior::artifacts).orElse(List.of()));
  }

  Change change() {
    if (!artifacts.failures().isEmpty()) {
      return Change.refused(artifacts.failures());
    }
    boolean creating = request.prior().isEmpty();
    List<AttributeChange> attributes = AttributeComparison.of(LbSchema.SCHEMA, request);
    List<ArtifactChange> changes = new ArrayList<>(artifacts.changes());
    changes.addAll(runtimeChanges());
    List<Diagnostic> warnings = creating ? live.unreachable() : servers();
    if (changes.isEmpty() && (attributes.isEmpty() || creating) && lb.isComplete()) {
      return Change.none(computed(), warnings);
    }
    boolean replaced = attributes.stream().anyMatch(AttributeChange::forcesReplacement);
    return new Change(
        creating ? Action.CREATE : replaced ? Action.REPLACE : Action.UPDATE,
        attributes,
        changes,
        effect(creating),
        artifacts.packageSteps(),
        activate(),
        computed(),
        warnings);
  }

  /**
   * Listeners that lead nowhere, or to two primaries, while HAProxy goes by the right file: the
   * nodes or the way to them are at fault, and no reload would help. Which of the servers is up is
   * the roles' business.
   */
  private List<Diagnostic> servers() {
    List<Diagnostic> warnings = new ArrayList<>();
    if (!live.unitRuns() || reloads() || restarts() || !outOfService().isEmpty()) {
      return warnings;
    }
    for (LbConfig.Listener listener : lb.listeners()) {
      Map<String, String> all =
          live.status().servers().getOrDefault(listener.name(), new TreeMap<>());
      int up = live.status().up(listener.name()).size();
      boolean nowhere = up == 0 && (listener.isPrimary() || all.size() > 1);
      if (!all.isEmpty() && (nowhere || (up > 1 && listener.isPrimary()))) {
        List<String> states = new ArrayList<>();
        all.forEach((server, status) -> states.add(server + " " + status));
        warnings.add(
            Diagnostic.warning(
                    "listener-" + (nowhere ? "without-server" : "with-two-primaries"),
                    "%s of the load balancer leads %s"
                        .formatted(listener.name(), nowhere ? "nowhere" : "to two primaries"),
                    "HAProxy finds its servers %s. It asks Patroni's REST API of each node for its role: see whether the nodes run, and whether %s reaches that port of them."
                        .formatted(String.join(", ", states), lb.hostName()))
                .about(lb.instance().address())
                .of(AttributePath.of("listeners").key(listener.name()))
                .on(lb.hostName()));
      }
    }
    return warnings;
  }

  private ObjectValue computed() {
    return lb.endpoints()
        .map(each -> ObjectValue.of(Map.of("endpoints", MapValue.of(Type.STRING, each))))
        .orElse(ObjectValue.EMPTY);
  }

  private boolean starts() {
    return artifacts.changed(UNIT_KEY, Aspect.RUNNING);
  }

  private boolean reloads() {
    return live.unitRuns()
        && (artifacts.contentChanged(FILE_KEY) || live.isStale() || hasOtherServers());
  }

  /** Whether servers were added to the process, or removed from it, while its file is right. */
  private boolean hasOtherServers() {
    return lb.isComplete()
        && live.unitRuns()
        && live.status().answers()
        && !artifacts.contentChanged(FILE_KEY)
        && !live.isStale()
        && !live.isAsDeclared();
  }

  /** What was taken out of service by hand, of what is to stay. */
  private Map<String, String> outOfService() {
    Map<String, String> found = new TreeMap<>(live.status().outOfService());
    if (lb.isComplete()) {
      found.keySet().removeAll(live.strays());
    }
    return found;
  }

  /** It runs with the right file and yet does not answer where that file tells it to. */
  private boolean restarts() {
    return live.unitRuns() && !reloads() && live.status().asked() && !live.status().answers();
  }

  /** What no artifact tells: the process and what it was told by hand. */
  private List<ArtifactChange> runtimeChanges() {
    List<ArtifactChange> changes = new ArrayList<>();
    if (live.isStale() && !artifacts.contentChanged(FILE_KEY)) {
      changes.add(live.configured().change("reloaded"));
    }
    if (hasOtherServers()) {
      live.strays()
          .forEach(server ->
              changes.add(change("server:" + server, "not declared -> removed", OUTSIDE)));
      live.missing()
          .forEach(server -> changes.add(change("server:" + server, "removed -> there", OUTSIDE)));
      live.moved().forEach((server, to) -> changes.add(change("server:" + server, to, OUTSIDE)));
      live.closed()
          .forEach((listener, status) ->
              changes.add(change("listener:" + listener, status + " -> OPEN", OUTSIDE)));
    }
    if (restarts()) {
      changes.add(
          change(UNIT_KEY, "does not answer -> restarted", "no answer on " + LbFile.SOCKET));
    }
    outOfService()
        .forEach((server, status) ->
            changes.add(change("server:" + server, status + " -> ready", OUTSIDE)));
    return changes;
  }

  private ArtifactChange change(String key, String summary, String reason) {
    return new ArtifactChange(lb.host(), key, UPDATE, summary, List.of(), reason);
  }

  private Effect effect(boolean creating) {
    if (starts()) {
      return new Effect(Effect.Kind.BOOTSTRAP, creating ? "" : "start of a stopped haproxy");
    }
    if (restarts()) {
      return new Effect(Effect.Kind.RESTART, "haproxy restarted: its connections are lost");
    }
    if (reloads() || !lb.isComplete()) {
      return new Effect(Effect.Kind.RELOAD, "haproxy reloaded: no connection is lost");
    }
    return Effect.NONE;
  }

  private List<PlacedStep> activate() {
    List<PlacedStep> all = new ArrayList<>();
    if (artifacts.contentChanged(FILE_KEY) && live.file().isPresent()) {
      all.add(steps.keepPreviousFile());
    }
    all.addAll(artifacts.steps(FILE_KEY));
    all.addAll(artifacts.steps(UNIT_KEY));
    outOfService().keySet().forEach(server -> all.add(steps.ready(server)));
    if (reloads()) {
      all.add(steps.reload());
    } else if (restarts()) {
      all.add(steps.unit(UnitVerb.RESTART));
    }
    if (starts() || restarts()) {
      all.add(steps.awaitOneWriter());
    }
    return all;
  }

  /** What it takes to remove it; the distribution's untouched file may stay. */
  static Change removal(PlanRequest request) {
    LbConfig lb = LbConfig.of(request.instance());
    LbLive live = LbLive.of(lb, request.live().answers());
    boolean untouched = live.file().map(FileFacts::packageDefault).orElse(false);
    List<Artifact> owned =
        LbLive.artifacts(lb).stream()
            .filter(each -> !(each instanceof Artifact.OfFile && untouched))
            .toList();
    ArtifactComparison removal = Artifacts.removal(owned, live.answers(), Set.of());
    if (!removal.failures().isEmpty()) {
      return Change.refused(removal.failures());
    }
    if (removal.matches()) {
      return Change.none(ObjectValue.EMPTY);
    }
    List<PlacedStep> steps = new ArrayList<>(removal.unitSteps());
    steps.addAll(removal.fileSteps());
    steps.add(new LbSteps(lb).removeTraces());
    return new Change(
        Action.DELETE,
        List.of(),
        removal.changes(),
        new Effect(Effect.Kind.REMOVAL, "haproxy stopped: its connections are lost"),
        List.of(),
        steps,
        ObjectValue.EMPTY,
        List.of());
  }

  /** Whether a floating address is on the host of a load balancer, as far as its answers tell. */
  static boolean holdsFloatingAddress(LbConfig lb, Optional<List<String>> addresses) {
    return addresses.orElse(List.of()).stream()
        .map(each -> each.replaceFirst("^\\S+ ", "").replaceFirst("/.*", ""))
        .anyMatch(lb.floatingAddresses()::contains);
  }
}
