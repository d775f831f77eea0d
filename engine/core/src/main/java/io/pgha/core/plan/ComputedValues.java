package io.pgha.core.plan;

import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import io.pgha.provider.ResourceType;
import io.pgha.provider.schema.Attribute;
import io.pgha.provider.schema.Attribute.Flag;
import io.pgha.provider.schema.Attribute.Presence;
import io.pgha.state.InstanceState;
import java.util.Map;
import java.util.TreeMap;

/** The attributes that configuration does not give: from state at first, then from machines. */
public final class ComputedValues {
  private final Map<String, ObjectValue> known = new TreeMap<>();
  private final Map<String, ObjectValue> applied = new TreeMap<>();
  private final TypeRegistry types;

  /** Nothing is known yet. */
  public ComputedValues(TypeRegistry types) {
    this.types = types;
  }

  /** Takes what was last applied. */
  public void addPrior(InstanceState state) {
    if (!state.incomplete()) {
      applied.put(state.address().toString(), state.attributes());
    }
    add(state.address().toString(), state.address().type(), state.attributes());
  }

  /** Takes what is known now; says whether anything is new. */
  public boolean add(String address, String type, ObjectValue values) {
    TreeMap<String, Value> computed =
        new TreeMap<>(known.getOrDefault(address, ObjectValue.EMPTY).attributes());
    for (Attribute attribute :
        types
            .type(type)
            .map(ResourceType::schema)
            .map(s -> s.attributes())
            .orElse(java.util.List.of())) {
      Value value = values.attributes().get(attribute.name());
      boolean given =
          attribute.presence() == Presence.COMPUTED
              || attribute.presence() == Presence.OPTIONAL_COMPUTED;
      if (given && value != null && !(value instanceof Unknown) && !attribute.has(Flag.VOLATILE)) {
        computed.put(attribute.name(), value);
      }
    }
    ObjectValue all = ObjectValue.of(computed);
    return !all.equals(known.put(address, all)) && !computed.isEmpty();
  }

  /** What was last applied, by address. */
  public Map<String, ObjectValue> applied() {
    return applied;
  }

  /** All that is known, by address. */
  public Map<String, ObjectValue> all() {
    return known;
  }
}
