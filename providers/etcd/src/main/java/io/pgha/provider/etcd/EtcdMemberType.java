package io.pgha.provider.etcd;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.Bool;
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
import io.pgha.provider.probe.FileFacts;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.rollout.RolloutPolicy;
import io.pgha.provider.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The resource type {@code etcd_member}. */
final class EtcdMemberType implements ResourceType {
  @Override
  public String name() {
    return "etcd_member";
  }

  @Override
  public Schema schema() {
    return EtcdMemberSchema.SCHEMA;
  }

  @Override
  public Map<String, Value> derive(Instance instance) {
    return EtcdMember.of(instance)
        .filter(member -> !member.address().isEmpty())
        .map(member ->
            Map.<String, Value>of(
                EtcdMemberSchema.CLIENT_URL, new Str(member.clientUrl()),
                EtcdMemberSchema.PEER_URL, new Str(member.peerUrl())))
        .orElse(Map.of());
  }

  @Override
  public List<Diagnostic> validate(Instance instance) {
    return new EtcdValidation(instance).diagnostics();
  }

  @Override
  public List<Diagnostic> validateAll(List<Instance> instances) {
    return EtcdValidation.between(instances);
  }

  @Override
  public List<PlacedProbe> probes(Instance instance) {
    return EtcdMember.of(instance).map(EtcdMemberType::probes).orElse(List.of());
  }

  /** All that is asked of a member. */
  static List<PlacedProbe> probes(EtcdMember member) {
    List<PlacedProbe> probes = new ArrayList<>(Artifacts.probes(artifacts(member)));
    String host = member.host();
    probes.add(new PlacedProbe(host, new Probe.OfFile(member.membership(), Probe.Content.NONE)));
    probes.add(new PlacedProbe(host, new Probe.OfFile(member.keptNote(), Probe.Content.TEXT)));
    probes.add(new PlacedProbe(host, ClusterView.probe(member)));
    probes.addAll(member.reach().probes());
    probes.addAll(EtcdDrift.service(member).probes());
    probes.addAll(CertificateDrift.probes(host, EtcdEnvironment.certificates(member)));
    return probes;
  }

  /** What a member owns on its host, with the file as it is first made. */
  static List<Artifact> artifacts(EtcdMember member) {
    return artifacts(member, EtcdEnvironment.first(member));
  }

  static List<Artifact> artifacts(EtcdMember member, String environment) {
    String host = member.host();
    return List.of(
        // Its health is asked by curl.
        new Artifact.OfPackage(host, "curl", Optional.empty(), Optional.empty()),
        new Artifact.OfPackage(host, "etcd-server", Optional.empty(), member.held()),
        new Artifact.OfPackage(host, "etcd-client", Optional.empty(), member.held()),
        new Artifact.OfDirectory(host, member.dataDir(), 0700, "etcd", "etcd"),
        new Artifact.OfFile(
            host,
            EtcdEnvironment.PATH,
            EtcdEnvironment.fragments(environment, member.secrets()),
            // systemd reads it, as root.
            member.secrets().isEmpty() ? 0644 : 0600,
            "root",
            "root",
            Optional.empty(),
            Optional.empty()),
        new Artifact.OfUnit(host, EtcdSteps.UNIT, true, true));
  }

  @Override
  public Live read(Instance instance, ProbeResults results) {
    Optional<EtcdMember> member = EtcdMember.of(instance);
    if (member.isEmpty()) {
      return new Live(Live.Presence.ABSENT, "", ObjectValue.EMPTY, List.of(), results);
    }
    Finding finding = find(member.get(), results);
    return new Live(
        finding.presence(),
        finding.found(),
        attributes(ClusterView.of(member.get(), results)),
        Artifacts.read(artifacts(member.get()), results),
        results);
  }

  @Override
  public Change plan(PlanRequest request) {
    Optional<EtcdMember> member = EtcdMember.of(request.instance());
    if (member.isEmpty()) {
      return EtcdPlan.unknown(request);
    }
    EtcdPlan plan = new EtcdPlan(member.get(), request);
    return request.deletion() ? plan.removal() : plan.change();
  }

