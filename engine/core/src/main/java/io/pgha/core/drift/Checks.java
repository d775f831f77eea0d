package io.pgha.core.drift;

import io.pgha.core.plan.AppliedInstances;
import io.pgha.language.value.Null;
import io.pgha.language.value.Str;
import io.pgha.language.value.Value;
import io.pgha.provider.Instance;
import io.pgha.provider.change.Live;
import io.pgha.provider.schema.Attribute;
import io.pgha.provider.schema.Attribute.Flag;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Tells of the instances that were compared. */
final class Checks {
  private Checks() {}

  static Checked of(AppliedInstances applied, Instance instance, Live live) {
    TreeMap<String, String> observed = new TreeMap<>();
    for (Attribute attribute : applied.type(instance).schema().attributes()) {
      Value value = live.attributes().get(attribute.name());
      if (attribute.has(Flag.VOLATILE) && !attribute.has(Flag.SECRET) && !(value instanceof Null)) {
        observed.put(
            attribute.name(), value instanceof Str(String text) ? text : Differences.line(value));
      }
    }
    List<String> needs = new ArrayList<>(applied.object(instance).dependencies());
    return new Checked(
        instance.address(),
        instance.type(),
        applied.homes(instance).stream().map(applied::hostName).toList(),
        needs,
        observed);
  }
}
