package io.pgha.core.plan;

import io.pgha.core.evaluation.InstanceIndex;
import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.core.observation.Answers;
import io.pgha.core.observation.HostAnswers;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.MapValue;
import io.pgha.language.value.Null;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Value;
import io.pgha.provider.Instance;
import io.pgha.provider.ResourceType;
import io.pgha.provider.Values;
import io.pgha.provider.change.Action;
import io.pgha.provider.change.AttributeChange;
import io.pgha.provider.change.AttributeComparison;
import io.pgha.provider.change.Change;
import io.pgha.provider.change.Live;
import io.pgha.provider.change.PlanRequest;
import io.pgha.provider.change.Prior;
import io.pgha.provider.probe.MachineFacts;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.rollout.Effect;
import io.pgha.provider.schema.Attribute;
import io.pgha.provider.transport.TransportException;
import io.pgha.state.InstanceState;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Plans one instance from what was observed: the same at plan, before the steps, and after. */
public final class InstancePlanner {
  /** The type of hosts. */
  static final String HOST = "host";

  private final TypeRegistry types;

  /** A planner for the given types. */
  public InstancePlanner(TypeRegistry types) {
    this.types = types;
  }

  /**
   * What came of planning an instance.
   *
   * @param change the change; a refused one where there is an obstacle
   * @param live what was observed; empty where nothing could be
   * @param obstacle why it could not be planned
   */
  public record Outcome(Change change, Optional<Live> live, List<Diagnostic> obstacle) {
    static Outcome obstructed(Diagnostic why) {
      return new Outcome(Change.none(ObjectValue.EMPTY), Optional.empty(), List.of(why));
    }
  }

  /** What the planner must know besides the instance. */
  public record Circumstances(
      InstanceIndex index,
      Optional<InstanceState> prior,
      Answers answers,
      boolean deletion,
      boolean replacement,
      String hostName) {}

  /** The probes of an instance; none where it refers to something that is not known. */
  public List<PlacedProbe> probes(Instance instance) {
    return type(instance).probes(instance);
  }

  /** The hosts that an instance lives on: those that it refers to, or itself where it is one. */
  public Set<String> homes(Instance instance, InstanceIndex index) {
    Set<String> homes = new TreeSet<>(index.referencesTo(instance, HOST));
    if (instance.type().equals(HOST)) {
      homes.add(instance.address());
    }
    return homes;
  }

  /** Why nothing can be said of an instance: nobody answers for it, or another machine does. */
  private Optional<Diagnostic> unseeable(Instance instance, Circumstances circumstances) {
    Set<String> homes = homes(instance, circumstances.index());
    return unreachable(instance, homes, circumstances.answers(), circumstances)
        .or(() -> stranger(instance, homes, circumstances));
  }

  /**
   * What is seen of an instance, whatever would be done with it. Where a part of it could not be
   * looked at, nothing is: what can't be told is not gone.
   */
  Outcome look(Instance instance, Circumstances circumstances) {
    Optional<Diagnostic> unseeable = unseeable(instance, circumstances);
    if (unseeable.isPresent()) {
      return Outcome.obstructed(unseeable.get());
    }
    for (PlacedProbe placed : probes(instance)) {
      Optional<Diagnostic> failed = failed(instance, placed, circumstances);
      if (failed.isPresent()) {
        return Outcome.obstructed(failed.get());
      }
    }
    Live live = type(instance).read(instance, circumstances.answers());
    return live.presence() == Live.Presence.UNKNOWN
        ? Outcome.obstructed(Findings.nobodyKnows(instance.address()))
        : new Outcome(Change.none(ObjectValue.EMPTY), Optional.of(live), List.of());
  }

