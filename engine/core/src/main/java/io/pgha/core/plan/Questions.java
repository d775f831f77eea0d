package io.pgha.core.plan;

import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.core.observation.Answers;
import io.pgha.core.observation.Observer;
import io.pgha.provider.Instance;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.transport.HostConnection;
import io.pgha.state.InstanceState;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Asks machines what a plan has to know, everything once, and keeps what they said. */
final class Questions {
  private final InstancePlanner planner;
  private final boolean refresh;
  private final Function<String, Optional<HostConnection>> connections;
  private final Map<String, InstanceState> recorded;

  /** Those of what is recorded that it was said of that they are looked at. */
  private final Set<String> begun = new HashSet<>();

  /** Those of them that it was said of that they were. */
  private final Set<String> done = new HashSet<>();

  private Answers answers = Answers.NONE;

  /** Which instances there is something to ask of, by what is known of their neighbours. */
  private final IdentityHashMap<Instance, Boolean> onMachines = new IdentityHashMap<>();

  /** The hosts that could not be asked as it was not known how to reach them. */
  private final Set<String> unplaced = new TreeSet<>();

  /**
   * Nothing asked yet.
   *
   * @param refresh whether machines are to be asked for the plan
   * @param connections how to reach a host by what is known now, by the address of its instance
   * @param recorded what state has, by address
   */
  Questions(
      InstancePlanner planner,
      boolean refresh,
      Function<String, Optional<HostConnection>> connections,
      Map<String, InstanceState> recorded) {
    this.planner = planner;
    this.refresh = refresh;
    this.connections = connections;
    this.recorded = recorded;
  }

  /** What machines have said so far. */
  Answers answers() {
    return answers;
  }

  /** Takes what somebody else asked for, in place of all that was asked for here. */
  void take(Questions others) {
    answers = others.answers;
    begun.addAll(others.begun);
    done.addAll(others.done);
  }

  /** Says that more is known of instances: a neighbour may say where to ask. */
  void neighboursChanged() {
    onMachines.clear();
  }

  /** Whether all that would be asked of an instance is asked, or was. */
  boolean isSeen(Instance instance) {
    return refresh
        || !isOnMachines(instance)
        || (TypeRegistry.isData(instance.type())
            && planner.probes(instance).stream().allMatch(answers::asked));
  }

  /** What there is to ask is known by writing out an instance's files, so it is asked for once. */
  boolean isOnMachines(Instance instance) {
    return onMachines.computeIfAbsent(instance, each -> !planner.probes(each).isEmpty());
  }

  /** Asks all that instances want to know, where machines are to be asked for the plan. */
  void ask(Observer machines, Collection<Instance> instances) throws InterruptedException {
    if (refresh) {
      machines.refreshing(() -> begin(instances));
      askAnyway(machines, instances);
      machines.refreshed(() -> finish(instances));
    }
  }

  /** The same, and those of them that are hosts can be connected before it is known what to ask. */
  void askSoon(Observer machines, Collection<Instance> instances) throws InterruptedException {
    if (refresh) {
      Set<String> homes = new TreeSet<>();
      instances.stream()
          .filter(each -> each.type().equals(InstancePlanner.HOST))
          .map(Instance::address)
          .filter(this::isPlaced)
          .forEach(homes::add);
      machines.expect(homes);
    }
    ask(machines, instances);
  }

  /** Asks all that instances want to know and that was not asked before. */
  void askAnyway(Observer machines, Collection<Instance> instances) throws InterruptedException {
    Set<PlacedProbe> questions = new LinkedHashSet<>();
    for (Instance instance : instances) {
      for (PlacedProbe placed : planner.probes(instance)) {
        boolean placedSince = unplaced.contains(placed.host()) && isPlaced(placed.host());
        if (!answers.asked(placed) || placedSince) {
          questions.add(placed);
        }
      }
    }
    if (!questions.isEmpty()) {
      answers = answers.and(machines.ask(questions));
      unplaced.clear();
      answers.hosts().keySet().stream().filter(host -> !isPlaced(host)).forEach(unplaced::add);
    }
  }

  private List<InstanceState> begin(Collection<Instance> instances) {
    return instances.stream()
        .map(Instance::address)
        .filter(address -> recorded.containsKey(address) && begun.add(address))
        .map(recorded::get)
        .toList();
  }

  /** A host that could not be placed at first may be reached once more is known. */
  private List<InstanceState> finish(Collection<Instance> instances) {
    return instances.stream()
        .filter(each -> begun.contains(each.address()) && isReached(each))
        .map(Instance::address)
        .filter(done::add)
        .map(recorded::get)
        .toList();
  }

  private boolean isReached(Instance instance) {
    return planner.probes(instance).stream()
        .noneMatch(placed -> answers.unreachable(placed.host()).isPresent());
  }

  private boolean isPlaced(String host) {
    return connections.apply(host).isPresent();
  }
}
