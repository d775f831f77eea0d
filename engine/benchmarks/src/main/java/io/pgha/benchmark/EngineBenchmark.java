package io.pgha.benchmark;

import io.pgha.core.Configuration;
import io.pgha.core.evaluation.ResourceInstance;
import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.core.execution.ExecutionOrder;
import io.pgha.core.plan.Plan;
import io.pgha.core.plan.PlannedInstance;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.value.ObjectValue;
import io.pgha.provider.ResourceType;
import io.pgha.provider.change.Action;
import io.pgha.provider.change.Live;
import io.pgha.provider.change.PlanRequest;
import io.pgha.provider.change.Prior;
import io.pgha.provider.probe.ProbeResults;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Evaluation, planning, comparing and ordering of a whole workload. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss512m"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EngineBenchmark {
  /** How many instances there are. */
  @Param({"1000", "10000"})
  public int instances;

  private TypeRegistry types;
  private Configuration configuration;
  private Plan plan;
  private List<PlannedInstance> applied;
  private Live live;

  /** Called by JMH. */
  @Setup
  public void setUp() throws IOException, InterruptedException {
    types = Bench.types();
    configuration = Bench.configuration(instances);
    plan = Bench.plan(configuration);
    if (plan.count(Action.CREATE) != instances) {
      throw new IllegalStateException("not all planned: " + plan.count(Action.CREATE));
    }
    applied = plan.instances();
    ProbeResults nothing = applied.getFirst().live().orElseThrow().answers();
    live = new Live(Live.Presence.ABSENT, "", ObjectValue.EMPTY, List.of(), nothing);
  }

  /** Configuration into instances. */
  @Benchmark
  public List<ResourceInstance> evaluate() {
    return configuration.evaluation(Map.of(), Map.of(), new Diagnostics()).instances();
  }

  /** Evaluation and the plan of a first apply. */
  @Benchmark
  public Plan plan() throws InterruptedException {
    return Bench.plan(configuration);
  }

  /** The comparison of what is desired with what was applied, where they are the same. */
  @Benchmark
  public int diff() {
    int changes = 0;
    for (PlannedInstance each : applied) {
      ResourceType type = types.type(each.type()).orElseThrow();
      PlanRequest request =
          new PlanRequest(
              each.instance(), false, Optional.of(new Prior(each.after(), List.of())), live, false);
      changes += type.plan(request).action() == Action.NO_OP ? 0 : 1;
    }
    return changes;
  }

  /** The graph of a plan, with its check for cycles. */
  @Benchmark
  public ExecutionOrder order() {
    return ExecutionOrder.of(plan, types);
  }
}
