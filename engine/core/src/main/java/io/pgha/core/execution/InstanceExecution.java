package io.pgha.core.execution;

import io.pgha.core.evaluation.InstanceIndex;
import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.core.observation.Answers;
import io.pgha.core.observation.Fleet;
import io.pgha.core.plan.ComputedValues;
import io.pgha.core.plan.InstancePlanner;
import io.pgha.core.plan.InstancePlanner.Circumstances;
import io.pgha.core.plan.InstancePlanner.Outcome;
import io.pgha.core.plan.PlannedInstance;
import io.pgha.core.plan.StoredValues;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.value.ObjectValue;
import io.pgha.provider.Instance;
import io.pgha.provider.ResourceType;
import io.pgha.provider.Values;
import io.pgha.provider.change.Action;
import io.pgha.provider.change.AttributeChange;
import io.pgha.provider.change.Change;
import io.pgha.provider.change.Live;
import io.pgha.provider.schema.Attribute;
import io.pgha.state.InstanceState;
import io.pgha.state.StateSession;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Carries out the change of one instance: looks again, does the steps, looks again, records. */
final class InstanceExecution {
  /** What two looks may find still to do before it is said that the change does not hold. */
  private static final int MOST_PASSES = 2;

  private static final SecureRandom KEYS = new SecureRandom();

  private final TypeRegistry types;
  private final Fleet fleet;
  private final StateSession session;
  private final FinalInstances finals;
  private final StepRunner steps;
  private final InstancePlanner planner;
  private final Diagnostics diagnostics;

  /** What was put aside during this run, by the instance's address. */
  private final Map<String, String> deposed = new ConcurrentHashMap<>();

  InstanceExecution(
      Executor.Setup setup, FinalInstances finals, StepRunner steps, Diagnostics diagnostics) {
    this.types = setup.configuration().types();
    this.fleet = setup.fleet();
    this.session = setup.session();
    this.finals = finals;
    this.steps = steps;
    this.planner = new InstancePlanner(types);
    this.diagnostics = diagnostics;
  }

  /** The steps of a new instance that disturb nobody. */
  void prepare(PlannedInstance instance) throws ExecutionException, InterruptedException {
    Instance view = finals.view(instance);
    Look look = look(instance, view, false);
    claim(instance, view, look);
    steps.run(instance, look.outcome().change().prepare(), 0);
  }

  /** Makes or changes an instance, and records what came of it. */
  void apply(PlannedInstance instance) throws ExecutionException, InterruptedException {
    Instance view = finals.view(instance);
    known(instance, view);
    if (instance.action() == Action.READ) {
      read(instance, view);
    } else if (instance.action() == Action.REPLACE && instance.createBeforeDestroy()) {
      makeSuccessor(instance, view);
    } else {
      make(instance, view);
    }
  }

  /**
   * Checks what is to be true of an instance that was applied and recorded.
   *
   * @throws ExecutionException where it is not
   */
  void judge(PlannedInstance instance) throws ExecutionException {
    finals.checkPostconditions(instance);
  }

  /** Reads what could not be read before: nothing is done, and nothing recorded. */
  private void read(PlannedInstance instance, Instance view)
      throws ExecutionException, InterruptedException {
    Outcome outcome = look(instance, view, false).outcome();
    finals.learn(instance, ComputedValues.after(view, outcome.change()));
  }

  /** Puts the present object aside and makes the one that takes its place. */
  private void makeSuccessor(PlannedInstance instance, Instance view)
      throws ExecutionException, InterruptedException {
    Optional<InstanceState> present = session.instance(instance.address());
    if (present.isEmpty()) {
      make(instance, view);
      return;
    }
    String aside = deposedId(instance.address());
    StepRunner.record(() -> session.depose(instance.address(), key(aside)));
    deposed.put(instance.address(), aside);
    try {
      make(instance, view);
    } catch (ExecutionException e) {
      if (session.instance(instance.address()).isEmpty()) {
        // Nothing was made: what was put aside is the present one again.
        StepRunner.record(() -> session.restore(aside));
      }
      throw e;
    }
  }