  /** Services may answer with anything; a file, a package or a unit is there, or it is not. */
  private static Optional<Diagnostic> failed(
      Instance instance, PlacedProbe placed, Circumstances circumstances) {
    boolean isOfMachine =
        placed.probe() instanceof Probe.OfFile
            || placed.probe() instanceof Probe.OfPackage
            || placed.probe() instanceof Probe.OfUnit;
    if (!isOfMachine
        || !(circumstances.answers().get(placed.host(), placed.probe())
            instanceof ProbeResult.Failed<?>(String reason))) {
      return Optional.empty();
    }
    String host = hostName(circumstances.index(), placed.host());
    return Optional.of(
        Diagnostic.error("unreadable", "Can't look at all of " + instance.address(), reason + ".")
            .about(instance.address())
            .on(host));
  }

  /** Plans an instance. */
  public Outcome plan(Instance instance, Circumstances circumstances) {
    Answers answers = circumstances.answers();
    Optional<Diagnostic> unseeable = unseeable(instance, circumstances);
    if (unseeable.isPresent()) {
      return Outcome.obstructed(unseeable.get());
    }
    ResourceType type = type(instance);
    Live live = type.read(instance, answers);
    boolean complete = circumstances.prior().filter(state -> !state.incomplete()).isPresent();
    boolean claimed = circumstances.prior().isPresent();
    if (!circumstances.deletion()
        && !claimed
        && live.presence() == Live.Presence.PRESENT
        && !live.found().isEmpty()) {
      return new Outcome(
          Change.none(ObjectValue.EMPTY), Optional.of(live), List.of(foreign(instance, live)));
    }
    Optional<Prior> prior =
        complete ? circumstances.prior().map(InstancePlanner::prior) : Optional.empty();
    PlanRequest request = new PlanRequest(instance, circumstances.deletion(), prior, live, claimed);
    Change change = type.plan(request);
    List<Diagnostic> errors =
        change.diagnostics().stream()
            .filter(Diagnostic::isError)
            .map(error -> error.about(instance.address()))
            .toList();
    boolean replace =
        !circumstances.deletion()
            && complete
            && (change.action() == Action.REPLACE || circumstances.replacement());
    return new Outcome(
        replace && errors.isEmpty() ? replacement(type, instance, live, change) : change,
        Optional.of(live),
        errors);
  }

  /**
   * Plans an instance by comparing it with what was last applied, without looking at any machine:
   * no step is known, nor what was changed outside pgha.
   */
  Outcome unseen(Instance instance, Circumstances circumstances) {
    ResourceType type = type(instance);
    Optional<InstanceState> prior = circumstances.prior().filter(state -> !state.incomplete());
    List<AttributeChange> attributes =
        circumstances.deletion()
            ? List.of()
            : AttributeComparison.of(
                type.schema(),
                instance.values(),
                prior.map(InstanceState::attributes),
                ObjectValue.EMPTY,
                instance.sensitivePaths());
    boolean anew =
        circumstances.replacement()
            || attributes.stream().anyMatch(AttributeChange::forcesReplacement);
    boolean imported = circumstances.prior().filter(InstanceState::isImported).isPresent();
    Action action =
        circumstances.deletion()
            ? Action.DELETE
            : prior.isEmpty()
                ? imported ? Action.UPDATE : Action.CREATE
                : anew ? Action.REPLACE : attributes.isEmpty() ? Action.NO_OP : Action.UPDATE;
    // A change in place mostly leaves what only the machine knows as it was.
    TreeMap<String, Value> computed = new TreeMap<>();
    if (action == Action.UPDATE) {
      prior.ifPresent(state ->
          computed.putAll(ComputedValues.of(type.schema(), state.attributes()).attributes()));
      computed.keySet().removeAll(type.derive(instance).keySet());
    }
    return new Outcome(
        new Change(
            action,
            attributes,
            List.of(),
            Effect.NONE,
            List.of(),
            List.of(),
            ObjectValue.of(computed),
            List.of()),
        Optional.empty(),
        List.of());
  }

