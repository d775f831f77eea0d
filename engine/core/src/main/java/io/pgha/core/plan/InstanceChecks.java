package io.pgha.core.plan;

import io.pgha.core.Configuration;
import io.pgha.core.evaluation.ResourceInstance;
import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.provider.Instance;
import io.pgha.provider.ResourceType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What can be told of instances without a connection to any machine. */
final class InstanceChecks {
  private final Configuration configuration;
  private final TypeRegistry types;
  private final World world;

  InstanceChecks(Configuration configuration, World world) {
    this.configuration = configuration;
    this.types = configuration.types();
    this.world = world;
  }

  /** Checks each instance, and those of a type together. */
  void all(Diagnostics found) {
    each(found)
        .forEach((type, instances) ->
            type(type)
                .validateAll(instances)
                .forEach(finding -> found.add(Findings.placed(finding, world.configured()))));
  }

  /**
   * Checks each instance, and returns them by their type; of a type of which one lacks an argument
   * that is required, none: more would be said of what is known to be missing.
   */
  Map<String, List<Instance>> each(Diagnostics found) {
    Map<String, List<Instance>> byType = new TreeMap<>();
    Set<String> lacking = new HashSet<>();
    for (ResourceInstance configured : world.configured().values()) {
      ResourceType type = type(configured.type());
      Instance instance = world.desired().get(configured.address()).orElseThrow();
      byType.computeIfAbsent(configured.type(), _ -> new ArrayList<>()).add(instance);
      if (configured.hasRequired(type.schema())) {
        type.validate(instance).forEach(finding -> found.add(Findings.placed(finding, configured)));
      } else {
        lacking.add(configured.type());
      }
      Findings.references(instance, configured, world.desired(), type.schema()).forEach(found::add);
      Successors.impossible(configured, types).ifPresent(found::add);
    }
    DataSources.cycles(world.configured(), address -> Needs.of(address, world, types))
        .forEach(found::add);
    DataSources.scoped(world.configured(), configuration.module()).forEach(found::add);
    byType.keySet().removeAll(lacking);
    return byType;
  }

  private ResourceType type(String name) {
    return types.type(name).orElseThrow();
  }
}
