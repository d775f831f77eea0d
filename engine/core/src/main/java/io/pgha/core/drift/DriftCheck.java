package io.pgha.core.drift;

import io.pgha.core.Configuration;
import io.pgha.core.observation.Answers;
import io.pgha.core.observation.HostAnswers;
import io.pgha.core.observation.Observer;
import io.pgha.core.plan.AppliedInstances;
import io.pgha.core.plan.Plan;
import io.pgha.core.plan.PlanOptions;
import io.pgha.core.plan.Planner;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.value.ObjectValue;
import io.pgha.provider.Instance;
import io.pgha.provider.artifact.ArtifactDrift;
import io.pgha.provider.artifact.ArtifactFinding;
import io.pgha.provider.change.Change;
import io.pgha.provider.change.Live;
import io.pgha.provider.drift.Difference;
import io.pgha.provider.drift.FindingKind;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.UnitFacts;
import io.pgha.provider.transport.HostConnection;
import io.pgha.state.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks whether one root's machines are still as they were last applied. It is given an {@link
 * Observer} and a {@link State}, and can write neither.
 *
 * <p>Not thread-safe; used once.
 */
public final class DriftCheck {
  /** The code of a warning that some of what is not applied yet can't be told. */
  public static final String PENDING_UNKNOWN = "pending-unknown";

  private final Planner planner;
  private final Planner unseen;
  private final Diagnostics unseenProblems = new Diagnostics();
  private final Diagnostics diagnostics;
  private final State state;
  private final Settling settling;

  /**
   * A check.
   *
   * @param options which instances it is about
   * @param settling how long what passes by itself is given
   * @param diagnostics takes errors that keep it from looking at all
   */
  public DriftCheck(
      Configuration configuration,
      State state,
      PlanOptions options,
      Settling settling,
      Diagnostics diagnostics) {
    this.state = state;
    this.settling = settling;
    this.diagnostics = diagnostics;
    this.planner = new Planner(configuration, state, options, diagnostics);
    this.unseen = new Planner(configuration, state, options.withoutRefresh(), unseenProblems);
  }

  /**
   * How long to wait for what passes by itself, such as a failover that is under way.
   *
   * @param most for how long at most
   * @param pause between two looks
   * @param waiting how to wait
   */
  public record Settling(Duration most, Duration pause, Waiting waiting) {
    /** Tells at once whatever is seen. */
    public static final Settling NONE = new Settling(Duration.ZERO, Duration.ZERO, duration -> {});
  }

  /** A way to wait. */
  public interface Waiting {
    /** Waits so long. */
    void pause(Duration duration) throws InterruptedException;
  }

  /**
   * What was seen.
   *
   * @param findings what has drifted, the gravest first
   * @param repairs what it takes to repair each instance, by address; only those that pgha can
   * @param manual the codes of findings that no plan repairs
   */
  public record Seen(
      List<Finding> findings,
      List<Silence> silences,
      List<Checked> checked,
      List<Pending> pending,
      Map<String, Change> repairs,
      Set<String> manual) {
    public Seen {
      findings = List.copyOf(findings);
      silences = List.copyOf(silences);
      checked = List.copyOf(checked);
      pending = List.copyOf(pending);
      repairs = Collections.unmodifiableMap(new TreeMap<>(repairs));
      manual = Set.copyOf(manual);
    }

    /** The addresses at which pgha can repair a finding. */
    public Set<String> repairable(Finding finding) {
      Set<String> addresses = new TreeSet<>();
      if (!manual.contains(finding.code())) {
        addresses.addAll(finding.addresses());
        addresses.retainAll(repairs.keySet());
      }
      return addresses;
    }

    /** Whether something is to move. A plan moves all or nothing, so none only repairs then. */
    public boolean isMoving() {
      return pending.stream().anyMatch(each -> each.previousAddress().isPresent());
    }
  }

  /** How to reach a host, by the address of its instance. */
  public Optional<HostConnection> connection(String host) {
    return planner.connection(host).or(() -> planner.lastConnection(host));
  }

