package io.pgha.core.testing;

import io.pgha.language.value.Num;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.language.value.Value;
import io.pgha.provider.Instance;
import io.pgha.provider.ResourceType;
import io.pgha.provider.Values;
import io.pgha.provider.change.Action;
import io.pgha.provider.change.AttributeComparison;
import io.pgha.provider.change.Change;
import io.pgha.provider.change.Live;
import io.pgha.provider.change.PlanRequest;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.rollout.Effect;
import io.pgha.provider.schema.Attribute;
import io.pgha.provider.schema.Attribute.Presence;
import io.pgha.provider.schema.Schema;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Something on no machine whose arguments hold objects, and that has a title of its own, which was
 * called {@code name} in version 1 of its schema.
 */
final class BoxType implements ResourceType {
  private static final List<Attribute> THING =
      List.of(
          Attribute.required("name", Type.STRING, "Its name."),
          Attribute.optional("weight", Num.of(7), "Its weight."),
          Attribute.object(
              "maker", List.of(Attribute.optional("town", Type.STRING, "Where.")), "Who made it."));

  private static final Schema SCHEMA =
      new Schema(
          2,
          "A box.",
          List.of(
              Attribute.object("label", THING, "One thing."),
              Attribute.objectList("things", THING, "Things in order."),
              Attribute.objectMap("drawers", THING, "Things by name."),
              Attribute.optional("title", Type.STRING, "What is written on it.")
                  .presence(Presence.OPTIONAL_COMPUTED),
              Attribute.computed("slug", Type.STRING, "Its title in short.")),
          "");

  @Override
  public String name() {
    return "box";
  }

  @Override
  public Schema schema() {
    return SCHEMA;
  }

  @Override
  public ObjectValue upgrade(int version, ObjectValue attributes) {
    Map<String, Value> renamed = new TreeMap<>(attributes.attributes());
    renamed.put("title", renamed.remove("name"));
    return ObjectValue.of(renamed);
  }

  @Override
  public Map<String, Value> derive(Instance instance) {
    String title = Values.of(instance).string("title").orElse("Untitled");
    return Map.of("title", new Str(title), "slug", new Str("box-" + title));
  }

  @Override
  public boolean coexists() {
    return true;
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
    Action action =
        request.deletion()
            ? Action.DELETE
            : request.prior().isEmpty() && !request.claimed() ? Action.CREATE : Action.NO_OP;
    return new Change(
        action,
        request.deletion() ? List.of() : AttributeComparison.of(SCHEMA, request),
        List.of(),
        Effect.NONE,
        List.of(),
        List.of(),
        ObjectValue.EMPTY,
        List.of());
  }
}
