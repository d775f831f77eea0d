package io.pgha.provider.patroni;

import io.pgha.language.value.ListValue;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.language.value.Value;
import io.pgha.provider.Instance;
import io.pgha.provider.ResourceType;
import io.pgha.provider.change.Change;
import io.pgha.provider.change.Live;
import io.pgha.provider.change.PlanRequest;
import io.pgha.provider.change.Prior;
import io.pgha.provider.drift.Difference;
import io.pgha.provider.probe.CommandOutput;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.Probe;
import io.pgha.provider.probe.ProbeResult;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.schema.Attribute;
import io.pgha.provider.schema.Schema;
import io.pgha.provider.step.Fragment;
import io.pgha.provider.step.PlacedStep;
import io.pgha.provider.testing.Drifts;
import io.pgha.provider.testing.FakeInstance;
import io.pgha.provider.testing.FakeMachines;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The guide's three database hosts, and what real ones answered. */
final class Fleet {
  static final String CLUSTER = "patroni_cluster.main";

  /** What GET /config answered on a cluster bootstrapped with {@link #cluster}'s arguments. */
  static final String CONFIG =
      """
      {"ttl": 30, "loop_wait": 10, "retry_timeout": 10, "maximum_lag_on_failover": 1048576, \
      "postgresql": {"use_pg_rewind": true, "use_slots": true, "parameters": {"wal_level": "replica", \
      "max_connections": 100, "wal_keep_size": "131072kB", "wal_log_hints": true, \
      "archive_timeout": "30min"}}}\
      """;

  /** What GET /cluster answered. */
  static final String VIEW =
      """
      {"members": [{"name": "psql-db-1", "role": "leader", "state": "running", "api_url": \
      "http://192.168.228.141:8008/patroni", "host": "192.168.228.141", "port": 5432, "timeline": 1}, \
      {"name": "psql-db-2", "role": "replica", "state": "streaming", "api_url": \
      "http://192.168.228.142:8008/patroni", "host": "192.168.228.142", "port": 5432, "timeline": 1, \
      "lag": 0}, {"name": "psql-db-3", "role": "replica", "state": "streaming", "api_url": \
      "http://192.168.228.143:8008/patroni", "host": "192.168.228.143", "port": 5432, "timeline": 1, \
      "lag": 0}], "scope": "postgres"}\
      """;

  private static final String PRIMARY =
      """
      {"state": "running", "role": "primary", "server_version": 170012, "timeline": 1, \
      "database_system_identifier": "7711187048642195097", "patroni": {"version": "4.0.7", \
      "scope": "postgres", "name": "psql-db-1"}}\
      """;
  private static final String REPLICA =
      """
      {"state": "running", "role": "replica", "server_version": 170012, "timeline": 1, \
      "replication_state": "streaming", "database_system_identifier": "7711187048642195097"}\
      """;

  final FakeInstance.World world = new FakeInstance.World();
  final FakeMachines machines = new FakeMachines();
  final Map<String, Object> cluster = new TreeMap<>();
  final Map<String, Object> parameters = new TreeMap<>();
  final Map<String, Object> node = new TreeMap<>();
  private final Map<String, Prior> priors = new TreeMap<>();

  Fleet() {
    parameters.putAll(
        Map.of(
            "wal_level", "replica",
            "max_connections", "100",
            "wal_keep_size", "128MB",
            "wal_log_hints", "true",
            "archive_timeout", "1800s"));
    cluster.put("scope", "postgres");
    cluster.put("namespace", "/db/");
    cluster.put("postgresql_version", 17);
    cluster.put(
        "etcd_endpoints", List.of("http://192.168.228.141:2379", "http://192.168.228.142:2379"));
    cluster.put("superuser", Map.of("username", "postgres", "password", "s3cret-super"));
    cluster.put("replication", Map.of("username", "replicator", "password", "s3cret-repl"));
    cluster.put("rest_api", Map.of("username", "patroni", "password", "s3cret\"rest"));
    cluster.put(
        "pg_hba",
        List.of(
            "local all postgres peer",
            "host replication replicator 192.168.228.141/32 scram-sha-256",
            "host all all 0.0.0.0/0 scram-sha-256"));
    node.put("cluster", CLUSTER);
    node.put("tags", Map.of("nofailover", "false"));
    declare();
  }

  /** Declares all instances anew, from what the maps say now. */
  void declare() {
    cluster.put("parameters", Map.copyOf(parameters));
    for (int number = 1; number <= 3; number++) {
      world.add(
          new HostType(),
          host(number),
          Map.of("name", "psql-db-" + number, "address", "192.168.228.14" + number));
    }
    world.add(new PatroniClusterType(), CLUSTER, cluster);
    for (int number = 1; number <= 3; number++) {
      Map<String, Object> arguments = new LinkedHashMap<>(node);
      arguments.put("host", host(number));
      world.add(new PatroniNodeType(), node(number), arguments);
    }
  }

  static String host(int number) {
    return "host.db[\"psql-db-" + number + "\"]";
  }

  static String node(int number) {
    return "patroni_node.db[\"psql-db-" + number + "\"]";
  }

  NodeConfig config(int number) {
    return NodeConfig.of(world.get(node(number)));
  }

  ClusterConfig clusterConfig() {
    return ClusterConfig.of(world.get(CLUSTER));
  }