  private void make(PlannedInstance instance, Instance planned)
      throws ExecutionException, InterruptedException {
    Instance view = planned;
    Look look = look(instance, view, false);
    int index = 0;
    for (int pass = 0; pass < MOST_PASSES && !settled(look.outcome().change(), pass); pass++) {
      Change change = look.outcome().change();
      consistent(instance, change, look.outcome().live());
      claim(instance, view, look);
      steps.run(instance, change.prepare(), index);
      steps.run(instance, change.activate(), index + change.prepare().size());
      index += change.prepare().size() + change.activate().size();
      view = finals.again(instance);
      // From now on what is there is this instance's own, whatever it was before.
      look = look(instance, view, true);
    }
    record(instance, view, look);
    if (!settled(look.outcome().change(), MOST_PASSES)) {
      throw new ExecutionException(unsettled(instance, look.outcome().change()));
    }
  }

  /** Every argument must be known by now: what it refers to has been made. */
  private void known(PlannedInstance instance, Instance view) throws ExecutionException {
    Optional<Attribute> unknown =
        Values.of(view).unknownArgument(types.type(view.type()).orElseThrow().schema());
    if (unknown.isPresent()) {
      throw new ExecutionException(
          Diagnostic.error(
                  "not-known",
                  "Not known yet: " + unknown.get().name() + " of " + instance.address(),
                  "Its value follows from something that was not made, or could not be evaluated"
                      + " (see above). Mend that, then apply again.")
              .about(instance.address()));
    }
  }

  /** Takes an instance away, for good or to be made anew. */
  void remove(PlannedInstance instance) throws ExecutionException, InterruptedException {
    String id =
        instance.action() == Action.REPLACE && instance.createBeforeDestroy()
            ? deposed.getOrDefault(instance.address(), "")
            : instance.address();
    Optional<InstanceState> prior = session.instance(id);
    if (instance.action() == Action.REPLACE) {
      if (prior.isPresent()) {
        removeApplied(instance, prior.get());
        StepRunner.record(() -> session.remove(id));
      }
      return;
    }
    if (prior.isPresent() && !prior.get().deposed().isEmpty()) {
      removeApplied(instance, prior.get());
    } else {
      removeCurrent(instance, prior);
    }
    StepRunner.record(() -> session.remove(id));
  }

  /**
   * Whether nothing is left to do. An argument that no machine tells of (whether a destroy deletes
   * data) differs from state until it is recorded: once looked at again it takes no step.
   */
  private static boolean settled(Change change, int passes) {
    boolean onlyStateDiffers =
        passes > 0
            && change.action() == Action.UPDATE
            && change.artifacts().isEmpty()
            && change.prepare().isEmpty()
            && change.activate().isEmpty();
    return change.action() == Action.NO_OP || onlyStateDiffers;
  }

  private void removeCurrent(PlannedInstance instance, Optional<InstanceState> prior)
      throws ExecutionException, InterruptedException {
    Instance view =
        prior.isPresent()
            ? planner.applied(prior.get(), finals.index(instance))
            : finals.view(instance);
    Answers answers = fleet.ask(planner.probes(view));
    Change change = outcome(instance, view, answers, true, false).change();
    consistent(instance, change, Optional.empty());
    run(instance, change);
  }

  /** Takes away what is to be replaced, or was put aside, where it was last applied. */
  private void removeApplied(PlannedInstance instance, InstanceState prior)
      throws ExecutionException, InterruptedException {
    Instance old = planner.applied(prior, finals.index(instance));
    run(
        instance,
        planner.removal(prior, old, finals.index(instance), fleet.ask(planner.probes(old))));
  }

  private static String deposedId(String address) {
    byte[] random = new byte[4];
    KEYS.nextBytes(random);
    return address + " (deposed " + HexFormat.of().formatHex(random) + ")";
  }

  private static String key(String deposedId) {
    return deposedId.substring(deposedId.lastIndexOf(' ') + 1, deposedId.length() - 1);
  }

  private void run(PlannedInstance instance, Change change)
      throws ExecutionException, InterruptedException {
    steps.run(instance, change.prepare(), 0);
    steps.run(instance, change.activate(), change.prepare().size());
  }

  /** What was seen of an instance. */
  private record Look(Answers answers, Outcome outcome) {}

  private Look look(PlannedInstance instance, Instance view, boolean claimed)
      throws ExecutionException, InterruptedException {
    Answers answers = fleet.ask(planner.probes(view));
    return new Look(answers, outcome(instance, view, answers, false, claimed));
  }

