package io.pgha.provider.schema;

import java.util.List;
import java.util.Optional;

/**
 * The arguments and attributes of a resource type.
 *
 * @param version counts up when stored attributes change their meaning; starts at 1
 * @param doc what the type is, in a few sentences of Markdown, for the reference
 * @param attributes in the order in which the reference shows them; {@code id} is implied
 * @param example configuration that the reference shows and a test validates
 */
public record Schema(int version, String doc, List<Attribute> attributes, String example) {
  public Schema {
    attributes = List.copyOf(attributes);
  }

  /** The attribute of a name. */
  public Optional<Attribute> attribute(String name) {
    return attributes.stream().filter(attribute -> attribute.name().equals(name)).findFirst();
  }
}