  /**
   * Looks.
   *
   * @return empty where errors keep it from looking at all
   */
  public Optional<Seen> look(Observer machines) throws InterruptedException {
    planner.expandAside(machines);
    Optional<AppliedInstances> applied = planner.applied();
    if (applied.isEmpty()) {
      return Optional.empty();
    }
    List<Instance> instances = applied.get().all();
    Set<String> homes = new TreeSet<>();
    instances.forEach(instance -> homes.addAll(applied.get().homes(instance)));
    machines.expect(homes);
    long end = System.nanoTime() + settling.most().toNanos();
    List<Pending> pending;
    Glance glance;
    try (var first = Concurrently.begin(() -> glance(applied.get(), instances, machines))) {
      // There is time for that while the machines answer.
      unseen.expand(_ -> planner.answers());
      pending = pending();
      glance = first.get();
    }
    while (glance.mayPass() && System.nanoTime() < end) {
      settling.waiting().pause(settling.pause());
      glance = glance(applied.get(), instances, machines);
    }
    Places places = new Places(applied.get(), unseen.world().configured());
    List<Finding> findings = Causes.merge(glance.differences, places);
    return Optional.of(
        new Seen(
            findings,
            silences(applied.get(), glance),
            glance.checked,
            pending,
            glance.repairs,
            manual(applied.get(), instances)));
  }

  /** The codes of what no plan repairs, of all types that were looked at. */
  private static Set<String> manual(AppliedInstances applied, List<Instance> instances) {
    Stream<FindingKind> own =
        instances.stream().map(applied::type).distinct().flatMap(type -> type.findings().stream());
    return Stream.concat(ArtifactFinding.ALL.stream(), own)
        .filter(FindingKind::manual)
        .map(FindingKind::code)
        .collect(Collectors.toSet());
  }

  private static List<Silence> silences(AppliedInstances applied, Glance glance) {
    List<Silence> silences = new ArrayList<>(glance.silences(applied));
    for (Instance instance : applied.unfinished()) {
      silences.add(
          new Silence(
              applied.homes(instance).stream().findFirst().map(applied::hostName).orElse(""),
              "half-applied",
              "An apply began it and did not finish: pgha apply goes on with it.",
              List.of(instance.address())));
    }
    if (!applied.untold().isEmpty()) {
      silences.add(
          new Silence(
              "",
              "configuration-untold",
              "State keeps no secrets, and whether configuration still has these is decided by something that is not known.",
              applied.untold()));
    }
    return silences;
  }

  private List<Pending> pending() throws InterruptedException {
    Optional<Plan> plan = unseen.plan(probes -> Answers.NONE);
    if (plan.isEmpty() || unseenProblems.hasErrors()) {
      diagnostics.add(pendingUnknown());
    }
    PendingChanges changes =
        new PendingChanges(state, unseen.world().configured(), unseen.moves().origins());
    return plan.map(changes::of).orElseGet(changes::withoutPlan);
  }

  /** The errors themselves are the plan's to tell. */
  private Diagnostic pendingUnknown() {
    return Diagnostic.warning(
        PENDING_UNKNOWN,
        "What is not applied yet can't be told",
        "The configuration can't be planned: %s. pgha plan tells where. Whether machines have drifted is told all the same."
            .formatted(
                unseenProblems.all().stream()
                    .filter(Diagnostic::isError)
                    .map(Diagnostic::summary)
                    .findFirst()
                    .orElse("it has errors")));
  }

  private static Glance glance(
      AppliedInstances applied, List<Instance> instances, Observer machines)
      throws InterruptedException {
    Set<PlacedProbe> questions = new LinkedHashSet<>();
    instances.forEach(instance -> questions.addAll(applied.probes(instance)));
    Answers answers = questions.isEmpty() ? Answers.NONE : machines.ask(questions);
    Glance glance = new Glance(answers);
    List<Sight> sights =
        Concurrently.each(instances, instance -> Sight.of(applied, instance, answers));
    for (int i = 0; i < sights.size(); i++) {
      glance.add(instances.get(i), sights.get(i), applied);
    }
    return glance;
  }

