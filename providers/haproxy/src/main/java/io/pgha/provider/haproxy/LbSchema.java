package io.pgha.provider.haproxy;

import static io.pgha.provider.schema.Attribute.computed;
import static io.pgha.provider.schema.Attribute.object;
import static io.pgha.provider.schema.Attribute.objectMap;
import static io.pgha.provider.schema.Attribute.optional;
import static io.pgha.provider.schema.Attribute.required;

import io.pgha.language.value.Bool;
import io.pgha.language.value.MapValue;
import io.pgha.language.value.Null;
import io.pgha.language.value.Num;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.language.value.Value;
import io.pgha.provider.schema.Attribute;
import io.pgha.provider.schema.Schema;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The schema of {@code haproxy_lb}. */
final class LbSchema {
  private static final String DOC =
      """
      HAProxy on one host, in front of the nodes of a Patroni cluster: packages `haproxy` and `socat`,
      `/etc/haproxy/haproxy.cfg` and the unit `haproxy.service`. Each listener sends its clients to
      the nodes that have a role now, which HAProxy asks Patroni's REST API of every node.

      A changed file takes its place only after `haproxy -c` accepted it. Then the state of the
      servers is saved, so that the new process starts with what the old one knew, HAProxy is
      reloaded, and exactly one writer must be up where the cluster has a leader; otherwise the
      previous file is put back and loaded again. No connection is lost by a reload. Load balancers of
      one cluster are changed one after the other, the one with the VIP last.

      The distribution's own file is kept as `haproxy.cfg.orig` and comes back when the resource is
      destroyed. A file that somebody wrote by hand is never overwritten: import it first.
      """;

  private static final String EXAMPLE =
      """
      resource "haproxy_lb" "main" {
        host  = host.lb.id
        nodes = [for node in patroni_node.db : node.id]
        listeners = {
          production = { port = 5000, role = "primary" }
          standby    = { port = 5001, role = "replica", max_lag = "16MB" }
        }
        stats = { username = "admin", password = var.stats_password }
      }
      """;

  private static final List<Attribute> TIMEOUTS =
      List.of(
          optional("client", new Str("30m"), "How long a client may be silent."),
          optional("server", new Str("30m"), "How long a server may be silent."),
          optional("connect", new Str("4s"), "How long connecting to a server may take."),
          optional("check", new Str("5s"), "How long a health check may take to answer."),
          optional(
              "queue",
              Type.STRING,
              "How long a client may wait for a free place on a server. Default: as `connect`."));

  private static final List<Attribute> CHECK =
      List.of(
          optional("inter", new Str("1s"), "Time between two checks of a server."),
          optional(
              "fastinter",
              new Str("500ms"),
              "Time between two checks while a server changes between up and down."),
          optional("fall", Num.of(2), "Failed checks after which a server is down."),
          optional("rise", Num.of(2), "Passed checks after which a server is up again."),
          optional(
              "ssl", Bool.of(false), "Whether the REST API is asked over TLS (not verified)."));

  private static final List<Attribute> LISTENER =
      List.of(
          required("port", Type.NUMBER, "The port that clients connect to."),
          required(
              "role",
              Type.STRING,
              "Which nodes serve it: `primary` (the leader), `replica`, `synchronous`,"
                  + " `asynchronous` (replicas that are, or are not, synchronous) or `any` (whoever"
                  + " can be read from)."),
          optional("address", new Str("*"), "The address to listen on; `*`: all of them."),
          optional(
              "server_maxconn",
              Num.of(100),
              "Connections that one server gets at most; more wait in a queue. Keep it below"
                  + " PostgreSQL's `max_connections`."),
          optional(
              "max_lag",
              Type.STRING,
              "For replicas: nodes that lag further behind are left out; bytes, or with a unit as"
                  + " in `16MB`."),
          optional(
              "balance",
              Type.STRING,
              "How clients are spread, as HAProxy's `balance`. Default: `leastconn`."));

  private static final List<Attribute> STATS =
      List.of(
          optional("port", Num.of(8080), "The port of the page."),
          optional("uri", new Str("/"), "The path of the page."),
          optional("address", new Str("*"), "The address to listen on; `*`: all of them."),
          optional("username", new Str("admin"), "Who may see the page."),
          optional(
                  "password",
                  Type.STRING,
                  "The password for the page. Without one everybody sees it, which is warned of.")
              .secret(),
          optional("refresh", new Str("10s"), "How often a browser loads the page again."));

  static final Schema SCHEMA =
      new Schema(
          1,
          DOC,
          List.of(
              required("host", Type.STRING, "The host, as its `id`.")
                  .referringTo("host")
                  .forceNew(),
              required(
                      "nodes",
                      Type.list(Type.STRING),
                      "The nodes to send clients to, as their `id`s. Addresses, names and ports"
                          + " are theirs.")
                  .referringTo("patroni_node"),
              objectMap(
                      "listeners",
                      LISTENER,
                      "What clients connect to, by name. Default: `production` on 5000 for the"
                          + " primary, `standby` on 5001 for replicas.")
                  .defaulting(defaultListeners()),
              optional(
                  "maxconn",
                  Type.NUMBER,
                  "Connections of all listeners together. Default: what the servers of all listeners"
                      + " can take."),
              optional(
                  "log", new Str("/dev/log local0"), "Where to log, as HAProxy's `log` in global."),
              optional("retries", Num.of(2), "Attempts to connect to a server."),
              object(
                      "timeouts",
                      TIMEOUTS,
                      "Time-outs, each a number with `us`, `ms`, `s`, `m`, `h` or `d`.")
                  .defaulting(defaults(TIMEOUTS)),
              object(
                      "check",
                      CHECK,
                      "How the nodes' roles are asked. With the defaults writes are gone for about"
                          + " 2.5 seconds at a switchover.")
                  .defaulting(defaults(CHECK)),
              object("stats", STATS, "HAProxy's statistics page. Default: none."),
              computed(
                  "endpoints",
                  Type.map(Type.STRING),
                  "The address and port of each listener on this host, by the listener's name."),
              computed(
                      "servers_up",
                      Type.map(Type.STRING),
                      "The names of the servers that are up now, by the listener's name.")
                  .with(Attribute.Flag.VOLATILE)),
          EXAMPLE);

  private LbSchema() {}

  /** An object with the defaults of its attributes, and nulls for the rest. */
  private static ObjectValue defaults(List<Attribute> attributes) {
    TreeMap<String, Value> values = new TreeMap<>();
    for (Attribute attribute : attributes) {
      values.put(
          attribute.name(), attribute.defaultValue().orElseGet(() -> new Null(attribute.type())));
    }
    return ObjectValue.of(values);
  }

  private static MapValue defaultListeners() {
    ObjectValue bare = defaults(LISTENER);
    ObjectValue production = bare.with("port", Num.of(5000)).with("role", new Str("primary"));
    ObjectValue standby = bare.with("port", Num.of(5001)).with("role", new Str("replica"));
    return MapValue.of(production.type(), Map.of("production", production, "standby", standby));
  }
}
