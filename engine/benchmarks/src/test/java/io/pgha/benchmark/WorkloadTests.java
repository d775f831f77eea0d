package io.pgha.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgha.core.plan.Plan;
import io.pgha.provider.change.Action;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkloadTests {
  @ParameterizedTest
  @ValueSource(ints = {4, 10, 100, 300})
  void aWorkloadHasAsManyInstancesAsItWasAskedFor(int instances) throws Exception {
    Plan plan = Bench.plan(Bench.configuration(instances));
    assertThat(plan.count(Action.CREATE)).isEqualTo(instances);
    assertThat(plan.instances()).hasSize(instances);
    assertThat(plan.outputs()).hasSize(1);
  }

  @Test
  void whatCannotBeDealtOutIsRefused() {
    assertThatThrownBy(() -> Workload.of(150))
        .hasMessage("150 instances: more than 100 must be a multiple of it");
    assertThatThrownBy(() -> Workload.of(3))
        .hasMessage("1 groups of 3: it takes 1 to 1024 of at least 4");
    assertThatThrownBy(() -> Workload.of(200_000))
        .hasMessage("2000 groups of 100: it takes 1 to 1024 of at least 4");
  }

  @Test
  void theStandInForTerraformsStateHasAllInstances(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("terraform.tfstate");
    TerraformState.write(Workload.of(300), file);
    JsonNode state = new ObjectMapper().readTree(file.toFile());
    int instances = 0;
    for (JsonNode resource : state.get("resources")) {
      instances += resource.get("instances").size();
    }
    assertThat(instances).isEqualTo(300);
    assertThat(state.at("/outputs/leaders/value")).hasSize(3);
  }
}
