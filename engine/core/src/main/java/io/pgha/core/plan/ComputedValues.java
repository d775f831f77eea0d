package io.pgha.core.plan;

import io.pgha.core.evaluation.Evaluation;
import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import io.pgha.provider.Instance;
import io.pgha.provider.change.Action;
import io.pgha.provider.change.Change;
import io.pgha.provider.schema.Attribute;
import io.pgha.provider.schema.Attribute.Flag;
import io.pgha.provider.schema.Attribute.Presence;
import io.pgha.provider.schema.Schema;
import io.pgha.state.InstanceState;
import java.util.Collection;
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

  /**
   * Takes what machines told of what is planned, and forgets what a change may make another; says
   * whether something has to be evaluated again, of which the evaluation is told.
   */
  boolean learn(Collection<PlannedInstance> planned, Evaluation evaluation) {
    boolean more = false;
    for (PlannedInstance instance : planned) {
      if (!instance.isPlanned() || instance.configured().isEmpty()) {
        continue;
      }
      ObjectValue told = instance.change().computed();
      String address = instance.address();
      Set<String> before = Set.copyOf(names(address));
      boolean news =
          instance.action() == Action.NO_OP
              ? add(address, instance.type(), told)
              : replace(address, instance.type(), told);
      boolean forgot = !names(address).containsAll(before);
      if (news && (forgot || !saysAlready(instance.instance().values(), told))) {
        evaluation.learned(instance.configured().get());
        more = true;
      }
    }
    return more;
  }

  private static boolean saysAlready(ObjectValue values, ObjectValue told) {
    return told.attributes().entrySet().stream()
        .allMatch(entry -> entry.getValue().equals(values.attributes().get(entry.getKey())));
  }

  /** An instance with what a change tells of it. */
  public static ObjectValue after(Instance instance, Change change) {
    ObjectValue after = instance.values();
    for (Map.Entry<String, Value> entry : change.computed().attributes().entrySet()) {
      after = after.with(entry.getKey(), entry.getValue());
    }
    return after;
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
