package io.pgha.cli.view;

import io.pgha.core.plan.Named;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What needs what.
 *
 * @param nodes what there is
 * @param needs by a node's id, the names of what it needs: ids, or what several ids have in common,
 *     as {@link Named} understands them; all of them are there
 */
public record Graph(List<Node> nodes, Map<String, Set<String>> needs) {
  public Graph {
    nodes = List.copyOf(nodes);
    Map<String, Set<String>> known = new TreeMap<>();
    nodes.forEach(node -> known.put(node.id(), new TreeSet<>()));
    Named named = new Named(known.keySet());
    needs.forEach((id, needed) -> {
      Set<String> there = known.get(id);
      if (there != null) {
        needed.stream()
            .filter(name -> !name.equals(id) && (known.containsKey(name) || named.isGroup(name)))
            .forEach(there::add);
      }
    });
    needs = known;
  }

  /**
   * An instance, or several that are drawn as one.
   *
   * @param id its address
   * @param caption what kind it is
   * @param title what it is called
   * @param action what is done with it; empty where the graph is of no plan, or they differ
   * @param count how many instances it stands for
   */
  public record Node(
      String id, String caption, String title, Optional<PlannedAction> action, int count) {}

  /** The graph of a plan; {@code all} with what stays as it is. */
  public static Graph of(PlanView plan) {
    List<Node> nodes = new ArrayList<>();
    Map<String, Set<String>> needs = new TreeMap<>();
    for (ResourceView resource : plan.resources()) {
      String id = resource.address().text();
      nodes.add(node(id, Optional.of(resource.action())));
      needs.put(id, new TreeSet<>(resource.dependsOn()));
    }
    return new Graph(nodes, needs);
  }

  /** The graph of instances by what each needs. */
  public static Graph of(Map<String, ? extends Collection<String>> instances) {
    List<Node> nodes = new ArrayList<>();
    Map<String, Set<String>> needs = new TreeMap<>();
    instances.forEach((id, needed) -> {
      nodes.add(node(id, Optional.empty()));
      needs.put(id, new TreeSet<>(needed));
    });
    return new Graph(nodes, needs);
  }

  private static Node node(String address, Optional<PlannedAction> action) {
    int key = address.endsWith("]") ? keyOf(address) : address.length();
    int name = address.lastIndexOf('.', key - 1);
    String title = key < address.length() ? address.substring(key + 1, address.length() - 1) : "";
    return title.isEmpty()
        ? new Node(address, address.substring(0, name), address.substring(name + 1), action, 1)
        : new Node(address, address.substring(0, key), unquoted(title), action, 1);
  }

  private static int keyOf(String address) {
    return address.endsWith("\"]") ? address.lastIndexOf("[\"") : address.lastIndexOf('[');
  }

  private static String unquoted(String key) {
    return key.startsWith("\"") ? key.substring(1, key.length() - 1) : key;
  }

  /**
   * This graph with all instances of a resource as one node, or all of a module: the first form
   * that has few enough nodes.
   *
   * @return empty where even the modules are too many
   */
  public Optional<Graph> condensed(int most) {
    if (nodes.size() <= most) {
      return Optional.of(this);
    }
    Graph resources = grouped(Graph::resourceOf);
    if (resources.nodes.size() <= most) {
      return Optional.of(resources);
    }
    return Optional.of(resources.grouped(Graph::moduleOf))
        .filter(modules -> modules.nodes.size() <= most);
  }

  private static String resourceOf(String address) {
    return address.endsWith("]") ? address.substring(0, keyOf(address)) : address;
  }

  private static String moduleOf(String address) {
    if (!address.startsWith("module.")) {
      return address;
    }
    int end = address.indexOf('.', "module.".length());
    int bracket = address.indexOf('[');
    return address.substring(0, bracket >= 0 && bracket < end ? bracket : end);
  }

  private interface Grouping {
    String of(String address);
  }

  private Graph grouped(Grouping grouping) {
    Map<String, List<Node>> groups = new LinkedHashMap<>();
    nodes.forEach(
        node -> groups.computeIfAbsent(grouping.of(node.id()), id -> new ArrayList<>()).add(node));
    List<Node> merged = new ArrayList<>();
    groups.forEach((id, members) -> merged.add(merged(id, members)));
    Map<String, Set<String>> between = new TreeMap<>();
    needs.forEach((id, needed) -> {
      Set<String> all = between.computeIfAbsent(grouping.of(id), group -> new TreeSet<>());
      needed.forEach(other -> all.add(grouping.of(other)));
    });
    return new Graph(merged, between);
  }

  private static Node merged(String id, List<Node> members) {
    Node first = members.getFirst();
    if (members.size() == 1 && first.count() == 1) {
      return new Node(id, first.caption(), first.title(), first.action(), 1);
    }
    boolean alike = members.stream().allMatch(node -> node.action().equals(first.action()));
    int count = members.stream().mapToInt(Node::count).sum();
    Node plain =
        id.startsWith("module.")
            ? new Node(id, "module", id, Optional.empty(), 1)
            : node(id, Optional.empty());
    return new Node(
        id,
        plain.caption(),
        plain.title() + " ×" + count,
        alike ? first.action() : Optional.empty(),
        count);
  }

  /** This graph with every name that means several nodes written out. */
  private Graph expanded() {
    Named named = new Named(needs.keySet());
    Map<String, Set<String>> all = new TreeMap<>();
    needs.forEach((id, names) -> {
      Set<String> ids = all.computeIfAbsent(id, key -> new TreeSet<>());
      for (String name : names) {
        if (needs.containsKey(name)) {
          ids.add(name);
        } else {
          ids.addAll(named.instances(name));
        }
      }
    });
    return new Graph(nodes, all);
  }

  /** This graph without the arrows that others imply; each arrow between two nodes. */
  Graph reduced() {
    return expanded().withoutImplied();
  }

  private Graph withoutImplied() {
    Map<String, Integer> index = new TreeMap<>();
    nodes.forEach(node -> index.put(node.id(), index.size()));
    Map<String, BitSet> reached = new TreeMap<>();
    Map<String, Set<String>> fewer = new TreeMap<>();
    for (Node node : nodes) {
      Set<String> kept = new TreeSet<>(needsOf(node.id()));
      for (String needed : needsOf(node.id())) {
        for (String other : needsOf(node.id())) {
          Integer at = index.get(other);
          if (!other.equals(needed) && at != null && reach(needed, index, reached).get(at)) {
            kept.remove(other);
          }
        }
      }
      fewer.put(node.id(), kept);
    }
    return new Graph(nodes, fewer);
  }

  private BitSet reach(String id, Map<String, Integer> index, Map<String, BitSet> reached) {
    BitSet known = reached.get(id);
    if (known != null) {
      return known;
    }
    BitSet all = new BitSet();
    reached.put(id, all);
    for (String needed : needsOf(id)) {
      all.set(index.getOrDefault(needed, 0));
      all.or(reach(needed, index, reached));
    }
    return all;
  }

  /** What a node needs. */
  Set<String> needsOf(String id) {
    return needs.getOrDefault(id, Set.of());
  }
}
