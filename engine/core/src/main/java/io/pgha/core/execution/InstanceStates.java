package io.pgha.core.execution;

import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.core.plan.ArtifactStates;
import io.pgha.core.plan.PlannedInstance;
import io.pgha.language.value.ObjectValue;
import io.pgha.provider.Instance;
import io.pgha.provider.change.ArtifactDigest;
import io.pgha.state.InstanceAddress;
import io.pgha.state.InstanceState;
import java.util.List;
import java.util.Map;

/** Makes what state keeps of an instance. */
final class InstanceStates {
  private InstanceStates() {}

  /**
   * What state keeps.
   *
   * @param view the instance as it is known now: what is secret in it may be known only by now
   */
  static InstanceState of(
      PlannedInstance instance,
      Instance view,
      ObjectValue attributes,
      List<ArtifactDigest> artifacts,
      Map<String, String> machineIds,
      boolean incomplete,
      TypeRegistry types) {
    return new InstanceState(
        InstanceAddress.parse(instance.address()),
        types.type(instance.type()).orElseThrow().schema().version(),
        attributes,
        view.sensitivePaths(),
        ArtifactStates.of(artifacts),
        machineIds,
        instance.dependencies(),
        false,
        incomplete);
  }
}
