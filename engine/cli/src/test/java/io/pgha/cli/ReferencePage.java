package io.pgha.cli;

import io.pgha.language.value.ValueText;
import io.pgha.provider.ResourceType;
import io.pgha.provider.schema.Attribute;
import io.pgha.provider.schema.Attribute.Flag;
import io.pgha.provider.schema.Attribute.Nesting;
import io.pgha.provider.schema.Attribute.Presence;
import io.pgha.provider.schema.Schema;
import java.util.ArrayList;
import java.util.List;

/** The page of a resource type in docs/reference, made of its schema. */
final class ReferencePage {
  private final StringBuilder text = new StringBuilder();

  private ReferencePage() {}

  /** The whole page in Markdown. */
  static String of(ResourceType type) {
    return new ReferencePage().render(type);
  }

  private String render(ResourceType type) {
    Schema schema = type.schema();
    text.append(
        "<!-- Made of the schema by ReferenceTests: change the schema, not this page. -->\n");
    text.append("# ").append(type.name()).append("\n\n");
    text.append(schema.doc().strip()).append("\n");
    if (!schema.example().isBlank()) {
      text.append("\n```hcl\n").append(schema.example().strip()).append("\n```\n");
    }
    section("Arguments", schema.attributes().stream().filter(ReferencePage::isArgument).toList());
    section(
        "Attributes",
        schema.attributes().stream().filter(attribute -> !isArgument(attribute)).toList());
    return text.toString();
  }

  private static boolean isArgument(Attribute attribute) {
    return attribute.presence() != Presence.COMPUTED;
  }

  private void section(String title, List<Attribute> attributes) {
    if (!attributes.isEmpty()) {
      text.append("\n## ").append(title).append("\n\n");
      attributes.forEach(attribute -> attribute(attribute, 0));
    }
  }

  private void attribute(Attribute attribute, int depth) {
    text.append("  ".repeat(depth)).append("- `").append(attribute.name()).append("` (");
    text.append(String.join(", ", traits(attribute))).append("): ");
    text.append(attribute.doc().strip().replaceAll("\\s+", " "));
    if (!attribute.source().isBlank()) {
      text.append(" _Source: ").append(attribute.source().strip()).append("._");
    }
    text.append("\n");
    attribute.nested().forEach(nested -> attribute(nested, depth + 1));
  }

  private static List<String> traits(Attribute attribute) {
    List<String> traits = new ArrayList<>();
    traits.add(
        switch (attribute.nesting()) {
          case NONE -> attribute.type().friendlyNameOfConstraint();
          case SINGLE -> "object";
          case LIST -> "list of objects";
          case MAP -> "map of objects";
        });
    if (attribute.presence() == Presence.REQUIRED) {
      traits.add("required");
    }
    attribute
        .defaultValue()
        .filter(value -> attribute.nesting() == Nesting.NONE)
        .ifPresent(value -> traits.add("default `" + ValueText.brief(value) + "`"));
    attribute
        .reference()
        .ifPresent(type -> traits.add("`id` of a [" + type + "](" + type + ".md)"));
    if (attribute.has(Flag.FORCE_NEW)) {
      traits.add("a change makes the instance anew");
    }
    if (attribute.has(Flag.SECRET)) {
      traits.add("secret: never in state, plan or log");
    }
    if (attribute.has(Flag.VOLATILE)) {
      traits.add("moves by itself: neither stored nor compared");
    }
    if (attribute.has(Flag.DECLARED_KEYS)) {
      traits.add("only the keys given are managed");
    }
    return traits;
  }
}
