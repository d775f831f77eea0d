package io.pgha.core.plan;

import io.pgha.core.Configuration;
import io.pgha.core.evaluation.Evaluation;
import io.pgha.core.evaluation.IgnoredChanges;
import io.pgha.core.evaluation.InstanceIndex;
import io.pgha.core.evaluation.Rules;
import io.pgha.core.evaluation.WrittenCheck;
import io.pgha.core.observation.Answers;
import io.pgha.core.observation.Observer;
import io.pgha.core.refactoring.Moves;
import io.pgha.core.refactoring.StateChanges;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.provider.Instance;
import io.pgha.provider.transport.HostConnection;
import io.pgha.state.State;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Makes a plan: evaluates, checks, asks the machines, compares. Changes nothing anywhere.
 *
 * <p>Not thread-safe; used once.
 */
public final class Planner {
  private static final int MOST_PASSES = 10;

  private final Configuration configuration;
  private final Refactoring refactoring;
  private final State applied;
  private final State state;
  private final PlanOptions options;
  private final Diagnostics diagnostics;
  private final ComputedValues computed;
  private final TriggeredReplacements triggered = new TriggeredReplacements();
  private final Questions questions;
  private final SingleInstances singles;
  private final PlanningPass.Means means;
  private final Connections connections;
  private boolean isWrittenChecked;
  private World world;
  private Deferrals deferrals;

  /**
   * A planner for a configuration.
   *
   * @param applied the state that it was last applied to
   */
  public Planner(
      Configuration configuration, State applied, PlanOptions options, Diagnostics diagnostics) {
    this.configuration = configuration;
    this.refactoring = new Refactoring(configuration, applied, diagnostics);
    this.applied = applied;
    this.state = refactoring.state();
    this.options = options;
    this.diagnostics = diagnostics;
    this.connections = new Connections(configuration.types(), state, options.mode());
    InstancePlanner instancePlanner = new InstancePlanner(configuration.types());
    this.computed = new ComputedValues(configuration.types());
    state.instances().values().forEach(computed::addPrior);
    this.questions =
        new Questions(instancePlanner, options.refresh(), this::connection, state.instances());
    this.singles = new SingleInstances(configuration, refactoring, options, triggered);
    this.means =
        new PlanningPass.Means(
            configuration,
            refactoring,
            options.mode(),
            instancePlanner,
            questions,
            singles,
            triggered);
    this.world = evaluate();
    this.deferrals = Deferrals.of(world.evaluation(), Map.of());
  }

  /** The instances as evaluated. */
  public InstanceIndex desired() {
    return world.desired();
  }

  /** The instances as last applied; configuration wins where it has them too. */
  public InstanceIndex prior() {
    return world.prior();
  }

  private World evaluate() {
    Diagnostics found = new Diagnostics();
    return world(configuration.evaluation(computed.all(), computed.applied(), found), found);
  }

  /** The same evaluation with what was learned since. */
  private World again() {
    // A neighbour that is known now may say where to ask.
    questions.neighboursChanged();
    return world(world.evaluation(), world.evaluated());
  }

  private World world(Evaluation evaluation, Diagnostics found) {
    World made = World.of(evaluation, found, state, configuration.types());
    refactoring.imports().evaluated(evaluation.imports());
    Set<Diagnostic> known = new HashSet<>(diagnostics.all());
    // What a condition says of what is to be is no matter where all of it goes.
    boolean goes = options.mode() == Mode.DESTROY;
    found.drain().stream()
        .filter(each -> known.add(each) && !(goes && Rules.isFailure(each)))
        .forEach(diagnostics::add);
    return made;
  }

  /** Checks what is written, once, before anything is asked for. */
  private void checkWritten() {
    // What is taken away is not evaluated again, so a slip here keeps nobody from that.
    if (!isWrittenChecked && options.mode() != Mode.DESTROY) {
      isWrittenChecked = true;
      WrittenCheck.check(configuration, diagnostics);
    }
  }

  /** Checks everything that can be checked without a connection. */
  public void validate() {
    checkWritten();
    if (options.mode() != Mode.DESTROY) {
      // What is taken away is not changed, so a slip here keeps nobody from that.
      IgnoredChanges.check(configuration.module(), configuration.types(), diagnostics);
    }
    if (deferrals.isEmpty()) {
      // Whether something is declared can be told only of all.
      refactoring.check(world.configured(), diagnostics);
    }
    new InstanceChecks(configuration, world).all(diagnostics);
  }

