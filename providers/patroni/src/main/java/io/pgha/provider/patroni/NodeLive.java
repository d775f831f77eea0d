package io.pgha.provider.patroni;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.Bool;
import io.pgha.language.value.Num;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.Value;
import io.pgha.provider.artifact.Artifact;
import io.pgha.provider.artifact.Artifacts;
import io.pgha.provider.artifact.CertificateDrift;
import io.pgha.provider.artifact.ConfiguredUnit;
import io.pgha.provider.change.Live;
import io.pgha.provider.probe.CommandOutput;
import io.pgha.provider.probe.FileFacts;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.probe.Reach;
import io.pgha.provider.probe.UnitFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a node's host says of it.
 *
 * @param node the node
 * @param cluster its cluster
 * @param answers what its host answered
 * @param facts what is on its disk
 * @param etcd the cluster's keys
 * @param patroni its own answer to {@code GET /patroni}; empty where it does not run
 * @param view the cluster as it sees it
 */
record NodeLive(
    NodeConfig node,
    ClusterConfig cluster,
    ProbeResults answers,
    NodeFacts facts,
    EtcdKeys etcd,
    Map<String, Object> patroni,
    Optional<ClusterView> view) {
  static final String UNIT = "patroni.service";

  /** The questions; none while host or cluster are unknown. */
  static List<PlacedProbe> probes(NodeConfig node) {
    Optional<ClusterConfig> cluster = node.cluster();
    if (cluster.isEmpty() || node.host().isEmpty()) {
      return List.of();
    }
    Set<PlacedProbe> probes = new LinkedHashSet<>();
    List<Artifact> artifacts = artifacts(node, cluster.get(), Optional.empty(), false);
    probes.addAll(Artifacts.probes(artifacts));
    probes.add(new PlacedProbe(node.host(), NodeFacts.probe(node, cluster.get().version())));
    probes.add(new PlacedProbe(node.host(), EtcdKeys.probe(cluster.get())));
    probes.addAll(ClusterView.probes(List.of(node), "/patroni"));
    probes.addAll(ClusterView.probes(List.of(node), "/cluster"));
    probes.addAll(reach(node, cluster.get()).probes());
    probes.addAll(NodeDrift.service(node).probes());
    probes.addAll(HbaDrift.probes(node, cluster.get()));
    probes.addAll(
        CertificateDrift.probes(node.host(), NodeCertificates.paths(node, cluster.get())));
    return List.copyOf(probes);
  }

  /** The ports of etcd and of the other nodes that a node needs. */
  static Reach reach(NodeConfig node, ClusterConfig cluster) {
    List<Reach.Port> ports = new ArrayList<>();
    cluster.etcdAuthorities().stream()
        .flatMap(authority -> Reach.Port.of(authority).stream())
        .forEach(ports::add);
    cluster.nodes().stream()
        .filter(other -> !other.name().equals(node.name()) && !other.address().isEmpty())
        .flatMap(other ->
            Stream.of(
                new Reach.Port(other.address(), other.port()),
                new Reach.Port(other.address(), other.restPort())))
        .forEach(ports::add);
    return new Reach(node.host(), NodeFile.PATH, ports);
  }

  /** A warning where it does not reach what it needs, before it is made. */
  List<Diagnostic> unreachable() {
    return reach(node, cluster)
        .warnings(
            answers,
            node.instance(),
            "Without etcd a node waits, without the others it can't follow their leader.");
  }

  static NodeLive of(NodeConfig node, ProbeResults answers) {
    ClusterConfig cluster =
        node.cluster()
            .orElseThrow(() -> new IllegalArgumentException("a node is read with its cluster"));
    Probe<CommandOutput> facts = NodeFacts.probe(node, cluster.version());
    Probe<CommandOutput> etcd = EtcdKeys.probe(cluster);
    return new NodeLive(
        node,
        cluster,
        answers,
        NodeFacts.of(answers.get(node.host(), facts)),
        EtcdKeys.of(answers.get(node.host(), etcd), cluster),
        ClusterView.answer(node, "/patroni", answers).orElse(Map.of()),
        ClusterView.of(List.of(node), answers));
  }

  /** What the node owns on its host; see {@link NodeFile} for the two last. */
  static List<Artifact> artifacts(
      NodeConfig node, ClusterConfig cluster, Optional<String> liveFile, boolean initialized) {
    String host = node.host();
    List<Artifact> artifacts = new ArrayList<>();
    String server = packages(cluster).getFirst();
    for (String name : packages(cluster)) {
      boolean kept = name.equals(server) || name.equals("patroni");
      artifacts.add(
          new Artifact.OfPackage(
              host,
              name,
              name.equals(server) ? node.packageVersion() : Optional.empty(),
              kept ? node.held() : Optional.empty()));
    }
    artifacts.add(
        new Artifact.OfDirectory(host, node.dataDirectory(), 0700, "postgres", "postgres"));
    cluster
        .archiveDirectory()
        .ifPresent(path ->
            artifacts.add(new Artifact.OfDirectory(host, path, 0700, "postgres", "postgres")));
    artifacts.add(NodeFile.artifact(node, cluster, liveFile, initialized));
    artifacts.add(new Artifact.OfUnit(host, UNIT, true, true));
    artifacts.add(new Artifact.OfUnit(host, "postgresql.service", false, false));
    return artifacts;
  }

  /** Debian's patroni imports its etcd3 code only where python3-etcd is there. */
  static List<String> packages(ClusterConfig cluster) {
    return List.of(
        "postgresql-" + cluster.version(), "patroni", "python3-psycopg2", "python3-etcd");
  }

  /** What the node owns, its file's bootstrap section as it is live. */
  List<Artifact> artifacts() {
    return artifacts(node, cluster, fileText(), etcd.initialize().isPresent() || runs());
  }

  private Optional<String> fileText() {
    return answers
        .get(node.host(), new Probe.OfFile(NodeFile.PATH, Probe.Content.TEXT))
        .found()
        .flatMap(FileFacts::text);
  }

  Optional<UnitFacts> unit() {
    return answers.get(node.host(), new Probe.OfUnit(UNIT)).found();
  }

  boolean unitRuns() {
    return unit().map(UnitFacts::isActive).orElse(false);
  }

  /** Patroni takes its file when it is started or reloaded. */
  ConfiguredUnit configured() {
    return new ConfiguredUnit(node.host(), UNIT, NodeFile.PATH);
  }

  /** Whether Patroni answers. */
  boolean runs() {
    return !patroni.isEmpty();
  }

  Optional<ClusterView.Member> member() {
    return view.flatMap(each -> each.member(node.name()));
  }

  boolean leads() {
    return member().map(ClusterView.Member::leads).orElse(false);
  }

  /**
   * Whether the data directory was left by this very node when it was destroyed, or belongs to the
   * cluster that etcd knows while no Patroni and no configuration is here.
   */
  boolean isKept() {
    boolean same =
        facts.identifier().isPresent()
            && facts.identifier().equals(etcd.initialize())
            && !runs()
            && fileText().isEmpty();
    return isMarked() || same;
  }

  /** Whether this very node left the data directory behind when it was destroyed. */
  private boolean isMarked() {
    return facts.kept().filter(text -> text.strip().equals(mark(node, cluster))).isPresent();
  }

  /** What marks a data directory that outlives its node. */
  static String mark(NodeConfig node, ClusterConfig cluster) {
    return cluster.prefix() + " " + node.name();
  }

  Live live() {
    List<Artifact> artifacts = artifacts();
    List<String> foreign = new ArrayList<>();
    Artifacts.Finding finding =
        Artifacts.find(
            artifacts.stream().filter(Artifact.OfFile.class::isInstance).toList(), answers);
    if (!finding.found().isEmpty()) {
      foreign.add(finding.found());
    }
    if (facts.hasData() && !isKept()) {
      foreign.add(
          "Found a data directory %s%s%s that this configuration did not make."
              .formatted(
                  node.dataDirectory(),
                  facts.version().map(version -> " of PostgreSQL " + version).orElse(""),
                  facts.identifier().map(id -> " (system identifier " + id + ")").orElse("")));
    }
    boolean running = unitRuns() || runs();
    // The cluster's own data without its file is a node that lost it, and may be made again.
    Live.Presence presence =
        !foreign.isEmpty() || running || (facts.hasData() && !isMarked())
            ? Live.Presence.PRESENT
            : Live.Presence.ABSENT;
    String found =
        !foreign.isEmpty()
            ? String.join(" ", foreign)
            : running ? "Found Patroni running on " + node.name() + "." : "";
    return new Live(presence, found, attributes(), Artifacts.read(artifacts, answers), answers);
  }

  String usedMain() {
    return "PostgreSQL's cluster %d/main, which is not proven to be unused: %s"
        .formatted(cluster.version(), facts.whyUsed());
  }

  private ObjectValue attributes() {
    Map<String, Value> attributes = new LinkedHashMap<>();
    if (runs()) {
      attributes.put("role", new Str(ClusterView.text(patroni, "role")));
      String replication = ClusterView.text(patroni, "replication_state");
      attributes.put(
          "state",
          new Str(replication.isEmpty() ? ClusterView.text(patroni, "state") : replication));
      ClusterView.number(patroni, "timeline")
          .ifPresent(timeline -> attributes.put("timeline", new Num(timeline)));
      attributes.put(
          "pending_restart", Bool.of(Boolean.TRUE.equals(patroni.get("pending_restart"))));
      member()
          .flatMap(ClusterView.Member::lag)
          .ifPresent(lag -> attributes.put("lag", new Num(lag)));
    }
    return ObjectValue.of(attributes);
  }
}
