package io.pgha.core.plan;

import io.pgha.core.Configuration;
import io.pgha.core.evaluation.Evaluation;
import io.pgha.core.evaluation.IgnoredChanges;
import io.pgha.core.evaluation.InstanceIndex;
import io.pgha.core.evaluation.ResourceInstance;
import io.pgha.core.evaluation.Rules;
import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.core.evaluation.WrittenCheck;
import io.pgha.core.observation.Answers;
import io.pgha.core.observation.Observer;
import io.pgha.core.plan.InstancePlanner.Circumstances;
import io.pgha.core.plan.InstancePlanner.Outcome;
import io.pgha.core.refactoring.Moves;
import io.pgha.core.refactoring.StateChanges;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Value;
import io.pgha.provider.Instance;
import io.pgha.provider.ResourceType;
import io.pgha.provider.Values;
import io.pgha.provider.change.Action;
import io.pgha.provider.change.Change;
import io.pgha.provider.transport.HostConnection;
import io.pgha.state.InstanceState;
import io.pgha.state.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
  private final InstancePlanner instancePlanner;
  private final ComputedValues computed;
  private final Map<String, Boolean> alone = new TreeMap<>();

  private final TriggeredReplacements triggered = new TriggeredReplacements();

  private final Questions questions;
  private final SingleInstances singles;
  private boolean isWrittenChecked;
  private World world;
  private Deferrals deferrals;

  /**
   * What is evaluated, and what is known of what state has besides.
   *
   * @param evaluated takes what later evaluations find wrong
   */
  public record World(
      Evaluation evaluation,
      Diagnostics evaluated,
      Map<String, ResourceInstance> configured,
      InstanceIndex desired,
      InstanceIndex prior) {}

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
    this.instancePlanner = new InstancePlanner(configuration.types());
    this.computed = new ComputedValues(configuration.types());
    state.instances().values().forEach(computed::addPrior);
    this.questions =
        new Questions(instancePlanner, options.refresh(), this::connection, state.instances());
    this.singles = new SingleInstances(configuration, refactoring, options, triggered);
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
    Map<String, ResourceInstance> configured = new TreeMap<>();
    evaluation.instances().forEach(instance -> configured.put(instance.address(), instance));
    refactoring.imports().evaluated(evaluation.imports());
    Set<Diagnostic> known = new HashSet<>(diagnostics.all());
    // What a condition says of what is to be is no matter where all of it goes.
    boolean goes = options.mode() == Mode.DESTROY;
    found.drain().stream()
        .filter(each -> known.add(each) && !(goes && Rules.isFailure(each)))
        .forEach(diagnostics::add);
    InstanceIndex prior = new InstanceIndex(configuration.types(), evaluation.index());
    Deferrals untold = Deferrals.of(evaluation, Map.of());
    for (InstanceState instance : state.instances().values()) {
      String address = instance.address().toString();
      if (!configured.containsKey(address)) {
        // What may be there or not is a neighbour as it was last applied.
        (untold.covers(address) ? evaluation.index() : prior)
            .add(
                address,
                instance.address().type(),
                instance.attributes(),
                instance.sensitivePaths());
      }
    }
    return new World(evaluation, found, configured, evaluation.index(), prior);
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
    Map<String, List<Instance>> byType = validateEach(diagnostics);
    byType.forEach((type, instances) ->
        type(type)
            .validateAll(instances)
            .forEach(finding -> diagnostics.add(Findings.placed(finding, world.configured()))));
  }

  /**
   * Checks each instance, and returns them by their type; of a type of which one lacks an argument
   * that is required, none: more would be said of what is known to be missing.
   */
  private Map<String, List<Instance>> validateEach(Diagnostics found) {
    Map<String, List<Instance>> byType = new TreeMap<>();
    Set<String> lacking = new HashSet<>();
    for (ResourceInstance configured : world.configured().values()) {
      Instance instance = world.desired().get(configured.address()).orElseThrow();
      byType.computeIfAbsent(configured.type(), type -> new ArrayList<>()).add(instance);
      if (configured.hasRequired(type(configured.type()).schema())) {
        type(configured.type())
            .validate(instance)
            .forEach(finding -> found.add(Findings.placed(finding, configured)));
      } else {
        lacking.add(configured.type());
      }
      Findings.references(instance, configured, world.desired(), type(configured.type()).schema())
          .forEach(found::add);
      Successors.impossible(configured, configuration.types()).ifPresent(found::add);
    }
    DataSources.cycles(world.configured(), this::needs).forEach(found::add);
    DataSources.scoped(world.configured(), configuration.module()).forEach(found::add);
    byType.keySet().removeAll(lacking);
    return byType;
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
    validateEach(early);
    if (early.hasErrors()) {
      diagnostics.addAll(early.all());
      return;
    }
    int passes = 0;
    boolean more = true;
    while (more && !deferrals.isSettled() && !diagnostics.hasErrors()) {
      Selection deciding =
          new Selection(false, deferrals.deciding(world.configured().keySet(), this::needs));
      ask(machines, deciding);
      askSources(machines, deciding);
      Map<String, PlannedInstance> planned = planAll(deciding, Map.of());
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

  private void askSources(Observer machines, Selection deciding) throws InterruptedException {
    questions.askAnyway(
        machines,
        addresses(deciding).stream()
            .map(this::instance)
            .filter(instance -> TypeRegistry.isData(instance.type()))
            .toList());
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
    ask(machines, selection);
    Map<String, PlannedInstance> planned = planAll(selection, Map.of());
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
      ask(machines, selection);
      planned = planAll(selection, planned);
    }
    if (options.mode() == Mode.NORMAL) {
      checkPostconditions(planned);
      refactoring.imports().checkIds(diagnostics);
      if (diagnostics.hasErrors()) {
        return Optional.empty();
      }
    }
    Successors.spread(planned, configuration.types());
    planRemovals(machines, planned);
    planDeposed(machines, selection, planned);
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
        hostNames(),
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

  /** What is replaced is taken away where it was last applied, which may be another place. */
  private void planRemovals(Observer machines, Map<String, PlannedInstance> planned)
      throws InterruptedException {
    Map<String, Instance> applied = new TreeMap<>();
    for (PlannedInstance instance : planned.values()) {
      InstanceState prior = state.instances().get(instance.address());
      boolean seen = questions.isSeen(instance.instance());
      if (instance.action() == Action.REPLACE && prior != null && seen) {
        Instance old = instancePlanner.applied(prior, world.desired());
        applied.put(instance.address(), old);
      }
    }
    questions.ask(machines, applied.values());
    applied.forEach((address, old) -> {
      InstanceState prior = state.instances().get(address);
      PlannedInstance instance = planned.get(address);
      if (prior != null && instance != null) {
        planned.put(
            address,
            instance.withRemoval(instancePlanner.removal(prior, old, world.desired(), answers())));
      }
    });
  }

  /** What earlier replacements put aside and did not come to remove is removed now. */
  private void planDeposed(
      Observer machines, Selection selection, Map<String, PlannedInstance> planned)
      throws InterruptedException {
    Map<String, Instance> aside = new TreeMap<>();
    for (InstanceState object : state.deposed().values()) {
      String address = object.address().text();
      if (!selection.includes(address)) {
        continue;
      }
      if (refactoring.isForgotten(address, world.configured())) {
        planned.put(object.id(), refactoring.forgotten(object, world.desired()));
      } else {
        Instance old = instancePlanner.applied(object, world.desired());
        aside.put(object.id(), old);
      }
    }
    questions.ask(machines, aside.values());
    aside.forEach((id, old) -> planned.put(id, deposed(id, old)));
  }

  private PlannedInstance deposed(String id, Instance old) {
    InstanceState object = Objects.requireNonNull(state.deposed().get(id));
    Circumstances circumstances =
        new Circumstances(world.desired(), Optional.of(object), answers(), true, false, "");
    Outcome outcome =
        questions.isSeen(old)
            ? instancePlanner.plan(old, circumstances)
            : instancePlanner.unseen(old, circumstances);
    return new PlannedInstance(
        id,
        old.type(),
        outcome.obstacle().isEmpty() ? Action.DELETE : Action.NO_OP,
        old,
        Optional.empty(),
        outcome.change(),
        Optional.of(outcome.change()),
        outcome.live(),
        object.attributes(),
        ObjectValue.EMPTY,
        SecretPaths.of(type(old.type()).schema(), old),
        object.dependencies(),
        Optional.of(object),
        false,
        type(old.type()).group(old),
        Reason.of("a replacement put it aside and did not come to remove it"),
        outcome.obstacle());
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

  private void ask(Observer machines, Selection selection) throws InterruptedException {
    questions.askSoon(machines, addresses(selection).stream().map(this::subject).toList());
  }

  private Set<String> addresses(Selection selection) {
    Set<String> all = new LinkedHashSet<>();
    if (options.mode() == Mode.NORMAL) {
      all.addAll(world.configured().keySet());
    }
    state.instances().keySet().stream()
        .filter(address -> !refactoring.isForgotten(address, world.configured()))
        .forEach(all::add);
    Set<String> groups = new TreeSet<>();
    for (String address : all) {
      if (selection.includes(address)) {
        group(address).ifPresent(groups::add);
      }
    }
    // A group is judged by all its members, also by those that nothing is asked of.
    all.removeIf(address ->
        !selection.includes(address) && group(address).filter(groups::contains).isEmpty());
    return all;
  }

  private Optional<String> group(String address) {
    Instance instance = instance(address);
    return type(instance.type()).group(instance);
  }

  private Instance instance(String address) {
    return world.desired().get(address).or(() -> world.prior().get(address)).orElseThrow();
  }

  /**
   * Plans all.
   *
   * @param before what was planned before more was learned: still right where nobody looks at
   *     others
   */
  private Map<String, PlannedInstance> planAll(
      Selection selection, Map<String, PlannedInstance> before) {
    Map<String, PlannedInstance> planned = new TreeMap<>();
    Set<String> sources = new LinkedHashSet<>();
    for (String address : addresses(selection)) {
      PlannedInstance known = before.get(address);
      if (TypeRegistry.isData(instance(address).type())) {
        sources.add(address);
        continue;
      }
      if (known != null && standsAlone(known.type()) && isUpToDate(known)) {
        planned.put(address, known);
        continue;
      }
      PlannedInstance one = planOne(address);
      planned.put(address, selection.includes(address) ? one : one.leftAlone());
    }
    if (!sources.isEmpty()) {
      planSources(sources, planned);
    }
    state
        .instances()
        .forEach((address, object) -> {
          if (refactoring.isForgotten(address, world.configured()) && selection.includes(address)) {
            planned.put(address, refactoring.forgotten(object, world.desired()));
          }
        });
    return planned;
  }

  private Set<String> needs(String address) {
    Instance instance = instance(address);
    return Needs.of(instance, configured(address).dependencies(), type(instance.type()));
  }

  private ResourceInstance configured(String address) {
    return Objects.requireNonNull(world.configured().get(address));
  }

  private void planSources(Set<String> addresses, Map<String, PlannedInstance> planned) {
    new DataSources(
            planned,
            addresses,
            new DataSources.Planning() {
              @Override
              public Set<String> needs(String address) {
                return Planner.this.needs(address);
              }

              @Override
              public Optional<Reason> unasked(String address) {
                Instance instance = instance(address);
                if (Values.of(instance)
                    .unknownArgument(type(instance.type()).schema())
                    .isPresent()) {
                  return Optional.of(
                      new Reason(
                          ActionReason.READ_CONFIG_UNKNOWN,
                          "it is asked for by what is known after apply"));
                }
                return questions.isSeen(instance)
                    ? Optional.empty()
                    : Optional.of(Reason.of("no machine was asked"));
              }

              @Override
              public List<String> follows(String address) {
                return type(instance(address).type()).follows();
              }

              @Override
              public PlannedInstance read(String address) {
                return planOne(address);
              }

              @Override
              public PlannedInstance later(String address, Reason reason) {
                Instance instance = instance(address);
                return DataSources.later(
                    configured(address), instance, type(instance.type()), reason);
              }
            })
        .plan();
  }

  private boolean isUpToDate(PlannedInstance planned) {
    return planned.configured().isPresent()
        && (!triggered.includes(planned.address())
            || planned.reason().kind() == ActionReason.REPLACE_TRIGGERED)
        && planned.configured().get().equals(world.configured().get(planned.address()));
  }

  /** Whether instances of a type neither refer to others nor are referred to. */
  private boolean standsAlone(String name) {
    return alone.computeIfAbsent(
        name,
        key ->
            type(key).schema().attributes().stream().allMatch(a -> a.reference().isEmpty())
                && configuration.types().names().stream()
                    .flatMap(other -> type(other).schema().attributes().stream())
                    .noneMatch(a -> a.reference().filter(key::equals).isPresent()));
  }

  /** What is taken away goes as it was last applied, whatever configuration says by now. */
  private Instance subject(String address) {
    InstanceState prior = state.instances().get(address);
    return options.mode() == Mode.DESTROY && prior != null
        ? instancePlanner.applied(prior, world.desired())
        : instance(address);
  }

  private PlannedInstance planOne(String address) {
    Instance instance = subject(address);
    return singles.plan(
        instance,
        new SingleInstances.Knowledge(world, answers(), questions.isSeen(instance), deferrals));
  }

  /** An instance with what a change tells of it. */
  public static ObjectValue after(Instance instance, Change change) {
    ObjectValue after = instance.values();
    for (Map.Entry<String, Value> entry : change.computed().attributes().entrySet()) {
      after = after.with(entry.getKey(), entry.getValue());
    }
    return after;
  }

  /**
   * Takes what machines told, and forgets what a change may make another; says whether something
   * has to be evaluated again.
   */
  private boolean learn(Map<String, PlannedInstance> planned) {
    boolean more = false;
    for (PlannedInstance instance : planned.values()) {
      if (!instance.isPlanned() || instance.configured().isEmpty()) {
        continue;
      }
      ObjectValue told = instance.change().computed();
      String address = instance.address();
      Set<String> before = Set.copyOf(computed.names(address));
      boolean changes = instance.action() != Action.NO_OP;
      boolean news =
          changes
              ? computed.replace(address, instance.type(), told)
              : computed.add(address, instance.type(), told);
      boolean forgot = !computed.names(address).containsAll(before);
      if (news && (forgot || !saysAlready(instance.instance().values(), told))) {
        world.evaluation().learned(instance.configured().get());
        more = true;
      }
    }
    return more;
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

  private static boolean saysAlready(ObjectValue values, ObjectValue told) {
    return told.attributes().entrySet().stream()
        .allMatch(entry -> entry.getValue().equals(values.attributes().get(entry.getKey())));
  }

  private Map<String, String> hostNames() {
    Map<String, String> names = new TreeMap<>();
    world.desired().all().forEach(instance -> name(instance, names));
    world.prior().all().forEach(instance -> name(instance, names));
    return names;
  }

  private static void name(Instance instance, Map<String, String> names) {
    if (instance.type().equals("host")) {
      Values.of(instance).string("name").ifPresent(name -> names.put(instance.address(), name));
    }
  }

  private ResourceType type(String name) {
    return configuration.types().type(name).orElseThrow();
  }

  /** How to reach a host, by the address of its instance. */
  public Optional<HostConnection> connection(String host) {
    Optional<HostConnection> configured =
        world
            .desired()
            .get(host)
            .or(() -> world.prior().get(host))
            .flatMap(instance -> type(instance.type()).connection(instance));
    return options.mode() == Mode.NORMAL ? configured : configured.or(() -> lastConnection(host));
  }

  /** How a host was reached when it was last applied, by the address of its instance. */
  public Optional<HostConnection> lastConnection(String host) {
    InstanceState object = state.instances().get(host);
    return object == null
        ? Optional.empty()
        : type(object.address().type())
            .connection(
                new InstanceIndex(configuration.types(), world.desired())
                    .add(
                        host,
                        object.address().type(),
                        object.attributes(),
                        object.sensitivePaths()));
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
