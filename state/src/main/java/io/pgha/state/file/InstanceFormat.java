package io.pgha.state.file;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.ObjectValue;
import io.pgha.language.value.Type;
import io.pgha.language.value.Value;
import io.pgha.state.ArtifactState;
import io.pgha.state.InstanceAddress;
import io.pgha.state.InstanceState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Instances as JSON objects; fields that say nothing are left out. */
final class InstanceFormat {
  private InstanceFormat() {}

  static void write(JsonGenerator out, InstanceState instance) throws IOException {
    out.writeStartObject();
    out.writeStringField("address", instance.address().text());
    text(out, "deposed", instance.deposed());
    text(out, "provider", instance.provider());
    out.writeNumberField("schema_version", instance.schemaVersion());
    values(out, instance.attributes());
    texts(
        out, "sensitive_paths", instance.sensitivePaths().stream().map(Object::toString).toList());
    if (!instance.artifacts().isEmpty()) {
      out.writeArrayFieldStart("artifacts");
      for (ArtifactState artifact : instance.artifacts()) {
        out.writeStartObject();
        out.writeStringField("host", artifact.host());
        out.writeStringField("key", artifact.key());
        texts(out, "facts", artifact.facts());
        out.writeEndObject();
      }
      out.writeEndArray();
    }
    texts(out, "machine_ids", instance.machineIds());
    texts(out, "dependencies", instance.dependencies());
    flag(out, "create_before_destroy", instance.createBeforeDestroy());
    flag(out, "tainted", instance.tainted());
    flag(out, "incomplete", instance.incomplete());
    texts(out, "claims", instance.claims());
    texts(out, "private", instance.privateData());
    out.writeEndObject();
  }

  /** Writes attributes, after the types of those whose JSON doesn't say what they are. */
  static void values(JsonGenerator out, ObjectValue attributes) throws IOException {
    boolean typed = false;
    for (Map.Entry<String, Value> attribute : attributes.attributes().entrySet()) {
      if (!ValueCodec.isPlain(attribute.getValue())) {
        if (!typed) {
          out.writeObjectFieldStart("types");
          typed = true;
        }
        out.writeFieldName(attribute.getKey());
        ValueCodec.writeType(out, attribute.getValue().type());
      }
    }
    if (typed) {
      out.writeEndObject();
    }
    out.writeFieldName("attributes");
    ValueCodec.write(out, attributes);
  }

  private static void text(JsonGenerator out, String name, String text) throws IOException {
    if (!text.isEmpty()) {
      out.writeStringField(name, text);
    }
  }

  private static void flag(JsonGenerator out, String name, boolean flag) throws IOException {
    if (flag) {
      out.writeBooleanField(name, true);
    }
  }

  static void texts(JsonGenerator out, String name, Map<String, String> map) throws IOException {
    if (!map.isEmpty()) {
      out.writeObjectFieldStart(name);
      for (Map.Entry<String, String> entry : map.entrySet()) {
        out.writeStringField(entry.getKey(), entry.getValue());
      }
      out.writeEndObject();
    }
  }

  static void texts(JsonGenerator out, String name, Collection<String> texts) throws IOException {
    if (!texts.isEmpty()) {
      out.writeArrayFieldStart(name);
      for (String text : texts) {
        out.writeString(text);
      }
      out.writeEndArray();
    }
  }

  static InstanceState read(JsonInput in) throws IOException {
    Fields fields = new Fields();
    in.object(name -> fields.read(in, name));
    return fields.instance(in);
  }

  /** Attributes and the types that stand before them. */
  static final class Attributes {
    private final Map<String, Type> types = new TreeMap<>();
    private ObjectValue values = ObjectValue.EMPTY;
    private boolean read;

    void types(JsonInput in) throws IOException {
      if (read) {
        throw in.error("\"types\" must stand before \"attributes\"");
      }
      in.object(name -> types.put(name, ValueCodec.readType(in)));
    }

    void values(JsonInput in) throws IOException {
      TreeMap<String, Value> found = new TreeMap<>();
      in.object(name ->
          found.put(
              name,
              ValueCodec.read(in, Objects.requireNonNullElse(types.get(name), Type.DYNAMIC))));
      values = new ObjectValue(found);
      read = true;
    }

    ObjectValue values() {
      return values;
    }
  }

  private static final class Fields {
    private String address = "";
    private String deposed = "";
    private String provider = "";
    private int schemaVersion;
    private final Attributes attributes = new Attributes();
    private final List<AttributePath> sensitive = new ArrayList<>();
    private final List<ArtifactState> artifacts = new ArrayList<>();
    private Map<String, String> machineIds = Map.of();
    private Set<String> dependencies = Set.of();
    private boolean createBeforeDestroy;
    private boolean tainted;
    private boolean incomplete;
    private Map<String, String> claims = Map.of();
    private Map<String, String> privateData = Map.of();

    private void read(JsonInput in, String name) throws IOException {
      switch (name) {
        case "address" -> address = in.text();
        case "deposed" -> deposed = in.text();
        case "provider" -> provider = in.text();
        case "schema_version" -> schemaVersion = in.smallInteger();
        case "types" -> attributes.types(in);
        case "attributes" -> attributes.values(in);
        case "sensitive_paths" -> in.array(() -> sensitive.add(path(in)));
        case "artifacts" -> in.array(() -> artifacts.add(artifact(in)));
        case "machine_ids" -> machineIds = in.texts();
        case "dependencies" -> dependencies = Set.copyOf(new java.util.TreeSet<>(in.textList()));
        case "create_before_destroy" -> createBeforeDestroy = in.truth();
        case "tainted" -> tainted = in.truth();
        case "incomplete" -> incomplete = in.truth();
        case "claims" -> claims = in.texts();
        case "private" -> privateData = in.texts();
        default -> throw in.unknown(name);
      }
    }

    private static AttributePath path(JsonInput in) throws IOException {
      try {
        return AttributePath.parse(in.text());
      } catch (IllegalArgumentException e) {
        throw in.error(String.valueOf(e.getMessage()));
      }
    }

    private static ArtifactState artifact(JsonInput in) throws IOException {
      String[] texts = {"", ""};
      Map<String, String> facts = new TreeMap<>();
      in.object(name -> {
        switch (name) {
          case "host" -> texts[0] = in.text();
          case "key" -> texts[1] = in.text();
          case "facts" -> facts.putAll(in.texts());
          default -> throw in.unknown(name);
        }
      });
      return new ArtifactState(texts[0], texts[1], facts);
    }

    private InstanceState instance(JsonInput in) throws IOException {
      InstanceAddress parsed;
      try {
        parsed = InstanceAddress.parse(address);
      } catch (IllegalArgumentException e) {
        throw in.error(
            address.isEmpty() ? "the instance has no \"address\"" : String.valueOf(e.getMessage()));
      }
      return new InstanceState(
          parsed,
          deposed,
          provider,
          schemaVersion,
          attributes.values(),
          sensitive,
          artifacts,
          machineIds,
          dependencies,
          createBeforeDestroy,
          tainted,
          incomplete,
          claims,
          privateData);
    }
  }
}
