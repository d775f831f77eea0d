package io.pgha.provider.patroni;

import static io.pgha.provider.schema.Attribute.computed;
import static io.pgha.provider.schema.Attribute.object;
import static io.pgha.provider.schema.Attribute.optional;
import static io.pgha.provider.schema.Attribute.required;

import io.pgha.language.value.Bool;
import io.pgha.language.value.MapValue;
import io.pgha.language.value.Num;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.provider.schema.Attribute;
import io.pgha.provider.schema.Equivalence;
import io.pgha.provider.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The schema of {@code patroni_cluster}. */
final class ClusterSchema {
  private static final String PATRONI = "Patroni 4 docs, Dynamic Configuration Settings";

  /** 128MB is 131072kB, on is true: told by the last name of the path. */
  static final Equivalence SETTINGS =
      (path, left, right) -> {
        String name =
            path.steps().isEmpty()
                ? ""
                : switch (path.steps().getLast()) {
                  case io.pgha.language.value.AttributePath.Name(String text) -> text;
                  case io.pgha.language.value.AttributePath.Key(String text) -> text;
                  case io.pgha.language.value.AttributePath.Index index -> "";
                  case io.pgha.language.value.AttributePath.Element element -> "";
                };
        return DynamicDiff.same(name, Trees.of(left).orElse(""), Trees.of(right).orElse(""));
      };

  private static final String DOC =
      """
      A highly available PostgreSQL cluster run by [Patroni](https://patroni.readthedocs.io): what all
      its nodes share. The nodes themselves are `patroni_node` instances that refer to it.

      Before the cluster exists, its settings travel to the first node as `bootstrap.dcs`. Later they
      are compared with Patroni's dynamic configuration, whole: a key that nobody declared is drift.
      A change is one `PATCH /config` through a member. A parameter that needs a restart is brought in
      member by member: replicas first, then a switchover; lowered `max_connections`,
      `max_prepared_transactions`, `max_locks_per_transaction`, `max_wal_senders` and
      `max_worker_processes` go to the primary first. It is done when no member waits for a restart
      and every server shows the new value.

      Each server is compared as well: a declared parameter that it does not go by (because of `ALTER
      SYSTEM`, an edited file, a restart left pending) is put right there. The passwords of
      `superuser` and `replication` are compared with the verifiers that the primary has; another one
      is set there first, then the nodes' files follow, one by one.
      """;

  private static final String EXAMPLE =
      """
      resource "patroni_cluster" "main" {
        scope              = "postgres"
        namespace          = "/db/"
        postgresql_version = 17
        etcd_endpoints     = ["http://10.0.0.1:2379", "http://10.0.0.2:2379", "http://10.0.0.3:2379"]

        parameters = {
          max_connections = 200
          wal_keep_size   = "128MB"
        }

        superuser   = { password = var.postgres_password }
        replication = { password = var.replicator_password }
        rest_api    = { password = var.rest_api_password }
      }
      """;

  static final Schema SCHEMA = new Schema(1, DOC, attributes(), EXAMPLE);

  private ClusterSchema() {}

  private static List<Attribute> attributes() {
    List<Attribute> all = new ArrayList<>();
    all.addAll(identity());
    all.addAll(timing());
    all.addAll(postgresql());
    all.addAll(access());
    all.addAll(rest());
    return List.copyOf(all);
  }

  private static List<Attribute> identity() {
    return List.of(
        required(
                "scope",
                Type.STRING,
                "The cluster's name in etcd. It can't be changed while the cluster has nodes.")
            .forceNew(),
        optional(
                "namespace",
                new Str("/service/"),
                "The folder in etcd under which the cluster's keys are. It can't be changed while"
                    + " the cluster has nodes.")
            .forceNew(),
        required(
                "postgresql_version",
                Type.NUMBER,
                "The major version of PostgreSQL, such as 17. A major upgrade is not a change that"
                    + " pgha makes: it can't be changed while the cluster has nodes or data.")
            .forceNew(),
        required(
            "etcd_endpoints",
            Type.list(Type.STRING),
            "The client URLs of the etcd members, such as `http://10.0.0.1:2379`. etcd 3.4 or"
                + " later."));
  }

  private static List<Attribute> timing() {
    return List.of(
        optional(
                "ttl",
                Num.of(30),
                "Seconds until a leader that no longer renews its lock loses it. At least"
                    + " `loop_wait + 2 * retry_timeout`.")
            .source(PATRONI),
        optional("loop_wait", Num.of(10), "Seconds between two looks at the cluster.")
            .source(PATRONI),
        optional(
                "retry_timeout",
                Num.of(10),
                "Seconds for which operations on etcd and PostgreSQL are tried again.")
            .source(PATRONI),
        optional(
                "maximum_lag_on_failover",
                Num.of(1048576),
                "Bytes that a replica may lag behind and still be promoted.")
            .source(PATRONI),
        dynamic(
            "maximum_lag_on_syncnode",
            Type.NUMBER,
            "Bytes after which a synchronous replica is replaced by a healthier one."),
        dynamic(
            "synchronous_mode",
            Type.STRING,
            "`true`, `false` or `quorum`: whether a commit waits for a replica."),
        dynamic(
            "synchronous_mode_strict",
            Type.BOOL,
            "Whether writes stop when no synchronous replica is there."),
        dynamic("synchronous_node_count", Type.NUMBER, "How many replicas are synchronous."),
        dynamic(
            "primary_start_timeout",
            Type.NUMBER,
            "Seconds in which a crashed primary may recover before another one takes over."),
        dynamic(
            "failsafe_mode",
            Type.BOOL,
            "Whether the primary goes on without etcd while all members confirm it."),
        dynamic(
            "check_timeline", Type.BOOL, "Whether only a replica on the latest timeline leads."),
        dynamic(
            "member_slots_ttl",
            Type.STRING,
            "How long the slot of a member that is gone is kept, such as `30min`."));
  }

