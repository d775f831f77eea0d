package io.pgha.provider.etcd;

import io.pgha.language.value.Bool;
import io.pgha.language.value.Num;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.provider.schema.Attribute;
import io.pgha.provider.schema.Attribute.Flag;
import io.pgha.provider.schema.Schema;
import java.util.List;

/** The arguments and attributes of {@code etcd_member}. */
final class EtcdMemberSchema {
  static final String HOST = "host";
  static final String NAME = "name";
  static final String TOKEN = "cluster_token";
  static final String PEERS = "peers";
  static final String CLIENT_PORT = "client_port";
  static final String PEER_PORT = "peer_port";
  static final String DATA_DIR = "data_dir";
  static final String SETTINGS = "settings";
  static final String DELETE_DATA = "delete_data_on_destroy";
  static final String CLIENT_URL = "client_url";
  static final String PEER_URL = "peer_url";
  static final String MEMBER_ID = "member_id";
  static final String CLUSTER_ID = "cluster_id";
  static final String VERSION = "version";
  static final String HOLD_PACKAGES = "hold_packages";
  static final String HEALTH = "health";
  static final String LEADER = "leader";

  static final String DEFAULT_DATA_DIR = "/var/lib/etcd/default";

  static final Schema SCHEMA =
      new Schema(
          1,
          """
          One member of an etcd cluster, the distributed store in which Patroni keeps who leads. Declare one for every
          machine of the cluster, an odd number of them. The first time all members are started at once; later a new
          member joins as a learner and is promoted once it is in sync, changes are made to one member at a time with
          the leader last, and a member that no longer stands in `peers` is removed from the cluster by another one.
          Nothing is changed that would cost the cluster its quorum. A member or data of another cluster on the machine
          is never touched.
          """,
          List.of(
              Attribute.required(
                      HOST, Type.STRING, "The `id` of the `host` that the member runs on.")
                  .referringTo("host")
                  .forceNew(),
              Attribute.required(
                      NAME,
                      Type.STRING,
                      "The member's name, a key of `peers`. A change makes the member anew.")
                  .forceNew(),
              Attribute.optional(
                      TOKEN,
                      new Str("etcd-cluster"),
                      "Tells this cluster from others while it is made for the first time; each"
                          + " cluster has its own. A change makes the member anew.")
                  .forceNew()
                  .source("etcd 3.5 docs, Clustering Guide"),
              Attribute.required(
                  PEERS,
                  Type.map(Type.STRING),
                  "The IP addresses of all members by name, this one too: the same for every"
                      + " member, an odd number. Adding or removing one restarts nobody."),
              Attribute.optional(
                  CLIENT_PORT,
                  Num.of(2379),
                  "The TCP port for clients, the same on every member. A change restarts the"
                      + " members one after the other."),
              Attribute.optional(
                      PEER_PORT,
                      Num.of(2380),
                      "The TCP port for the other members, the same on every member. A change makes"
                          + " the members anew.")
                  .forceNew(),
              Attribute.optional(
                      DATA_DIR,
                      new Str(DEFAULT_DATA_DIR),
                      "The folder of the member's data. A change makes the member anew; the old"
                          + " folder stays.")
                  .forceNew(),
              Attribute.optional(
                  SETTINGS,
                  Type.map(Type.STRING),
                  "Further settings as environment variables of etcd, such as"
                      + " `ETCD_AUTO_COMPACTION_RETENTION = \"1\"`. A change restarts the members"
                      + " one after the other."),
              Attribute.optional(
                  HOLD_PACKAGES,
                  Type.BOOL,
                  "Whether etcd's packages are on hold, so that no upgrade of the system replaces"
                      + " them under a running member. Where it is left out nobody looks at holds."),
              Attribute.optional(
                  DELETE_DATA,
                  Bool.FALSE,
                  "Whether the data goes when the member is destroyed. Where it stays and the"
                      + " whole cluster was destroyed, the next apply resumes with it."),
              Attribute.computed(
                  CLIENT_URL, Type.STRING, "Where clients reach the member, as Patroni wants it."),
              Attribute.computed(PEER_URL, Type.STRING, "Where the other members reach it."),
              Attribute.computed(
                  MEMBER_ID,
                  Type.STRING,
                  "The member's id in hexadecimal, as `etcdctl member list` shows it."),
              Attribute.computed(CLUSTER_ID, Type.STRING, "The cluster's id in hexadecimal."),
              Attribute.computed(VERSION, Type.STRING, "The version of etcd that runs.")
                  .with(Flag.VOLATILE),
              Attribute.computed(
                      HEALTH, Type.STRING, "`healthy` or `unhealthy`, as the member itself says.")
                  .with(Flag.VOLATILE),
              Attribute.computed(LEADER, Type.BOOL, "Whether the member leads right now.")
                  .with(Flag.VOLATILE)),
          """
          resource "etcd_member" "db" {
            for_each      = { psql-db-1 = "etcd-1", psql-db-2 = "etcd-2", psql-db-3 = "etcd-3" }
            host          = host.db[each.key].id
            name          = each.value
            cluster_token = "etcd-cluster"
            peers         = { etcd-1 = "192.168.228.141", etcd-2 = "192.168.228.142", etcd-3 = "192.168.228.143" }
          }
          """);

  private EtcdMemberSchema() {}
}
