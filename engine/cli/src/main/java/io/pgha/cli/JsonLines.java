package io.pgha.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.pgha.cli.view.DiagnosticJson;
import io.pgha.cli.view.PlanView;
import io.pgha.cli.view.PlanView.OutputView;
import io.pgha.cli.view.ResourceView;
import io.pgha.core.plan.ActionReason;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.SourceFiles;
import io.pgha.language.value.ValueJson;
import io.pgha.state.InstanceAddress;
import io.pgha.state.OutputState;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tells programs what happens: one JSON object a line, with the message types and fields that
 * Terraform's have. Thread-safe.
 */
final class JsonLines {
  /** The version of the messages. */
  private static final String UI = "1.2";

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(6).toFormatter();

  private final PrintStream out;
  private final Supplier<Instant> clock;
  private final JsonFactory factory = new JsonFactory();
  private final DiagnosticJson diagnostics = new DiagnosticJson();

  JsonLines(PrintStream out, Supplier<Instant> clock) {
    this.out = out;
    this.clock = clock;
  }

  /** Lines to where results go. */
  static JsonLines to(Surroundings surroundings) {
    return new JsonLines(surroundings.out(), Instant::now);
  }

  /** Lines to where results go, the first of them written. */
  static JsonLines begun(Surroundings surroundings) {
    JsonLines lines = to(surroundings);
    lines.version(Version.current().number());
    return lines;
  }

