package io.pgha.cli.drift;

import com.fasterxml.jackson.core.JsonGenerator;
import io.pgha.cli.view.DiagnosticJson;
import io.pgha.core.drift.Checked;
import io.pgha.core.drift.DriftReport;
import io.pgha.core.drift.Finding;
import io.pgha.core.drift.Finding.Place;
import io.pgha.core.drift.Pending;
import io.pgha.core.drift.RootReport;
import io.pgha.core.drift.RootReport.IgnoreRemark;
import io.pgha.core.drift.RootReport.Ignored;
import io.pgha.core.drift.RootReport.Verdict;
import io.pgha.core.drift.Silence;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.SourcePosition;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.provider.drift.Grade;
import io.pgha.provider.drift.Since;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A report as one JSON document: docs/drift-schema.json says how. {@link DriftReader} reads it. */
public final class DriftDocument {
  /** The version of the format; the minor one counts additions. */
  public static final String FORMAT_VERSION = "1.1";

  private final JsonGenerator out;

  private DriftDocument(JsonGenerator out) {
    this.out = out;
  }

  /** The document, indented, with a line feed at its end. */
  public static String of(DriftReport report) {
    return JsonText.of(out -> new DriftDocument(out).write(report));
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private void write(DriftReport report) throws IOException {
    Counts counts = Counts.of(report);
    out.writeStartObject();
    out.writeStringField("format_version", FORMAT_VERSION);
    out.writeStringField("pgha_version", report.version());
    out.writeStringField("started", report.started().toString());
    out.writeFieldName("took_seconds");
    out.writeNumber(seconds(report.took()));
    out.writeStringField("verdict", word(counts.verdict()));
    out.writeObjectFieldStart("summary");
    out.writeObjectFieldStart("roots");
    for (Map.Entry<Verdict, Integer> entry : counts.roots().entrySet()) {
      out.writeNumberField(word(entry.getKey()), entry.getValue());
    }
    out.writeEndObject();
    counts(counts);
    out.writeEndObject();
    out.writeArrayFieldStart("roots");
    for (RootReport root : report.roots()) {
      root(root);
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static BigDecimal seconds(Duration duration) {
    return new BigDecimal(
        BigDecimal.valueOf(duration.getSeconds())
            .add(BigDecimal.valueOf(duration.getNano(), 9))
            .stripTrailingZeros()
            .toPlainString());
  }

  private void counts(Counts counts) throws IOException {
    out.writeNumberField("findings", counts.findings());
    out.writeObjectFieldStart("grades");
    for (Grade grade : Counts.GRAVEST_FIRST) {
      out.writeNumberField(word(grade), counts.of(grade));
    }
    out.writeEndObject();
    out.writeNumberField("pending", counts.pending());
    out.writeNumberField("ignored", counts.ignored());
    out.writeNumberField("unseen", counts.unseen());
  }

  private void root(RootReport root) throws IOException {
    out.writeStartObject();
    out.writeStringField("root", root.root());
    out.writeStringField("lineage", root.lineage());
    out.writeNumberField("serial", root.serial());
    out.writeStringField("verdict", word(root.verdict()));
    out.writeObjectFieldStart("summary");
    counts(Counts.of(root));
    out.writeEndObject();
    out.writeArrayFieldStart("findings");
    for (Finding finding : root.findings()) {
      out.writeStartObject();
      finding(finding);
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeArrayFieldStart("unseen");
    for (Silence silence : root.silences()) {
      silence(silence);
    }
    out.writeEndArray();
    out.writeArrayFieldStart("pending");
    for (Pending pending : root.pending()) {
      pending(pending);
    }
    out.writeEndArray();
    out.writeArrayFieldStart("ignored");
    for (Ignored ignored : root.ignored()) {
      ignored(ignored);
    }
    out.writeEndArray();
    out.writeArrayFieldStart("ignore_remarks");
    for (IgnoreRemark remark : root.ignores()) {
      remark(remark);
    }
    out.writeEndArray();
    out.writeArrayFieldStart("checked");
    for (Checked checked : root.checked()) {
      checked(checked);
    }
    out.writeEndArray();
    out.writeArrayFieldStart("diagnostics");
    DiagnosticJson diagnostics = new DiagnosticJson();
    for (Diagnostic diagnostic : root.problems()) {
      diagnostics.write(out, diagnostic, Optional.empty());
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private void finding(Finding finding) throws IOException {
    out.writeStringField("fingerprint", finding.fingerprint());
    out.writeStringField("code", finding.code());
    out.writeStringField("subject", finding.subject());
    out.writeStringField("grade", word(finding.grade()));
    out.writeStringField("summary", finding.summary());
    out.writeStringField("expected", finding.expected());
    out.writeStringField("found", finding.found());
    out.writeStringField("detail", finding.detail());
    strings("diff", finding.diff());
    out.writeArrayFieldStart("places");
    for (Place place : finding.places()) {
      out.writeStartObject();
      out.writeStringField("address", place.address());
      out.writeStringField("host", place.host());
      out.writeStringField("fingerprint", finding.fingerprint(place));
      declared(place.declared());
      since(place.since());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeStringField("repair", finding.repair());
  }

  private void since(Since since) throws IOException {
    if (!since.equals(Since.UNKNOWN)) {
      out.writeObjectFieldStart("since");
      out.writeStringField("at", Instant.ofEpochSecond(since.at()).toString());
      out.writeStringField("witness", since.witness());
      out.writeEndObject();
    }
  }

  private void declared(Optional<SourceRange> declared) throws IOException {
    if (declared.isPresent()) {
      out.writeObjectFieldStart("declared");
      out.writeStringField("filename", declared.get().file());
      position("start", declared.get().start());
      position("end", declared.get().end());
      out.writeEndObject();
    }
  }

  private void position(String name, SourcePosition position) throws IOException {
    out.writeObjectFieldStart(name);
    out.writeNumberField("line", position.line());
    out.writeNumberField("column", position.column());
    out.writeNumberField("offset", position.offset());
    out.writeEndObject();
  }

  private void silence(Silence silence) throws IOException {
    out.writeStartObject();
    out.writeStringField("host", silence.host());
    out.writeStringField("code", silence.code());
    out.writeStringField("reason", silence.reason());
    strings("addresses", silence.addresses());
    out.writeEndObject();
  }

  private void pending(Pending pending) throws IOException {
    out.writeStartObject();
    out.writeStringField("address", pending.address());
    out.writeStringField("action", pending.action().word());
    if (pending.previousAddress().isPresent()) {
      out.writeStringField("previous_address", pending.previousAddress().get());
    }
    strings("attributes", pending.attributes());
    declared(pending.declared());
    out.writeEndObject();
  }

  private void ignored(Ignored ignored) throws IOException {
    out.writeStartObject();
    out.writeStringField("reason", ignored.reason());
    out.writeStringField("expires", ignored.expires());
    out.writeNumberField("line", ignored.line());
    out.writeObjectFieldStart("finding");
    finding(ignored.finding());
    out.writeEndObject();
    out.writeEndObject();
  }

  private void remark(IgnoreRemark remark) throws IOException {
    out.writeStartObject();
    out.writeNumberField("line", remark.line());
    out.writeStringField("text", remark.text());
    out.writeStringField("remark", remark.remark());
    out.writeEndObject();
  }

  private void checked(Checked checked) throws IOException {
    out.writeStartObject();
    out.writeStringField("address", checked.address());
    out.writeStringField("type", checked.type());
    strings("hosts", checked.hosts());
    strings("needs", checked.needs());
    out.writeObjectFieldStart("observed");
    for (Map.Entry<String, String> entry : checked.observed().entrySet()) {
      out.writeStringField(entry.getKey(), entry.getValue());
    }
    out.writeEndObject();
    out.writeEndObject();
  }

  private void strings(String name, List<String> texts) throws IOException {
    out.writeArrayFieldStart(name);
    for (String text : texts) {
      out.writeString(text);
    }
    out.writeEndArray();
  }
}