  /** Lets etcd answer everywhere with keys under the cluster's folder. */
  Fleet etcd(Map<String, String> keys) {
    String pairs =
        new TreeMap<>(keys)
            .entrySet().stream()
                .map(each ->
                    "{\"key\":\"%s\",\"value\":\"%s\"}"
                        .formatted(
                            base64("/db/postgres/" + each.getKey()), base64(each.getValue())))
                .collect(Collectors.joining(","));
    String answer = "{\"header\":{\"cluster_id\":\"39\"},\"kvs\":[" + pairs + "]}";
    for (int number = 1; number <= 3; number++) {
      machines.answer(
          host(number),
          EtcdKeys.probe(clusterConfig()),
          new ProbeResult.Found<>(new CommandOutput(0, answer, "")));
    }
    return this;
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  Fleet disk(int number, String facts) {
    machines.answer(
        host(number),
        NodeFacts.probe(config(number), 17),
        new ProbeResult.Found<>(new CommandOutput(0, facts, "")));
    return this;
  }

  Fleet http(int number, String path, String body) {
    machines.http(host(number), Probe.OfHttp.get(config(number).api() + path), 200, body);
    return this;
  }

  /** Nothing is installed; etcd answers and has no cluster. */
  Fleet bare() {
    for (int number = 1; number <= 3; number++) {
      disk(number, "");
    }
    return etcd(Map.of());
  }

  /** The cluster runs as applied: psql-db-1 leads. */
  Fleet running() {
    etcd(
        Map.of(
            "initialize", "7711187048642195097",
            "leader", "psql-db-1",
            "config", CONFIG,
            "members/psql-db-1", "{}",
            "members/psql-db-2", "{}",
            "members/psql-db-3", "{}"));
    for (int number = 1; number <= 3; number++) {
      http(number, "/patroni", number == 1 ? PRIMARY : REPLICA);
      http(number, "/cluster", VIEW);
      http(number, "/config", CONFIG);
      disk(number, "entries=24\nversion=17\nidentifier=7711187048642195097\nnocreate=yes");
      String host = host(number);
      NodeLive.packages(clusterConfig()).forEach(name -> machines.software(host, name, "1", false));
      machines.software(host, "patroni", "4.0.7-1", false);
      machines.directory(host, "/var/lib/patroni", 0700, "postgres", "postgres");
      machines.unit(host, "patroni.service", true, true);
      machines.unit(host, "postgresql.service", false, false);
      machines.file(
          host,
          NodeFile.PATH,
          Fragment.reveal(NodeFile.content(config(number), clusterConfig(), Optional.empty())),
          0640,
          "root",
          "postgres");
      accessRules(number, "# written by Patroni\n" + String.join("\n", hba()) + "\n");
    }
    return this;
  }

  private List<String> hba() {
    return clusterConfig().hostBasedAuthentication();
  }

  /** What the server reads on who may log in. */
  Fleet accessRules(int number, String text) {
    machines.file(host(number), "/var/lib/patroni/pg_hba.conf", text, 0600, "postgres", "postgres");
    return this;
  }

  private static ResourceType type(Instance instance) {
    return new PatroniProvider()
        .resourceTypes().stream()
            .filter(each -> each.name().equals(instance.type()))
            .findFirst()
            .orElseThrow();
  }

  Live read(String address) {
    Instance instance = world.get(address);
    List<PlacedProbe> asked = type(instance).probes(instance);
    return type(instance).read(instance, machines.askedOnly(asked));
  }

  /** Remembers an instance as applied the way it is live. */
  Fleet applied(String address) {
    ObjectValue stored = world.get(address).stored();
    priors.put(address, new Prior(stored, read(address).artifacts()));
    return this;
  }

  /** Remembers the cluster as applied with nodes on these hosts. */
  void appliedWithHosts(String... hosts) {
    ObjectValue stored =
        world
            .get(CLUSTER)
            .stored()
            .with(
                "member_hosts",
                new ListValue(
                    Type.STRING, java.util.Arrays.stream(hosts).<Value>map(Str::new).toList()));
    priors.put(CLUSTER, new Prior(stored, List.of()));
  }

  Fleet appliedAll() {
    applied(CLUSTER);
    for (int number = 1; number <= 3; number++) {
      applied(node(number));
    }
    return this;
  }

  Change plan(String address) {
    return plan(address, false, priors.containsKey(address));
  }

  Change plan(String address, boolean deletion, boolean claimed) {
    Instance instance = world.get(address);
    return type(instance)
        .plan(
            new PlanRequest(
                instance,
                deletion,
                Optional.ofNullable(priors.get(address)),
                read(address),
                claimed));
  }

  /** What to compare for what was applied. */
  PlanRequest applied(Instance instance) {
    String address = instance.address();
    return new PlanRequest(
        instance, false, Optional.ofNullable(priors.get(address)), read(address), true);
  }

  /** What is told of an instance that is not as applied. */
  List<Difference> drift(String address) {
    Instance instance = world.get(address);
    return Drifts.of(type(instance), applied(instance));
  }

  /** Steps as people read them, with the number of the host. */
  static List<String> words(List<PlacedStep> steps) {
    List<String> words = new ArrayList<>();
    for (PlacedStep placed : steps) {
      words.add(placed.step().describe());
    }
    return words;
  }

  /** The type host, as far as references need it. */
  private static final class HostType implements ResourceType {
    @Override
    public String name() {
      return "host";
    }

    @Override
    public Schema schema() {
      return new Schema(
          1,
          "A host.",
          List.of(
              Attribute.required("name", Type.STRING, "Its name."),
              Attribute.required("address", Type.STRING, "Its address.")),
          "");
    }

    @Override
    public List<PlacedProbe> probes(Instance instance) {
      return List.of();
    }

    @Override
    public Live read(Instance instance, ProbeResults results) {
      throw new UnsupportedOperationException("no test reads a host");
    }

    @Override
    public Change plan(PlanRequest request) {
      throw new UnsupportedOperationException("no test plans a host");
    }
  }
}
