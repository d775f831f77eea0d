package io.pgha.core.execution;

import io.pgha.core.Configuration;
import io.pgha.core.evaluation.Evaluation;
import io.pgha.core.evaluation.InstanceIndex;
import io.pgha.core.plan.ComputedValues;
import io.pgha.core.plan.PlannedInstance;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Value;
import io.pgha.provider.Instance;
import io.pgha.provider.change.Action;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The instances with the values that are known by now: what was computed on machines during the run
 * flows into those that refer to it. Thread-safe.
 */
final class FinalInstances {
  private final Configuration configuration;
  private final ComputedValues computed;
  private final InstanceIndex planned;
  private final InstanceIndex prior;
  private final Diagnostics diagnostics;
  private @Nullable Evaluation current;

  FinalInstances(
      Configuration configuration,
      ComputedValues computed,
      InstanceIndex planned,
      InstanceIndex prior,
      Diagnostics diagnostics) {
    this.configuration = configuration;
    this.computed = computed;
    this.planned = planned;
    this.prior = prior;
    this.diagnostics = diagnostics;
  }

  /** The instance as it is to be now. */
  Instance view(PlannedInstance instance) {
    return index(instance).get(instance.address()).orElse(instance.instance());
  }

  /** The neighbours of an instance. */
  synchronized InstanceIndex index(PlannedInstance instance) {
    if (instance.action() == Action.DELETE && instance.configured().isEmpty()) {
      return prior;
    }
    Evaluation evaluation = current;
    return evaluation == null ? planned : evaluation.index();
  }

  /** Takes what an applied instance turned out to be; evaluates anew where that is news. */
  synchronized void learn(PlannedInstance instance, ObjectValue values) {
    if (computed.add(instance.address(), instance.type(), values)) {
      Evaluation evaluation =
          configuration.evaluation(computed.all(), computed.applied(), diagnostics);
      evaluation.instances();
      current = evaluation;
    }
  }

  /** The root module's outputs as they are now. */
  synchronized Map<String, Value> outputs() {
    Evaluation evaluation =
        configuration.evaluation(computed.all(), computed.applied(), diagnostics);
    return evaluation.outputs();
  }
}
