package io.pgha.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pgha.core.evaluation.TypeRegistry;
import io.pgha.core.evaluation.TypeRegistry.Kind;
import io.pgha.language.value.Type;
import io.pgha.language.value.ValueJson;
import io.pgha.provider.ResourceType;
import io.pgha.provider.schema.Attribute;
import io.pgha.provider.schema.Attribute.Flag;
import io.pgha.provider.schema.Attribute.Nesting;
import io.pgha.provider.schema.Attribute.Presence;
import io.pgha.provider.schema.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/** {@code pgha providers schema}: all arguments of all types, in the shape that Terraform's has. */
final class ProvidersSchemaCommand implements Subcommand, Callable<Integer> {
  private final Main main;
  private final ViewOptions view = new ViewOptions();

  ProvidersSchemaCommand(Main main) {
    this.main = main;
  }

  @Override
  public void declare(Arguments takes) {
    takes.description(
        "Write the arguments and attributes of all types, for editors and other programs.");
    view.declare(takes);
    takes.requiredFlag("-json", "Write JSON, which is the only form.");
  }

  @Override
  public Integer call() throws Exception {
    Console console = main.console(view);
    console.out().print(document(Providers.types()));
    console.out().flush();
    return Operation.OK;
  }

  private static String document(TypeRegistry types) throws IOException {
    TreeMap<String, List<String>> byProvider = new TreeMap<>();
    types
        .names()
        .forEach(name ->
            byProvider.computeIfAbsent(types.provider(name), key -> new ArrayList<>()).add(name));
    return StateDocument.json(out -> {
      out.writeStartObject();
      out.writeStringField("format_version", "1.0");
      out.writeObjectFieldStart("provider_schemas");
      for (var provider : byProvider.entrySet()) {
        out.writeObjectFieldStart(provider.getKey());
        schemas(out, "resource_schemas", Kind.RESOURCE, provider.getValue(), types);
        schemas(out, "data_source_schemas", Kind.DATA, provider.getValue(), types);
        schemas(out, "ephemeral_resource_schemas", Kind.EPHEMERAL, provider.getValue(), types);
        out.writeEndObject();
      }
      out.writeEndObject();
      out.writeEndObject();
    });
  }

  private static void schemas(
      JsonGenerator out, String field, Kind kind, List<String> names, TypeRegistry types)
      throws IOException {
    out.writeObjectFieldStart(field);
    for (String name : names) {
      if (Kind.of(name) == kind) {
        ResourceType type = types.type(name).orElseThrow();
        out.writeObjectFieldStart(name.substring(kind.prefix().length()));
        schema(out, type.schema());
        out.writeEndObject();
      }
    }
    out.writeEndObject();
  }

  private static void schema(JsonGenerator out, Schema schema) throws IOException {
    List<Attribute> attributes = new ArrayList<>(schema.attributes());
    if (schema.attribute("id").isEmpty()) {
      attributes.add(
          Attribute.computed("id", Type.STRING, "The address, by which others refer to it."));
    }
    out.writeNumberField("version", schema.version());
    out.writeObjectFieldStart("block");
    attributes(out, attributes);
    description(out, schema.doc());
    out.writeEndObject();
  }

  private static void attributes(JsonGenerator out, List<Attribute> attributes) throws IOException {
    TreeMap<String, Attribute> ordered = new TreeMap<>();
    attributes.forEach(each -> ordered.put(each.name(), each));
    out.writeObjectFieldStart("attributes");
    for (Attribute each : ordered.values()) {
      out.writeObjectFieldStart(each.name());
      attribute(out, each);
      out.writeEndObject();
    }
    out.writeEndObject();
  }

  private static void attribute(JsonGenerator out, Attribute attribute) throws IOException {
    if (attribute.nesting() == Nesting.NONE) {
      out.writeFieldName("type");
      ValueJson.writeType(out, attribute.type());
    } else {
      out.writeObjectFieldStart("nested_type");
      attributes(out, attribute.nested());
      out.writeStringField("nesting_mode", attribute.nesting().name().toLowerCase(Locale.ROOT));
      out.writeEndObject();
    }
    description(out, attribute.doc());
    Presence presence = attribute.presence();
    flag(out, "required", presence == Presence.REQUIRED);
    flag(out, "optional", presence == Presence.OPTIONAL || presence == Presence.OPTIONAL_COMPUTED);
    flag(out, "computed", presence == Presence.COMPUTED || presence == Presence.OPTIONAL_COMPUTED);
    flag(out, "sensitive", attribute.has(Flag.SECRET));
    flag(out, "write_only", attribute.has(Flag.SECRET));
  }

  private static void description(JsonGenerator out, String text) throws IOException {
    out.writeStringField("description", text);
    out.writeStringField("description_kind", "markdown");
  }

  /** What does not hold is left out, as Terraform does. */
  private static void flag(JsonGenerator out, String name, boolean holds) throws IOException {
    if (holds) {
      out.writeBooleanField(name, true);
    }
  }
}
