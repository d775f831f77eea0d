package io.pgha.state;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Value;
import io.pgha.language.value.ValueJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Writes and reads instances and outputs as JSON. */
final class StateJson {
  static final ObjectMapper MAPPER = new ObjectMapper();

  private StateJson() {}

  static void write(JsonGenerator out, InstanceState instance) throws IOException {
    out.writeStartObject();
    out.writeStringField("address", instance.address().text());
    out.writeNumberField("schema_version", instance.schemaVersion());
    out.writeFieldName("attributes");
    ValueJson.write(out, instance.attributes());
    out.writeArrayFieldStart("sensitive_paths");
    for (AttributePath path : instance.sensitivePaths()) {
      out.writeString(path.toString());
    }
    out.writeEndArray();
    out.writeArrayFieldStart("artifacts");
    for (ArtifactState artifact : instance.artifacts()) {
      out.writeStartObject();
      out.writeStringField("host", artifact.host());
      out.writeStringField("key", artifact.key());
      write(out, "facts", artifact.facts());
      out.writeEndObject();
    }
    out.writeEndArray();
    write(out, "machine_ids", instance.machineIds());
    out.writeArrayFieldStart("dependencies");
    for (String dependency : instance.dependencies()) {
      out.writeString(dependency);
    }
    out.writeEndArray();
    if (instance.tainted()) {
      out.writeBooleanField("tainted", true);
    }
    if (instance.incomplete()) {
      out.writeBooleanField("incomplete", true);
    }
    out.writeEndObject();
  }

  private static void write(JsonGenerator out, String name, Map<String, String> map)
      throws IOException {
    out.writeObjectFieldStart(name);
    for (Map.Entry<String, String> entry : map.entrySet()) {
      out.writeStringField(entry.getKey(), entry.getValue());
    }
    out.writeEndObject();
  }

  static InstanceState instance(JsonNode node) throws IOException {
    List<AttributePath> sensitive = new ArrayList<>();
    for (JsonNode path : node.path("sensitive_paths")) {
      sensitive.add(AttributePath.of(path.asText()));
    }
    List<ArtifactState> artifacts = new ArrayList<>();
    for (JsonNode artifact : node.path("artifacts")) {
      artifacts.add(
          new ArtifactState(
              required(artifact, "host").asText(),
              required(artifact, "key").asText(),
              map(artifact.path("facts"))));
    }
    Set<String> dependencies = new TreeSet<>();
    node.path("dependencies").forEach(each -> dependencies.add(each.asText()));
    Value attributes = ValueJson.decode(required(node, "attributes").toString());
    if (!(attributes instanceof ObjectValue object)) {
      throw new IOException("the attributes of an instance are no object");
    }
    return new InstanceState(
        InstanceAddress.parse(required(node, "address").asText()),
        node.path("schema_version").asInt(1),
        object,
        sensitive,
        artifacts,
        map(node.path("machine_ids")),
        dependencies,
        node.path("tainted").asBoolean(),
        node.path("incomplete").asBoolean());
  }

  static JsonNode required(JsonNode node, String name) throws IOException {
    JsonNode found = node.get(name);
    if (found == null) {
      throw new IOException("\"" + name + "\" is missing");
    }
    return found;
  }

  private static Map<String, String> map(JsonNode node) {
    Map<String, String> map = new TreeMap<>();
    node.properties().forEach(entry -> map.put(entry.getKey(), entry.getValue().asText()));
    return map;
  }

  static void write(JsonGenerator out, OutputState output) throws IOException {
    out.writeStartObject();
    out.writeFieldName("value");
    ValueJson.write(out, output.value());
    out.writeBooleanField("sensitive", output.sensitive());
    out.writeEndObject();
  }

  static OutputState output(JsonNode node) throws IOException {
    return new OutputState(
        ValueJson.decode(required(node, "value").toString()), node.path("sensitive").asBoolean());
  }
}
