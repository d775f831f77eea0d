package io.pgha.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.Null;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Value;
import io.pgha.language.value.ValueJson;
import io.pgha.state.InstanceAddress;
import io.pgha.state.InstanceState;
import io.pgha.state.OutputState;
import io.pgha.state.State;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Map;
import java.util.TreeMap;

/** What was last applied, and its outputs, as JSON: docs/values-schema.json says how. */
final class StateDocument {
  private StateDocument() {}

  /** A function that writes JSON. */
  interface Content {
    void write(JsonGenerator out) throws IOException;
  }

  /** Indented JSON with a line feed at its end. */
  static String json(Content content) throws IOException {
    StringWriter text = new StringWriter();
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
    try (JsonGenerator out = new ObjectMapper().createGenerator(text)) {
      out.setPrettyPrinter(printer);
      content.write(out);
    }
    return text + "\n";
  }

  /** The whole state. */
  static String of(State state) throws IOException {
    return json(out -> {
      out.writeStartObject();
      out.writeStringField("format_version", "1.1");
      out.writeObjectFieldStart("values");
      out.writeFieldName("outputs");
      outputs(out, state.outputs(), false);
      out.writeArrayFieldStart("resources");
      for (InstanceState instance : state.objects().toList()) {
        instance(out, instance);
      }
      out.writeEndArray();
      out.writeEndObject();
      out.writeEndObject();
    });
  }

  /** The outputs; sensitive values only where they were asked for by name of the command. */
  static void outputs(JsonGenerator out, Map<String, OutputState> outputs, boolean sensitiveToo)
      throws IOException {
    out.writeStartObject();
    for (Map.Entry<String, OutputState> entry : outputs.entrySet()) {
      OutputState output = entry.getValue();
      out.writeObjectFieldStart(entry.getKey());
      out.writeBooleanField("sensitive", output.sensitive());
      if (!output.sensitive() || sensitiveToo) {
        out.writeFieldName("type");
        ValueJson.writeType(out, output.value().type());
        out.writeFieldName("value");
        ValueJson.write(out, output.value());
      }
      out.writeEndObject();
    }
    out.writeEndObject();
  }

  private static void instance(JsonGenerator out, InstanceState instance) throws IOException {
    InstanceAddress address = instance.address();
    out.writeStartObject();
    out.writeStringField("address", address.text());
    if (!address.modulePath().isEmpty()) {
      out.writeStringField("module", address.modulePath());
    }
    out.writeStringField("mode", "managed");
    out.writeStringField("type", address.type());
    out.writeStringField("name", address.name());
    if (!address.key().isEmpty()) {
      out.writeFieldName("index");
      out.writeRawValue(address.key().substring(1, address.key().length() - 1));
    }
    if (!instance.deposed().isEmpty()) {
      out.writeStringField("deposed_key", instance.deposed());
    }
    out.writeNumberField("schema_version", instance.schemaVersion());
    out.writeFieldName("values");
    ValueJson.write(out, withoutSensitive(instance));
    out.writeArrayFieldStart("sensitive_paths");
    for (AttributePath path : instance.sensitivePaths()) {
      out.writeString(path.toString());
    }
    out.writeEndArray();
    out.writeArrayFieldStart("depends_on");
    for (String dependency : instance.dependencies()) {
      out.writeString(dependency);
    }
    out.writeEndArray();
    out.writeBooleanField("tainted", instance.tainted());
    out.writeBooleanField("incomplete", instance.incomplete());
    out.writeEndObject();
  }

  /** The attributes; one that holds anything sensitive is a null. */
  private static ObjectValue withoutSensitive(InstanceState instance) {
    TreeMap<String, Value> values = new TreeMap<>(instance.attributes().attributes());
    for (AttributePath path : instance.sensitivePaths()) {
      if (!path.steps().isEmpty()
          && path.steps().getFirst() instanceof AttributePath.Name(String name)) {
        values.computeIfPresent(name, (key, value) -> new Null(value.type()));
      }
    }
    return ObjectValue.of(values);
  }
}