  /**
   * The instance as it was last applied, which is what is taken away: at its old place, among the
   * neighbours of now. Secrets, which state does not keep, and how a host is reached are those of
   * the configuration.
   */
  public Instance applied(InstanceState state, InstanceIndex neighbours) {
    String address = state.address().toString();
    Optional<Instance> configured = neighbours.get(address);
    if (configured.isPresent() && (state.incomplete() || configured.get().type().equals(HOST))) {
      return configured.get();
    }
    ObjectValue values = state.attributes();
    if (configured.isPresent()) {
      for (Attribute attribute : type(configured.get()).schema().attributes()) {
        if (holdsSecret(attribute)) {
          Value now = configured.get().values().get(attribute.name());
          values = values.with(attribute.name(), now);
        }
      }
    }
    return new InstanceIndex(types, neighbours)
        .add(address, state.address().type(), values, state.sensitivePaths());
  }

  /**
   * The arguments as they were last applied, with the secrets of the configuration, which state
   * does not keep, and nothing else of it.
   */
  ObjectValue lastApplied(InstanceState state, Optional<Instance> configured) {
    ObjectValue values = state.attributes();
    if (configured.isEmpty()) {
      return values;
    }
    return (ObjectValue)
        withSecrets(
            type(configured.get()).schema().attributes(), values, configured.get().values());
  }

  private static Value withSecrets(List<Attribute> attributes, Value applied, Value configured) {
    if (!(applied instanceof ObjectValue object) || !(configured instanceof ObjectValue now)) {
      return applied;
    }
    ObjectValue whole = object;
    for (Attribute attribute : attributes) {
      if (holdsSecret(attribute)) {
        Value before = object.get(attribute.name());
        Value secret = now.get(attribute.name());
        whole = whole.with(attribute.name(), withSecrets(attribute, before, secret));
      }
    }
    return whole;
  }

  private static Value withSecrets(Attribute attribute, Value applied, Value configured) {
    if (attribute.has(Attribute.Flag.SECRET)) {
      return configured;
    }
    return switch (attribute.nesting()) {
      case NONE -> applied;
      case SINGLE -> withSecrets(attribute.nested(), applied, configured);
      case MAP, LIST -> {
        Value whole = applied;
        for (AttributePath path : elements(applied)) {
          Value before = path.in(applied).orElseThrow();
          Optional<Value> now = path.in(configured);
          whole =
              path.with(
                  whole,
                  Optional.of(withSecrets(attribute.nested(), before, now.orElse(Null.ANY))));
        }
        yield whole;
      }
    };
  }

  private static List<AttributePath> elements(Value collection) {
    List<AttributePath> paths = new ArrayList<>();
    switch (collection) {
      case MapValue map ->
          map.elements().keySet().forEach(k -> paths.add(AttributePath.ROOT.key(k)));
      case ObjectValue object ->
          object.attributes().keySet().forEach(k -> paths.add(AttributePath.ROOT.key(k)));
      default -> {
        for (int i = 0; i < Values.elements(collection).size(); i++) {
          paths.add(AttributePath.ROOT.index(i));
        }
      }
    }
    return paths;
  }

  static boolean holdsSecret(Attribute attribute) {
    return attribute.has(Attribute.Flag.SECRET)
        || attribute.nested().stream().anyMatch(InstancePlanner::holdsSecret);
  }

  /** The change that takes an instance away as it was last applied. */
  public Change removal(
      InstanceState state, Instance applied, InstanceIndex neighbours, Answers answers) {
    Map<String, String> machines = machineIds(applied, neighbours, answers);
    boolean elsewhere =
        machines.entrySet().stream()
            .anyMatch(entry ->
                !entry
                    .getValue()
                    .equals(state.machineIds().getOrDefault(entry.getKey(), entry.getValue())));
    if (elsewhere) {
      // What was made is on a machine that is gone: nothing on this one is ours to remove.
      return Change.none(ObjectValue.EMPTY);
    }
    ResourceType type = type(applied);
    Live live = type.read(applied, answers);
    return type.plan(new PlanRequest(applied, true, Optional.of(prior(state)), live, true));
  }