  private Outcome outcome(
      PlannedInstance instance, Instance view, Answers answers, boolean deletion, boolean claimed)
      throws ExecutionException {
    InstanceIndex index = finals.index(instance);
    Optional<InstanceState> prior = session.instance(instance.address());
    if (claimed) {
      // After the steps, what was desired is what was last applied.
      prior =
          Optional.of(
              prior
                  .filter(state -> !state.incomplete())
                  .map(state -> applied(state, stored(view, view.values())))
                  .orElseGet(() -> incomplete(instance, view, answers)));
    }
    Outcome outcome =
        planner.plan(view, new Circumstances(index, prior, answers, deletion, false, ""));
    if (!outcome.obstacle().isEmpty()) {
      outcome.obstacle().stream().skip(1).forEach(diagnostics::add);
      throw new ExecutionException(outcome.obstacle().getFirst());
    }
    return outcome;
  }

  private static InstanceState applied(InstanceState state, ObjectValue attributes) {
    return new InstanceState(
        state.address(),
        state.schemaVersion(),
        attributes,
        state.sensitivePaths(),
        state.artifacts(),
        state.machineIds(),
        state.dependencies(),
        state.tainted(),
        state.incomplete());
  }

  /**
   * Says durably that what will be there is of our making, before the first step makes it. What no
   * step makes needs no claim: it is there once it is recorded.
   */
  private void claim(PlannedInstance instance, Instance view, Look look) throws ExecutionException {
    Change change = look.outcome().change();
    boolean steps = !change.prepare().isEmpty() || !change.activate().isEmpty();
    if (steps && session.instance(instance.address()).isEmpty()) {
      StepRunner.record(() -> session.record(incomplete(instance, view, look.answers())));
    }
  }

  private InstanceState incomplete(PlannedInstance instance, Instance view, Answers answers) {
    return InstanceStates.of(
        instance,
        view,
        stored(view, view.values()),
        List.of(),
        machineIds(instance, view, answers),
        true,
        types);
  }

  private Map<String, String> machineIds(PlannedInstance instance, Instance view, Answers answers) {
    return planner.machineIds(view, finals.index(instance), answers);
  }

  private void record(PlannedInstance instance, Instance view, Look look)
      throws ExecutionException {
    ObjectValue values = ComputedValues.after(view, look.outcome().change());
    Live live = look.outcome().live().orElseThrow();
    InstanceState state =
        InstanceStates.of(
            instance,
            view,
            stored(view, values),
            live.artifacts(),
            machineIds(instance, view, look.answers()),
            false,
            types);
    StepRunner.record(() -> session.record(state));
    finals.learn(instance, values);
  }

  private ObjectValue stored(Instance view, ObjectValue values) {
    ResourceType type = types.type(view.type()).orElseThrow();
    return StoredValues.of(type.schema(), values);
  }

  /** What was planned may only have become less by now. */
  private static void consistent(PlannedInstance instance, Change now, Optional<Live> live)
      throws ExecutionException {
    // What was imported is a creation to its type, which knows no former values of it.
    boolean imported =
        instance.action() == Action.UPDATE && instance.change().action() == Action.CREATE;
    boolean stillThere = live.filter(each -> each.presence().isThere()).isPresent();
    boolean narrowed =
        now.action() == Action.NO_OP
            || now.action() == instance.action()
            || (instance.action() == Action.REPLACE && now.action() == Action.CREATE)
            || (instance.action() == Action.CREATE && now.action() == Action.UPDATE)
            || (imported && stillThere && now.action() == Action.CREATE);
    boolean calmer =
        now.effect().kind().compareTo(instance.change().effect().kind()) <= 0
            || !now.effect().kind().isDisruptive();
    if (!narrowed || !calmer) {
      throw new ExecutionException(
          Diagnostic.error(
                  "inconsistent-plan",
                  "Something changed since the plan: " + instance.address(),
                  "The plan was to "
                      + instance.action().name().toLowerCase(java.util.Locale.ROOT)
                      + " it, but as things are now the change would be another one ("
                      + now.action().name().toLowerCase(java.util.Locale.ROOT)
                      + ", "
                      + now.effect().kind().name().toLowerCase(java.util.Locale.ROOT)
                      + "). It was left untouched; plan again.")
              .about(instance.address()));
    }
  }

  private static Diagnostic unsettled(PlannedInstance instance, Change rest) {
    TreeSet<String> what = new TreeSet<>();
    rest.attributes().stream().map(AttributeChange::path).map(Object::toString).forEach(what::add);
    rest.artifacts().stream().map(a -> a.key() + " (" + a.summary() + ")").forEach(what::add);
    return Diagnostic.error(
            "not-settled",
            "The change did not hold: " + instance.address(),
            "All steps were done, but the machine still differs: "
                + String.join(", ", what)
                + ". Something else may be changing it too.")
        .about(instance.address());
  }
}
