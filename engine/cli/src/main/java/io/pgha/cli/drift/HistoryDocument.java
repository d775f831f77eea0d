package io.pgha.cli.drift;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pgha.cli.drift.HistoryCourse.Span;
import io.pgha.cli.drift.HistoryFolder.Skipped;
import io.pgha.core.drift.Finding;
import io.pgha.provider.drift.Grade;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A history as one JSON document. */
public final class HistoryDocument {
  private static final String FORMAT_VERSION = "1.0";

  private HistoryDocument() {}

  /** The document, indented, with a line feed at its end. */
  public static String of(History history) {
    return JsonText.of(out -> write(out, history));
  }

  private static void write(JsonGenerator out, History history) throws IOException {
    out.writeStartObject();
    out.writeStringField("format_version", FORMAT_VERSION);
    out.writeStringField("time_zone", history.times().zone().getId());
    out.writeStringField("from", history.from().toString());
    out.writeStringField("to", history.today().toString());
    out.writeArrayFieldStart("runs");
    for (HistoryRun run : history.runs()) {
      out.writeStartObject();
      out.writeStringField("started", run.started().toString());
      out.writeStringField("day", history.times().day(run.started()).toString());
      out.writeNumberField("findings", run.findings().size());
      Optional<Grade> gravest = run.gravest();
      if (gravest.isPresent()) {
        out.writeStringField("gravest", DriftDocument.word(gravest.get()));
      }
      out.writeBooleanField("whole", run.isWhole());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeArrayFieldStart("findings");
    for (HistoryCourse course : history.courses()) {
      course(out, course, history.times());
    }
    out.writeEndArray();
    out.writeArrayFieldStart("skipped");
    for (Skipped skipped : history.skipped()) {
      out.writeStartObject();
      out.writeStringField("file", skipped.file());
      out.writeStringField("why", skipped.why());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void course(JsonGenerator out, HistoryCourse course, Times times)
      throws IOException {
    Finding finding = course.latest();
    out.writeStartObject();
    out.writeStringField("root", course.root());
    out.writeStringField("fingerprint", course.fingerprint());
    out.writeStringField("code", finding.code());
    out.writeStringField("subject", finding.subject());
    out.writeStringField("grade", DriftDocument.word(course.gravest()));
    out.writeStringField("summary", finding.summary());
    strings(out, "addresses", finding.addresses());
    strings(out, "hosts", finding.hosts());
    out.writeStringField("now", course.now().word());
    out.writeStringField("first_seen", course.first().toString());
    out.writeStringField("last_seen", course.last().toString());
    out.writeNumberField("nights", course.days(times).size());
    out.writeArrayFieldStart("spans");
    for (Span span : course.spans()) {
      out.writeStartObject();
      out.writeStringField("first_seen", span.first().toString());
      out.writeStringField("last_seen", span.last().toString());
      if (span.gone().isPresent()) {
        out.writeStringField("gone", span.gone().get().toString());
      }
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void strings(JsonGenerator out, String name, List<String> texts)
      throws IOException {
    out.writeArrayFieldStart(name);
    for (String text : texts) {
      out.writeString(text);
    }
    out.writeEndArray();
  }
}
