package io.pgha.provider.patroni;

import io.pgha.provider.artifact.Artifact;
import io.pgha.provider.step.Fragment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The file that Patroni reads on a node. */
final class NodeFile {
  static final String PATH = "/etc/patroni/config.yml";
  static final String PASSWORD_FILE = "/var/lib/postgresql/.pgpass_patroni";

  private static final String COMMENT =
      "Written by pgha: the next apply takes changes made here back.";

  /** From its first line to the next line that is not indented. */
  private static final Pattern BOOTSTRAP =
      Pattern.compile("^bootstrap:.*\\n(?:(?:[ #-].*)?\\n)*", Pattern.MULTILINE);

  private NodeFile() {}

  /**
   * The file of a node.
   *
   * <p>Its {@code bootstrap} section counts only while there is no cluster. Where there is a file
   * already, that section stays as it is, so that a change of the cluster's settings does not touch
   * every node.
   *
   * @param live the text of the file as it is, if it is there
   * @param initialized whether the cluster was bootstrapped
   */
  static Artifact.OfFile artifact(
      NodeConfig node, ClusterConfig cluster, Optional<String> live, boolean initialized) {
    return new Artifact.OfFile(
        node.host(),
        PATH,
        content(node, cluster, initialized ? live.flatMap(NodeFile::bootstrap) : Optional.empty()),
        0640,
        "root",
        "postgres",
        Optional.of("patroni --validate-config --ignore-listen-port \"$FILE\""),
        Optional.empty());
  }

  private static Optional<String> bootstrap(String live) {
    Matcher matcher = BOOTSTRAP.matcher(live);
    return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
  }

  static List<Fragment> content(
      NodeConfig node, ClusterConfig cluster, Optional<String> bootstrap) {
    Map<String, Object> whole = tree(node, cluster);
    whole = Trees.merge(whole, node.settings());
    if (bootstrap.isEmpty()) {
      return YamlFile.render(COMMENT, whole);
    }
    // The kept section goes where the rendered one would: a stand-in holds its place.
    whole.put("bootstrap", "kept");
    List<Fragment> fragments = new ArrayList<>();
    for (Fragment fragment : YamlFile.render(COMMENT, whole)) {
      fragments.add(
          fragment.secret()
              ? fragment
              : Fragment.plain(
                  Pattern.compile("^bootstrap: kept\\n", Pattern.MULTILINE)
                      .matcher(fragment.text())
                      .replaceFirst(Matcher.quoteReplacement(bootstrap.get()))));
    }
    return List.copyOf(fragments);
  }

  /** All that arguments say, in the order of Patroni's documentation. */
  static Map<String, Object> tree(NodeConfig node, ClusterConfig cluster) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("scope", cluster.scope());
    tree.put("namespace", cluster.namespace());
    tree.put("name", node.name());
    tree.put("restapi", restapi(node, cluster));
    tree.put("etcd3", etcd(cluster));
    Map<String, Object> bootstrap = new LinkedHashMap<>();
    bootstrap.put("dcs", cluster.dynamicConfiguration());
    bootstrap.put("initdb", cluster.initdb());
    tree.put("bootstrap", bootstrap);
    tree.put("postgresql", postgresql(node, cluster));
    if (!node.tags().isEmpty()) {
      tree.put("tags", node.tags());
    }
    return tree;
  }

  private static Map<String, Object> restapi(NodeConfig node, ClusterConfig cluster) {
    Map<String, Object> restapi = new LinkedHashMap<>();
    restapi.put("listen", NodeConfig.authority(node.listenAddress(), node.restPort()));
    restapi.put("connect_address", NodeConfig.authority(node.address(), node.restPort()));
    restapi.put("authentication", user(cluster, "rest_api", "patroni"));
    return restapi;
  }

  private static Map<String, Object> etcd(ClusterConfig cluster) {
    Map<String, Object> etcd = new LinkedHashMap<>();
    List<Object> hosts = new ArrayList<>();
    for (String endpoint : cluster.etcdEndpoints()) {
      hosts.add(endpoint.replaceFirst("^[a-z]+://", "").replaceFirst("/+$", ""));
    }
    etcd.put("hosts", hosts);
    if (cluster.etcdEndpoints().stream().anyMatch(endpoint -> endpoint.startsWith("https://"))) {
      etcd.put("protocol", "https");
    }
    return etcd;
  }

  private static Map<String, Object> postgresql(NodeConfig node, ClusterConfig cluster) {
    Map<String, Object> postgresql = new LinkedHashMap<>();
    postgresql.put("listen", NodeConfig.authority(node.listenAddress(), node.port()));
    postgresql.put("connect_address", NodeConfig.authority(node.address(), node.port()));
    postgresql.put("data_dir", node.dataDirectory());
    postgresql.put("bin_dir", node.binDirectory());
    postgresql.put("pgpass", PASSWORD_FILE);
    postgresql.put("pg_hba", new ArrayList<Object>(cluster.hostBasedAuthentication()));
    Map<String, Object> authentication = new LinkedHashMap<>();
    authentication.put("superuser", user(cluster, "superuser", "postgres"));
    authentication.put("replication", user(cluster, "replication", "replicator"));
    postgresql.put("authentication", authentication);
    return postgresql;
  }

  private static Map<String, Object> user(
      ClusterConfig cluster, String argument, String otherwise) {
    Map<String, Object> user = new LinkedHashMap<>();
    user.put("username", cluster.username(argument, otherwise));
    user.put("password", new Secret(cluster.password(argument).orElse("(known after apply)")));
    return user;
  }
}
