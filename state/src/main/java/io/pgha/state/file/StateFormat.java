package io.pgha.state.file;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import io.pgha.language.value.Null;
import io.pgha.language.value.Type;
import io.pgha.language.value.Value;
import io.pgha.state.CheckResult;
import io.pgha.state.HostState;
import io.pgha.state.InstanceState;
import io.pgha.state.OutputState;
import io.pgha.state.State;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Snapshots as one JSON document, version 1: docs/state.md and docs/state-schema.json say how. One
 * instance a line, written and read as a stream.
 */
public final class StateFormat {
  /** The version that is written. */
  public static final int VERSION = 1;

  private StateFormat() {}

  /** Thrown for a document that a newer pgha wrote. */
  static final class NewerException extends IOException {
    private static final long serialVersionUID = 1;

    NewerException(String message) {
      super(message);
    }
  }

  /** Writes a state; the stream stays open. */
  public static void write(State state, OutputStream target) throws IOException {
    try (JsonGenerator out = JsonInput.FACTORY.createGenerator(target, JsonEncoding.UTF8)) {
      out.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      out.setPrettyPrinter(new LayoutPrinter());
      out.writeStartObject();
      out.writeNumberField("version", VERSION);
      out.writeStringField("tool_version", state.toolVersion());
      out.writeNumberField("serial", state.serial());
      out.writeStringField("lineage", state.lineage());
      out.writeStringField("journal", state.journal());
      out.writeFieldName("outputs");
      outputs(out, state.outputs());
      out.writeObjectFieldStart("hosts");
      for (Map.Entry<String, HostState> host : state.hosts().entrySet()) {
        out.writeFieldName(host.getKey());
        host(out, host.getValue());
      }
      out.writeEndObject();
      out.writeFieldName("checks");
      checks(out, state.checks());
      out.writeArrayFieldStart("instances");
      for (InstanceState instance : state.instances().values()) {
        InstanceFormat.write(out, instance);
      }
      for (InstanceState instance : state.deposed().values()) {
        InstanceFormat.write(out, instance);
      }
      out.writeEndArray();
      out.writeEndObject();
      out.writeRaw('\n');
    }
  }

  static void outputs(JsonGenerator out, Map<String, OutputState> outputs) throws IOException {
    out.writeStartObject();
    for (Map.Entry<String, OutputState> output : outputs.entrySet()) {
      out.writeObjectFieldStart(output.getKey());
      out.writeFieldName("type");
      ValueCodec.writeType(out, output.getValue().value().type());
      out.writeFieldName("value");
      ValueCodec.write(out, output.getValue().value());
      if (output.getValue().sensitive()) {
        out.writeBooleanField("sensitive", true);
      }
      out.writeEndObject();
    }
    out.writeEndObject();
  }

  static void host(JsonGenerator out, HostState host) throws IOException {
    out.writeStartObject();
    out.writeStringField("machine_id", host.machineId());
    InstanceFormat.values(out, host.connection());
    out.writeEndObject();
  }

