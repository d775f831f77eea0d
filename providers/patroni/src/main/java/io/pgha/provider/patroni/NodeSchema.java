package io.pgha.provider.patroni;

import static io.pgha.provider.schema.Attribute.computed;
import static io.pgha.provider.schema.Attribute.optional;
import static io.pgha.provider.schema.Attribute.required;

import io.pgha.language.value.MapValue;
import io.pgha.language.value.Num;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.provider.schema.Attribute;
import io.pgha.provider.schema.Schema;
import java.util.List;
import java.util.Map;

/** The schema of {@code patroni_node}. */
final class NodeSchema {
  private static final String DOC =
      """
      A member of a `patroni_cluster`: PostgreSQL and Patroni on one host, `/etc/patroni/config.yml`,
      the data directory and the unit `patroni.service`. Who leads is Patroni's own affair and never
      drift.

      The first node bootstraps the cluster alone; the others follow together once there is a leader.
      A change of the file is validated by Patroni, put in place and reloaded, one node at a time; the
      unit is never restarted for it. The distribution's own cluster `17/main` is never made; one that
      is there and proven to be empty is dropped, one with data is an error. Destroying the leader
      hands over to a replica first; the leader then drops the replication slot of whoever left.
      """;

  private static final String EXAMPLE =
      """
      resource "patroni_node" "db" {
        host     = host.db.id
        cluster  = patroni_cluster.main.id
        data_dir = "/var/lib/patroni"
        tags     = { nofailover = false }
      }
      """;

  static final Schema SCHEMA =
      new Schema(
          1,
          DOC,
          List.of(
              required("host", Type.STRING, "The host, as its `id`.")
                  .referringTo("host")
                  .forceNew(),
              required("cluster", Type.STRING, "The cluster, as its `id`.")
                  .referringTo(PatroniClusterType.NAME)
                  .forceNew(),
              optional("name", Type.STRING, "Its name in the cluster. Default: the host's name.")
                  .presence(Attribute.Presence.OPTIONAL_COMPUTED)
                  .forceNew(),
              optional(
                      "data_dir",
                      new Str("/var/lib/patroni"),
                      "The data directory, 0700 and owned by postgres.")
                  .forceNew(),
              optional(
                      "address",
                      Type.STRING,
                      "Where the other members and clients reach it. Default: the host's address.")
                  .presence(Attribute.Presence.OPTIONAL_COMPUTED),
              optional(
                  "listen_address",
                  Type.STRING,
                  "Where PostgreSQL and the REST API listen. Default: `address`. It can't be changed"
                      + " while the node runs."),
              optional(
                  "port",
                  Num.of(5432),
                  "PostgreSQL's port. It can't be changed while the node runs."),
              optional("rest_port", Num.of(8008), "The port of Patroni's REST API."),
              optional(
                      "bin_dir",
                      Type.STRING,
                      "Where PostgreSQL's programs are. Default: as Debian has them.")
                  .presence(Attribute.Presence.OPTIONAL_COMPUTED),
              optional(
                      "tags",
                      MapValue.of(Type.STRING, Map.of()),
                      "Patroni's tags: `nofailover`, `noloadbalance`, `clonefrom`, `nosync`,"
                          + " `failover_priority`, `replicatefrom` and your own.")
                  .source("Patroni 4 docs, YAML Configuration Settings, Tags"),
              optional(
                      "settings",
                      Type.DYNAMIC,
                      "The rest of this node's file, laid over the cluster's `node_settings`.")
                  .defaulting(ObjectValue.EMPTY),
              optional(
                  "hold_packages",
                  Type.BOOL,
                  "Whether the packages of PostgreSQL and Patroni are on hold, so that no upgrade of"
                      + " the system replaces them under a running node. Where it is left out nobody"
                      + " looks at holds."),
              optional(
                  "package_version",
                  Type.STRING,
                  "The exact version of PostgreSQL's package, such as `17.11-1.pgdg13+1`: the same"
                      + " major version. A change goes node by node, each restarted by Patroni; a"
                      + " leader hands over first."),
              optional(
                  "join_timeout",
                  Num.of(600),
                  "Seconds that it may take until the node leads or streams. Raise it where a base"
                      + " backup takes longer."),
              optional(
                  "delete_data_on_destroy",
                  Type.BOOL,
                  "Whether destroying it deletes the data directory. Default: as the cluster says."),
              computed("api_url", Type.STRING, "The URL of its REST API."),
              computed("role", Type.STRING, "Its role now.").with(Attribute.Flag.VOLATILE),
              computed("state", Type.STRING, "Its state now.").with(Attribute.Flag.VOLATILE),
              computed("timeline", Type.NUMBER, "Its timeline.").with(Attribute.Flag.VOLATILE),
              computed("lag", Type.NUMBER, "Bytes that it lags behind.")
                  .with(Attribute.Flag.VOLATILE),
              computed("pending_restart", Type.BOOL, "Whether it waits for a restart.")
                  .with(Attribute.Flag.VOLATILE)),
          EXAMPLE);

  private NodeSchema() {}
}
