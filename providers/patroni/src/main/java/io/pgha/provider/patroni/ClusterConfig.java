package io.pgha.provider.patroni;

import io.pgha.language.value.AttributePath;
import io.pgha.language.value.Value;
import io.pgha.provider.Instance;
import io.pgha.provider.Values;
import io.pgha.provider.probe.Credentials;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The arguments of a {@code patroni_cluster}.
 *
 * @param instance the cluster
 * @param values its arguments
 */
record ClusterConfig(Instance instance, Values values) {
  /** Patroni's dynamic settings beside {@code postgresql} that have an argument of their own. */
  static final List<String> DYNAMIC =
      List.of(
          "ttl",
          "loop_wait",
          "retry_timeout",
          "maximum_lag_on_failover",
          "maximum_lag_on_syncnode",
          "synchronous_mode",
          "synchronous_mode_strict",
          "synchronous_node_count",
          "primary_start_timeout",
          "failsafe_mode",
          "check_timeline",
          "member_slots_ttl");

  /** Those inside {@code postgresql}. */
  static final List<String> DYNAMIC_POSTGRESQL = List.of("use_pg_rewind", "use_slots");

  static ClusterConfig of(Instance instance) {
    return new ClusterConfig(instance, Values.of(instance));
  }

  String address() {
    return instance.address();
  }

  String scope() {
    return values.text("scope");
  }

  /** The folder of the cluster's keys in etcd, with a slash at both ends. */
  String prefix() {
    String namespace = values.string("namespace").orElse("/service/");
    String inner = namespace.replaceAll("^/+|/+$", "");
    return (inner.isEmpty() ? "/" : "/" + inner + "/") + scope() + "/";
  }

  /** The namespace as Patroni's file has it. */
  String namespace() {
    return values.string("namespace").orElse("/service/");
  }

  long version() {
    return values.integer("postgresql_version").orElse(17L);
  }

  List<String> etcdEndpoints() {
    return values.strings("etcd_endpoints");
  }

  /** The endpoints as {@code host:port}: without scheme, and without a slash at the end. */
  List<String> etcdAuthorities() {
    return etcdEndpoints().stream()
        .map(endpoint -> endpoint.replaceFirst("^[a-z]+://", "").replaceFirst("/+$", ""))
        .toList();
  }

  Map<String, String> parameters() {
    return texts("parameters");
  }

  private Map<String, String> texts(String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    values
        .map(name)
        .forEach(
            (key, value) -> Trees.of(value).ifPresent(tree -> texts.put(key, Trees.text(tree))));
    return texts;
  }

  Map<String, Object> dynamicSettings() {
    return Trees.map(values.map("dynamic_settings"));
  }

  Map<String, Object> nodeSettings() {
    return Trees.map(values.map("node_settings"));
  }

