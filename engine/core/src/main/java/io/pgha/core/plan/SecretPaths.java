package io.pgha.core.plan;

import io.pgha.language.value.AttributePath;
import io.pgha.language.value.ListValue;
import io.pgha.language.value.MapValue;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Value;
import io.pgha.provider.Instance;
import io.pgha.provider.schema.Attribute;
import io.pgha.provider.schema.Attribute.Flag;
import io.pgha.provider.schema.Attribute.Nesting;
import io.pgha.provider.schema.Schema;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds which parts of an instance are never to be shown. */
final class SecretPaths {
  private final Set<AttributePath> found = new TreeSet<>();

  private SecretPaths() {}

  /** What the schema calls secret, and what came marked as sensitive. */
  static Set<AttributePath> of(Schema schema, Instance instance) {
    SecretPaths paths = new SecretPaths();
    paths.found.addAll(instance.sensitivePaths());
    paths.attributes(schema.attributes(), instance.values(), AttributePath.ROOT);
    return paths.found;
  }

  private void attributes(List<Attribute> attributes, ObjectValue object, AttributePath prefix) {
    for (Attribute attribute : attributes) {
      AttributePath path = prefix.name(attribute.name());
      if (attribute.has(Flag.SECRET)) {
        found.add(path);
      } else if (attribute.nesting() != Nesting.NONE) {
        nested(attribute, object.get(attribute.name()), path);
      }
    }
  }

  private void nested(Attribute attribute, Value value, AttributePath path) {
    switch (value) {
      case ObjectValue object -> attributes(attribute.nested(), object, path);
      case MapValue map ->
          map.elements().forEach((key, element) -> nested(attribute, element, path.key(key)));
      case ListValue list -> {
        for (int i = 0; i < list.elements().size(); i++) {
          nested(attribute, list.elements().get(i), path.index(i));
        }
      }
      default -> {
        // null or unknown: nothing in it yet
      }
    }
  }
}
