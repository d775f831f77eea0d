package io.pgha.provider.patroni;

import io.pgha.provider.probe.CommandOutput;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The cluster's keys in etcd, read through etcd's own JSON gateway so that no client is needed.
 *
 * @param answered whether etcd answered at all
 * @param keys key, without the cluster's folder, to value
 */
record EtcdKeys(boolean answered, Map<String, String> keys) {
  /** Nobody could be asked. */
  static final EtcdKeys SILENT = new EtcdKeys(false, Map.of());

  EtcdKeys {
    keys = Map.copyOf(keys);
  }

  /** The question: one range over the cluster's folder, through the first endpoint that answers. */
  static Probe<CommandOutput> probe(ClusterConfig cluster) {
    EtcdGateway gateway = EtcdGateway.of(cluster);
    Map<String, Object> folder = EtcdGateway.folder(cluster.prefix());
    return Probe.OfCommand.of(
            "command -v curl >/dev/null || exit 127\n" + gateway.range(folder, "exit 0") + "exit 7")
        .unless(gateway.fetch(folder).stream().toList());
  }

  /** What a host's answer says. */
  static EtcdKeys of(ProbeResult<CommandOutput> result, ClusterConfig cluster) {
    Optional<Map<String, Object>> answer =
        result
            .found()
            .filter(CommandOutput::succeeded)
            .flatMap(output -> Trees.parseObject(output.output()));
    if (answer.isEmpty() || !answer.get().containsKey("header")) {
      return SILENT;
    }
    Map<String, String> keys = new TreeMap<>();
    if (answer.get().get("kvs") instanceof List<?> pairs) {
      for (Object pair : pairs) {
        if (pair instanceof Map<?, ?> map
            && map.get("key") instanceof String key
            && map.get("value") instanceof String value) {
          String name = EtcdGateway.text(key);
          if (name.startsWith(cluster.prefix())) {
            keys.put(name.substring(cluster.prefix().length()), EtcdGateway.text(value));
          }
        }
      }
    }
    return new EtcdKeys(true, keys);
  }

  /** The system identifier of the cluster that was bootstrapped; empty where none was yet. */
  Optional<String> initialize() {
    return Optional.ofNullable(keys.get("initialize"));
  }

  /** The name of the member that holds the leader lock. */
  Optional<String> leader() {
    return Optional.ofNullable(keys.get("leader")).filter(name -> !name.isEmpty());
  }

  /** The names of the members that are registered. */
  List<String> members() {
    return keys.keySet().stream()
        .filter(key -> key.startsWith("members/"))
        .map(key -> key.substring("members/".length()))
        .sorted()
        .toList();
  }

  /** The dynamic configuration. */
  Optional<Map<String, Object>> config() {
    return Optional.ofNullable(keys.get("config")).flatMap(Trees::parseObject);
  }
}
