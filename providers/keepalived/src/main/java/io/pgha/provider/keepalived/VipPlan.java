package io.pgha.provider.keepalived;

import static io.pgha.provider.change.ArtifactChange.Kind.UPDATE;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.ObjectValue;
import io.pgha.provider.Values;
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
import io.pgha.provider.rollout.Effect;
import io.pgha.provider.step.Fragment;
import io.pgha.provider.step.PlacedStep;
import io.pgha.provider.step.Step.UnitVerb;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What takes a live member to the desired one. */
final class VipPlan {
  private static final String UNIT_KEY = "unit:" + VipLive.UNIT;
  private static final String FILE_KEY = "file:" + VipFile.PATH;

  private final PlanRequest request;
  private final VipConfig vip;
  private final VipLive live;
  private final VipSteps steps;
  private final ArtifactComparison artifacts;

  VipPlan(PlanRequest request) {
    this.request = request;
    this.vip = VipConfig.of(request.instance());
    this.live = VipLive.of(vip, request.live().answers());
    this.steps = new VipSteps(vip);
    List<Artifact> compared =
        live.artifacts().stream()
            .filter(each -> !live.content().isEmpty() || !(each instanceof Artifact.OfFile))
            .toList();
    this.artifacts =
        Artifacts.compare(
            compared, live.answers(), request.prior().map(Prior::artifacts).orElse(List.of()));
  }

  Change change() {
    boolean creating = request.prior().isEmpty();
    List<Diagnostic> errors = new ArrayList<>(artifacts.failures());
    errors.addAll(obstacles());
    if (!errors.isEmpty()) {
      return Change.refused(errors);
    }
    List<AttributeChange> attributes = AttributeComparison.of(VipSchema.SCHEMA, request);
    List<ArtifactChange> changes = new ArrayList<>(artifacts.changes());
    runtimeChange().ifPresent(changes::add);
    if (changes.isEmpty() && (attributes.isEmpty() || creating) && vip.isComplete()) {
      return Change.none(ObjectValue.EMPTY);
    }
    boolean replaced = attributes.stream().anyMatch(AttributeChange::forcesReplacement);
    return new Change(
        creating ? Action.CREATE : replaced ? Action.REPLACE : Action.UPDATE,
        attributes,
        changes,
        effect(creating),
        artifacts.packageSteps(),
        activate(),
        ObjectValue.EMPTY,
        List.of());
  }

  /** Why the address can't be taken here. */
  private List<Diagnostic> obstacles() {
    if (!vip.isComplete() || live.machine().isEmpty()) {
      return List.of();
    }
    List<String> addresses = live.machine().get().addresses();
    if (live.place().isEmpty()) {
      return List.of(
          Diagnostic.error(
                  "host-not-a-peer",
                  "The host has none of the peers' addresses",
                  "%s has %s, and peers are %s. Name the host's address in the floating address's"
                          .formatted(
                              vip.hostName(),
                              addresses.isEmpty() ? "no address" : String.join(", ", addresses),
                              String.join(", ", vip.peers()))
                      + " network as one of the peers.")
              .of(AttributePath.of("peers"))
              .on(vip.hostName()));
    }
    VipConfig.Place place = live.place().get();
    Optional<Ipv4> own = Ipv4.of(place.own());
    Optional<Ipv4> floating = Ipv4.of(vip.address());
    if (own.isPresent()
        && floating.isPresent()
        && !floating.get().isInNetworkOf(own.get(), place.prefix())) {
      return List.of(
          Diagnostic.error(
                  "vip-outside-subnet",
                  "The floating address is outside the host's subnet",
                  "%s of %s has %s/%d, which is the network %s. %s is not in it, so that no client"
                          .formatted(
                              place.device(),
                              vip.hostName(),
                              place.own(),
                              place.prefix(),
                              own.get().network(place.prefix()),
                              vip.address())
                      + " would find it there. Choose an address in that network.")
              .of(AttributePath.of("address"))
              .on(vip.hostName()));
    }
    return taken();
  }

  /** Before the address is first taken it must be free. */
  private List<Diagnostic> taken() {
    boolean first =
        request
            .prior()
            .map(prior -> !new Values(prior.attributes()).text("address").equals(vip.address()))
            .orElse(true);
    if (!first || live.fileMatches()) {
      return List.of();
    }
    boolean here = live.holds() && !request.claimed();
    boolean elsewhere = !live.holds() && live.status().isTaken() && live.otherHolders().isEmpty();
    if (!here && !elsewhere) {
      return List.of();
    }
    String who =
        here
            ? vip.hostName() + " has it already, and pgha did not give it"
            : "a machine that is none of the peers answers there"
                + live.status().mac().map(mac -> " (hardware address " + mac + ")").orElse("");
    return List.of(
        Diagnostic.error(
                "vip-taken",
                "The floating address is in use",
                "%s is not free: %s. Two machines with one address cut each other off. Choose another"
                        .formatted(vip.address(), who)
                    + " address, or take it away from that machine first. Nothing was touched.")
            .of(AttributePath.of("address"))
            .on(vip.hostName()));
  }