  /** Further fields of a message. */
  interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  /** Writes a message. */
  synchronized void write(String level, String message, String type, Fields fields) {
    StringWriter line = new StringWriter();
    try (JsonGenerator json = factory.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("@level", level);
      json.writeStringField("@message", message);
      json.writeStringField("@module", "pgha.ui");
      json.writeStringField("@timestamp", TIME.format(clock.get()));
      fields.write(json);
      json.writeStringField("type", type);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.print(line.append('\n'));
    out.flush();
  }

  /** The first message. */
  void version(String number) {
    write(
        "info",
        "pgha " + number,
        "version",
        json -> {
          json.writeStringField("pgha", number);
          json.writeStringField("ui", UI);
        });
  }

  /**
   * Where an init has come to.
   *
   * @param code what it says, for programs; one of Terraform's
   */
  void init(String code, String text) {
    write("info", text, "init_output", json -> json.writeStringField("message_code", code));
  }

  /** What has no type of its own. */
  void log(String text) {
    if (!text.isBlank()) {
      write("info", text.strip(), "log", json -> {});
    }
  }

  void diagnostic(Diagnostic diagnostic, SourceFiles sources) {
    diagnostic(diagnostic, sources, _ -> {});
  }

  /** Something that was found, with further fields. */
  void diagnostic(Diagnostic diagnostic, SourceFiles sources, Fields fields) {
    boolean error = diagnostic.isError();
    write(
        error ? "error" : "warn",
        (error ? "Error: " : "Warning: ") + diagnostic.summary(),
        "diagnostic",
        json -> {
          fields.write(json);
          json.writeFieldName("diagnostic");
          diagnostics.write(json, diagnostic, Optional.of(sources));
        });
  }

  /** All of a plan: each change, how much it is, and the outputs. */
  void planned(PlanView plan) {
    for (ResourceView resource : plan.changes()) {
      plannedChange(resource);
    }
    PlanView.Summary summary = plan.summary();
    write(
        "info",
        summary.line(),
        "change_summary",
        json -> {
          json.writeObjectFieldStart("changes");
          json.writeNumberField("add", summary.add());
          json.writeNumberField("change", summary.change());
          json.writeNumberField("import", summary.importing());
          json.writeNumberField("remove", summary.destroy());
          json.writeNumberField("forget", summary.forget());
          json.writeStringField("operation", "plan");
          json.writeEndObject();
        });
    if (!plan.outputs().isEmpty()) {
      write(
          "info",
          "Outputs: " + plan.outputs().size(),
          "outputs",
          json -> {
            json.writeObjectFieldStart("outputs");
            for (OutputView output : plan.outputs()) {
              json.writeObjectFieldStart(output.name());
              json.writeBooleanField("sensitive", output.sensitive());
              json.writeStringField("action", output.action().word());
              json.writeEndObject();
            }
            json.writeEndObject();
          });
    }
  }

  private void plannedChange(ResourceView resource) {
    String word = resource.word();
    boolean drift = resource.action().isDrift();
    write(
        "info",
        resource.address().text()
            + (drift ? ": Drift detected (" + word + ")" : ": Plan to " + word),
        drift ? "resource_drift" : "planned_change",
        json -> {
          json.writeObjectFieldStart("change");
          resource(json, "resource", resource.address());
          if (resource.previousAddress().isPresent()) {
            resource(
                json, "previous_resource", InstanceAddress.parse(resource.previousAddress().get()));
          }
          json.writeStringField("action", word);
          if (resource.actionReason() != ActionReason.NONE) {
            json.writeStringField("reason", resource.actionReason().message());
          }
          if (!resource.reason().isEmpty()) {
            json.writeStringField("because", resource.reason());
          }
          if (resource.importing().isPresent()) {
            json.writeObjectFieldStart("importing");
            json.writeStringField("id", resource.importing().get());
            json.writeEndObject();
          }
          json.writeEndObject();
        });
  }

  /** Something that happens to an instance. */
  void hook(String level, String type, InstanceAddress address, String message, Fields fields) {
    write(
        level,
        address.text() + ": " + message,
        type,
        json -> {
          json.writeObjectFieldStart("hook");
          resource(json, "resource", address);
          fields.write(json);
          json.writeEndObject();
        });
  }

  /** What was done in all. */
  void applied(String operation, String message, Outcome outcome) {
    write(
        "info",
        message,
        "change_summary",
        json -> {
          json.writeObjectFieldStart("changes");
          json.writeNumberField("add", outcome.added());
          json.writeNumberField("change", outcome.changed());
          json.writeNumberField("import", outcome.imported());
          json.writeNumberField("remove", outcome.destroyed());
          json.writeNumberField("forget", outcome.forgotten());
          json.writeStringField("operation", operation);
          json.writeEndObject();
        });
  }

  /** The outputs after an apply; sensitive ones without their values. */
  void outputs(Map<String, OutputState> outputs) {
    write(
        "info",
        "Outputs: " + outputs.size(),
        "outputs",
        json -> {
          json.writeObjectFieldStart("outputs");
          for (Map.Entry<String, OutputState> entry : outputs.entrySet()) {
            OutputState output = entry.getValue();
            json.writeObjectFieldStart(entry.getKey());
            json.writeBooleanField("sensitive", output.sensitive());
            json.writeFieldName("type");
            ValueJson.writeType(json, output.value().type());
            if (!output.sensitive()) {
              json.writeFieldName("value");
              ValueJson.write(json, output.value());
            }
            json.writeEndObject();
          }
          json.writeEndObject();
        });
  }

  private static void resource(JsonGenerator json, String field, InstanceAddress address)
      throws IOException {
    String within =
        address.modulePath().isEmpty()
            ? address.text()
            : address.text().substring(address.modulePath().length() + 1);
    json.writeObjectFieldStart(field);
    json.writeStringField("addr", address.text());
    json.writeStringField("module", address.modulePath());
    json.writeStringField("resource", within);
    json.writeStringField("implied_provider", address.type().split("_", 2)[0]);
    json.writeStringField("resource_type", address.type());
    json.writeStringField("resource_name", address.name());
    json.writeFieldName("resource_key");
    if (address.key().isEmpty()) {
      json.writeNull();
    } else {
      json.writeRawValue(address.key().substring(1, address.key().length() - 1));
    }
    json.writeEndObject();
  }
}
