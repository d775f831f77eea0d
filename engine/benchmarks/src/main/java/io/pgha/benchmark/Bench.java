package io.pgha.benchmark;

import io.pgha.core.Configuration;
import io.pgha.core.Project;
import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.core.observation.Fleet;
import io.pgha.core.plan.Plan;
import io.pgha.core.plan.PlanOptions;
import io.pgha.core.plan.Planner;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.value.Num;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.provider.builtin.BuiltinProvider;
import io.pgha.state.InstanceAddress;
import io.pgha.state.InstanceState;
import io.pgha.state.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the benchmarks of parts of the engine start from. */
final class Bench {
  private Bench() {}

  static TypeRegistry types() {
    return new TypeRegistry(List.of(new BuiltinProvider()));
  }

  /** The configuration of a workload, loaded. */
  static Configuration configuration(int instances) throws IOException {
    Path folder = Files.createTempDirectory("pgha-jmh");
    try {
      Workload.of(instances).write(folder, ".pgha.hcl");
      Diagnostics diagnostics = new Diagnostics();
      Optional<Configuration> configuration =
          Project.load(folder, new Project.Given(Map.of(), List.of()), types(), diagnostics)
              .configuration();
      return configuration.orElseThrow(
          () -> new IllegalStateException(diagnostics.all().toString()));
    } finally {
      delete(folder);
    }
  }

  /** A plan that creates all of a configuration. */
  static Plan plan(Configuration configuration) throws InterruptedException {
    Diagnostics diagnostics = new Diagnostics();
    Planner planner = new Planner(configuration, State.EMPTY, PlanOptions.NORMAL, diagnostics);
    try (Fleet fleet = new Fleet(Bench::noTransport, planner::connection)) {
      return planner
          .plan(fleet)
          .orElseThrow(() -> new IllegalStateException(diagnostics.all().toString()));
    }
  }

  private static io.pgha.provider.transport.Transport noTransport() {
    throw new IllegalStateException("terraform_data is on no machine");
  }

  /** An instance as state has it after an apply. */
  static InstanceState instance(int index) {
    String group = "module.group[\"group-" + index / 100 + "\"].";
    String id = "00000000-0000-4000-8000-%012d".formatted(index);
    ObjectValue input =
        ObjectValue.of(Map.of("key", new Str("label-" + index), "leader", new Str(id)));
    return new InstanceState(
        InstanceAddress.parse(group + "terraform_data.label[\"label-" + index % 100 + "\"]"),
        1,
        ObjectValue.of(
            Map.of("id", new Str(id), "input", input, "output", input, "number", Num.of(index))),
        List.of(),
        List.of(),
        Map.of(),
        Set.of(group + "terraform_data.leader", group + "terraform_data.member[0]"),
        false,
        false);
  }

  static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