  static void checks(JsonGenerator out, List<CheckResult> checks) throws IOException {
    out.writeStartArray();
    for (CheckResult check : checks) {
      out.writeStartObject();
      out.writeStringField("address", check.address());
      out.writeStringField("status", check.status().name().toLowerCase(Locale.ROOT));
      InstanceFormat.texts(out, "messages", check.messages());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  /**
   * Reads a state; documents of older versions are brought up to this one first.
   *
   * @throws IOException with a message that names line and column where that is possible
   */
  public static State read(InputStream source) throws IOException {
    BufferedInputStream in = new BufferedInputStream(source, 1 << 16);
    in.mark(1 << 16);
    Head head = head(in);
    if (head.version() > VERSION) {
      throw new NewerException(
          "it was written by "
              + (head.tool().isEmpty() ? "a newer pgha" : "pgha " + head.tool())
              + " in format version "
              + head.version()
              + ", and this pgha knows version "
              + VERSION);
    }
    in.reset();
    if (head.version() < VERSION) {
      ByteArrayOutputStream upgraded = new ByteArrayOutputStream();
      Upgrades.CHAIN.apply(head.version(), in, upgraded);
      return document(new ByteArrayInputStream(upgraded.toByteArray()));
    }
    return document(in);
  }

  private record Head(int version, String tool) {}

  /** Reads the fields at the head, so that a document of another format is told apart first. */
  private static Head head(InputStream source) throws IOException {
    // Closing the input must leave the stream open, to be read again from its start.
    byte[] start = new byte[4096];
    int length = source.readNBytes(start, 0, start.length);
    try (JsonInput in = JsonInput.of(start, 0, length)) {
      if (in.parser().currentToken() != com.fasterxml.jackson.core.JsonToken.START_OBJECT) {
        throw in.error(length == 0 ? "the file is empty" : "a JSON object is expected here");
      }
      in.next();
      if (!"version".equals(in.parser().currentName())) {
        throw in.error("a state begins with its \"version\"");
      }
      in.next();
      int version = in.smallInteger();
      if (version <= VERSION) {
        return new Head(version, "");
      }
      in.next();
      if (!"tool_version".equals(in.parser().currentName())) {
        return new Head(version, "");
      }
      in.next();
      return new Head(version, in.text());
    }
  }

  private static State document(InputStream source) throws IOException {
    try (JsonInput in = JsonInput.of(source)) {
      Fields fields = new Fields();
      in.object(name -> fields.read(in, name));
      in.end();
      if (fields.lineage.isEmpty()) {
        throw in.error("the state has no \"lineage\"");
      }
      return new State(
          fields.lineage,
          fields.serial,
          fields.toolVersion,
          fields.journal,
          fields.instances,
          fields.deposed,
          new TreeMap<>(fields.outputs),
          fields.hosts,
          fields.checks);
    }
  }

  private static final class Fields {
    private String lineage = "";
    private long serial;
    private String toolVersion = "";
    private String journal = "";
    private final TreeMap<String, InstanceState> instances = new TreeMap<>();
    private final TreeMap<String, InstanceState> deposed = new TreeMap<>();
    private Map<String, OutputState> outputs = Map.of();
    private final TreeMap<String, HostState> hosts = new TreeMap<>();
    private List<CheckResult> checks = List.of();

    private void read(JsonInput in, String name) throws IOException {
      switch (name) {
        case "version" -> in.integer();
        case "tool_version" -> toolVersion = in.text();
        case "serial" -> serial = in.integer();
        case "lineage" -> lineage = in.text();
        case "journal" -> journal = in.text();
        case "outputs" -> outputs = readOutputs(in);
        case "hosts" -> in.object(address -> hosts.put(address, readHost(in)));
        case "checks" -> checks = readChecks(in);
        case "instances" -> in.array(() -> add(in, InstanceFormat.read(in)));
        default -> throw in.unknown(name);
      }
    }

    private void add(JsonInput in, InstanceState instance) throws IOException {
      TreeMap<String, InstanceState> objects = instance.deposed().isEmpty() ? instances : deposed;
      if (objects.put(instance.id(), instance) != null) {
        throw in.error("instance " + instance.id() + " is there twice");
      }
    }
  }

  static Map<String, OutputState> readOutputs(JsonInput in) throws IOException {
    TreeMap<String, OutputState> outputs = new TreeMap<>();
    in.object(name -> outputs.put(name, readOutput(in)));
    return outputs;
  }

  private static OutputState readOutput(JsonInput in) throws IOException {
    Type[] type = {Type.DYNAMIC};
    Value[] value = {Null.ANY};
    boolean[] sensitive = {false};
    in.object(name -> {
      switch (name) {
        case "type" -> type[0] = ValueCodec.readType(in);
        case "value" -> value[0] = ValueCodec.read(in, type[0]);
        case "sensitive" -> sensitive[0] = in.truth();
        default -> throw in.unknown(name);
      }
    });
    return new OutputState(value[0], sensitive[0]);
  }

  static HostState readHost(JsonInput in) throws IOException {
    String[] machineId = {""};
    InstanceFormat.Attributes connection = new InstanceFormat.Attributes();
    in.object(name -> {
      switch (name) {
        case "machine_id" -> machineId[0] = in.text();
        case "types" -> connection.types(in);
        case "attributes" -> connection.values(in);
        default -> throw in.unknown(name);
      }
    });
    return new HostState(connection.values(), machineId[0]);
  }

  static List<CheckResult> readChecks(JsonInput in) throws IOException {
    List<CheckResult> checks = new ArrayList<>();
    in.array(() -> checks.add(readCheck(in)));
    return checks;
  }

  private static CheckResult readCheck(JsonInput in) throws IOException {
    String[] address = {""};
    CheckResult.Status[] status = {CheckResult.Status.UNKNOWN};
    List<String> messages = new ArrayList<>();
    in.object(name -> {
      switch (name) {
        case "address" -> address[0] = in.text();
        case "status" -> status[0] = status(in);
        case "messages" -> messages.addAll(in.textList());
        default -> throw in.unknown(name);
      }
    });
    return new CheckResult(address[0], status[0], messages);
  }

  private static CheckResult.Status status(JsonInput in) throws IOException {
    String text = in.text();
    for (CheckResult.Status status : CheckResult.Status.values()) {
      if (status.name().toLowerCase(Locale.ROOT).equals(text)) {
        return status;
      }
    }
    throw in.error("\"" + text + "\" is no status of a check");
  }
}