  /** A change as a replacement: what is computed is what a new instance would have. */
  private static Change replacement(
      ResourceType type, Instance instance, Live live, Change change) {
    if (change.action() == Action.REPLACE) {
      return change;
    }
    ObjectValue computed =
        type.plan(new PlanRequest(instance, false, Optional.empty(), live, false)).computed();
    return new Change(
        Action.REPLACE,
        change.attributes(),
        change.artifacts(),
        change.effect(),
        change.prepare(),
        change.activate(),
        computed,
        change.diagnostics());
  }

  /** What was last applied, as providers know it. */
  static Prior prior(InstanceState state) {
    return new Prior(state.attributes(), ArtifactStates.digests(state.artifacts()));
  }

  /** The machine-ids of the instance's hosts, by the host's address. */
  public Map<String, String> machineIds(Instance instance, InstanceIndex index, Answers answers) {
    Map<String, String> ids = new TreeMap<>();
    for (String home : homes(instance, index)) {
      answers.machine(home).map(MachineFacts::machineId).ifPresent(id -> ids.put(home, id));
    }
    return ids;
  }

  private Optional<Diagnostic> unreachable(
      Instance instance, Set<String> homes, Answers answers, Circumstances circumstances) {
    Set<String> asked = new LinkedHashSet<>(homes);
    List<String> dead = new ArrayList<>();
    for (String home : homes) {
      if (answers.unreachable(home).isPresent()) {
        dead.add(home);
      }
    }
    if (dead.isEmpty() && homes.isEmpty()) {
      probes(instance).forEach(placed -> asked.add(placed.host()));
      if (answers.allUnreachable(asked)) {
        dead.addAll(asked);
      }
    }
    return dead.stream()
        .findFirst()
        .map(host -> unreachable(instance, host, answers, circumstances.index()));
  }

  private static Diagnostic unreachable(
      Instance instance, String host, Answers answers, InstanceIndex index) {
    HostAnswers.Unreachable why = answers.unreachable(host).orElseThrow();
    String name = hostName(index, host);
    return Diagnostic.error(code(why.code()), "Can't reach " + name, why.reason())
        .about(instance.address())
        .on(name);
  }

  /** A host's name for people. */
  static String hostName(InstanceIndex index, String host) {
    return index.get(host).flatMap(instance -> Values.of(instance).string("name")).orElse(host);
  }

  private static String code(TransportException.Code code) {
    return code.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  private static Optional<Diagnostic> stranger(
      Instance instance, Set<String> homes, Circumstances circumstances) {
    if (circumstances.prior().isEmpty() || circumstances.replacement()) {
      return Optional.empty();
    }
    Map<String, String> known = circumstances.prior().get().machineIds();
    for (String home : homes) {
      String expected = known.get(home);
      Optional<String> actual = circumstances.answers().machine(home).map(MachineFacts::machineId);
      if (expected != null && actual.isPresent() && !actual.get().equals(expected)) {
        String name = hostName(circumstances.index(), home);
        return Optional.of(
            Diagnostic.error(
                    "another-machine",
                    "Another machine answers for " + name,
                    "State says that "
                        + instance.address()
                        + " was made on the machine with id "
                        + expected
                        + ", but the one that answers has "
                        + actual.get()
                        + ". If the machine was replaced on purpose, plan with -replace='"
                        + instance.address()
                        + "' so that it is made anew there; nothing was changed.")
                .about(instance.address())
                .on(name));
      }
    }
    return Optional.empty();
  }

  private static Diagnostic foreign(Instance instance, Live live) {
    return Diagnostic.error(
            "already-there",
            "Something is there already",
            live.found()
                + " pgha did not make it and leaves it untouched. To let pgha manage it, run: pgha"
                + " import '"
                + instance.address()
                + "'. To have it made anew, remove it first.")
        .about(instance.address());
  }

  private ResourceType type(Instance instance) {
    return types.type(instance.type()).orElseThrow();
  }
}
