package io.pgha.state;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What was applied.
 *
 * @param lineage names this state for as long as it lives; empty for one that was never written
 * @param serial counts up with every write
 * @param toolVersion the version of pgha that wrote it
 * @param journal the id of the journal that was last folded into it; empty for none
 * @param instances the current instances by address
 * @param deposed the objects that replacements put aside, by {@link InstanceState#id}
 * @param outputs the root module's outputs by name
 * @param hosts the hosts by the address of their instance
 * @param checks what the checks last came to
 */
public record State(
    String lineage,
    long serial,
    String toolVersion,
    String journal,
    SortedMap<String, InstanceState> instances,
    SortedMap<String, InstanceState> deposed,
    SortedMap<String, OutputState> outputs,
    SortedMap<String, HostState> hosts,
    List<CheckResult> checks) {
  /** Nothing was ever applied. */
  public static final State EMPTY = new State("", 0, new TreeMap<>(), new TreeMap<>());

  public State {
    instances = ArtifactState.sorted(instances);
    deposed = ArtifactState.sorted(deposed);
    outputs = ArtifactState.sorted(outputs);
    hosts = ArtifactState.sorted(hosts);
    checks = List.copyOf(checks);
  }

  /** A state of instances and outputs only. */
  public State(
      String lineage,
      long serial,
      SortedMap<String, InstanceState> instances,
      SortedMap<String, OutputState> outputs) {
    this(lineage, serial, "", "", instances, new TreeMap<>(), outputs, new TreeMap<>(), List.of());
  }

  /** All objects: those of the instances, then what replacements put aside and did not remove. */
  public Stream<InstanceState> objects() {
    return Stream.concat(instances.values().stream(), deposed.values().stream());
  }

  /** Whether the content is the same, whoever wrote it and however often. */
  public boolean hasContentOf(State other) {
    return instances.equals(other.instances)
        && deposed.equals(other.deposed)
        && outputs.equals(other.outputs)
        && hosts.equals(other.hosts)
        && checks.equals(other.checks);
  }
}
