package io.pgha.state.file;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pgha.state.CheckResult;
import io.pgha.state.HostState;
import io.pgha.state.InstanceState;
import io.pgha.state.JournalRecord;
import io.pgha.state.OutputState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Journal records as JSON objects on one line, for any backend. */
public final class RecordFormat {
  private RecordFormat() {}

  /** The record as JSON on one line, without a line break. */
  public static byte[] write(JournalRecord entry) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JsonInput.FACTORY.createGenerator(bytes)) {
      write(out, entry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(JsonGenerator out, JournalRecord entry) throws IOException {
    out.writeStartObject();
    switch (entry) {
      case JournalRecord.Begun begun -> {
        out.writeStringField("kind", "begun");
        out.writeStringField("journal", begun.journal());
        out.writeStringField("lineage", begun.lineage());
        out.writeNumberField("serial", begun.serial());
        out.writeStringField("tool_version", begun.toolVersion());
        out.writeStringField("started", begun.started());
      }
      case JournalRecord.Intended intended -> {
        out.writeStringField("kind", "intended");
        out.writeStringField("id", intended.id());
        out.writeNumberField("step", intended.step());
        out.writeStringField("description", intended.description());
        InstanceFormat.texts(out, "machine_ids", intended.machineIds());
      }
      case JournalRecord.Done(String id, int step) -> {
        out.writeStringField("kind", "done");
        out.writeStringField("id", id);
        out.writeNumberField("step", step);
      }
      case JournalRecord.Recorded(InstanceState instance) -> {
        out.writeStringField("kind", "recorded");
        out.writeFieldName("instance");
        InstanceFormat.write(out, instance);
      }
      case JournalRecord.Removed(String id) -> {
        out.writeStringField("kind", "removed");
        out.writeStringField("id", id);
      }
      case JournalRecord.HostRecorded(String address, HostState host) -> {
        out.writeStringField("kind", "host_recorded");
        out.writeStringField("id", address);
        out.writeFieldName("host");
        StateFormat.host(out, host);
      }
      case JournalRecord.HostRemoved(String address) -> {
        out.writeStringField("kind", "host_removed");
        out.writeStringField("id", address);
      }
      case JournalRecord.Ended(Map<String, OutputState> outputs, List<CheckResult> checks) -> {
        out.writeStringField("kind", "ended");
        out.writeFieldName("outputs");
        StateFormat.outputs(out, outputs);
        out.writeFieldName("checks");
        StateFormat.checks(out, checks);
      }
      case JournalRecord.Together(List<JournalRecord> records) -> {
        out.writeStringField("kind", "together");
        out.writeArrayFieldStart("records");
        for (JournalRecord each : records) {
          write(out, each);
        }
        out.writeEndArray();
      }
    }
    out.writeEndObject();
  }

  /** Reads a record from a part of an array. */
  public static JournalRecord read(byte[] bytes, int offset, int length) throws IOException {
    try (JsonInput in = JsonInput.of(bytes, offset, length)) {
      JournalRecord entry = read(in);
      in.end();
      return entry;
    }
  }

  private static JournalRecord read(JsonInput in) throws IOException {
    Fields fields = new Fields();
    in.object(name -> fields.read(in, name));
    return fields.entry(in);
  }

  private static final class Fields {
    private String kind = "";
    private String journal = "";
    private String lineage = "";
    private long serial;
    private String toolVersion = "";
    private String started = "";
    private String id = "";
    private int step;
    private String description = "";
    private Map<String, String> machineIds = Map.of();
    private @Nullable InstanceState instance;
    private @Nullable HostState host;
    private Map<String, OutputState> outputs = Map.of();
    private List<CheckResult> checks = List.of();
    private final List<JournalRecord> records = new ArrayList<>();

    private void read(JsonInput in, String name) throws IOException {
      switch (name) {
        case "kind" -> kind = in.text();
        case "journal" -> journal = in.text();
        case "lineage" -> lineage = in.text();
        case "serial" -> serial = in.integer();
        case "tool_version" -> toolVersion = in.text();
        case "started" -> started = in.text();
        case "id" -> id = in.text();
        case "step" -> step = in.smallInteger();
        case "description" -> description = in.text();
        case "machine_ids" -> machineIds = in.texts();
        case "instance" -> instance = InstanceFormat.read(in);
        case "host" -> host = StateFormat.readHost(in);
        case "outputs" -> outputs = StateFormat.readOutputs(in);
        case "checks" -> checks = StateFormat.readChecks(in);
        case "records" -> in.array(() -> records.add(RecordFormat.read(in)));
        default -> throw in.unknown(name);
      }
    }

    private JournalRecord entry(JsonInput in) throws IOException {
      return switch (kind) {
        case "begun" -> new JournalRecord.Begun(journal, lineage, serial, toolVersion, started);
        case "intended" -> new JournalRecord.Intended(id, step, description, machineIds);
        case "done" -> new JournalRecord.Done(id, step);
        case "recorded" -> new JournalRecord.Recorded(there(in, instance));
        case "removed" -> new JournalRecord.Removed(id);
        case "host_recorded" -> new JournalRecord.HostRecorded(id, there(in, host));
        case "host_removed" -> new JournalRecord.HostRemoved(id);
        case "ended" -> new JournalRecord.Ended(outputs, checks);
        case "together" -> new JournalRecord.Together(records);
        default -> throw in.error("unknown kind of record \"" + kind + "\"");
      };
    }

    private static <T> T there(JsonInput in, @Nullable T part) throws IOException {
      if (part == null) {
        throw in.error("the record is not whole");
      }
      return part;
    }
  }
}