  private static Attribute dynamic(String name, Type type, String doc) {
    return optional(name, type, doc).comparedBy(SETTINGS).source(PATRONI);
  }

  private static List<Attribute> postgresql() {
    return List.of(
        optional(
                "use_pg_rewind",
                Bool.TRUE,
                "Whether a former leader rejoins by pg_rewind rather than by a new base backup.")
            .source(PATRONI),
        optional("use_slots", Bool.TRUE, "Whether replicas use replication slots.").source(PATRONI),
        optional(
                "parameters",
                MapValue.of(Type.STRING, Map.of()),
                "PostgreSQL's parameters for all nodes, by name: text, numbers or truth values.")
            .comparedBy(SETTINGS)
            .source("PostgreSQL 17 docs, chapter 19"),
        optional(
                "recovery_conf",
                Type.map(Type.STRING),
                "Settings of replicas and of recovery, such as `restore_command`.")
            .comparedBy(SETTINGS),
        optional(
            "archive_directory",
            Type.STRING,
            "A folder for archived WAL, made on every node and owned by postgres. What the"
                + " `archive_command` does with it is yours to say."),
        object(
            "initdb",
            List.of(
                optional("auth", Type.STRING, "The authentication that initdb writes.")
                    .defaulting(new Str("scram-sha-256")),
                optional("auth_local", Type.STRING, "The same for local connections."),
                optional("auth_host", Type.STRING, "The same for TCP/IP connections."),
                optional("encoding", Type.STRING, "The encoding of the databases.")
                    .defaulting(new Str("UTF8")),
                optional("locale", Type.STRING, "The locale of the databases."),
                optional("data_checksums", Type.BOOL, "Whether pages carry checksums.")
                    .defaulting(Bool.TRUE),
                optional(
                    "options", Type.list(Type.STRING), "More options, such as `no-instructions`.")),
            "How the first node makes the data directory. Counts only once."));
  }

  private static List<Attribute> access() {
    return List.of(
        optional(
            "pg_hba",
            Type.list(Type.STRING),
            "The lines of pg_hba.conf on every node. `local all postgres peer` must be among them:"
                + " pgha itself comes that way. Default: that line, replication from the nodes and"
                + " passwords from the nodes' own networks."),
        user("superuser", "postgres", "The superuser that Patroni makes.").mandatory(),
        user("replication", "replicator", "The role that replicas stream as.").mandatory(),
        user(
                "rest_api",
                "patroni",
                "Who may change the cluster over Patroni's REST API. Without it anybody who"
                    + " reaches the port could run commands on the nodes.")
            .mandatory());
  }

  private static Attribute user(String name, String username, String doc) {
    return object(
        name,
        List.of(
            optional("username", new Str(username), "The name."),
            required("password", Type.STRING, "The password.").secret()),
        doc);
  }

  private static List<Attribute> rest() {
    return List.of(
        optional(
                "dynamic_settings",
                Type.DYNAMIC,
                "The rest of Patroni's dynamic configuration, as an object of any depth, such as"
                    + " `{ slots = { audit = { type = \"physical\" } } }`. What has an argument of"
                    + " its own must not be repeated here.")
            .defaulting(ObjectValue.EMPTY)
            .comparedBy(SETTINGS)
            .source(PATRONI),
        optional(
                "node_settings",
                Type.DYNAMIC,
                "The rest of the file of every node, such as `{ log = { level = \"INFO\" } }`."
                    + " What has an argument of its own must not be repeated here.")
            .defaulting(ObjectValue.EMPTY)
            .source("Patroni 4 docs, YAML Configuration Settings"),
        optional(
            "delete_data_on_destroy",
            Bool.FALSE,
            "Whether destroying a node deletes its data directory and its archived WAL, and"
                + " destroying the cluster its keys in etcd. Where it is false the data stays, and the next apply resumes with"
                + " it."),
        computed(
            "member_hosts",
            Type.list(Type.STRING),
            "The hosts of its nodes, through which it is reached even when they are gone."),
        computed("leader", Type.STRING, "Who leads now.").with(Attribute.Flag.VOLATILE),
        computed("timeline", Type.NUMBER, "The leader's timeline.").with(Attribute.Flag.VOLATILE),
        computed("system_identifier", Type.STRING, "The cluster's own identifier.")
            .with(Attribute.Flag.VOLATILE));
  }
}
