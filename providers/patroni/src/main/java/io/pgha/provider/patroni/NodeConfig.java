package io.pgha.provider.patroni;

import io.pgha.language.value.AttributePath;
import io.pgha.provider.Instance;
import io.pgha.provider.Values;
import io.pgha.provider.probe.Reach;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The arguments of a {@code patroni_node}.
 *
 * @param instance the node
 * @param values its arguments
 */
record NodeConfig(Instance instance, Values values) {
  static NodeConfig of(Instance instance) {
    return new NodeConfig(instance, Values.of(instance));
  }

  /** The address of the {@code host} instance that it runs on; empty text while unknown. */
  String host() {
    return values.text("host");
  }

  private Optional<Values> machine() {
    return instance.reference(AttributePath.of("host")).map(Values::of);
  }

  /** The cluster that it belongs to; empty while unknown. */
  Optional<ClusterConfig> cluster() {
    return instance.reference(AttributePath.of("cluster")).map(ClusterConfig::of);
  }

  /** The name under which the cluster knows it. */
  String name() {
    return values
        .string("name")
        .or(() -> machine().flatMap(machine -> machine.string("name")))
        .orElse("");
  }

  /** The IP address or name under which the other members reach it. */
  String address() {
    return values
        .string("address")
        .or(() -> machine().flatMap(machine -> machine.string("address")))
        .orElse("");
  }

  /** Where it listens. */
  String listenAddress() {
    return values.string("listen_address").orElse(address());
  }

  int port() {
    return values.integer("port").orElse(5432L).intValue();
  }

  int restPort() {
    return values.integer("rest_port").orElse(8008L).intValue();
  }

  String dataDirectory() {
    String path = values.string("data_dir").orElse("/var/lib/patroni");
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  String binDirectory() {
    return values
        .string("bin_dir")
        .orElse(
            "/usr/lib/postgresql/" + cluster().map(ClusterConfig::version).orElse(17L) + "/bin");
  }

  long joinTimeoutSeconds() {
    return values.integer("join_timeout").orElse(600L);
  }

  /** Whether its packages are on hold; empty where nobody asks. */
  Optional<Boolean> held() {
    return values.bool("hold_packages");
  }

  /** The exact version of PostgreSQL's package; empty where any will do. */
  Optional<String> packageVersion() {
    return values.string("package_version");
  }

  boolean deletesData() {
    return values
        .bool("delete_data_on_destroy")
        .orElse(cluster().map(ClusterConfig::deletesData).orElse(false));
  }

  /** The URL of its REST API, without a slash at the end. */
  String api() {
    return "http://" + authority(address(), restPort());
  }

  static String authority(String address, int port) {
    return new Reach.Port(address, port).toString();
  }

  /** Its tags, truths and whole numbers as such. */
  Map<String, Object> tags() {
    Map<String, Object> tags = new LinkedHashMap<>();
    values
        .map("tags")
        .forEach((name, value) ->
            Trees.of(value).map(Trees::text).ifPresent(text -> tags.put(name, plain(text))));
    return tags;
  }

  private static Object plain(String text) {
    return text.equals("true") || text.equals("false")
        ? (Object) Boolean.valueOf(text)
        : text.matches("\\d{1,9}") ? new BigDecimal(text) : text;
  }

  /** Whether it never leads. */
  boolean neverLeads() {
    return Boolean.TRUE.equals(tags().get("nofailover"))
        || (tags().get("failover_priority") instanceof BigDecimal priority
            && priority.signum() == 0);
  }

  /** What goes into its file besides the arguments: the cluster's settings, then its own. */
  Map<String, Object> settings() {
    return Trees.merge(
        cluster().map(ClusterConfig::nodeSettings).orElse(Map.of()),
        Trees.map(values.map("settings")));
  }

  /** The same, what must not be shown as secrets. */
  Map<String, Object> concealedSettings() {
    return Trees.merge(
        cluster()
            .map(each ->
                Concealment.of(
                    each.nodeSettings(), each.instance(), AttributePath.of("node_settings")))
            .orElse(Map.of()),
        Concealment.of(Trees.map(values.map("settings")), instance, AttributePath.of("settings")));
  }
}