  Optional<String> archiveDirectory() {
    return values
        .string("archive_directory")
        .map(path ->
            path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
  }

  boolean deletesData() {
    return values.bool("delete_data_on_destroy").orElse(false);
  }

  /** The members, ordered by name. */
  List<NodeConfig> nodes() {
    List<NodeConfig> nodes =
        new ArrayList<>(
            instance.referrers(PatroniNodeType.NAME).stream().map(NodeConfig::of).toList());
    nodes.sort(java.util.Comparator.comparing(NodeConfig::name));
    return nodes;
  }

  /** Where psql finds the server's socket on a node. */
  String socketDirectory(NodeConfig node) {
    String first =
        parameters().getOrDefault("unix_socket_directories", "").split(",", -1)[0].strip();
    return first.startsWith("/")
        ? first
        : first.equals(".") ? node.dataDirectory() : "/var/run/postgresql";
  }

  /** A user of the {@code superuser}, {@code replication} or {@code rest_api} argument. */
  String username(String argument, String otherwise) {
    return values.nested(argument).flatMap(user -> user.string("username")).orElse(otherwise);
  }

  /** The user's password; empty where it is unknown, or left out as in state. */
  Optional<String> password(String argument) {
    return values.nested(argument).flatMap(user -> user.string("password"));
  }

  /** Who may change the cluster over the REST API. */
  Optional<Credentials> restCredentials() {
    return password("rest_api")
        .map(password -> new Credentials(username("rest_api", "patroni"), password));
  }

  /** The rules of pg_hba.conf: those given, or ones that let the nodes and passwords in. */
  List<String> hostBasedAuthentication() {
    if (!values.get("pg_hba").isNull()) {
      return values.strings("pg_hba");
    }
    String replicator = username("replication", "replicator");
    List<String> rules = new ArrayList<>();
    rules.add("local all postgres peer");
    rules.add("host replication " + replicator + " 127.0.0.1/32 scram-sha-256");
    for (NodeConfig node : nodes()) {
      String mask = node.address().contains(":") ? "/128" : "/32";
      rules.add("host replication " + replicator + " " + node.address() + mask + " scram-sha-256");
    }
    rules.add("host all all samenet scram-sha-256");
    return rules;
  }

  /** The dynamic configuration as it should be in the DCS. */
  Map<String, Object> dynamicConfiguration() {
    Map<String, Object> settings = new LinkedHashMap<>();
    DYNAMIC.forEach(name -> plain(name).ifPresent(value -> settings.put(name, value)));
    Map<String, Object> postgresql = new LinkedHashMap<>();
    DYNAMIC_POSTGRESQL.forEach(name -> plain(name).ifPresent(value -> postgresql.put(name, value)));
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters().forEach((name, text) -> parameters.put(name, PostgresSetting.typed(name, text)));
    postgresql.put("parameters", parameters);
    Map<String, String> recovery = texts("recovery_conf");
    if (!recovery.isEmpty()) {
      postgresql.put("recovery_conf", new LinkedHashMap<String, Object>(recovery));
    }
    settings.put("postgresql", postgresql);
    return Trees.merge(settings, dynamicSettings());
  }

  /** The same, what must not be shown as secrets. */
  Map<String, Object> concealedConfiguration() {
    Map<String, Object> concealed = new LinkedHashMap<>();
    dynamicConfiguration()
        .forEach((name, value) ->
            concealed.put(
                name,
                DYNAMIC.contains(name)
                    ? concealed(name, value)
                    : Concealment.of(
                        value, instance, AttributePath.of("dynamic_settings").name(name))));
    Map<String, Object> postgresql = new LinkedHashMap<>();
    Trees.child(concealed, "postgresql")
        .forEach((name, value) ->
            postgresql.put(
                name,
                List.of("parameters", "recovery_conf", "use_pg_rewind", "use_slots").contains(name)
                    ? concealed(name, value)
                    : value));
    concealed.put("postgresql", postgresql);
    return concealed;
  }

  /** What an argument says, with that as secrets that must not be shown. */
  Object concealed(String argument, Object tree) {
    return Concealment.of(tree, instance, AttributePath.of(argument));
  }

  /** Whether the value of a parameter must not be shown. */
  boolean hides(String parameter) {
    return instance.isSensitive(AttributePath.of("parameters").key(parameter));
  }

  /** {@code synchronous_mode} is on, off or a word: all of it travels as what it is. */
  private Optional<Object> plain(String name) {
    Value value = values.get(name);
    return Trees.of(value)
        .map(tree ->
            tree instanceof String text && (text.equals("true") || text.equals("false"))
                ? Boolean.valueOf(text)
                : tree instanceof String text && text.matches("\\d{1,15}")
                    ? new BigDecimal(text)
                    : tree);
  }

  /** The options of initdb as Patroni's file lists them. */
  List<Object> initdb() {
    List<Object> options = new ArrayList<>();
    Values initdb =
        values.nested("initdb").orElse(new Values(io.pgha.language.value.ObjectValue.EMPTY));
    for (String name : List.of("auth", "auth_local", "auth_host", "encoding", "locale")) {
      initdb.string(name).ifPresent(text -> options.add(Map.of(name.replace('_', '-'), text)));
    }
    if (initdb.string("auth").isEmpty()) {
      options.addFirst(Map.of("auth", "scram-sha-256"));
    }
    if (initdb.string("encoding").isEmpty()) {
      options.add(Map.of("encoding", "UTF8"));
    }
    if (initdb.bool("data_checksums").orElse(true)) {
      options.add("data-checksums");
    }
    options.addAll(initdb.strings("options"));
    return options;
  }
}
