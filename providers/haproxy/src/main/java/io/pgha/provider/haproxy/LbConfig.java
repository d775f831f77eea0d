package io.pgha.provider.haproxy;

import io.pgha.language.value.AttributePath;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.Value;
import io.pgha.provider.Instance;
import io.pgha.provider.Values;
import io.pgha.provider.probe.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The arguments of a {@code haproxy_lb}.
 *
 * @param instance the load balancer
 * @param values its arguments
 */
record LbConfig(Instance instance, Values values) {
  static LbConfig of(Instance instance) {
    return new LbConfig(instance, Values.of(instance));
  }

  /** A node of the cluster. */
  record Node(String name, String address, long port, long restPort) {
    String server() {
      return authority(address, port);
    }
  }

  /** A listener; {@code role} as Patroni's REST API has it in {@link #path}. */
  record Listener(String name, Values values) {
    long port() {
      return values.integer("port").orElse(0L);
    }

    String role() {
      return values.text("role");
    }

    boolean isPrimary() {
      return role().equals("primary");
    }

    String address() {
      return values.string("address").orElse("*");
    }

    long serverMaxconn() {
      return values.integer("server_maxconn").orElse(100L);
    }

    String balance() {
      return values.string("balance").orElse("leastconn");
    }

    /** The path of the check that only nodes with the role pass. */
    String path() {
      String path = PATHS.getOrDefault(role(), "/" + role());
      return values.string("max_lag").map(lag -> path + "?lag=" + lag).orElse(path);
    }
  }

  /** The paths of Patroni's health checks by role; Patroni 4 docs, REST API. */
  static final Map<String, String> PATHS =
      Map.of(
          "primary", "/primary",
          "replica", "/replica",
          "synchronous", "/synchronous",
          "asynchronous", "/asynchronous",
          "any", "/read-only");

  /** The address of the {@code host} instance that it runs on; empty text while unknown. */
  String host() {
    return values.text("host");
  }

  private Optional<Values> machine() {
    return instance.reference(AttributePath.of("host")).map(Values::of);
  }

  /** The host's name, for people. */
  String hostName() {
    return machine().flatMap(each -> each.string("name")).orElse(host());
  }

  /** The host's IP address or name; empty while unknown. */
  Optional<String> address() {
    return machine().flatMap(each -> each.string("address"));
  }

  /** The nodes' instances in the given order; those that are unknown left out. */
  List<Instance> nodeInstances() {
    List<Instance> found = new ArrayList<>();
    for (int index = 0; index < Values.elements(values.get("nodes")).size(); index++) {
      instance.reference(AttributePath.of("nodes").index(index)).ifPresent(found::add);
    }
    return found;
  }

  /** The nodes that all of what is needed is known of. */
  List<Node> nodes() {
    List<Node> nodes = new ArrayList<>();
    for (Instance each : nodeInstances()) {
      Values node = Values.of(each);
      Optional<Values> machine = each.reference(AttributePath.of("host")).map(Values::of);
      Optional<String> name = node.string("name").or(() -> machine.flatMap(m -> m.string("name")));
      Optional<String> address =
          node.string("address").or(() -> machine.flatMap(m -> m.string("address")));
      if (name.isPresent() && address.isPresent()) {
        nodes.add(
            new Node(
                name.get(),
                address.get(),
                node.integer("port").orElse(5432L),
                node.integer("rest_port").orElse(8008L)));
      }
    }
    return nodes;
  }

  /** Whether all that the file is made of is known. */
  boolean isComplete() {
    List<Value> given = Values.elements(values.get("nodes"));
    boolean arguments =
        instance.values().attributes().keySet().stream()
            .filter(name -> !name.equals("endpoints") && !name.equals("servers_up"))
            .allMatch(values::isKnown);
    return arguments && !given.isEmpty() && nodes().size() == given.size();
  }

  /** The listeners by name. */
  List<Listener> listeners() {
    List<Listener> listeners = new ArrayList<>();
    values
        .map("listeners")
        .forEach((name, value) -> {
          if (value.unmarked() instanceof ObjectValue object) {
            listeners.add(new Listener(name, new Values(object)));
          }
        });
    return listeners;
  }

  List<Listener> writers() {
    return listeners().stream().filter(Listener::isPrimary).toList();
  }

  Values check() {
    return values.nested("check").orElse(new Values(ObjectValue.EMPTY));
  }

  Values timeouts() {
    return values.nested("timeouts").orElse(new Values(ObjectValue.EMPTY));
  }

  Optional<Values> stats() {
    return values.nested("stats");
  }

  /** The scheme of the nodes' REST API. */
  String scheme() {
    return check().bool("ssl").orElse(false) ? "https" : "http";
  }

  /** Connections that the servers of all listeners can take together. */
  long capacity() {
    int count = Math.max(1, Values.elements(values.get("nodes")).size());
    return listeners().stream()
        .mapToLong(each -> each.serverMaxconn() * (each.isPrimary() ? 1 : count))
        .sum();
  }

  long maxconn() {
    return values.integer("maxconn").orElse(capacity());
  }

  /** The addresses of floating addresses that live on the host too. */
  List<String> floatingAddresses() {
    return instance
        .reference(AttributePath.of("host"))
        .map(host -> host.referrers("vip"))
        .orElse(List.of())
        .stream()
        .flatMap(vip -> Values.of(vip).string("address").stream())
        .toList();
  }

  /** What all load balancers in front of the same nodes have in common. */
  Optional<String> group() {
    List<Instance> nodes = nodeInstances();
    if (nodes.isEmpty()) {
      return Optional.empty();
    }
    String clusters =
        nodes.stream()
            .map(node -> Values.of(node).string("cluster").orElse(node.address()))
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return Optional.of("load balancers of " + clusters);
  }

  static String authority(String address, long port) {
    return new Reach.Port(address, (int) port).toString();
  }

  /** The listeners' addresses on this host. */
  Optional<Map<String, Value>> endpoints() {
    return address()
        .map(own ->
            listeners().stream()
                .collect(
                    Collectors.toMap(
                        Listener::name,
                        each ->
                            new Str(
                                authority(
                                    each.address().equals("*") ? own : each.address(),
                                    each.port())))));
  }
}
