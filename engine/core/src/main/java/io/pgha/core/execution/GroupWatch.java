package io.pgha.core.execution;

import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.core.execution.StepRunner.Unmet;
import io.pgha.core.observation.Answers;
import io.pgha.core.observation.Fleet;
import io.pgha.core.plan.InstancePlanner;
import io.pgha.core.plan.PlannedInstance;
import io.pgha.core.plan.Rollouts;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.provider.Instance;
import io.pgha.provider.ResourceType;
import io.pgha.provider.change.Action;
import io.pgha.provider.change.Live;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.rollout.Effect;
import io.pgha.provider.rollout.Gate;
import io.pgha.provider.rollout.Group;
import io.pgha.provider.rollout.Wave;
import io.pgha.provider.step.Step;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Looks how a group is doing while it is being changed. */
final class GroupWatch {
  private final Fleet fleet;
  private final TypeRegistry types;
  private final InstancePlanner planner;
  private final FinalInstances instances;
  private final StepRunner steps;
  private final Diagnostics diagnostics;

  GroupWatch(
      Fleet fleet,
      TypeRegistry types,
      FinalInstances instances,
      StepRunner steps,
      Diagnostics diagnostics) {
    this.fleet = fleet;
    this.types = types;
    this.planner = new InstancePlanner(types);
    this.instances = instances;
    this.steps = steps;
    this.diagnostics = diagnostics;
  }

  /** The hosts that a group's members live on. */
  Set<String> hosts(List<PlannedInstance> members) {
    Set<String> hosts = new TreeSet<>();
    members.forEach(
        member -> hosts.addAll(planner.homes(member.instance(), instances.index(member))));
    return hosts;
  }

  /** The order of what is pending, by what is live now. */
  List<Wave> waves(String name, ExecutionOrder order, Map<String, Effect> pending)
      throws InterruptedException {
    List<PlannedInstance> members = members(name, order);
    return type(members).rollout().waves(observe(name, members), pending);
  }

  /** Why the pending changes must not be made as the group is now; empty text where they may. */
  String refusal(String name, ExecutionOrder order, Map<String, Effect> pending)
      throws InterruptedException {
    List<PlannedInstance> members = members(name, order);
    return type(members).rollout().refuse(observe(name, members), pending).stream()
        .filter(Diagnostic::isError)
        .findFirst()
        .map(refusal -> refusal.summary() + ": " + refusal.detail())
        .orElse("");
  }

  /** Waits for the group's gate; empty where it opens. */
  Optional<Unmet> gate(String name, ExecutionOrder order, PlannedInstance member)
      throws InterruptedException {
    List<PlannedInstance> members = members(name, order);
    Gate gate = type(members).rollout().gate(observe(name, members));
    if (gate.probes().isEmpty()) {
      return Optional.empty();
    }
    Step.Await await =
        new Step.Await(gate.description(), gate.probes(), gate.condition(), gate.timeout());
    return steps
        .await(await, member)
        .map(unmet ->
            new Unmet(gate.description() + " does not hold: " + unmet.reason(), unmet.stopped()));
  }

  private Group observe(String name, List<PlannedInstance> members) throws InterruptedException {
    Map<String, Instance> views = new TreeMap<>();
    Set<PlacedProbe> questions = new LinkedHashSet<>();
    for (PlannedInstance member : members) {
      Instance view = instances.latest(member);
      views.put(member.address(), view);
      questions.addAll(planner.probes(view));
    }
    Answers answers = fleet.ask(questions);
    Map<String, Live> live = new TreeMap<>();
    Set<String> removed = new TreeSet<>();
    for (PlannedInstance member : members) {
      Instance view = instances.latest(member);
      boolean reached =
          planner.homes(view, instances.index(member)).stream()
              .noneMatch(host -> answers.unreachable(host).isPresent());
      if (reached) {
        live.put(member.address(), types.type(view.type()).orElseThrow().read(view, answers));
      }
      if (member.action() == Action.DELETE) {
        removed.add(member.address());
      }
    }
    return new Group(name, new ArrayList<>(views.values()), live, removed);
  }

  /** Says that a group is not well, or not yet, after its last member was changed. */
  void report(PlannedInstance member, Unmet unmet) {
    String group = member.group().orElse("");
    Diagnostic why =
        unmet.stopped()
            ? Diagnostic.error(
                StepRunner.STOPPED,
                "Stopped before it was known whether all is well: " + group,
                "Its members are changed and recorded. You asked to stop, and it was not waited for"
                    + " any longer that they are well: "
                    + unmet.reason()
                    + ".")
            : Diagnostic.error(
                "not-healthy", "Not healthy after the change: " + group, unmet.reason() + ".");
    diagnostics.add(why.about(member.address()));
  }

  private static List<PlannedInstance> members(String name, ExecutionOrder order) {
    return Rollouts.groups(order.planned()).getOrDefault(name, List.of());
  }

  private ResourceType type(List<PlannedInstance> members) {
    return types.type(members.getFirst().type()).orElseThrow();
  }
}
