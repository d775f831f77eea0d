package io.pgha.core.plan;

import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import io.pgha.provider.schema.Attribute;
import io.pgha.provider.schema.Attribute.Flag;
import io.pgha.provider.schema.Attribute.Presence;
import io.pgha.provider.schema.Schema;
import io.pgha.state.InstanceState;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The attributes that configuration does not give: from state at first, then from machines. */
public final class ComputedValues {
  private final Map<String, ObjectValue> known = new TreeMap<>();
  private final Map<String, InstanceState> applied = new TreeMap<>();
  private final TypeRegistry types;

  /** Nothing is known yet. */
  public ComputedValues(TypeRegistry types) {
    this.types = types;
  }

  /** Takes what was last applied. */
  public void addPrior(InstanceState state) {
    if (!state.incomplete()) {
      applied.put(state.address().toString(), state);
    }
    add(state.address().toString(), state.address().type(), state.attributes());
  }

  /** Takes what is known now besides what was known; says whether anything is new. */
  public boolean add(String address, String type, ObjectValue values) {
    TreeMap<String, Value> computed =
        new TreeMap<>(known.getOrDefault(address, ObjectValue.EMPTY).attributes());
    computed.putAll(computed(type, values));
    return set(address, computed);
  }

  /** Takes what is known of an instance that changes; the rest of what was known is no longer. */
  public boolean replace(String address, String type, ObjectValue values) {
    return set(address, computed(type, values));
  }

  private boolean set(String address, Map<String, Value> computed) {
    ObjectValue all = ObjectValue.of(computed);
    ObjectValue before = known.put(address, all);
    return !all.equals(before == null ? ObjectValue.EMPTY : before);
  }

  private Map<String, Value> computed(String type, ObjectValue values) {
    return types
        .type(type)
        .map(known -> of(known.schema(), values).attributes())
        .orElse(new TreeMap<>());
  }

  /** The computed attributes among others; those that move by themselves are left out. */
  static ObjectValue of(Schema schema, ObjectValue values) {
    Map<String, Value> computed = new TreeMap<>();
    for (Attribute attribute : schema.attributes()) {
      Value value = values.attributes().get(attribute.name());
      boolean given =
          attribute.presence() == Presence.COMPUTED
              || attribute.presence() == Presence.OPTIONAL_COMPUTED;
      if (given && value != null && !(value instanceof Unknown) && !attribute.has(Flag.VOLATILE)) {
        computed.put(attribute.name(), value);
      }
    }
    return ObjectValue.of(computed);
  }

  /** The names of the attributes that are known of an instance. */
  Set<String> names(String address) {
    return known.getOrDefault(address, ObjectValue.EMPTY).attributes().keySet();
  }

  /** What was last applied, by address. */
  public Map<String, InstanceState> applied() {
    return applied;
  }

  /** All that is known, by address. */
  public Map<String, ObjectValue> all() {
    return known;
  }
}
