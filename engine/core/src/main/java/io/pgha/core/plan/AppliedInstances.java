package io.pgha.core.plan;

import io.pgha.core.evaluation.InstanceIndex;
import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.core.observation.Answers;
import io.pgha.core.plan.InstancePlanner.Circumstances;
import io.pgha.core.plan.InstancePlanner.Outcome;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.AttributePath;
import io.pgha.provider.Instance;
import io.pgha.provider.ResourceType;
import io.pgha.provider.change.Change;
import io.pgha.provider.change.Live;
import io.pgha.provider.change.PlanRequest;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.schema.Schema;
import io.pgha.state.InstanceState;
import io.pgha.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The instances as they were last applied, among neighbours as last applied. Configuration takes
 * part only where state lacks something: secrets, and how a host is reached.
 *
 * <p>Thread-safe.
 */
public final class AppliedInstances {
  private final State state;
  private final TypeRegistry types;
  private final InstancePlanner planner;
  private final InstanceIndex applied;
  private final Selection selection;
  private final Deferrals deferrals;

  /** What is asked of instances: to know that takes writing out their files. */
  private final Map<String, List<PlacedProbe>> probes = new ConcurrentHashMap<>();

  AppliedInstances(
      TypeRegistry types,
      State state,
      InstanceIndex configured,
      Selection selection,
      Deferrals deferrals) {
    this.deferrals = deferrals;
    this.state = state;
    this.types = types;
    this.selection = selection;
    this.planner = new InstancePlanner(types);
    this.applied = new InstanceIndex(types, null);
    for (InstanceState object : state.instances().values()) {
      String address = object.address().text();
      applied.add(
          address,
          object.address().type(),
          planner.lastApplied(object, configured.get(address)),
          object.sensitivePaths());
    }
  }

  /** The instances that there is something to compare of. */
  public List<Instance> all() {
    List<Instance> some = new ArrayList<>();
    for (Instance instance : applied.all()) {
      boolean whole = !object(instance).incomplete();
      if (whole
          && selection.includes(instance.address())
          && !isUntold(instance)
          && !probes(instance).isEmpty()) {
        some.add(instance);
      }
    }
    return some;
  }

  /**
   * The addresses of the instances that can't be compared, as their secrets are not known: it can't
   * be told whether configuration has them.
   */
  public List<String> untold() {
    return applied.all().stream()
        .filter(instance -> selection.includes(instance.address()) && isUntold(instance))
        .<String>map(Instance::address)
        .toList();
  }

  private boolean isUntold(Instance instance) {
    return deferrals.covers(instance.address())
        && type(instance).schema().attributes().stream().anyMatch(InstancePlanner::holdsSecret);
  }

  /** The instances that an apply began and did not finish: how they were left nobody knows. */
  public List<Instance> unfinished() {
    List<Instance> some = new ArrayList<>();
    for (Instance instance : applied.all()) {
      if (object(instance).incomplete() && selection.includes(instance.address())) {
        some.add(instance);
      }
    }
    return some;
  }

  /** The questions that tell how an instance is doing. */
  public List<PlacedProbe> probes(Instance instance) {
    return probes.computeIfAbsent(
        instance.address(), address -> List.copyOf(planner.probes(instance)));
  }

  /** What state says of an instance. */
  public InstanceState object(Instance instance) {
    return Objects.requireNonNull(state.instances().get(instance.address()));
  }

  /** The resource type of an instance. */
  public ResourceType type(Instance instance) {
    return types.type(instance.type()).orElseThrow();
  }

  /** The parts of an instance that are never to be shown. */
  public Set<AttributePath> secretPaths(Instance instance) {
    Schema schema = type(instance).schema();
    Set<AttributePath> paths = SecretPaths.of(schema, instance);
    paths.addAll(object(instance).sensitivePaths());
    return paths;
  }

  /** The addresses of the hosts that an instance lives on. */
  public Set<String> homes(Instance instance) {
    return planner.homes(instance, applied);
  }

  /** A host's name for people. */
  public String hostName(String host) {
    return InstancePlanner.hostName(applied, host);
  }

  /**
   * What was seen of an instance.
   *
   * @param live what the machines say; empty where it could not be looked at
   * @param obstacle why it could not
   */
  public record Look(Optional<Live> live, List<Diagnostic> obstacle) {
    public Look {
      obstacle = List.copyOf(obstacle);
    }
  }

  /** Looks at an instance. */
  public Look look(Instance instance, Answers answers) {
    Outcome outcome =
        planner.look(
            instance,
            new Circumstances(applied, Optional.of(object(instance)), answers, false, false, ""));
    return new Look(outcome.live(), outcome.obstacle());
  }

  /** What it would take to have an instance again as it was last applied. */
  public Change change(Instance instance, Live live) {
    return type(instance).plan(request(instance, live));
  }

  /** What {@link #change} asks a resource type. */
  public PlanRequest request(Instance instance, Live live) {
    return new PlanRequest(
        instance, false, Optional.of(InstancePlanner.prior(object(instance))), live, true);
  }

  /** What only does not run is not gone: a file or a folder of it is still there. */
  public boolean isGone(Instance instance, Live live) {
    Set<String> owned =
        object(instance).artifacts().stream()
            .map(artifact -> artifact.host() + " " + artifact.key())
            .collect(Collectors.toSet());
    return live.presence() == Live.Presence.ABSENT
        && live.artifacts().stream()
            .filter(artifact -> artifact.key().matches("(?s)(file|directory):.*"))
            .noneMatch(artifact -> owned.contains(artifact.host() + " " + artifact.key()));
  }
}
