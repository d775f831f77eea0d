package io.pgha.cli.drift;

import io.pgha.cli.drift.Cluster.Host;
import io.pgha.cli.drift.Cluster.Link;
import io.pgha.cli.drift.Cluster.Part;
import io.pgha.core.drift.Checked;
import io.pgha.core.drift.Finding;
import io.pgha.core.drift.Finding.Place;
import io.pgha.core.drift.RootReport;
import io.pgha.core.drift.Silence;
import io.pgha.core.plan.Named;
import io.pgha.state.InstanceAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Sees the cluster in what was found out of a root. Not thread-safe. */
final class ClusterBuilder {
  private final RootReport root;
  private final String prefix;
  private final Map<String, Checked> instances = new TreeMap<>();
  private final Map<String, String> hostTokens = new TreeMap<>();
  private final Map<String, String> partTokens = new HashMap<>();
  private final Map<String, String> hostSilences = new HashMap<>();
  private final Map<String, String> partSilences = new HashMap<>();

  /**
   * Of a root.
   *
   * @param number the root's number, which keeps its tokens apart from those of others
   */
  ClusterBuilder(RootReport root, int number) {
    this.root = root;
    this.prefix = "r" + number;
    root.checked().forEach(each -> instances.put(each.address(), each));
    for (Silence silence : root.silences()) {
      if (!silence.host().isEmpty()) {
        hostSilences.putIfAbsent(silence.host(), silence.code());
      }
      for (String address : silence.addresses()) {
        partSilences.putIfAbsent(address, silence.code());
        instances.putIfAbsent(address, unseen(address, silence.host()));
      }
    }
    for (Place place : places()) {
      instances.putIfAbsent(place.address(), unseen(place.address(), place.host()));
    }
    Set<String> names = new TreeSet<>(hostSilences.keySet());
    instances.values().forEach(each -> names.addAll(each.hosts()));
    places().forEach(place -> names.add(place.host()));
    names.remove("");
    names.forEach(name -> hostTokens.put(name, prefix + "h" + hostTokens.size()));
    instances.keySet().forEach(each -> partTokens.put(each, prefix + "i" + partTokens.size()));
  }

  private List<Place> places() {
    return root.findings().stream().flatMap(finding -> finding.places().stream()).toList();
  }

  /** An instance that was not compared, such as one on a host that nobody reaches. */
  private static Checked unseen(String address, String host) {
    return new Checked(
        address, type(address), host.isEmpty() ? List.of() : List.of(host), List.of());
  }

