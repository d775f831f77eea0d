package io.pgha.core.plan;

import io.pgha.core.Configuration;
import io.pgha.core.evaluation.InstanceIndex;
import io.pgha.core.evaluation.ResourceInstance;
import io.pgha.core.observation.Answers;
import io.pgha.core.plan.InstancePlanner.Circumstances;
import io.pgha.core.plan.InstancePlanner.Outcome;
import io.pgha.core.refactoring.StateChanges;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.ObjectValue;
import io.pgha.provider.Instance;
import io.pgha.provider.ResourceType;
import io.pgha.provider.change.Action;
import io.pgha.provider.change.Change;
import io.pgha.provider.change.Live;
import io.pgha.state.InstanceAddress;
import io.pgha.state.InstanceState;
import io.pgha.state.State;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Decides what is to be done with one instance: by what its type makes of what was seen, by what
 * state says of it, and by what the user asked for.
 */
final class SingleInstances {
  private final Configuration configuration;
  private final Refactoring refactoring;
  private final State state;
  private final PlanOptions options;
  private final TriggeredReplacements triggered;
  private final InstancePlanner planner;

  /** What is taken over, as it was last seen. */
  private final Map<String, StateChanges.Import> imported = new TreeMap<>();

  /**
   * Nothing decided yet.
   *
   * @param triggered what is replaced because of others; may grow
   */
  SingleInstances(
      Configuration configuration,
      Refactoring refactoring,
      PlanOptions options,
      TriggeredReplacements triggered) {
    this.configuration = configuration;
    this.refactoring = refactoring;
    this.state = refactoring.state();
    this.options = options;
    this.triggered = triggered;
    this.planner = new InstancePlanner(configuration.types());
  }

  /**
   * What is known when an instance is planned.
   *
   * @param seen whether all that would be asked of it was asked
   * @param deferrals what may be there or not
   */
  record Knowledge(World world, Answers answers, boolean seen, Deferrals deferrals) {}

  /** What is taken over by all that was planned, by address. */
  Map<String, StateChanges.Import> imported() {
    return Map.copyOf(imported);
  }

  /** Says that all is planned anew. */
  void forgetImported() {
    imported.clear();
  }

  /**
   * Plans an instance.
   *
   * @param instance as it is to be, or as it was last applied where it is taken away
   */
  PlannedInstance plan(Instance instance, Knowledge known) {
    String address = instance.address();
    World world = known.world();
    boolean seen = known.seen();
    Optional<ResourceInstance> configured = Optional.ofNullable(world.configured().get(address));
    Optional<StateChanges.Import> taken =
        configured
            .filter(_ -> options.mode() == Mode.NORMAL)
            .flatMap(c -> refactoring.imported(c, instance, world.desired(), known.answers()));
    taken.ifPresent(each -> imported.put(address, each));
    Optional<InstanceState> prior =
        taken
            .map(StateChanges.Import::state)
            .or(() -> Optional.ofNullable(state.instances().get(address)));
    boolean deletion = options.mode() == Mode.DESTROY || configured.isEmpty();
    boolean tainted = prior.filter(InstanceState::tainted).isPresent();
    boolean replacement =
        tainted || options.replacements().contains(address) || triggered.includes(address);
    InstanceIndex index = configured.isPresent() ? world.desired() : world.prior();
    Circumstances circumstances =
        new Circumstances(index, prior, known.answers(), deletion, replacement, "");
    Outcome outcome =
        seen ? planner.plan(instance, circumstances) : planner.unseen(instance, circumstances);
    List<Diagnostic> obstacle =
        configured
            .map(c -> outcome.obstacle().stream().map(d -> Findings.placed(d, c)).toList())
            .orElse(outcome.obstacle());
    boolean adopted = taken.filter(each -> !each.state().incomplete()).isPresent();
    if (taken.isPresent() && !adopted && obstacle.isEmpty() && isAbsent(outcome)) {
      boolean silent =
          outcome.live().filter(l -> l.presence() == Live.Presence.UNKNOWN).isPresent();
      obstacle =
          List.of(
              silent
                  ? Findings.nobodyKnows(address)
                  : Imports.nothingThere(address, type(instance.type())));
    }
    boolean unfinished = prior.filter(InstanceState::incomplete).isPresent();
    boolean found =
        prior.filter(InstanceState::isImported).isPresent()
            && (!seen || (outcome.live().isPresent() && !isAbsent(outcome)));
    Action action = outcome.change().action();
    if (deletion && obstacle.isEmpty()) {
      action = Action.DELETE;
    } else if (unfinished && (action == Action.NO_OP || action == Action.CREATE)) {
      // Where all of it is there, nothing says so yet: it is recorded by the next apply.
      action = found ? Action.UPDATE : Action.CREATE;
    }
    if (obstacle.isEmpty() && (action == Action.DELETE || action == Action.REPLACE)) {
      // Its block may stay while its key goes: the block's word holds.
      obstacle =
          configuration
              .module()
              .declaring(InstanceAddress.parse(address))
              .map(declared -> Findings.prevented(address, declared))
              .orElse(List.of());
    }
    ObjectValue before =
        prior
            .filter(state -> !state.incomplete())
            .map(InstanceState::attributes)
            .orElse(ObjectValue.EMPTY);
    return new PlannedInstance(
        address,
        instance.type(),
        obstacle.isEmpty() ? action : Action.NO_OP,
        instance,
        configured,
        outcome.change(),
        deletion ? Optional.of(outcome.change()) : Optional.empty(),
        outcome.live(),
        before,
        deletion ? ObjectValue.EMPTY : ComputedValues.after(instance, outcome.change()),
        secretPaths(instance, prior),
        dependencies(configured, prior),
        prior,
        configured.filter(c -> c.lifecycle().createBeforeDestroy()).isPresent(),
        type(instance.type()).group(instance),
        reason(configured, prior, address, known, outcome.change()),
        obstacle);
  }

