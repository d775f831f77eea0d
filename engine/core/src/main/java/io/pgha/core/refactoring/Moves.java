package io.pgha.core.refactoring;

import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.language.value.ListValue;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.SetValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.TupleValue;
import io.pgha.language.value.Value;
import io.pgha.provider.schema.Attribute;
import io.pgha.state.ArtifactState;
import io.pgha.state.HostState;
import io.pgha.state.InstanceAddress;
import io.pgha.state.InstanceState;
import io.pgha.state.JournalRecord;
import io.pgha.state.State;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * New addresses of instances. An instance's address is its id too, by which others refer to it: all
 * that refers to it moves along. Nothing on any machine says it, so a move is made in the state
 * alone.
 */
public final class Moves {
  /** Nothing moves. */
  public static final Moves NONE = new Moves(new TreeMap<>());

  private final SortedMap<String, String> addresses;

  /** The names of whole resources some of whose instances are at others by now. */
  private final Map<String, Set<String>> resources = new HashMap<>();

  /**
   * Moves all at once.
   *
   * @param addresses the new addresses by the old ones
   */
  public Moves(SortedMap<String, String> addresses) {
    this.addresses = Collections.unmodifiableSortedMap(new TreeMap<>(addresses));
    addresses.forEach((old, now) -> {
      String before = InstanceAddress.parse(old).resource();
      String after = InstanceAddress.parse(now).resource();
      if (!before.equals(after)) {
        resources.computeIfAbsent(before, key -> new TreeSet<>()).add(after);
      }
    });
  }

  /** The new addresses by the old ones. */
  public SortedMap<String, String> addresses() {
    return addresses;
  }

  /** The old addresses by the new ones. */
  public SortedMap<String, String> origins() {
    SortedMap<String, String> origins = new TreeMap<>();
    addresses.forEach((old, now) -> origins.put(now, old));
    return origins;
  }

  /** Whether nothing moves. */
  public boolean isEmpty() {
    return addresses.isEmpty();
  }

  /** A state after the moves. */
  public State applied(State state, TypeRegistry types) {
    if (isEmpty()) {
      return state;
    }
    Set<String> remaining = remaining(state);
    return new State(
        state.lineage(),
        state.serial(),
        state.toolVersion(),
        state.journal(),
        applied(state.instances().values(), remaining, types),
        applied(state.deposed().values(), remaining, types),
        state.outputs(),
        hosts(state),
        state.checks());
  }

  /**
   * What a journal says of the moves; only all of it together makes sense.
   *
   * @param state the state before them
   */
  public List<JournalRecord> records(State state, TypeRegistry types) {
    State moved = applied(state, types);
    List<JournalRecord> records = new ArrayList<>();
    Map<String, InstanceState> before = objects(state);
    Map<String, InstanceState> after = objects(moved);
    left(before, after).map(JournalRecord.Removed::new).forEach(records::add);
    left(state.hosts(), moved.hosts()).map(JournalRecord.HostRemoved::new).forEach(records::add);
    arrived(before, after)
        .map(entry -> new JournalRecord.Recorded(entry.getValue()))
        .forEach(records::add);
    arrived(state.hosts(), moved.hosts())
        .map(entry -> new JournalRecord.HostRecorded(entry.getKey(), entry.getValue()))
        .forEach(records::add);
    return records;
  }

  private static Map<String, InstanceState> objects(State state) {
    Map<String, InstanceState> objects = new TreeMap<>(state.instances());
    objects.putAll(state.deposed());
    return objects;
  }

  private static <T> Stream<String> left(Map<String, T> before, Map<String, T> after) {
    return before.keySet().stream().filter(key -> !after.containsKey(key));
  }

  private static <T> Stream<Map.Entry<String, T>> arrived(
      Map<String, T> before, Map<String, T> after) {
    return after.entrySet().stream()
        .filter(entry -> !entry.getValue().equals(before.get(entry.getKey())));
  }

  private SortedMap<String, InstanceState> applied(
      Collection<InstanceState> instances, Set<String> remaining, TypeRegistry types) {
    SortedMap<String, InstanceState> all = new TreeMap<>();
    for (InstanceState instance : instances) {
      InstanceState moved = applied(instance, remaining, types);
      all.put(moved.id(), moved);
    }
    return all;
  }

  /** The resources that some instance moves away from, and that still have another one then. */
  private Set<String> remaining(State state) {
    Set<String> remaining = new TreeSet<>();
    for (InstanceState instance : state.instances().values()) {
      String resource = InstanceAddress.parse(moved(instance.address().text())).resource();
      if (resources.containsKey(resource)) {
        remaining.add(resource);
      }
    }
    return remaining;
  }

  private SortedMap<String, HostState> hosts(State state) {
    SortedMap<String, HostState> hosts = new TreeMap<>();
    state.hosts().forEach((address, host) -> hosts.put(moved(address), host));
    return hosts;
  }

  /** An instance after the moves: itself moved, or referring to what was. */
  private InstanceState applied(InstanceState instance, Set<String> remaining, TypeRegistry types) {
    TreeMap<String, Value> attributes = new TreeMap<>(instance.attributes().attributes());
    attributes.computeIfPresent("id", (name, value) -> moved(value));
    types
        .type(instance.address().type())
        .ifPresent(type -> {
          for (Attribute attribute : type.schema().attributes()) {
            if (attribute.reference().isPresent()) {
              attributes.computeIfPresent(attribute.name(), (name, value) -> moved(value));
            }
          }
        });
    TreeSet<String> dependencies = new TreeSet<>();
    for (String name : instance.dependencies()) {
      if (remaining.contains(name) || !resources.containsKey(name)) {
        dependencies.add(moved(name));
      }
      // All instances of a resource are named at once, and some may be of another one by now.
      dependencies.addAll(resources.getOrDefault(name, Set.of()));
    }
    TreeMap<String, String> machineIds = new TreeMap<>();
    instance.machineIds().forEach((host, id) -> machineIds.put(moved(host), id));
    List<ArtifactState> artifacts =
        instance.artifacts().stream()
            .map(each -> new ArtifactState(moved(each.host()), each.key(), each.facts()))
            .toList();
    TreeMap<String, String> claims = new TreeMap<>();
    instance.claims().forEach((host, id) -> claims.put(moved(host), id));
    return new InstanceState(
        InstanceAddress.parse(moved(instance.address().text())),
        instance.deposed(),
        instance.provider(),
        instance.schemaVersion(),
        ObjectValue.of(attributes),
        instance.sensitivePaths(),
        artifacts,
        machineIds,
        dependencies,
        instance.createBeforeDestroy(),
        instance.tainted(),
        instance.incomplete(),
        claims,
        instance.privateData());
  }

  private String moved(String address) {
    return ((Map<String, String>) addresses).getOrDefault(address, address);
  }

  private Value moved(Value value) {
    return switch (value) {
      case Str(String text) -> new Str(moved(text));
      case ListValue(var type, List<Value> elements) ->
          new ListValue(type, elements.stream().map(this::moved).toList());
      case TupleValue(List<Value> elements) ->
          new TupleValue(elements.stream().map(this::moved).toList());
      case SetValue(var type, List<Value> elements) ->
          SetValue.of(type, elements.stream().map(this::moved).toList());
      default -> value;
    };
  }
}