  private static String type(String address) {
    try {
      return InstanceAddress.parse(address).type();
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /** What the page's parts that tell of a finding are picked by. */
  List<String> tokens(Finding finding) {
    Set<String> tokens = new TreeSet<>();
    for (Place place : finding.places()) {
      tokens.add(partTokens.getOrDefault(place.address(), ""));
      tokens.add(hostTokens.getOrDefault(hostOf(place), homeless()));
    }
    tokens.remove("");
    return List.copyOf(tokens);
  }

  private String homeless() {
    return prefix + "none";
  }

  /** The host of a place: where it was found, else the only one of its instance. */
  private String hostOf(Place place) {
    return place.host().isEmpty() ? home(place.address()) : place.host();
  }

  private String home(String address) {
    Checked instance = instances.get(address);
    return instance != null && instance.hosts().size() == 1 ? instance.hosts().getFirst() : "";
  }

  Cluster cluster() {
    Map<String, List<Part>> parts = new TreeMap<>();
    hostTokens.keySet().forEach(host -> parts.put(host, new ArrayList<>()));
    List<Part> elsewhere = new ArrayList<>();
    for (Checked instance : instances.values()) {
      String home = home(instance.address());
      if (home.isEmpty()) {
        elsewhere.add(part(instance));
      } else if (!instance.type().equals("host")) {
        parts.getOrDefault(home, elsewhere).add(part(instance));
      }
    }
    List<Host> hosts = new ArrayList<>();
    parts.forEach((name, on) -> hosts.add(host(name, on)));
    hosts.sort(Comparator.comparing(Host::tier));
    if (!elsewhere.isEmpty()) {
      hosts.add(host("", elsewhere));
    }
    return new Cluster(hosts, links(hosts));
  }

  private Host host(String name, List<Part> parts) {
    List<Part> ordered =
        parts.stream()
            .sorted(Comparator.comparing(Part::tier).thenComparing(Part::address))
            .toList();
    List<Finding> on =
        root.findings().stream()
            .filter(
                finding -> finding.places().stream().anyMatch(place -> hostOf(place).equals(name)))
            .toList();
    return new Host(
        hostTokens.getOrDefault(name, homeless()),
        name,
        Mark.of(on, hostSilences.getOrDefault(name, "")),
        ordered);
  }

  private Part part(Checked instance) {
    String address = instance.address();
    List<Finding> on =
        root.findings().stream().filter(each -> each.addresses().contains(address)).toList();
    String silence =
        Optional.ofNullable(partSilences.get(address))
            .orElseGet(() -> hostSilences.getOrDefault(home(address), ""));
    Tier tier = Tier.of(instance.type());
    return new Part(
        partTokens.getOrDefault(address, ""),
        address,
        tier,
        role(instance, tier),
        Mark.of(on, silence));
  }

  private static String role(Checked instance, Tier tier) {
    Map<String, String> observed = instance.observed();
    return switch (tier) {
      case ADDRESS ->
          observed.getOrDefault("state", "").equalsIgnoreCase("master")
                  || instance.hosts().contains(observed.getOrDefault("holder", ""))
              ? "holder"
              : "";
      case DATABASE -> observed.getOrDefault("role", "");
      case STORE -> observed.getOrDefault("leader", "").equals("true") ? "leader" : "";
      case BALANCER, OTHER -> "";
    };
  }

  private List<Link> links(List<Host> hosts) {
    Map<String, Part> parts = new TreeMap<>();
    hosts.forEach(host -> host.parts().forEach(part -> parts.put(part.address(), part)));
    Named named = new Named(instances.keySet().stream().filter(a -> !type(a).isEmpty()).toList());
    List<Link> links = new ArrayList<>();
    Tier first =
        parts.values().stream().map(Part::tier).min(Comparator.naturalOrder()).orElse(Tier.OTHER);
    boolean held = parts.values().stream().anyMatch(each -> each.tier() == first && each.leads());
    for (Part part : parts.values()) {
      if (part.tier() == Tier.OTHER) {
        continue;
      }
      if (part.tier() == first && first != Tier.STORE) {
        links.add(new Link("", part.token(), !held || part.leads()));
      }
      List<Part> below = below(part, parts, named);
      List<Part> same =
          below.stream().filter(each -> home(each.address()).equals(home(part.address()))).toList();
      for (Part to : same.isEmpty() ? below : same) {
        boolean main = part.tier() == Tier.ADDRESS ? part.leads() : leadsWrites(to);
        links.add(new Link(part.token(), to.token(), main));
      }
    }
    return links;
  }

  private static boolean leadsWrites(Part part) {
    return part.tier() == Tier.DATABASE && part.leads();
  }

  /** The nearest in the tiers below that a part needs, whatever stands between. */
  private List<Part> below(Part from, Map<String, Part> parts, Named named) {
    Set<String> met = new TreeSet<>(Set.of(from.address()));
    Deque<String> next = new ArrayDeque<>(met);
    List<Part> found = new ArrayList<>();
    while (!next.isEmpty()) {
      Checked instance = instances.get(next.remove());
      List<String> names = instance == null ? List.of() : instance.needs();
      for (String address : names.stream().flatMap(n -> named.instances(n).stream()).toList()) {
        Part part = parts.get(address);
        if (!met.add(address)) {
          continue;
        }
        if (part != null && part.tier().compareTo(from.tier()) > 0 && part.tier() != Tier.OTHER) {
          found.add(part);
        } else {
          next.add(address);
        }
      }
    }
    Optional<Tier> nearest = found.stream().map(Part::tier).min(Comparator.naturalOrder());
    return found.stream().filter(part -> Optional.of(part.tier()).equals(nearest)).toList();
  }
}
