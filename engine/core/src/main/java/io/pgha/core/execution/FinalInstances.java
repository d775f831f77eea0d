package io.pgha.core.execution;

import io.pgha.core.evaluation.Evaluation;
import io.pgha.core.evaluation.InstanceIndex;
import io.pgha.core.evaluation.ResourceInstance;
import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.core.plan.ComputedValues;
import io.pgha.core.plan.Findings;
import io.pgha.core.plan.PlannedInstance;
import io.pgha.core.plan.Planner;
import io.pgha.core.plan.StoredValues;
import io.pgha.core.plan.World;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Unknowns;
import io.pgha.language.value.Value;
import io.pgha.provider.Instance;
import io.pgha.provider.change.Action;
import io.pgha.provider.schema.Attribute;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The instances with the values that are known by now: what was computed on machines during the run
 * flows into those that refer to it. Thread-safe.
 */
final class FinalInstances {
  private final Evaluation evaluation;
  private final Diagnostics evaluated;
  private final ComputedValues computed;
  private final InstanceIndex prior;
  private final Map<String, ResourceInstance> configured;
  private final Diagnostics diagnostics;
  private final TypeRegistry types;

  /** Goes on from what the planner evaluated. */
  FinalInstances(Planner planner, TypeRegistry types, Diagnostics diagnostics) {
    World world = planner.world();
    this.evaluation = world.evaluation();
    this.evaluated = world.evaluated();
    this.configured = world.configured();
    this.prior = world.prior();
    this.computed = planner.computed();
    this.diagnostics = diagnostics;
    this.types = types;
    world.desired().refreshBy(this::refresh);
    evaluation.beginApply();
  }

  /**
   * The instance as it is to be now.
   *
   * @throws ExecutionException where a value or condition turns out to be wrong by what is known
   *     now, or another than was planned
   */
  synchronized Instance view(PlannedInstance instance) throws ExecutionException {
    Instance now = again(instance);
    if (instance.configured().isPresent() && instance.action() != Action.DELETE) {
      checkValues(instance, instance.configured().get(), now);
    }
    return now;
  }

  /**
   * The same once its steps are done, when it is too late to refuse what came of them.
   *
   * @throws ExecutionException where a condition turns out to be wrong
   */
  synchronized Instance again(PlannedInstance instance) throws ExecutionException {
    instance.configured().ifPresent(evaluation::instance);
    fail(instance);
    List<Diagnostic> refused = instance.configured().map(evaluation::refused).orElse(List.of());
    if (!refused.isEmpty() && instance.action() != Action.DELETE) {
      throw new ExecutionException(refused.getFirst().about(instance.address()));
    }
    return latest(instance);
  }

  /** Nobody agreed to values that the plan didn't show. */
  private void checkValues(PlannedInstance planned, ResourceInstance configured, Instance now)
      throws ExecutionException {
    for (Attribute attribute : types.type(planned.type()).orElseThrow().schema().attributes()) {
      Value before = planned.instance().values().get(attribute.name());
      Value after = now.values().get(attribute.name());
      if (!before.equals(after)
          && StoredValues.keeps(attribute)
          && !Unknowns.admits(
              StoredValues.withoutSecrets(attribute, before),
              StoredValues.withoutSecrets(attribute, after))) {
        throw new ExecutionException(Findings.placed(another(planned, attribute), configured));
      }
    }
  }

  private static Diagnostic another(PlannedInstance planned, Attribute attribute) {
    return Diagnostic.error(
            "inconsistent-plan",
            "Not as planned: " + attribute.name() + " of " + planned.address(),
            "The plan had a value for it, which has become another during the apply: something that"
                + " it refers to did not turn out as was foreseen. Nothing more was done to this"
                + " instance; plan again.")
        .of(AttributePath.of(attribute.name()));
  }

  /**
   * Checks what is to be true of an instance once it was applied.
   *
   * @throws ExecutionException where it is not
   */
  synchronized void checkPostconditions(PlannedInstance instance) throws ExecutionException {
    // Nobody else needs it evaluated again right now.
    if (instance.configured().filter(c -> !c.lifecycle().postconditions().isEmpty()).isEmpty()) {
      return;
    }
    instance.configured().flatMap(evaluation::instance).ifPresent(evaluation::checkPostconditions);
    fail(instance);
  }

  /** Fails with the first error that evaluation found; the others are reported. */
  private void fail(PlannedInstance instance) throws ExecutionException {
    List<Diagnostic> found = evaluated.drain();
    found.stream().filter(d -> !d.isError()).forEach(diagnostics::add);
    List<Diagnostic> errors = found.stream().filter(Diagnostic::isError).toList();
    if (!errors.isEmpty()) {
      errors.stream().skip(1).forEach(diagnostics::add);
      throw new ExecutionException(errors.getFirst().about(instance.address()));
    }
  }

  /** The instance with what is known now, right or wrong: for looking at, not for changing. */
  Instance latest(PlannedInstance instance) {
    return index(instance).get(instance.address()).orElse(instance.instance());
  }

  /** The neighbours of an instance. */
  InstanceIndex index(PlannedInstance instance) {
    return instance.configured().isEmpty() ? prior : evaluation.index();
  }

  /** Takes what an applied instance turned out to be. */
  synchronized void learn(PlannedInstance instance, ObjectValue values) {
    if (computed.add(instance.address(), instance.type(), values)) {
      instance.configured().ifPresent(evaluation::learned);
    }
  }

  private synchronized void refresh(String address) {
    ResourceInstance instance = configured.get(address);
    if (instance != null && !evaluation.isRunning()) {
      evaluation.instance(instance);
    }
  }

  /** The names of what an output uses. */
  synchronized Set<String> outputDependencies(String name) {
    return evaluation.outputDependencies(name);
  }

  /** The root module's outputs as they are now; what check blocks say is reported. */
  synchronized Map<String, Value> outputs() {
    Map<String, Value> outputs = evaluation.outputs();
    evaluation.unused();
    evaluation.ephemerals();
    evaluation.checks();
    diagnostics.addAll(evaluated.drain());
    return outputs;
  }
}
