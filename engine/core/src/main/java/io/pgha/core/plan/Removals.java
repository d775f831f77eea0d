package io.pgha.core.plan;

import io.pgha.core.Configuration;
import io.pgha.core.observation.Observer;
import io.pgha.core.plan.InstancePlanner.Circumstances;
import io.pgha.core.plan.InstancePlanner.Outcome;
import io.pgha.language.value.ObjectValue;
import io.pgha.provider.Instance;
import io.pgha.provider.ResourceType;
import io.pgha.provider.change.Action;
import io.pgha.state.InstanceState;
import io.pgha.state.State;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Plans how what others take the place of is taken away. */
final class Removals {
  private final InstancePlanner planner;
  private final Configuration configuration;
  private final Refactoring refactoring;
  private final State state;
  private final Questions questions;
  private final World world;

  Removals(Configuration configuration, Refactoring refactoring, Questions questions, World world) {
    this.planner = new InstancePlanner(configuration.types());
    this.configuration = configuration;
    this.refactoring = refactoring;
    this.state = refactoring.state();
    this.questions = questions;
    this.world = world;
  }

  /** What is replaced is taken away where it was last applied, which may be another place. */
  void ofReplaced(Observer machines, Map<String, PlannedInstance> planned)
      throws InterruptedException {
    Map<String, Instance> applied = new TreeMap<>();
    for (PlannedInstance instance : planned.values()) {
      InstanceState prior = state.instances().get(instance.address());
      boolean seen = questions.isSeen(instance.instance());
      if (instance.action() == Action.REPLACE && prior != null && seen) {
        applied.put(instance.address(), planner.applied(prior, world.desired()));
      }
    }
    questions.ask(machines, applied.values());
    applied.forEach((address, old) -> {
      InstanceState prior = state.instances().get(address);
      PlannedInstance instance = planned.get(address);
      if (prior != null && instance != null) {
        planned.put(
            address,
            instance.withRemoval(
                planner.removal(prior, old, world.desired(), questions.answers())));
      }
    });
  }

  /** What earlier replacements put aside and did not come to remove is removed now. */
  void ofDeposed(Observer machines, Selection selection, Map<String, PlannedInstance> planned)
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
        aside.put(object.id(), planner.applied(object, world.desired()));
      }
    }
    questions.ask(machines, aside.values());
    aside.forEach((id, old) -> planned.put(id, deposed(id, old)));
  }

  private PlannedInstance deposed(String id, Instance old) {
    InstanceState object = Objects.requireNonNull(state.deposed().get(id));
    ResourceType type = configuration.types().type(old.type()).orElseThrow();
    Circumstances circumstances =
        new Circumstances(
            world.desired(), Optional.of(object), questions.answers(), true, false, "");
    Outcome outcome =
        questions.isSeen(old)
            ? planner.plan(old, circumstances)
            : planner.unseen(old, circumstances);
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
        SecretPaths.of(type.schema(), old),
        object.dependencies(),
        Optional.of(object),
        false,
        type.group(old),
        Reason.of("a replacement put it aside and did not come to remove it"),
        outcome.obstacle());
  }
}
