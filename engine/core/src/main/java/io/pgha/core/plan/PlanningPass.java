package io.pgha.core.plan;

import io.pgha.core.Configuration;
import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.provider.Instance;
import io.pgha.provider.ResourceType;
import io.pgha.provider.Values;
import io.pgha.state.InstanceState;
import io.pgha.state.State;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Plans all instances that a plan is about, once, by what is known by then. */
final class PlanningPass {
  private final Means means;
  private final World world;
  private final Deferrals deferrals;
  private final TypeRegistry types;
  private final State state;
  private final Map<String, Boolean> alone = new TreeMap<>();

  /**
   * What all passes of a plan have in common.
   *
   * @param mode what the plan is for
   * @param planner decides by what machines say
   * @param questions what machines were asked so far
   * @param singles plans one instance each
   * @param triggered what is replaced because of others; may grow from pass to pass
   */
  record Means(
      Configuration configuration,
      Refactoring refactoring,
      Mode mode,
      InstancePlanner planner,
      Questions questions,
      SingleInstances singles,
      TriggeredReplacements triggered) {}

  PlanningPass(Means means, World world, Deferrals deferrals) {
    this.means = means;
    this.world = world;
    this.deferrals = deferrals;
    this.types = means.configuration().types();
    this.state = means.refactoring().state();
  }

  /**
   * Plans all.
   *
   * @param before what was planned before more was learned: still right where nobody looks at
   *     others
   */
  Map<String, PlannedInstance> plan(Selection selection, Map<String, PlannedInstance> before) {
    Map<String, PlannedInstance> planned = new TreeMap<>();
    Set<String> sources = new LinkedHashSet<>();
    for (String address : addresses(selection)) {
      PlannedInstance known = before.get(address);
      if (TypeRegistry.isData(world.instance(address).type())) {
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
      new DataSources(planned, sources, new Sources()).plan();
    }
    state
        .instances()
        .forEach((address, object) -> {
          if (isForgotten(address) && selection.includes(address)) {
            planned.put(address, means.refactoring().forgotten(object, world.desired()));
          }
        });
    return planned;
  }

  /** What is planned, as machines are asked about it. */
  List<Instance> subjects(Selection selection) {
    return addresses(selection).stream().map(this::subject).toList();
  }

  /** The data sources among that. */
  List<Instance> sources(Selection selection) {
    return addresses(selection).stream()
        .map(world::instance)
        .filter(instance -> TypeRegistry.isData(instance.type()))
        .toList();
  }

  private Set<String> addresses(Selection selection) {
    Set<String> all = new LinkedHashSet<>();
    if (means.mode() == Mode.NORMAL) {
      all.addAll(world.configured().keySet());
    }
    state.instances().keySet().stream().filter(address -> !isForgotten(address)).forEach(all::add);
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

  private boolean isForgotten(String address) {
    return means.refactoring().isForgotten(address, world.configured());
  }

  private Optional<String> group(String address) {
    Instance instance = world.instance(address);
    return type(instance.type()).group(instance);
  }

  /** What is taken away goes as it was last applied, whatever configuration says by now. */
  private Instance subject(String address) {
    InstanceState prior = state.instances().get(address);
    return means.mode() == Mode.DESTROY && prior != null
        ? means.planner().applied(prior, world.desired())
        : world.instance(address);
  }

  private PlannedInstance planOne(String address) {
    Instance instance = subject(address);
    Questions questions = means.questions();
    return means
        .singles()
        .plan(
            instance,
            new SingleInstances.Knowledge(
                world, questions.answers(), questions.isSeen(instance), deferrals));
  }

  private boolean isUpToDate(PlannedInstance planned) {
    return planned.configured().isPresent()
        && (!means.triggered().includes(planned.address())
            || planned.reason().kind() == ActionReason.REPLACE_TRIGGERED)
        && planned.configured().get().equals(world.configured().get(planned.address()));
  }

  /** Whether instances of a type neither refer to others nor are referred to. */
  private boolean standsAlone(String name) {
    return alone.computeIfAbsent(
        name,
        key ->
            type(key).schema().attributes().stream().allMatch(a -> a.reference().isEmpty())
                && types.names().stream()
                    .flatMap(other -> type(other).schema().attributes().stream())
                    .noneMatch(a -> a.reference().filter(key::equals).isPresent()));
  }

  private ResourceType type(String name) {
    return types.type(name).orElseThrow();
  }

  /** What planning the data sources takes. */
  private final class Sources implements DataSources.Planning {
    @Override
    public Set<String> needs(String address) {
      return Needs.of(address, world, types);
    }

    @Override
    public Optional<Reason> unasked(String address) {
      Instance instance = world.instance(address);
      if (Values.of(instance).unknownArgument(type(instance.type()).schema()).isPresent()) {
        return Optional.of(
            new Reason(
                ActionReason.READ_CONFIG_UNKNOWN, "it is asked for by what is known after apply"));
      }
      return means.questions().isSeen(instance)
          ? Optional.empty()
          : Optional.of(Reason.of("no machine was asked"));
    }

    @Override
    public List<String> follows(String address) {
      return type(world.instance(address).type()).follows();
    }

    @Override
    public PlannedInstance read(String address) {
      return planOne(address);
    }

    @Override
    public PlannedInstance later(String address, Reason reason) {
      Instance instance = world.instance(address);
      return DataSources.later(
          world.configuredInstance(address), instance, type(instance.type()), reason);
    }
  }
}
