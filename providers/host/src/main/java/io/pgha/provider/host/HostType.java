package io.pgha.provider.host;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.Num;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.Value;
import io.pgha.provider.Instance;
import io.pgha.provider.ResourceType;
import io.pgha.provider.Values;
import io.pgha.provider.artifact.Artifact;
import io.pgha.provider.artifact.Artifacts;
import io.pgha.provider.artifact.CertificateDrift;
import io.pgha.provider.change.Change;
import io.pgha.provider.change.Live;
import io.pgha.provider.change.PlanRequest;
import io.pgha.provider.drift.Difference;
import io.pgha.provider.drift.FindingKind;
import io.pgha.provider.probe.MachineFacts;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.schema.Schema;
import io.pgha.provider.transport.HostConnection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The resource type {@code host}. */
final class HostType implements ResourceType {
  private final Connections connections;

  HostType(Map<String, String> environment) {
    this.connections = new Connections(environment);
  }

  @Override
  public String name() {
    return "host";
  }

  @Override
  public Schema schema() {
    return HostSchema.SCHEMA;
  }

  @Override
  public Optional<HostConnection> connection(Instance instance) {
    return connections.of(instance);
  }

  @Override
  public List<Diagnostic> validate(Instance instance) {
    return new HostValidation(instance).diagnostics();
  }

  @Override
  public List<Diagnostic> validateAll(List<Instance> instances) {
    return HostValidation.between(instances);
  }

  @Override
  public List<PlacedProbe> probes(Instance instance) {
    String host = instance.address();
    List<PlacedProbe> probes = new ArrayList<>();
    probes.add(new PlacedProbe(host, new Probe.OfMachine()));
    probes.addAll(Artifacts.probes(declared(instance)));
    probes.addAll(CertificateDrift.probes(host, new Contents(instance).certificates()));
    if (isTimeManaged(instance)) {
      probes.addAll(new Clock(host).probes());
    }
    return probes.stream().distinct().toList();
  }

  @Override
  public Live read(Instance instance, ProbeResults results) {
    List<Artifact> files = new ArrayList<>(new Contents(instance).files());
    files.addAll(new Contents(instance).sources());
    Artifacts.Finding finding = Artifacts.find(files, results);
    boolean foreign = finding.presence() == Live.Presence.PRESENT;
    return new Live(
        foreign ? Live.Presence.PRESENT : Live.Presence.DEFAULT,
        finding.found(),
        attributes(instance, results),
        Artifacts.read(artifacts(instance, results), results),
        results);
  }

  @Override
  public Change plan(PlanRequest request) {
    HostPlan plan = new HostPlan(request);
    return request.deletion() ? plan.removal() : plan.change();
  }

  @Override
  public List<Difference> drift(PlanRequest applied, List<Difference> differences) {
    return HostDrift.of(applied, differences);
  }

  @Override
  public List<FindingKind> findings() {
    return HostDrift.FINDINGS;
  }

  /** What configuration alone names. */
  private static List<Artifact> declared(Instance instance) {
    Contents contents = new Contents(instance);
    List<Artifact> all = new ArrayList<>(contents.sources());
    all.addAll(contents.packages());
    all.addAll(contents.files());
    all.addAll(contents.services());
    return once(all);
  }

  /** What the host must hold, each once; an entry of the configuration wins. */
  static List<Artifact> artifacts(Instance instance, ProbeResults results) {
    List<Artifact> all = new ArrayList<>(declared(instance));
    if (isTimeManaged(instance)) {
      all.addAll(new Clock(instance.address()).artifacts(results));
    }
    return once(all);
  }

  private static List<Artifact> once(List<Artifact> artifacts) {
    Map<String, Artifact> byKey = new LinkedHashMap<>();
    for (Artifact artifact : artifacts) {
      boolean exact =
          artifact instanceof Artifact.OfPackage software && software.version().isPresent();
      if (exact) {
        byKey.put(artifact.key(), artifact);
      } else {
        byKey.putIfAbsent(artifact.key(), artifact);
      }
    }
    return List.copyOf(byKey.values());
  }

  private static boolean isTimeManaged(Instance instance) {
    return Values.of(instance).bool(HostSchema.TIME).orElse(true);
  }

  /** The machine's facts as attributes, its name among them. */
  static ObjectValue attributes(Instance instance, ProbeResults results) {
    Optional<MachineFacts> machine = results.get(instance.address(), new Probe.OfMachine()).found();
    Map<String, Value> values = new TreeMap<>();
    machine.ifPresent(facts -> {
      values.put("os", new Str(facts.osId()));
      values.put("os_version", new Str(facts.osVersion()));
      values.put("codename", new Str(facts.osCodename()));
      values.put("architecture", new Str(facts.architecture()));
      values.put("processors", Num.of(facts.processors()));
      values.put(HostSchema.MEMORY, Num.of(rounded(facts.memoryBytes())));
      values.put("machine_id", new Str(facts.machineId()));
      values.put("kernel", new Str(facts.kernel()));
      values.put(HostSchema.CLOCK_OFFSET, Num.of(facts.clockOffsetMillis()));
    });
    return ObjectValue.of(values);
  }

  /** Down to one of 32 steps between two powers of two. */
  private static long rounded(long bytes) {
    return bytes - bytes % step(bytes);
  }

  static long step(long bytes) {
    return Math.max(1, Long.highestOneBit(bytes) / 32);
  }
}
