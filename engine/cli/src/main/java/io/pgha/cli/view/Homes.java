package io.pgha.cli.view;

import io.pgha.core.plan.Plan;
import io.pgha.core.plan.PlannedInstance;
import io.pgha.language.value.Str;
import io.pgha.language.value.Value;
import io.pgha.provider.change.Change;
import io.pgha.provider.step.PlacedStep;
import io.pgha.provider.step.Target;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Knows on which host an instance of a plan lives. */
final class Homes {
  private final Plan plan;
  private final Map<String, PlannedInstance> instances = new HashMap<>();

  Homes(Plan plan) {
    this.plan = plan;
    plan.instances().forEach(instance -> instances.put(instance.address(), instance));
  }

  /** The name of the one host that an instance lives on; empty text where there is no such host. */
  String of(PlannedInstance instance) {
    return home(instance).map(plan::hostName).orElse("");
  }

  private Optional<String> home(PlannedInstance instance) {
    if (plan.hostNames().containsKey(instance.address())) {
      return Optional.of(instance.address());
    }
    Value host = instance.instance().values().attributes().get("host");
    if (host instanceof Str(String address) && plan.hostNames().containsKey(address)) {
      return Optional.of(address);
    }
    Set<String> hosts = new TreeSet<>();
    Stream.concat(Stream.of(instance.change()), instance.removal().stream())
        .forEach(change -> addHosts(change, hosts));
    return hosts.size() == 1
        ? Optional.of(hosts.iterator().next()).filter(plan.hostNames()::containsKey)
        : Optional.empty();
  }

  private static void addHosts(Change change, Set<String> hosts) {
    change.artifacts().forEach(artifact -> hosts.add(artifact.host()));
    for (PlacedStep placed :
        Stream.concat(change.prepare().stream(), change.activate().stream()).toList()) {
      switch (placed.target()) {
        case Target.Host(String host) -> hosts.add(host);
        // Whoever leads: no host of its own.
        case Target.Leader(String group) -> hosts.add(group);
      }
    }
  }

  /** A member of a group as people call it: its host where it has one, else its address. */
  String shortName(String address) {
    PlannedInstance instance = instances.get(address);
    String home = instance == null ? "" : of(instance);
    return home.isEmpty() ? address : home;
  }
}