  /**
   * Reads the data sources that decide which instances there are, and what is imported, as far as
   * nothing is changed that they need. Machines are asked for that even where they are not to be
   * asked for the plan. For plans of what is configured only.
   */
  public void expand(Observer machines) throws InterruptedException {
    if (deferrals.isSettled() || diagnostics.hasErrors()) {
      return;
    }
    Diagnostics early = new Diagnostics();
    new InstanceChecks(configuration, world).each(early);
    if (early.hasErrors()) {
      diagnostics.addAll(early.all());
      return;
    }
    int passes = 0;
    boolean more = true;
    while (more && !deferrals.isSettled() && !diagnostics.hasErrors()) {
      Selection deciding =
          new Selection(
              false,
              deferrals.deciding(
                  world.configured().keySet(),
                  address -> Needs.of(address, world, configuration.types())));
      PlanningPass pass = pass();
      questions.askSoon(machines, pass.subjects(deciding));
      questions.askAnyway(machines, pass.sources(deciding));
      Map<String, PlannedInstance> planned = pass.plan(deciding, Map.of());
      more = learn(planned) && passes++ <= planned.size() + MOST_PASSES;
      if (more) {
        world = again();
      }
      deferrals = Deferrals.of(world.evaluation(), planned);
    }
    singles.forgetImported();
  }

  /**
   * Does that for whoever goes by state, and needs of the configuration only what state lacks: what
   * is wrong or stays untold is not reported.
   */
  public void expandAside(Observer machines) throws InterruptedException {
    if (deferrals.isEmpty()) {
      return;
    }
    Diagnostics aside = new Diagnostics();
    Planner reader = new Planner(configuration, applied, PlanOptions.NORMAL, aside);
    reader.expand(machines);
    questions.take(reader.questions);
    if (!aside.hasErrors()) {
      world = reader.world;
      deferrals = reader.deferrals;
    }
  }

  /** What configuration says has another address than state has it at. */
  public Moves moves() {
    return refactoring.moves();
  }

  /** What machines have said so far. */
  public Answers answers() {
    return questions.answers();
  }

  /**
   * Asks the machines and compares.
   *
   * @return empty where errors keep it from being planned at all
   */
  public Optional<Plan> plan(Observer machines) throws InterruptedException {
    checkWritten();
    if (options.refresh() && options.mode() == Mode.NORMAL) {
      expand(machines);
    } else if (options.refresh()) {
      expandAside(machines);
    }
    if (!diagnostics.hasErrors()) {
      validate();
    }
    if (diagnostics.hasErrors()) {
      return Optional.empty();
    }
    Moves moves = refactoring.moves();
    Selection selection = selection(moves);
    if (!diagnostics.hasErrors()) {
      selection.checkMoves(moves, state, diagnostics);
    }
    checkDeferrals(selection);
    if (diagnostics.hasErrors()) {
      return Optional.empty();
    }
    Set<String> known = new TreeSet<>(world.configured().keySet());
    known.addAll(state.instances().keySet());
    new RequestedReplacements(configuration.module(), known, moves)
        .check(options.replacements(), diagnostics);
    return options.mode() == Mode.REFRESH_ONLY
        ? Optional.of(refresh(machines, selection))
        : changes(machines, selection);
  }

  private Selection selection(Moves moves) {
    return Selection.of(options, world.configured(), deferrals.needs(), state, moves, diagnostics);
  }

  /** Nothing is planned of what may be there or not, nor of what uses it. */
  private void checkDeferrals(Selection selection) {
    if (!deferrals.isSettled() && options.mode() == Mode.NORMAL) {
      diagnostics.addAll(
          deferrals.errors(
              selection, world.configured(), world.evaluation(), configuration.module()));
    }
  }

  private Optional<Plan> changes(Observer machines, Selection selection)
      throws InterruptedException {
    Map<String, PlannedInstance> planned = planAll(machines, selection, Map.of());
    // Each pass tells what one more instance needs; more passes than instances is a mistake of
    // ours.
    int passes = 0;
    while (options.mode() == Mode.NORMAL && (learn(planned) || triggered.add(planned))) {
      if (passes++ > planned.size() + MOST_PASSES) {
        throw new IllegalStateException("planning comes to no end");
      }
      world = again();
      deferrals = Deferrals.of(world.evaluation(), planned);
      checkDeferrals(selection);
      if (diagnostics.hasErrors()) {
        return Optional.empty();
      }
      planned = planAll(machines, selection, planned);
    }
    if (options.mode() == Mode.NORMAL) {
      checkPostconditions(planned);
      refactoring.imports().checkIds(diagnostics);
      if (diagnostics.hasErrors()) {
        return Optional.empty();
      }
    }
    Successors.spread(planned, configuration.types());
    Removals removals = new Removals(configuration, refactoring, questions, world);
    removals.ofReplaced(machines, planned);
    removals.ofDeposed(machines, selection, planned);
    Dependents.obstruct(planned);
    List<PlannedRollout> rollouts = Rollouts.project(planned, configuration.types());
    Dependents.obstruct(planned);
    planned.values().stream()
        .flatMap(instance ->
            instance.obstacle().stream()
                .map(found -> Findings.weighed(found, instance, configuration.module())))
        .forEach(diagnostics::add);
    warn(planned);
    warnOfWhatWasNotSeen();
    return Optional.of(
        plan(
            planned,
            outputs(planned, selection),
            rollouts,
            refactoring.changes(
                planned, world.configured(), singles.imported(), selection::includes)));
  }

