package io.pgha.core.evaluation;

import io.pgha.language.value.AttributePath;
import io.pgha.language.value.ListValue;
import io.pgha.language.value.MapValue;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Value;
import io.pgha.provider.schema.Attribute;
import io.pgha.provider.schema.Attribute.Flag;
import io.pgha.provider.schema.Attribute.Nesting;
import io.pgha.provider.schema.Schema;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds the arguments of an instance that are write-only, nested ones too. */
public final class WriteOnlyPaths {
  private final Set<AttributePath> found = new TreeSet<>();

  private final boolean nulls;

  private WriteOnlyPaths(boolean nulls) {
    this.nulls = nulls;
  }

  /** Their paths in the values that an instance has. */
  public static Set<AttributePath> of(Schema schema, ObjectValue values) {
    return new WriteOnlyPaths(true).in(schema, values);
  }

  /** The paths of those that were given. */
  static Set<AttributePath> given(Schema schema, ObjectValue values) {
    return new WriteOnlyPaths(false).in(schema, values);
  }

  private Set<AttributePath> in(Schema schema, ObjectValue values) {
    attributes(schema.attributes(), values, AttributePath.ROOT);
    return found;
  }

  private void attributes(List<Attribute> attributes, ObjectValue object, AttributePath prefix) {
    for (Attribute attribute : attributes) {
      AttributePath path = prefix.name(attribute.name());
      if (attribute.has(Flag.SECRET)) {
        if (nulls || !object.get(attribute.name()).isNull()) {
          found.add(path);
        }
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
