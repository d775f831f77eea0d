package io.pgha.core.execution;

import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.core.execution.Vertex.Apply;
import io.pgha.core.execution.Vertex.Prepare;
import io.pgha.core.execution.Vertex.Ready;
import io.pgha.core.execution.Vertex.Released;
import io.pgha.core.execution.Vertex.Remove;
import io.pgha.core.plan.Named;
import io.pgha.core.plan.Needs;
import io.pgha.core.plan.Plan;
import io.pgha.core.plan.PlannedInstance;
import io.pgha.provider.ResourceType;
import io.pgha.provider.Values;
import io.pgha.provider.change.Action;
import io.pgha.provider.schema.Attribute;
import io.pgha.provider.schema.Attribute.Presence;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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
 *   <li>What an instance needs is made or changed before it, and removed after it. This holds
 *       through instances between them that stay as they are.
 *   <li>What is made anew is removed first and then made, or the other way round where its
 *       lifecycle says create_before_destroy: then it is removed last of all, after those that need
 *       it have been changed to its successor.
 *   <li>What goes is removed after those that needed it have been changed not to, where no other
 *       rule says otherwise.
 *   <li>Steps that disturb nobody wait only for the hosts they run on.
 *   <li>Types that follow others ({@link ResourceType#follows}) come after those of the same
 *       neighbour, and are removed before them.
 * </ul>
 *
 * <p>That many instances need many others is kept in one vertex for all instances of a resource, so
 * the number of edges grows with the number of names that are written.
 */
public final class ExecutionOrder {
  /** What a joint for all instances of a resource has behind the resource's address. */
  private static final String ALL = "[*]";

  private final Graph<Vertex, DefaultEdge> graph = new SimpleDirectedGraph<>(DefaultEdge.class);
  private final Map<String, PlannedInstance> planned = new LinkedHashMap<>();
  private final Named named;
  private final TypeRegistry types;

  /** Whether an order of removals is left out where it would make changes wait for each other. */
  private final boolean careful;

  private final List<Removal> byConfiguration = new ArrayList<>();

  /** That something goes, or is no longer used, before something else does. */
  private record Removal(Vertex first, Vertex then) {}

  private ExecutionOrder(Plan plan, TypeRegistry types, boolean careful) {
    this.types = types;
    this.careful = careful;
    plan.instances().forEach(instance -> planned.put(instance.address(), instance));
    this.named = new Named(planned.keySet());
  }

  /**
   * The order of a plan's changes.
   *
   * @throws IllegalStateException where the changes wait for each other: names who
   */
  public static ExecutionOrder of(Plan plan, TypeRegistry types) {
    ExecutionOrder order = of(plan, types, false);
    if (!new CycleDetector<>(order.graph).detectCycles()) {
      return order;
    }
    // Who needed whom has turned round since: that is known by now to matter, and seldom does.
    ExecutionOrder other = of(plan, types, true);
    CycleDetector<Vertex, DefaultEdge> cycles = new CycleDetector<>(other.graph);
    if (cycles.detectCycles()) {
      throw new IllegalStateException(
          "these changes wait for each other: "
              + new TreeSet<>(cycles.findCycles().stream().map(Object::toString).toList()));
    }
    return other;
  }

  private static ExecutionOrder of(Plan plan, TypeRegistry types, boolean careful) {
    ExecutionOrder order = new ExecutionOrder(plan, types, careful);
    if (order.planned.values().stream().anyMatch(PlannedInstance::isChange)) {
      order.planned.values().forEach(order::addVertices);
      order.planned.values().forEach(order::addEdges);
      order.planned.values().forEach(order::addRemovals);
      order.byConfiguration.forEach(order::add);
      order.keepWhatIsStillUsed();
    }
    return order;
  }

  private void addVertices(PlannedInstance instance) {
    String address = instance.address();
    switch (instance.action()) {
      case NO_OP -> {
        graph.addVertex(new Ready(address));
        graph.addVertex(new Released(address));
      }
      case CREATE -> {
        graph.addVertex(new Apply(address));
        graph.addVertex(new Released(address));
        if (!instance.change().prepare().isEmpty() && argumentsKnown(instance)) {
          graph.addVertex(new Prepare(address));
        }
      }
      case READ, UPDATE -> {
        graph.addVertex(new Apply(address));
        graph.addVertex(new Released(address));
      }
      case REPLACE -> {
        graph.addVertex(new Apply(address));
        graph.addVertex(new Remove(address));
      }
      case DELETE -> graph.addVertex(new Remove(address));
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
    String address = instance.address();
    Vertex prepare = new Prepare(address);
    if (graph.containsVertex(prepare)) {
      edge(prepare, new Apply(address));
      hosts(instance).forEach(host -> edge(made(host), prepare));
    }
    if (instance.action() == Action.READ) {
      ResourceType type = types.type(instance.type()).orElseThrow();
      planned.values().stream()
          .filter(other -> type.follows().contains(other.type()))
          .forEach(other -> edge(new Remove(other.address()), new Apply(address)));
    }
    if (instance.action() == Action.REPLACE) {
      if (instance.createBeforeDestroy()) {
        edge(new Apply(address), new Remove(address));
      } else {
        edge(new Remove(address), new Apply(address));
      }
    }
    String current = instance.instance().address();
    if (!current.equals(address)) {
      // What was put aside is used by those that use its successor.
      edge(gone(current), new Remove(address));
    }
    for (String needed : needs(instance)) {
      edge(named.isGroup(needed) ? allMade(needed) : made(needed), made(address));
    }
  }

  /**
   * What is there goes by what it was applied with, before what that needed. Beside that it goes by
   * what configuration says of it now, which state may not know yet; where the two contradict each
   * other, what was applied comes first.
   */
  private void addRemovals(PlannedInstance instance) {
    Set<String> prior = instance.priorDependencies();
    prior.forEach(needed -> add(removal(instance, needed)));
    for (String needed : needs(instance)) {
      if (!prior.contains(needed)) {
        byConfiguration.add(removal(instance, needed));
      }
    }
  }

  private Removal removal(PlannedInstance instance, String needed) {
    return new Removal(
        gone(instance.address()), named.isGroup(needed) ? allReleased(needed) : gone(needed));
  }

  private void add(Removal removal) {
    boolean possible =
        graph.containsVertex(removal.first()) && graph.containsVertex(removal.then());
    if (possible && !(careful && reaches(removal.then(), removal.first()))) {
      edge(removal.first(), removal.then());
    }
  }

  /** When all instances of a resource are as they are to be. */
  private Vertex allMade(String resource) {
    Vertex joint = new Ready(resource + ALL);
    if (graph.addVertex(joint)) {
      named.instances(resource).forEach(member -> edge(made(member), joint));
    }
    return joint;
  }

  /** When nothing that goes uses any instance of a resource any more. */
  private Vertex allReleased(String resource) {
    Vertex joint = new Released(resource + ALL);
    if (graph.addVertex(joint)) {
      named.instances(resource).forEach(member -> edge(joint, gone(member)));
    }
    return joint;
  }

  /**
   * What goes stays until those that used it have been changed not to. Where that would make
   * changes wait for each other, it goes first.
   */
  private void keepWhatIsStillUsed() {
    Map<String, List<Vertex>> going = new HashMap<>();
    boolean removedFirst = false;
    for (PlannedInstance instance : planned.values()) {
      boolean replaced = instance.action() == Action.REPLACE;
      removedFirst |= replaced && !instance.createBeforeDestroy();
      if (instance.action() == Action.DELETE || (replaced && instance.createBeforeDestroy())) {
        Vertex removal = new Remove(instance.address());
        // What was put aside has an address of its own, but is known by that of its successor.
        String address = instance.instance().address();
        going.computeIfAbsent(address, key -> new ArrayList<>()).add(removal);
        String resource = Named.resource(address);
        if (named.isGroup(resource)) {
          going.computeIfAbsent(resource, key -> new ArrayList<>()).add(removal);
        }
      }
    }
    if (going.isEmpty()) {
      return;
    }
    for (PlannedInstance user : planned.values()) {
      Vertex changed = new Apply(user.address());
      if (!graph.containsVertex(changed)) {
        continue;
      }
      Set<String> used = new LinkedHashSet<>(user.priorDependencies());
      used.addAll(user.dependencies());
      used.add(user.address());
      for (String name : used) {
        for (Vertex removal : going.getOrDefault(name, List.of())) {
          boolean own = removal.address().equals(user.address());
          if (!own && !((removedFirst || careful) && reaches(removal, changed))) {
            edge(changed, removal);
          }
        }
      }
    }
  }

  private boolean reaches(Vertex from, Vertex to) {
    Deque<Vertex> open = new ArrayDeque<>(List.of(from));
    Set<Vertex> seen = new HashSet<>();
    while (!open.isEmpty()) {
      Vertex next = open.removeLast();
      if (next.equals(to)) {
        return true;
      }
      if (seen.add(next)) {
        open.addAll(after(next));
      }
    }
    return false;
  }

  /** When what a name means is as it is to be. */
  private Vertex made(String name) {
    Vertex apply = new Apply(name);
    return graph.containsVertex(apply) ? apply : new Ready(name);
  }

  /** When what a name means is gone, or nothing that goes uses it any more. */
  private Vertex gone(String name) {
    Vertex remove = new Remove(name);
    return graph.containsVertex(remove) ? remove : new Released(name);
  }

  /** All that an instance comes after, by name. */
  private Set<String> needs(PlannedInstance instance) {
    if (instance.action() == Action.NO_OP && TypeRegistry.isData(instance.type())) {
      // It was read when the plan was made: what its type follows had its time by then.
      return instance.dependencies();
    }
    return Needs.of(
        instance.instance(), instance.dependencies(), types.type(instance.type()).orElseThrow());
  }

  /** The hosts among all that an instance needs directly. */
  private List<String> hosts(PlannedInstance instance) {
    return instance.dependencies().stream()
        .flatMap(name -> named.instances(name).stream())
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

  /** Everything there is to do, with the joints that hold its order together. */
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

  /** What is planned for the instance of a vertex with work. */
  public PlannedInstance planned(Vertex vertex) {
    PlannedInstance instance = planned.get(vertex.address());
    if (instance == null) {
      throw new IllegalArgumentException("not planned: " + vertex);
    }
    return instance;
  }

  /** The addresses of what a name means. */
  List<String> instances(String name) {
    return named.instances(name);
  }

  /** Everything planned, by address. */
  public Map<String, PlannedInstance> planned() {
    return planned;
  }

  /** Where a change begins: a removal, or the making of what is not removed first. */
  static Vertex first(PlannedInstance instance) {
    boolean removes =
        instance.action() == Action.DELETE
            || (instance.action() == Action.REPLACE && !instance.createBeforeDestroy());
    return removes ? new Remove(instance.address()) : new Apply(instance.address());
  }

  /** Where a change ends. */
  static Vertex last(PlannedInstance instance) {
    boolean removes =
        instance.action() == Action.DELETE
            || (instance.action() == Action.REPLACE && instance.createBeforeDestroy());
    return removes ? new Remove(instance.address()) : new Apply(instance.address());
  }
}
