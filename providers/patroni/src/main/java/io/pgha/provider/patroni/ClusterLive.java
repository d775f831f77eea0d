package io.pgha.provider.patroni;

import io.pgha.language.value.MapValue;
import io.pgha.language.value.Num;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.language.value.Value;
import io.pgha.provider.change.Live;
import io.pgha.provider.drift.Since;
import io.pgha.provider.probe.CommandOutput;
import io.pgha.provider.probe.Credentials;
import io.pgha.provider.probe.FileFacts;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResults;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the hosts of a cluster's nodes say of it.
 *
 * @param etcd its keys in etcd
 * @param config the dynamic configuration; empty where there is none yet
 * @param view the cluster as a member sees it; empty where no member answers
 */
record ClusterLive(
    ClusterConfig cluster,
    ProbeResults answers,
    EtcdKeys etcd,
    Optional<Map<String, Object>> config,
    Optional<ClusterView> view) {

  /** The hosts to ask: those of its nodes, and those that had its nodes last. */
  static List<String> hosts(ClusterConfig cluster) {
    TreeSet<String> hosts = new TreeSet<>();
    cluster.nodes().forEach(node -> hosts.add(node.host()));
    if (hosts.isEmpty()) {
      hosts.addAll(cluster.values().strings("member_hosts"));
    }
    hosts.remove("");
    return List.copyOf(hosts);
  }

  static List<PlacedProbe> probes(ClusterConfig cluster) {
    List<PlacedProbe> probes = new ArrayList<>();
    for (String host : hosts(cluster)) {
      probes.add(new PlacedProbe(host, EtcdKeys.probe(cluster)));
    }
    probes.addAll(ClusterView.probes(cluster.nodes(), "/cluster"));
    probes.addAll(ClusterView.probes(cluster.nodes(), "/config"));
    probes.addAll(ClusterView.probes(cluster.nodes(), "/patroni"));
    probes.addAll(LiveNodeFile.probes(cluster.nodes()));
    probes.addAll(PatroniRoles.probes(cluster));
    probes.addAll(RunningSettings.probes(cluster));
    for (NodeConfig node : cluster.nodes()) {
      if (!node.host().isEmpty()) {
        probes.add(new PlacedProbe(node.host(), cache(node)));
      }
    }
    return probes;
  }

  /** Patroni writes it whenever it learns of another dynamic configuration. */
  private static Probe<FileFacts> cache(NodeConfig node) {
    return new Probe.OfFile(node.dataDirectory() + "/patroni.dynamic.json", Probe.Content.NONE);
  }

  /** Since when the dynamic configuration is as it is, by the node that learnt of it last. */
  Since configured() {
    return cluster.nodes().stream()
        .filter(node -> !node.host().isEmpty())
        .flatMap(node -> answers.get(node.host(), cache(node)).found().stream())
        .map(facts -> new Since(facts.modified(), "Patroni's copy of its configuration"))
        .max(Comparator.comparingLong(Since::at))
        .orElse(Since.UNKNOWN);
  }

  static ClusterLive of(ClusterConfig cluster, ProbeResults answers) {
    EtcdKeys etcd = EtcdKeys.SILENT;
    Probe<CommandOutput> question = EtcdKeys.probe(cluster);
    for (String host : hosts(cluster)) {
      if (!etcd.answered()) {
        etcd = EtcdKeys.of(answers.get(host, question), cluster);
      }
    }
    Optional<Map<String, Object>> config =
        cluster.nodes().stream()
            .flatMap(node -> ClusterView.answer(node, "/config", answers).stream())
            .filter(body -> body.containsKey("postgresql") || body.containsKey("ttl"))
            .findFirst();
    return new ClusterLive(
        cluster, answers, etcd, config.or(etcd::config), ClusterView.of(cluster.nodes(), answers));
  }

  /** Whether the cluster was ever bootstrapped and has a configuration to compare. */
  boolean isBootstrapped() {
    return config.isPresent();
  }

  /** Whether anybody is a member. */
  boolean hasMembers() {
    return view.filter(each -> !each.members().isEmpty()).isPresent() || !etcd.members().isEmpty();
  }

  /** Whether any node was made already: it has its file. */
  boolean hasNodes() {
    return !nodesMade().isEmpty();
  }

  private List<String> nodesMade() {
    return cluster.nodes().stream()
        .filter(node -> !LiveNodeFile.of(node, answers).tree().isEmpty())
        .map(NodeConfig::name)
        .toList();
  }

  /** What is there of the cluster, for people. */
  String traces() {
    TreeSet<String> names = new TreeSet<>(etcd.members());
    view.ifPresent(each -> each.members().forEach(member -> names.add(member.name())));
    names.addAll(nodesMade());
    return names.isEmpty()
        ? "its keys under " + cluster.prefix() + " in etcd"
        : String.join(", ", names);
  }

  /** The roles that Patroni logs in with. */
  PatroniRoles roles() {
    return PatroniRoles.of(cluster, answers);
  }

  /** Who may change the cluster through a node: as the node has it now, or will once it is made. */
  Optional<Credentials> credentials(NodeConfig node) {
    return LiveNodeFile.of(node, answers).restCredentials().or(cluster::restCredentials);
  }

  /** The node of a member's name. */
  Optional<NodeConfig> node(String name) {
    return cluster.nodes().stream().filter(node -> node.name().equals(name)).findFirst();
  }

  Live live() {
    boolean there = isBootstrapped() && hasMembers();
    String found = "";
    if (there) {
      List<String> names =
          view.map(each -> each.members().stream().map(ClusterView.Member::name).toList())
              .orElse(etcd.members());
      found =
          "Found a Patroni cluster under %s in etcd%s with the members %s."
              .formatted(
                  cluster.prefix(),
                  etcd.initialize().map(id -> " (system identifier " + id + ")").orElse(""),
                  String.join(", ", names));
    }
    return new Live(presence(there), found, attributes(), List.of(), answers);
  }

  /** Where nobody answers it may be there and silent; only etcd can say that there is none. */
  private Live.Presence presence(boolean there) {
    boolean none = etcd.initialize().isEmpty() && config.isEmpty();
    if (there || (etcd.answered() && !none)) {
      return Live.Presence.PRESENT;
    }
    return etcd.answered() ? Live.Presence.ABSENT : Live.Presence.UNKNOWN;
  }

  /**
   * The dynamic configuration as arguments: what configuration gives an argument for is read into
   * that, the rest into {@code dynamic_settings}.
   */
  private ObjectValue attributes() {
    Map<String, Value> attributes = new LinkedHashMap<>();
    config.ifPresent(settings -> settings(settings, attributes));
    view.flatMap(ClusterView::leader)
        .ifPresent(leader -> {
          attributes.put("leader", new Str(leader.name()));
          leader.timeline().ifPresent(each -> attributes.put("timeline", new Num(each)));
        });
    etcd.initialize()
        .filter(id -> !id.isEmpty())
        .ifPresent(id -> attributes.put("system_identifier", new Str(id)));
    return ObjectValue.of(attributes);
  }

  private void settings(Map<String, Object> live, Map<String, Value> attributes) {
    Map<String, Object> rest = new LinkedHashMap<>(live);
    Map<String, Object> postgresql = new LinkedHashMap<>(Trees.child(live, "postgresql"));
    take(ClusterConfig.DYNAMIC, rest, attributes);
    take(ClusterConfig.DYNAMIC_POSTGRESQL, postgresql, attributes);
    attributes.put("parameters", texts(postgresql.remove("parameters")));
    if (!cluster.values().get("recovery_conf").isNull()) {
      attributes.put("recovery_conf", texts(postgresql.remove("recovery_conf")));
    }
    if (postgresql.isEmpty()) {
      rest.remove("postgresql");
    } else {
      rest.put("postgresql", postgresql);
    }
    attributes.put("dynamic_settings", Trees.value(rest));
  }

  /** Takes what is declared out of the live settings. */
  private void take(List<String> names, Map<String, Object> live, Map<String, Value> attributes) {
    for (String name : names) {
      Value declared = cluster.values().get(name);
      if (!declared.isNull()) {
        Object found = live.remove(name);
        attributes.put(
            name,
            found == null
                ? new io.pgha.language.value.Null(declared.type())
                : declared instanceof Str ? new Str(Trees.text(found)) : Trees.value(found));
      }
    }
  }

  private static Value texts(@org.jspecify.annotations.Nullable Object tree) {
    Map<String, Value> texts = new TreeMap<>();
    if (tree instanceof Map<?, ?> map) {
      Trees.strings(map).forEach((name, value) -> texts.put(name, new Str(Trees.text(value))));
    }
    return MapValue.of(Type.STRING, texts);
  }
}
