package io.pgha.core.execution;

import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.core.execution.Vertex.Apply;
import io.pgha.core.execution.Vertex.Prepare;
import io.pgha.core.execution.Vertex.Remove;
import io.pgha.core.plan.Plan;
import io.pgha.core.plan.PlannedInstance;
import io.pgha.provider.Instance;
import io.pgha.provider.ResourceType;
import io.pgha.provider.Values;
import io.pgha.provider.change.Action;
import io.pgha.provider.schema.Attribute;
import io.pgha.provider.schema.Attribute.Presence;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jgrapht.Graph;
import org.jgrapht.Graphs;
import org.jgrapht.alg.cycle.CycleDetector;
import org.jgrapht.graph.DefaultEdge;
import org.jgrapht.graph.SimpleDirectedGraph;

/**
 * The order in which a plan is carried out: the only place that decides what comes before what.
 *
 * <ul>
 *   <li>What an instance needs is made or changed before it, and removed after it.
 *   <li>What goes is removed after those that needed it have been changed not to.
 *   <li>Steps that disturb nobody wait only for the hosts they run on.
 *   <li>Types that follow others ({@link ResourceType#follows}) come after those of the same
 *       neighbour, and are removed before them.
 * </ul>
 */
public final class ExecutionOrder {
  private final Graph<Vertex, DefaultEdge> graph = new SimpleDirectedGraph<>(DefaultEdge.class);
  private final Map<String, PlannedInstance> planned = new LinkedHashMap<>();
  private final TypeRegistry types;

  private ExecutionOrder(TypeRegistry types) {
    this.types = types;
  }

  /**
   * The order of a plan's changes.
   *
   * @throws IllegalStateException where the changes wait for each other: names who
   */
  public static ExecutionOrder of(Plan plan, TypeRegistry types) {
    ExecutionOrder order = new ExecutionOrder(types);
    plan.instances().forEach(instance -> order.planned.put(instance.address(), instance));
    order.addVertices();
    order.planned.values().forEach(order::addEdges);
    CycleDetector<Vertex, DefaultEdge> cycles = new CycleDetector<>(order.graph);
    if (cycles.detectCycles()) {
      throw new IllegalStateException(
          "these changes wait for each other: "
              + new TreeSet<>(cycles.findCycles().stream().map(Object::toString).toList()));
    }
    return order;
  }

  private void addVertices() {
    for (PlannedInstance instance : planned.values()) {
      switch (instance.action()) {
        case NO_OP -> {
          // nothing to do
        }
        case CREATE -> {
          graph.addVertex(new Apply(instance.address()));
          if (!instance.change().prepare().isEmpty() && argumentsKnown(instance)) {
            graph.addVertex(new Prepare(instance.address()));
          }
        }
        case UPDATE, REPLACE -> graph.addVertex(new Apply(instance.address()));
        case DELETE -> graph.addVertex(new Remove(instance.address()));
      }
    }
  }

  private boolean argumentsKnown(PlannedInstance instance) {
    ResourceType type = types.type(instance.type()).orElseThrow();
    Values values = Values.of(instance.instance());
    for (Attribute attribute : type.schema().attributes()) {
      if (attribute.presence() != Presence.COMPUTED && !values.isKnown(attribute.name())) {
        return false;
      }
    }
    return true;
  }

  private void addEdges(PlannedInstance instance) {
    Vertex prepare = new Prepare(instance.address());
    Vertex apply = new Apply(instance.address());
    if (graph.containsVertex(prepare)) {
      edge(prepare, apply);
      hosts(instance).forEach(host -> edge(new Apply(host), prepare));
    }
    for (String needed : needs(instance)) {
      edge(new Apply(needed), apply);
      edge(new Remove(instance.address()), new Remove(needed));
      // What goes stays until those that needed it have been changed.
      edge(apply, new Remove(needed));
    }
  }

  /** All that an instance comes after. */
  private Set<String> needs(PlannedInstance instance) {
    Set<String> needs = new LinkedHashSet<>(instance.dependencies());
    ResourceType type = types.type(instance.type()).orElseThrow();
    for (String followed : type.follows()) {
      for (Attribute attribute : type.schema().attributes()) {
        if (attribute.reference().isPresent()) {
          neighbour(instance.instance(), attribute)
              .ifPresent(neighbour ->
                  neighbour.referrers(followed).forEach(sibling -> needs.add(sibling.address())));
        }
      }
    }
    needs.remove(instance.address());
    return needs;
  }

  private static Optional<Instance> neighbour(Instance instance, Attribute attribute) {
    return instance.reference(io.pgha.language.value.AttributePath.of(attribute.name()));
  }

  /** The hosts among all that an instance needs directly. */
  private List<String> hosts(PlannedInstance instance) {
    return instance.dependencies().stream()
        .filter(needed -> {
          PlannedInstance other = planned.get(needed);
          return other != null && other.type().equals("host");
        })
        .toList();
  }

  private void edge(Vertex first, Vertex then) {
    if (graph.containsVertex(first) && graph.containsVertex(then) && !first.equals(then)) {
      graph.addEdge(first, then);
    }
  }

  /** Everything there is to do. */
  public Set<Vertex> vertices() {
    return graph.vertexSet();
  }

  /** What must be done right before a vertex. */
  public List<Vertex> before(Vertex vertex) {
    return Graphs.predecessorListOf(graph, vertex);
  }

  /** What waits for a vertex. */
  public List<Vertex> after(Vertex vertex) {
    return Graphs.successorListOf(graph, vertex);
  }

  /** Whether a vertex waits, directly or not, for one of the others. */
  boolean waitsForAny(Vertex vertex, Set<Vertex> others) {
    Deque<Vertex> open = new ArrayDeque<>(before(vertex));
    Set<Vertex> seen = new HashSet<>();
    while (!open.isEmpty()) {
      Vertex next = open.removeFirst();
      if (!seen.add(next)) {
        continue;
      }
      if (others.contains(next)) {
        return true;
      }
      open.addAll(before(next));
    }
    return false;
  }

  /** What is planned for the instance of a vertex. */
  public PlannedInstance planned(Vertex vertex) {
    PlannedInstance instance = planned.get(vertex.address());
    if (instance == null) {
      throw new IllegalArgumentException("not planned: " + vertex);
    }
    return instance;
  }

  /** How the change of the instance at an address is carried out. */
  Vertex vertexOf(String address) {
    PlannedInstance instance = planned.get(address);
    if (instance == null) {
      throw new IllegalArgumentException("not planned: " + address);
    }
    return vertex(instance);
  }

  /** Everything planned, by address. */
  public Map<String, PlannedInstance> planned() {
    return planned;
  }

  /** Whether an action is carried out by {@link Remove}. */
  static Vertex vertex(PlannedInstance instance) {
    return instance.action() == Action.DELETE
        ? new Remove(instance.address())
        : new Apply(instance.address());
  }
}
