package io.pgha.provider.patroni;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Where a node's servers have certificates, as its settings say. */
final class NodeCertificates {
  /** PostgreSQL's own parameters, and Patroni's for its REST API, its clients and etcd. */
  private static final Set<String> SETTINGS =
      Set.of(
          "ssl_cert_file",
          "ssl_ca_file",
          "certfile",
          "cafile",
          "cert",
          "cacert",
          "sslcert",
          "sslrootcert");

  private NodeCertificates() {}

  /** The paths, each once. */
  static List<String> paths(NodeConfig node, ClusterConfig cluster) {
    Set<String> paths = new TreeSet<>();
    cluster.parameters().forEach((name, value) -> add(paths, node, name, value));
    collect(paths, node, cluster.dynamicSettings());
    collect(paths, node, node.settings());
    return List.copyOf(paths);
  }

  private static void collect(Set<String> paths, NodeConfig node, Map<?, ?> settings) {
    settings.forEach((name, value) -> {
      if (value instanceof Map<?, ?> inner) {
        collect(paths, node, inner);
      } else {
        add(paths, node, String.valueOf(name), value);
      }
    });
  }

  /** PostgreSQL takes a path that is not absolute from its data directory. */
  private static void add(Set<String> paths, NodeConfig node, String name, Object value) {
    if (SETTINGS.contains(name) && value instanceof String path && !path.isEmpty()) {
      paths.add(path.startsWith("/") ? path : node.dataDirectory() + "/" + path);
    }
  }
}
