package io.pgha.cli;

import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.core.plan.Named;
import io.pgha.language.value.ListValue;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.SetValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.TupleValue;
import io.pgha.language.value.Value;
import io.pgha.provider.schema.Attribute;
import io.pgha.state.ArtifactState;
import io.pgha.state.InstanceAddress;
import io.pgha.state.InstanceState;
import io.pgha.state.State;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Instances that change their addresses. An instance's address is its id too, by which others refer
 * to it: all that refers to it moves along.
 *
 * @param addresses the new addresses by the old ones
 */
record Moves(SortedMap<String, String> addresses) {

  /** What a move from one address to another means for a state. */
  static Moves of(State state, String from, String to) {
    TreeMap<String, String> addresses = new TreeMap<>();
    for (InstanceState instance : Addresses.matching(state, from)) {
      String old = instance.address().text();
      String moved = to + old.substring(from.length());
      InstanceAddress parsed = parse(moved);
      if (!parsed.type().equals(instance.address().type())) {
        throw CommandFailure.of(
            "another-type",
            "A " + instance.address().type() + " can't become a " + parsed.type(),
            "Both addresses must be of one resource type.");
      }
      if (state.instances().containsKey(moved)) {
        throw CommandFailure.of(
            "address-taken",
            "The state has " + moved + " already",
            "Move that one away first, or have it forgotten with pgha state rm.");
      }
      addresses.put(old, moved);
    }
    return new Moves(addresses);
  }

  private static InstanceAddress parse(String address) {
    try {
      return InstanceAddress.parse(address);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.of("invalid-address", "Not an address", e.getMessage() + ".");
    }
  }

  /** An instance after the moves: itself moved, or referring to what was. */
  InstanceState applied(InstanceState instance, TypeRegistry types) {
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
      dependencies.add(moved(name));
      // All instances of a resource are named at once, and some may be of another one by now.
      addresses.forEach((old, address) -> {
        if (Named.resource(old).equals(name)) {
          dependencies.add(Named.resource(address));
        }
      });
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