  private boolean starts() {
    return artifacts.changed(UNIT_KEY, Aspect.RUNNING);
  }

  private boolean reloads() {
    return live.unitRuns() && (artifacts.contentChanged(FILE_KEY) || live.isStale());
  }

  /** Whether all runs as it should, and yet the address is nowhere. */
  private boolean isLost() {
    return live.unitRuns() && !reloads() && !live.isHeld();
  }

  /** Whether this host has the address and is not the one to have it. */
  private boolean isWrongHolder() {
    if (!live.unitRuns() || reloads() || !live.holds()) {
      return false;
    }
    boolean master = live.status().isMaster();
    if (live.status().state().isPresent() && !master) {
      return true;
    }
    return live.otherHolders().stream()
        .anyMatch(other -> {
          VipStatus theirs = VipLive.status(other, live.answers());
          boolean theyMayKeepIt = theirs.isMaster() || theirs.state().isEmpty();
          return theyMayKeepIt && outranks(other);
        });
  }

  private boolean outranks(VipConfig other) {
    return other.priority() != vip.priority()
        ? other.priority() > vip.priority()
        : other.instance().address().compareTo(vip.instance().address()) < 0;
  }

  /** What no artifact tells. */
  private Optional<ArtifactChange> runtimeChange() {
    String key = "address:" + vip.address();
    if (reloads() && !artifacts.contentChanged(FILE_KEY)) {
      return Optional.of(live.configured().change("reloaded"));
    }
    if (isLost()) {
      return Optional.of(
          change(
              key,
              "on no host -> on exactly one",
              "nobody holds it"
                  + live.status().state().map(state -> "; state here: " + state).orElse("")));
    }
    if (isWrongHolder()) {
      return Optional.of(
          change(
              key,
              "on %s -> not there".formatted(vip.hostName()),
              live.otherHolders().isEmpty()
                  ? "added outside pgha: keepalived here is not master"
                  : "held by "
                      + live.otherHolders().getFirst().hostName()
                      + " too: exactly one may hold it"));
    }
    return Optional.empty();
  }

  private ArtifactChange change(String key, String summary, String reason) {
    return new ArtifactChange(vip.host(), key, UPDATE, summary, List.of(), reason);
  }

  /**
   * Where the address is nowhere or in two places nothing is left to be disturbed, and a gate that
   * asks for exactly one holder would keep the repair from being made.
   */
  private Effect effect(boolean creating) {
    boolean one = live.isHeld() && !(live.holds() && !live.otherHolders().isEmpty());
    if (starts()) {
      return new Effect(Effect.Kind.BOOTSTRAP, creating ? "" : "start of a stopped keepalived");
    }
    if (isLost() || isWrongHolder()) {
      return new Effect(Effect.Kind.BOOTSTRAP, "the VIP comes back to exactly one host");
    }
    if (reloads() || live.content().isEmpty()) {
      String live = this.live.file().orElse("");
      String desired = Fragment.reveal(this.live.content());
      if (!desired.isEmpty() && VipFile.disagree(live, desired, vip.address())) {
        return new Effect(
            one ? Effect.Kind.OUTAGE : Effect.Kind.BOOTSTRAP,
            "what the members must agree on changes: the VIP may move");
      }
      return new Effect(
          one ? Effect.Kind.RELOAD : Effect.Kind.BOOTSTRAP, "keepalived reloaded: the VIP stays");
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
    if (reloads()) {
      all.add(steps.unit(UnitVerb.RELOAD));
    } else if (isLost()) {
      all.add(steps.recover());
    } else if (isWrongHolder()) {
      all.add(steps.unit(live.status().isMaster() ? UnitVerb.RESTART : UnitVerb.RELOAD));
    }
    if (starts() || reloads() || isLost() || isWrongHolder()) {
      all.add(steps.awaitOneHolder());
    }
    return all;
  }

  /** What it takes to remove it. */
  static Change removal(PlanRequest request) {
    VipConfig vip = VipConfig.of(request.instance());
    VipLive live = VipLive.of(vip, request.live().answers());
    ArtifactComparison removal = Artifacts.removal(live.artifacts(), live.answers(), Set.of());
    if (!removal.failures().isEmpty()) {
      return Change.refused(removal.failures());
    }
    if (removal.matches()) {
      return Change.none(ObjectValue.EMPTY);
    }
    List<PlacedStep> steps = new ArrayList<>(removal.unitSteps());
    steps.addAll(removal.fileSteps());
    steps.add(new VipSteps(vip).removePreviousFile());
    return new Change(
        Action.DELETE,
        List.of(),
        removal.changes(),
        new Effect(
            Effect.Kind.REMOVAL, live.holds() ? "the VIP leaves the host" : "keepalived stopped"),
        List.of(),
        steps,
        ObjectValue.EMPTY,
        List.of());
  }
}
