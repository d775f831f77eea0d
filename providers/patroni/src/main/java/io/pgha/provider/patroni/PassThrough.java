package io.pgha.provider.patroni;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.value.AttributePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Settings that are passed on to Patroni as they are must not contradict an argument. */
final class PassThrough {
  /** Paths of a node's file that arguments write. */
  private static final Map<String, String> NODE =
      Map.ofEntries(
          Map.entry("scope", "scope"),
          Map.entry("namespace", "namespace"),
          Map.entry("name", "name of patroni_node"),
          Map.entry("restapi.listen", "listen_address and rest_port of patroni_node"),
          Map.entry("restapi.connect_address", "address and rest_port of patroni_node"),
          Map.entry("restapi.authentication", "rest_api"),
          Map.entry("etcd", "etcd_endpoints (etcd 3.5 no longer serves the API of that section)"),
          Map.entry("etcd3.hosts", "etcd_endpoints"),
          Map.entry("etcd3.host", "etcd_endpoints"),
          Map.entry("etcd3.url", "etcd_endpoints"),
          Map.entry("bootstrap.dcs", "the arguments of patroni_cluster and dynamic_settings"),
          Map.entry("bootstrap.initdb", "initdb"),
          Map.entry("bootstrap.pg_hba", "pg_hba (that one counts once only)"),
          Map.entry("bootstrap.users", "pg_role (Patroni 4 ignores that section)"),
          Map.entry("postgresql.listen", "listen_address and port of patroni_node"),
          Map.entry("postgresql.connect_address", "address and port of patroni_node"),
          Map.entry("postgresql.data_dir", "data_dir of patroni_node"),
          Map.entry("postgresql.bin_dir", "bin_dir of patroni_node"),
          Map.entry("postgresql.pg_hba", "pg_hba"),
          Map.entry("postgresql.authentication.superuser", "superuser"),
          Map.entry("postgresql.authentication.replication", "replication"),
          Map.entry("postgresql.use_slots", "use_slots"),
          Map.entry("postgresql.use_pg_rewind", "use_pg_rewind"),
          Map.entry("postgresql.recovery_conf", "recovery_conf"),
          Map.entry("tags", "tags of patroni_node"));

  /** Patroni ignores local values of these: they must agree on all nodes. */
  private static final Set<String> CLUSTER_WIDE =
      Set.of(
          "max_connections",
          "max_locks_per_transaction",
          "max_worker_processes",
          "max_prepared_transactions",
          "wal_level",
          "track_commit_timestamp",
          "max_wal_senders",
          "max_replication_slots",
          "wal_keep_segments",
          "wal_keep_size",
          "wal_log_hints");

  private PassThrough() {}

  static List<Diagnostic> validate(ClusterConfig cluster) {
    List<Diagnostic> found = new ArrayList<>();
    dynamic(cluster, found);
    node(cluster.nodeSettings(), cluster, "node_settings", found);
    return found;
  }

  private static void dynamic(ClusterConfig cluster, List<Diagnostic> found) {
    Map<String, Object> settings = cluster.dynamicSettings();
    AttributePath root = AttributePath.of("dynamic_settings");
    for (String name : ClusterConfig.DYNAMIC) {
      if (settings.containsKey(name)) {
        found.add(contradiction(root.name(name), name, name));
      }
    }
    Map<String, Object> postgresql = Trees.child(settings, "postgresql");
    for (String name : List.of("use_pg_rewind", "use_slots", "parameters", "recovery_conf")) {
      if (postgresql.containsKey(name)) {
        found.add(contradiction(root.name("postgresql").name(name), "postgresql." + name, name));
      }
    }
    if (postgresql.containsKey("pg_hba")) {
      found.add(
          contradiction(root.name("postgresql").name("pg_hba"), "postgresql.pg_hba", "pg_hba"));
    }
  }

  /** What is wrong with settings that go into a node's file. */
  static void node(
      Map<String, Object> settings,
      ClusterConfig cluster,
      String argument,
      List<Diagnostic> found) {
    AttributePath root = AttributePath.of(argument);
    new TreeMap<>(NODE)
        .forEach((path, instead) -> {
          if (has(settings, List.of(path.split("\\.", -1)))) {
            found.add(contradiction(under(root, path), path, instead));
          }
        });
    if (Trees.child(settings, "restapi").containsKey("certfile")) {
      found.add(
          Diagnostic.error(
                  "no-tls",
                  "pgha can't reach a REST API with TLS yet",
                  "With restapi.certfile Patroni answers over https only, while pgha and the checks"
                      + " of haproxy_lb ask over http: the node would never be seen to join. Leave"
                      + " it out, and keep the port to the nodes and load balancers by a firewall;"
                      + " changes over the API need the password of rest_api.")
              .of(under(root, "restapi.certfile")));
    }
    for (String name : ClusterConfig.DYNAMIC) {
      if (settings.containsKey(name)) {
        found.add(
            contradiction(
                root.name(name), name, name + " of patroni_cluster (Patroni ignores it here)"));
      }
    }
    Map<String, Object> postgresql = Trees.child(settings, "postgresql");
    Trees.child(postgresql, "parameters")
        .keySet()
        .forEach(name -> {
          if (CLUSTER_WIDE.contains(name) || cluster.parameters().containsKey(name)) {
            found.add(
                contradiction(
                    under(root, "postgresql.parameters").name(name),
                    "postgresql.parameters." + name,
                    CLUSTER_WIDE.contains(name)
                        ? "parameters (Patroni ignores local values of it)"
                        : "parameters (a local value would silently win over it)"));
          }
        });
    if (postgresql.get("pgpass") instanceof String file && file.startsWith("/tmp/")) {
      found.add(
          Diagnostic.warning(
                  "trap",
                  "The password file is in /tmp",
                  "Its name is known and the folder is everybody's. Leave the setting out: pgha"
                      + " uses "
                      + NodeFile.PASSWORD_FILE
                      + ".")
              .of(under(root, "postgresql.pgpass")));
    }
  }

  private static boolean has(Map<String, Object> tree, List<String> path) {
    Map<String, Object> inner = tree;
    for (String name : path.subList(0, path.size() - 1)) {
      inner = Trees.child(inner, name);
    }
    return inner.containsKey(path.getLast());
  }

  private static AttributePath under(AttributePath root, String path) {
    AttributePath deeper = root;
    for (String name : path.split("\\.", -1)) {
      deeper = deeper.name(name);
    }
    return deeper;
  }

  private static Diagnostic contradiction(AttributePath path, String setting, String instead) {
    return Diagnostic.error(
            "contradicting-setting",
            setting + " has an argument of its own",
            "Two places for one setting would contradict each other. Instead of it, use "
                + instead
                + ".")
        .of(path);
  }
}
