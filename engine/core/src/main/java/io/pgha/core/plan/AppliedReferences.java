package io.pgha.core.plan;

import io.pgha.core.evaluation.AppliedResources;
import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.Mark;
import io.pgha.language.value.Marks;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.TupleValue;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;
import io.pgha.provider.ResourceType;
import io.pgha.provider.schema.Attribute;
import io.pgha.provider.schema.Attribute.Flag;
import io.pgha.state.InstanceAddress;
import io.pgha.state.InstanceState;
import io.pgha.state.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What references to resources give by what state says of them. */
public final class AppliedReferences {
  private AppliedReferences() {}

  /** All resources that state knows; what was begun and not finished is not known. */
  public static AppliedResources of(State state, TypeRegistry types) {
    Map<String, Map<String, Value>> instances = new TreeMap<>();
    for (InstanceState instance : state.instances().values()) {
      InstanceAddress address = instance.address();
      instances
          .computeIfAbsent(address.resource(), _ -> new TreeMap<>())
          .put(address.key(), value(instance, types));
    }
    Map<String, Value> values = new TreeMap<>();
    instances.forEach((resource, byKey) -> values.put(resource, whole(byKey)));
    return new AppliedResources(values, types);
  }

  private static Value value(InstanceState instance, TypeRegistry types) {
    InstanceAddress address = instance.address();
    String name = (address.mode() == InstanceAddress.Mode.DATA ? "data." : "") + address.type();
    if (instance.incomplete()) {
      return Unknown.ANY;
    }
    TreeMap<String, Value> values = new TreeMap<>(instance.attributes().attributes());
    TreeMap<AttributePath, Set<Mark>> marks = new TreeMap<>();
    instance.sensitivePaths().forEach(path -> marks.put(path, EnumSet.of(Mark.SENSITIVE)));
    for (Attribute attribute :
        types.type(name).map(ResourceType::schema).map(s -> s.attributes()).orElse(List.of())) {
      // State keeps nothing that moves by itself.
      values.putIfAbsent(attribute.name(), Unknown.of(attribute.type()));
      if (attribute.has(Flag.SECRET)) {
        marks.put(AttributePath.of(attribute.name()), EnumSet.of(Mark.SENSITIVE));
      }
    }
    return Marks.apply(ObjectValue.of(values), marks);
  }

  private static Value whole(Map<String, Value> byKey) {
    Value single = byKey.get("");
    if (single != null) {
      return single;
    }
    TreeMap<String, Value> named = new TreeMap<>();
    TreeMap<Integer, Value> numbered = new TreeMap<>();
    byKey.forEach((key, value) -> {
      switch (AttributePath.parse("x" + key).steps().getLast()) {
        case AttributePath.Index(int index) -> numbered.put(index, value);
        case AttributePath.Key(String text) -> named.put(text, value);
        default -> throw new IllegalStateException("no key of an instance: " + key);
      }
    });
    if (numbered.isEmpty()) {
      return ObjectValue.of(named);
    }
    List<Value> elements =
        new ArrayList<>(Collections.nCopies(numbered.lastKey() + 1, Unknown.ANY));
    numbered.forEach(elements::set);
    return new TupleValue(elements);
  }
}
