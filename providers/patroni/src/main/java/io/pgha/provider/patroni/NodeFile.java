package io.pgha.provider.patroni;

import io.pgha.language.value.AttributePath;
import io.pgha.provider.artifact.Artifact;
import io.pgha.provider.artifact.FirstLine;
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

  /** What an old Patroni, installed a moment ago, says of the option helps nobody. */
  private static final String CHECK =
      """
      patroni --help 2>&1 | grep -q -- --ignore-listen-port || {
        echo 'Patroni on this machine is too old: pgha needs 4.0 or newer, which PGDG has' >&2
        exit 1
      }
      patroni --validate-config --ignore-listen-port "$FILE"\
      """;

  /** From its first line to the next line that is not indented. */
  private static final Pattern BOOTSTRAP =
      Pattern.compile("^bootstrap:.*\\n(?:(?:[ #-].*)?\\n)*", Pattern.MULTILINE);

  private static final Pattern KEPT = Pattern.compile("^bootstrap: kept\\n", Pattern.MULTILINE);

  /** A line's dash of a list and name, then its value. */
  private static final Pattern VALUE =
      Pattern.compile(
          "^( +(?:- )?(?:[^\\s:'\"-][^\\s:'\"]*:(?: |$))?+)(\\S.*)$", Pattern.MULTILINE);

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
        Optional.of(CHECK),
        Optional.empty());
  }

  private static Optional<String> bootstrap(String live) {
    Matcher matcher = BOOTSTRAP.matcher(live);
    return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
  }

  static List<Fragment> content(
      NodeConfig node, ClusterConfig cluster, Optional<String> bootstrap) {
    Map<String, Object> whole = tree(node, cluster);
    whole = Trees.merge(whole, node.concealedSettings());
    if (bootstrap.isEmpty()) {
      return YamlFile.render(FirstLine.COMMENT, whole);
    }
    boolean secret = Concealment.hasSecret(Trees.child(whole, "bootstrap"));
    // The kept section goes where the rendered one would: a stand-in holds its place.
    whole.put("bootstrap", "kept");
    List<Fragment> fragments = new ArrayList<>();
    for (Fragment fragment : YamlFile.render(FirstLine.COMMENT, whole)) {
      Matcher place = KEPT.matcher(fragment.text());
      if (fragment.secret() || !place.find()) {
        fragments.add(fragment);
      } else {
        fragments.add(Fragment.plain(fragment.text().substring(0, place.start())));
        fragments.addAll(
            secret ? valuesHidden(bootstrap.get()) : List.of(Fragment.plain(bootstrap.get())));
        fragments.add(Fragment.plain(fragment.text().substring(place.end())));
      }
    }
    return List.copyOf(fragments);
  }

  /** Which values of a section that was written long ago were sensitive, nobody knows: all are. */
  private static List<Fragment> valuesHidden(String section) {
    List<Fragment> fragments = new ArrayList<>();
    Matcher value = VALUE.matcher(section);
    int from = 0;
    while (value.find()) {
      fragments.add(Fragment.plain(section.substring(from, value.start(2))));
      fragments.add(Fragment.secret(value.group(2)));
      from = value.end();
    }
    fragments.add(Fragment.plain(section.substring(from)));
    return fragments;
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
    bootstrap.put("dcs", cluster.concealedConfiguration());
    bootstrap.put("initdb", cluster.concealed("initdb", cluster.initdb()));
    tree.put("bootstrap", bootstrap);
    tree.put("postgresql", postgresql(node, cluster));
    if (!node.tags().isEmpty()) {
      tree.put("tags", Concealment.of(node.tags(), node.instance(), AttributePath.of("tags")));
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
    etcd.put("hosts", List.<Object>copyOf(cluster.etcdAuthorities()));
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
    postgresql.put("pg_hba", cluster.concealed("pg_hba", cluster.hostBasedAuthentication()));
    Map<String, Object> authentication = new LinkedHashMap<>();
    authentication.put("superuser", user(cluster, "superuser", "postgres"));
    authentication.put("replication", user(cluster, "replication", "replicator"));
    postgresql.put("authentication", authentication);
    return postgresql;
  }

  private static Map<String, Object> user(
      ClusterConfig cluster, String argument, String otherwise) {
    Map<String, Object> user = new LinkedHashMap<>();
    user.put(
        "username",
        Concealment.of(
            cluster.username(argument, otherwise),
            cluster.instance(),
            AttributePath.of(argument).name("username")));
    user.put("password", new Secret(cluster.password(argument).orElse("(known after apply)")));
    return user;
  }
}
