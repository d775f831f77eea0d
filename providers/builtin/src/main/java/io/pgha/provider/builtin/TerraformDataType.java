package io.pgha.provider.builtin;

import static io.pgha.provider.schema.Attribute.computed;
import static io.pgha.provider.schema.Attribute.optional;

import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.language.value.Value;
import io.pgha.provider.Instance;
import io.pgha.provider.ResourceType;
import io.pgha.provider.Values;
import io.pgha.provider.change.Action;
import io.pgha.provider.change.AttributeChange;
import io.pgha.provider.change.AttributeComparison;
import io.pgha.provider.change.Change;
import io.pgha.provider.change.Live;
import io.pgha.provider.change.PlanRequest;
import io.pgha.provider.change.Prior;
import io.pgha.provider.probe.PlacedProbe;
import io.pgha.provider.probe.ProbeResults;
import io.pgha.provider.rollout.Effect;
import io.pgha.provider.schema.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The resource type {@code terraform_data}: a value that is kept in state and nowhere else. It is
 * on no machine, so it is there when and only when state says so.
 */
public final class TerraformDataType implements ResourceType {
  /** The name that configuration uses. */
  public static final String NAME = "terraform_data";

  private static final Schema SCHEMA =
      new Schema(
          1,
          """
          A value that lives in state and on no machine, with the meaning that it has in Terraform.
          `input` comes out as `output`; `triggers_replace` has it made anew, and with it whatever
          names it in `replace_triggered_by`.
          """,
          List.of(
              optional("input", Type.DYNAMIC, "Any value. It is kept, and comes out as `output`."),
              optional(
                      "triggers_replace",
                      Type.DYNAMIC,
                      "Any value. When it changes, the instance is made anew with another `id`.")
                  .forceNew(),
              computed("id", Type.STRING, "A UUID that is made with the instance and stays."),
              computed("output", Type.DYNAMIC, "The value of `input`.")),
          """
          resource "terraform_data" "release" {
            input            = "2026-11"
            triggers_replace = [haproxy_lb.main.maxconn]
          }
          """);

  /** Stateless. */
  public TerraformDataType() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Schema schema() {
    return SCHEMA;
  }

  @Override
  public Map<String, Value> derive(Instance instance) {
    Value input = Values.of(instance).get("input");
    return Values.whollyKnown(input) ? Map.of("output", input) : Map.of();
  }

  @Override
  public Optional<Map<String, Value>> adopted(String id) {
    return Optional.of(Map.of("id", new Str(id)));
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
    if (request.deletion()) {
      return request.owned()
          ? change(Action.DELETE, List.of(), ObjectValue.EMPTY)
          : Change.none(ObjectValue.EMPTY);
    }
    ObjectValue computed = computedOf(request);
    List<AttributeChange> attributes = AttributeComparison.of(SCHEMA, request);
    if (request.prior().isEmpty()) {
      return request.claimed()
          ? Change.none(computed)
          : change(Action.CREATE, attributes, computed);
    }
    if (attributes.isEmpty()) {
      return Change.none(computed);
    }
    boolean replaced = attributes.stream().anyMatch(AttributeChange::forcesReplacement);
    return replaced
        ? change(Action.REPLACE, attributes, withoutId(computed))
        : change(Action.UPDATE, attributes, computed);
  }

  /**
   * The id is the one that state has. It is made once the engine has begun to make the instance:
   * before that, at plan, it is unknown.
   */
  private static ObjectValue computedOf(PlanRequest request) {
    ObjectValue computed = ObjectValue.EMPTY;
    Optional<String> kept =
        request.prior().map(Prior::attributes).map(Values::new).flatMap(each -> each.string("id"));
    if (kept.isPresent()) {
      computed = computed.with("id", new Str(kept.get()));
    } else if (request.owned()) {
      computed = computed.with("id", new Str(UUID.randomUUID().toString()));
    }
    Value input = Values.of(request.instance()).get("input");
    return Values.whollyKnown(input) ? computed.with("output", input) : computed;
  }

  private static ObjectValue withoutId(ObjectValue computed) {
    return computed.attributes().containsKey("output")
        ? ObjectValue.of(Map.of("output", computed.get("output")))
        : ObjectValue.EMPTY;
  }

  private static Change change(
      Action action, List<AttributeChange> attributes, ObjectValue computed) {
    return new Change(
        action, attributes, List.of(), Effect.NONE, List.of(), List.of(), computed, List.of());
  }
}