  private static boolean isAbsent(Outcome outcome) {
    return outcome.live().filter(live -> !live.presence().isThere()).isPresent();
  }

  /** What was sensitive when it was applied stays hidden where the plan says that it goes. */
  private Set<AttributePath> secretPaths(Instance instance, Optional<InstanceState> prior) {
    Set<AttributePath> paths = SecretPaths.of(type(instance.type()).schema(), instance);
    prior.map(InstanceState::sensitivePaths).ifPresent(paths::addAll);
    return paths;
  }

  private Reason reason(
      Optional<ResourceInstance> configured,
      Optional<InstanceState> prior,
      String address,
      Knowledge known,
      Change change) {
    boolean deletion = options.mode() == Mode.DESTROY || configured.isEmpty();
    // Whether configuration has it is not always known where all is destroyed.
    if (deletion && configured.isEmpty() && !known.deferrals().covers(address)) {
      return options.mode() == Mode.DESTROY
          ? Reason.of("it is no longer in the configuration")
          : RemovalReasons.of(
              InstanceAddress.parse(address),
              refactoring::isMovedTo,
              configuration.module(),
              known.world().evaluation());
    }
    if (change.action() == Action.REPLACE && triggered.includes(address)) {
      // As in Terraform, before all else that would do the same.
      return triggered.reason(address);
    }
    if (prior.filter(InstanceState::tainted).isPresent()) {
      return new Reason(
          deletion ? ActionReason.NONE : ActionReason.REPLACE_TAINTED, "it is tainted");
    }
    if (deletion) {
      return Reason.NONE;
    }
    if (refactoring.isImported(address)) {
      return Reason.of("it is there already and is imported");
    }
    if (prior.filter(InstanceState::incomplete).isPresent()) {
      return Reason.of(
          prior.get().isImported()
              ? "it was imported and not applied yet"
              : "an earlier run began it and did not finish");
    }
    return change.action() == Action.REPLACE ? replaced(address) : Reason.NONE;
  }

  private Reason replaced(String address) {
    if (options.replacements().contains(address)) {
      return new Reason(ActionReason.REPLACE_REQUESTED, "asked for by -replace");
    }
    return new Reason(ActionReason.REPLACE_CANNOT_UPDATE, "");
  }

  private static Set<String> dependencies(
      Optional<ResourceInstance> configured, Optional<InstanceState> prior) {
    Set<String> all = new LinkedHashSet<>();
    configured.ifPresentOrElse(
        instance -> all.addAll(instance.dependencies()),
        () -> prior.ifPresent(old -> all.addAll(old.dependencies())));
    return all;
  }

  private ResourceType type(String name) {
    return configuration.types().type(name).orElseThrow();
  }
}