  /**
   * What was seen of one instance.
   *
   * @param obstacle why nothing could be seen; else empty
   * @param change what it takes to have it as it was last applied
   * @param checked what was looked at; empty where nothing could be seen
   */
  private record Sight(
      List<Diagnostic> obstacle,
      Change change,
      List<Difference> differences,
      Optional<Checked> checked) {
    static Sight of(AppliedInstances applied, Instance instance, Answers answers) {
      AppliedInstances.Look look = applied.look(instance, answers);
      if (look.live().isEmpty()) {
        return new Sight(
            look.obstacle(), Change.none(ObjectValue.EMPTY), List.of(), Optional.empty());
      }
      Live live = look.live().get();
      Change change = applied.change(instance, live);
      return new Sight(
          List.of(),
          change,
          Differences.of(applied, instance, live, change),
          Optional.of(Checks.of(applied, instance, live)));
    }
  }

  /** One look at everything. */
  private static final class Glance {
    private final Answers answers;
    private final Map<Instance, List<Difference>> differences = new LinkedHashMap<>();
    private final Map<Instance, List<Diagnostic>> obstacles = new LinkedHashMap<>();
    private final Map<String, Change> repairs = new TreeMap<>();
    private final List<Checked> checked = new ArrayList<>();
    private boolean mayPass;

    Glance(Answers answers) {
      this.answers = answers;
    }

    void add(Instance instance, Sight sight, AppliedInstances applied) {
      if (sight.checked.isEmpty()) {
        obstacles.put(instance, sight.obstacle);
        return;
      }
      checked.add(sight.checked.get());
      Change change = sight.change;
      List<Difference> found = sight.differences;
      if (found.isEmpty()) {
        return;
      }
      differences.put(instance, found);
      if (!change.prepare().isEmpty() || !change.activate().isEmpty()) {
        repairs.put(instance.address(), change);
      }
      Set<String> passing = applied.type(instance).passing();
      mayPass |= found.stream().anyMatch(each -> passing.contains(each.code()) || isOnItsWay(each));
    }

    /** Whether a unit is just being started or stopped, as by an upgrade. */
    private boolean isOnItsWay(Difference difference) {
      if (!difference.code().equals(ArtifactDrift.UNIT_STATE)) {
        return false;
      }
      Probe.OfUnit unit = new Probe.OfUnit(difference.subject().substring("unit:".length()));
      return answers.asked(new PlacedProbe(difference.host(), unit))
          && answers.get(difference.host(), unit).found().filter(UnitFacts::isOnItsWay).isPresent();
    }

    /** Whether something may be otherwise in a moment; somebody who is silent is not waited for. */
    boolean mayPass() {
      return mayPass;
    }

    /** What could not be looked at, by host and reason. */
    List<Silence> silences(AppliedInstances applied) {
      Map<List<String>, List<String>> byCause = new LinkedHashMap<>();
      obstacles.forEach((instance, why) -> {
        List<String> cause = cause(applied, instance, why.getFirst());
        byCause.computeIfAbsent(cause, key -> new ArrayList<>()).add(instance.address());
      });
      List<Silence> silences = new ArrayList<>();
      byCause.forEach((cause, addresses) ->
          silences.add(new Silence(cause.get(0), cause.get(1), cause.get(2), addresses)));
      return silences;
    }

    private List<String> cause(AppliedInstances applied, Instance instance, Diagnostic why) {
      // All that is on a host that does not answer is silent for the same cause.
      for (String home : applied.homes(instance)) {
        Optional<HostAnswers.Unreachable> silent = answers.unreachable(home);
        if (silent.isPresent()) {
          return List.of(applied.hostName(home), why.code(), silent.get().reason());
        }
      }
      String detail = why.detail().isEmpty() ? why.summary() + "." : why.detail();
      return List.of(why.host().orElse(""), why.code(), Objects.requireNonNull(detail));
    }
  }
}