  @Override
  public List<Difference> drift(PlanRequest applied, List<Difference> differences) {
    return EtcdMember.of(applied.instance())
        .map(member -> new EtcdDrift(member, applied).of(differences))
        .orElse(differences);
  }

  @Override
  public List<FindingKind> findings() {
    return EtcdFinding.ALL;
  }

  @Override
  public Optional<String> group(Instance instance) {
    return Values.of(instance).string(EtcdMemberSchema.TOKEN).map(token -> "etcd cluster " + token);
  }

  @Override
  public RolloutPolicy rollout() {
    return new EtcdRollout();
  }

  /** What is there, looked at as if nothing was ever applied. */
  private record Finding(Live.Presence presence, String found) {}

  private static Finding find(EtcdMember member, ProbeResults results) {
    Artifacts.Finding artifacts = Artifacts.find(artifacts(member), results);
    List<String> found = new ArrayList<>();
    if (!artifacts.found().isEmpty()) {
      found.add(configuration(member, results).orElse(artifacts.found()));
    }
    ClusterView view = ClusterView.of(member, results);
    view.stranger()
        .filter(answer -> !isUnused(answer))
        .ifPresent(answer ->
            found.add(
                "An etcd of another cluster (%s, member %s, revision %d) runs there."
                    .formatted(answer.clusterId(), answer.memberId(), answer.revision())));
    boolean unused = view.stranger().filter(EtcdMemberType::isUnused).isPresent();
    if (hasData(member, results) && !isKept(member, results) && !unused) {
      found.add("There is data of an etcd member in %s.".formatted(member.dataDir()));
    }
    return found.isEmpty()
        ? new Finding(artifacts.presence(), "")
        : new Finding(Live.Presence.PRESENT, String.join(" ", found));
  }

  /** Whose member the file configures, in words. */
  private static Optional<String> configuration(EtcdMember member, ProbeResults results) {
    return results
        .get(member.host(), new Probe.OfFile(EtcdEnvironment.PATH, Probe.Content.TEXT))
        .found()
        .flatMap(FileFacts::text)
        .flatMap(text ->
            EtcdEnvironment.value(text, "ETCD_NAME")
                .map(name ->
                    "%s configures the etcd member %s%s."
                        .formatted(
                            EtcdEnvironment.PATH,
                            name,
                            EtcdEnvironment.value(text, "ETCD_INITIAL_CLUSTER_TOKEN")
                                .map(token -> " of the cluster " + token)
                                .orElse(""))));
  }

  /** Whether an etcd is the cluster of one that an unconfigured package makes, never written to. */
  static boolean isUnused(ClusterView.Answer answer) {
    return answer.clusterId().equals(EtcdSteps.DEFAULT_CLUSTER)
        && answer.members().size() == 1
        && answer.revision() == 1;
  }

  static boolean hasData(EtcdMember member, ProbeResults results) {
    return results
        .get(member.host(), new Probe.OfFile(member.membership(), Probe.Content.NONE))
        .found()
        .isPresent();
  }

  /** Whether the data is what this very member left behind when it was destroyed. */
  static boolean isKept(EtcdMember member, ProbeResults results) {
    return results
        .get(member.host(), new Probe.OfFile(member.keptNote(), Probe.Content.TEXT))
        .found()
        .flatMap(FileFacts::text)
        .filter(member.keptText()::equals)
        .isPresent();
  }

  /** What can be read of a member that runs. */
  static ObjectValue attributes(ClusterView view) {
    Map<String, Value> values = new TreeMap<>();
    view.own()
        .ifPresent(answer -> {
          values.put(EtcdMemberSchema.MEMBER_ID, new Str(answer.memberId()));
          values.put(EtcdMemberSchema.CLUSTER_ID, new Str(answer.clusterId()));
          values.put(EtcdMemberSchema.VERSION, new Str(answer.version()));
          values.put(EtcdMemberSchema.LEADER, Bool.of(answer.isLeader()));
          values.put(EtcdMemberSchema.HEALTH, new Str(answer.healthy() ? "healthy" : "unhealthy"));
        });
    return ObjectValue.of(values);
  }
}
