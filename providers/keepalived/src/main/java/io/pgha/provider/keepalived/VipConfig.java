package io.pgha.provider.keepalived;

import io.pgha.language.value.AttributePath;
import io.pgha.language.value.Value;
import io.pgha.provider.Instance;
import io.pgha.provider.Values;
import io.pgha.provider.probe.MachineFacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The arguments of a {@code vip}.
 *
 * @param instance the host's part in the floating address
 * @param values its arguments
 */
record VipConfig(Instance instance, Values values) {
  static VipConfig of(Instance instance) {
    return new VipConfig(instance, Values.of(instance));
  }

  /** The address of the {@code host} instance that it is on; empty text while unknown. */
  String host() {
    return values.text("host");
  }

  private Optional<Instance> machine() {
    return instance.reference(AttributePath.of("host"));
  }

  /** The host's name, for people. */
  String hostName() {
    return machine().flatMap(each -> Values.of(each).string("name")).orElse(host());
  }

  /** Where pgha reaches the host. */
  Optional<String> hostAddress() {
    return machine().flatMap(each -> Values.of(each).string("address"));
  }

  /** The floating address. */
  String address() {
    return values.text("address");
  }

  List<String> peers() {
    return values.strings("peers");
  }

  long routerId() {
    return values.integer("virtual_router_id").orElse(51L);
  }

  long priority() {
    return values.integer("priority").orElse(0L);
  }

  boolean preempts() {
    return values.bool("preempt").orElse(false);
  }

  long advertSeconds() {
    return values.integer("advert_int").orElse(1L);
  }

  Optional<String> trackedProcess() {
    return values.string("track_process").filter(name -> !name.isEmpty());
  }

  /** Whether the process is watched by a script, on a machine that is a container or not. */
  boolean tracksByScript(boolean container) {
    return switch (values.string("track_by").orElse("auto")) {
      case "script" -> true;
      case "process" -> false;
      default -> container;
    };
  }

  String instanceName() {
    return values.string("instance_name").orElse("vip_" + routerId());
  }

  /** Whether all that the file is made of is known, but for what the machine says. */
  boolean isComplete() {
    return instance.values().attributes().keySet().stream()
        .filter(name -> !name.equals("holder") && !name.equals("state"))
        .allMatch(values::isKnown);
  }

  /**
   * Where the floating address goes on the host.
   *
   * @param own the host's own address among the peers
   * @param device the interface with that address
   * @param prefix the length of its prefix
   */
  record Place(String own, String device, long prefix) {}

  /** The place that the machine's addresses give; empty where it has none of the peers'. */
  Optional<Place> place(MachineFacts facts) {
    for (String each : facts.addresses()) {
      int space = each.indexOf(' ');
      int slash = each.indexOf('/');
      if (space < 0 || slash < space) {
        continue;
      }
      String own = each.substring(space + 1, slash);
      if (peers().contains(own) && !own.equals(address())) {
        return Optional.of(
            new Place(
                own,
                values.string("interface").orElse(each.substring(0, space)),
                values.integer("prefix").orElse(Long.parseLong(each.substring(slash + 1)))));
      }
    }
    return Optional.empty();
  }

  /** Whether the machine has the floating address. */
  boolean isHeldBy(MachineFacts facts) {
    return facts.addresses().stream().anyMatch(each -> each.contains(" " + address() + "/"));
  }

  /**
   * The other members that share the address, as far as the configuration leads to them: by way of
   * the load balancers that serve the same nodes.
   */
  List<VipConfig> siblings() {
    Map<String, VipConfig> found = new TreeMap<>();
    for (Instance lb : machine().map(each -> each.referrers("haproxy_lb")).orElse(List.of())) {
      for (Instance node : references(lb, "nodes")) {
        for (Instance other : node.referrers("haproxy_lb")) {
          other
              .reference(AttributePath.of("host"))
              .map(host -> host.referrers(VipType.NAME))
              .orElse(List.of())
              .forEach(each -> found.put(each.address(), VipConfig.of(each)));
        }
      }
    }
    found.remove(instance.address());
    found.values().removeIf(each -> !each.address().equals(address()));
    return List.copyOf(found.values());
  }

  private static List<Instance> references(Instance instance, String attribute) {
    List<Value> elements = Values.elements(instance.values().get(attribute));
    return java.util.stream.IntStream.range(0, elements.size())
        .mapToObj(index -> instance.reference(AttributePath.of(attribute).index(index)))
        .flatMap(Optional::stream)
        .toList();
  }

  /** What all members that share the address have in common. */
  Optional<String> group() {
    return address().isEmpty() ? Optional.empty() : Optional.of("VIP " + address());
  }
}
