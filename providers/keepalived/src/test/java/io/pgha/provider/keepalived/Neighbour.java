package io.pgha.provider.keepalived;

import static io.pgha.provider.schema.Attribute.optional;

import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Type;
import io.pgha.provider.Instance;
import io.pgha.provider.ResourceType;
import io.pgha.provider.change.Change;
import io.pgha.provider.change.Live;
import io.pgha.provider.change.PlanRequest;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.schema.Attribute;
import io.pgha.provider.schema.Schema;
import java.util.List;

/** A type that others provide, as far as a floating address looks at it. */
record Neighbour(String name, List<Attribute> attributes) implements ResourceType {
  static final Neighbour HOST =
      new Neighbour(
          "host", List.of(optional("name", Type.STRING, ""), optional("address", Type.STRING, "")));

  static final Neighbour NODE = new Neighbour("patroni_node", List.of());

  static final Neighbour LB =
      new Neighbour(
          "haproxy_lb",
          List.of(
              optional("host", Type.STRING, "").referringTo("host"),
              optional("nodes", Type.list(Type.STRING), "").referringTo("patroni_node")));

  @Override
  public Schema schema() {
    return new Schema(1, "", attributes, "");
  }

  @Override
  public List<PlacedProbe> probes(Instance instance) {
    return List.of();
  }

  @Override
  public Live read(Instance instance, ProbeResults results) {
    return new Live(Live.Presence.ABSENT, "", ObjectValue.EMPTY, List.of(), results);
  }

  @Override
  public Change plan(PlanRequest request) {
    return Change.none(ObjectValue.EMPTY);
  }
}