  private List<PlannedOutput> outputs(Map<String, PlannedInstance> planned, Selection selection) {
    if (options.mode() == Mode.DESTROY && !selection.all()) {
      // What is left of the instances may still be asked for by them.
      return PlannedOutput.allKept(state);
    }
    return PlannedOutput.all(
        options.mode() == Mode.NORMAL ? Optional.of(world.evaluation()) : Optional.empty(),
        isAbout(selection),
        world.configured().keySet(),
        planned,
        state);
  }

  /** Whether a plan is about all that an output depends on; -target asks for nothing besides. */
  private Predicate<Set<String>> isAbout(Selection selection) {
    if (selection.all()) {
      return _ -> true;
    }
    Named named = new Named(world.configured().keySet());
    return uses ->
        !(uses.isEmpty() && !options.targets().isEmpty())
            && uses.stream()
                .flatMap(name -> named.instances(name).stream())
                .allMatch(selection::includes);
  }

  private AppliedInstances applied(Selection selection) {
    return new AppliedInstances(
        configuration.types(), state, world.desired(), selection, deferrals);
  }

  /**
   * The instances as they were last applied, of those that the plan is about.
   *
   * @return empty where errors keep it from being planned at all
   */
  public Optional<AppliedInstances> applied() {
    validate();
    if (diagnostics.hasErrors()) {
      return Optional.empty();
    }
    Selection selection = selection(refactoring.moves());
    return diagnostics.hasErrors() ? Optional.empty() : Optional.of(applied(selection));
  }

  /** What machines say, beside what was last applied: nothing is planned to be done. */
  private Plan refresh(Observer machines, Selection selection) throws InterruptedException {
    AppliedInstances applied = applied(selection);
    Refresh refresh = new Refresh(applied);
    List<Instance> instances = applied.all();
    questions.ask(machines, instances);
    Map<String, PlannedInstance> planned = new TreeMap<>();
    Map<String, StateChanges.Refreshed> refreshed = new TreeMap<>();
    for (Instance instance : instances) {
      Refresh.Seen seen = refresh.seen(instance, answers());
      planned.put(instance.address(), seen.planned());
      seen.refreshed().ifPresent(each -> refreshed.put(instance.address(), each));
    }
    planned.values().forEach(instance -> diagnostics.addAll(instance.obstacle()));
    applied.untold().stream().map(Findings::untold).forEach(diagnostics::add);
    warnOfWhatWasNotSeen();
    return plan(planned, List.of(), List.of(), refactoring.refreshed(refreshed));
  }

  private Plan plan(
      Map<String, PlannedInstance> planned,
      List<PlannedOutput> outputs,
      List<PlannedRollout> rollouts,
      StateChanges stateChanges) {
    return new Plan(
        options.mode(),
        List.copyOf(planned.values()),
        outputs,
        rollouts,
        world.hostNames(),
        stateChanges,
        state.lineage(),
        state.serial());
  }

  private void warnOfWhatWasNotSeen() {
    Clocks.warning(answers(), host -> InstancePlanner.hostName(world.desired(), host))
        .ifPresent(diagnostics::add);
    if (!options.refresh() && world.desired().all().stream().anyMatch(questions::isOnMachines)) {
      diagnostics.add(
          Diagnostic.warning(
              "not-refreshed",
              "No machine was asked (-refresh=false)",
              "Configuration was compared with what was last applied. What was changed on the"
                  + " machines since is not in the plan, nor are steps. pgha plan without"
                  + " -refresh=false shows both."));
    }
  }

  private void warn(Map<String, PlannedInstance> planned) {
    for (PlannedInstance instance : planned.values()) {
      for (Diagnostic found : instance.change().diagnostics()) {
        if (!found.isError()) {
          diagnostics.add(
              instance
                  .configured()
                  .map(configured -> Findings.placed(found, configured))
                  .orElse(found.about(instance.address())));
        }
      }
    }
  }

  private PlanningPass pass() {
    return new PlanningPass(means, world, deferrals);
  }

  private Map<String, PlannedInstance> planAll(
      Observer machines, Selection selection, Map<String, PlannedInstance> before)
      throws InterruptedException {
    PlanningPass pass = pass();
    questions.askSoon(machines, pass.subjects(selection));
    return pass.plan(selection, before);
  }

  private boolean learn(Map<String, PlannedInstance> planned) {
    return computed.learn(planned.values(), world.evaluation());
  }

  /** What is known of an instance before anything is done may already break its postcondition. */
  private void checkPostconditions(Map<String, PlannedInstance> planned) {
    for (PlannedInstance instance : planned.values()) {
      if (instance.isPlanned()) {
        instance.configured().ifPresent(world.evaluation()::checkPostconditions);
      }
    }
    world.evaluation().checks();
    diagnostics.addAll(world.evaluated().drain());
  }

  /** How to reach a host, by the address of its instance. */
  public Optional<HostConnection> connection(String host) {
    return connections.of(host, world);
  }

  /** How a host was reached when it was last applied, by the address of its instance. */
  public Optional<HostConnection> lastConnection(String host) {
    return connections.last(host, world);
  }

  /** The computed attributes that are known. */
  public ComputedValues computed() {
    return computed;
  }

  /** What was evaluated; execution goes on from it. */
  public World world() {
    return world;
  }
}
