package io.pgha.cli.drift;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pgha.core.drift.Checked;
import io.pgha.core.drift.DriftReport;
import io.pgha.core.drift.Finding;
import io.pgha.core.drift.Finding.Place;
import io.pgha.core.drift.Pending;
import io.pgha.core.drift.PendingAction;
import io.pgha.core.drift.RootReport;
import io.pgha.core.drift.RootReport.IgnoreRemark;
import io.pgha.core.drift.RootReport.Ignored;
import io.pgha.core.drift.Silence;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.SourcePosition;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.value.AttributePath;
import io.pgha.provider.drift.Grade;
import io.pgha.provider.drift.Since;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads what {@link DriftDocument} has written, so that a night can be told of later. Of
 * diagnostics it finds what a document has of them: not the source's offsets, its context and its
 * values.
 */
public final class DriftReader {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private DriftReader() {}

  /**
   * The report that a document holds. What a newer minor version has added is left out.
   *
   * @throws IOException with a message for the user where the text is no such document
   */
  public static DriftReport read(String document) throws IOException {
    JsonNode json = parsed(document);
    String version = json.path("format_version").asText();
    if (!version.startsWith("1.") || !json.path("roots").isArray()) {
      throw new IOException(
          version.isEmpty() || version.startsWith("1.")
              ? "it holds no report of pgha drift"
              : "its format version is " + version + ", which only a newer pgha reads");
    }
    try {
      return new DriftReport(
          Instant.parse(json.path("started").asText()),
          duration(json.path("took_seconds").decimalValue()),
          json.path("pgha_version").asText(),
          all(json.path("roots"), DriftReader::root));
    } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
      throw new IOException("it holds no whole report of pgha drift: " + e.getMessage(), e);
    }
  }

  private static JsonNode parsed(String document) throws IOException {
    try {
      return JSON.readTree(document);
    } catch (JsonProcessingException e) {
      throw new IOException("it is not JSON", e);
    }
  }

  private static Duration duration(BigDecimal seconds) {
    return Duration.ofNanos(seconds.movePointRight(9).longValueExact());
  }

  private static RootReport root(JsonNode json) {
    return new RootReport(
        text(json, "root"),
        text(json, "lineage"),
        json.path("serial").asLong(),
        all(json.path("checked"), DriftReader::checked),
        all(json.path("findings"), DriftReader::finding),
        all(json.path("ignored"), DriftReader::ignored),
        all(json.path("ignore_remarks"), DriftReader::remark),
        all(json.path("pending"), DriftReader::pending),
        all(json.path("unseen"), DriftReader::silence),
        all(json.path("diagnostics"), DriftReader::diagnostic));
  }

  private static Checked checked(JsonNode json) {
    SortedMap<String, String> observed = new TreeMap<>();
    json.path("observed")
        .properties()
        .forEach(entry -> observed.put(entry.getKey(), entry.getValue().asText()));
    return new Checked(
        text(json, "address"),
        text(json, "type"),
        strings(json.path("hosts")),
        strings(json.path("needs")),
        observed);
  }

  private static Finding finding(JsonNode json) {
    return new Finding(
        text(json, "code"),
        text(json, "subject"),
        Grade.valueOf(constant(json, "grade")),
        text(json, "expected"),
        text(json, "found"),
        text(json, "detail"),
        strings(json.path("diff")),
        all(json.path("places"), DriftReader::place),
        text(json, "repair"),
        text(json, "fingerprint"));
  }

  private static Place place(JsonNode json) {
    JsonNode since = json.path("since");
    return new Place(
        text(json, "address"),
        text(json, "host"),
        range(json.path("declared")),
        since.isMissingNode()
            ? Since.UNKNOWN
            : new Since(Instant.parse(text(since, "at")).getEpochSecond(), text(since, "witness")));
  }

  private static Optional<SourceRange> range(JsonNode json) {
    return json.isObject()
        ? Optional.of(
            SourceRange.of(
                text(json, "filename"), position(json.path("start")), position(json.path("end"))))
        : Optional.empty();
  }

  private static SourcePosition position(JsonNode json) {
    return new SourcePosition(
        json.path("offset").asInt(), json.path("line").asInt(), json.path("column").asInt());
  }

  private static Ignored ignored(JsonNode json) {
    return new Ignored(
        finding(json.path("finding")),
        text(json, "reason"),
        text(json, "expires"),
        json.path("line").asInt());
  }

  private static IgnoreRemark remark(JsonNode json) {
    return new IgnoreRemark(json.path("line").asInt(), text(json, "text"), text(json, "remark"));
  }

  private static Pending pending(JsonNode json) {
    return new Pending(
        text(json, "address"),
        PendingAction.valueOf(constant(json, "action")),
        strings(json.path("attributes")),
        json.has("previous_address")
            ? Optional.of(text(json, "previous_address"))
            : Optional.empty(),
        range(json.path("declared")));
  }

  private static Silence silence(JsonNode json) {
    return new Silence(
        text(json, "host"),
        text(json, "code"),
        text(json, "reason"),
        strings(json.path("addresses")));
  }

  private static Diagnostic diagnostic(JsonNode json) {
    String code = text(json, "code");
    String summary = text(json, "summary");
    String detail = text(json, "detail");
    Diagnostic diagnostic =
        text(json, "severity").equals("error")
            ? Diagnostic.error(code, summary, detail)
            : Diagnostic.warning(code, summary, detail);
    Optional<SourceRange> subject = range(json.path("range"));
    if (subject.isPresent()) {
      diagnostic = diagnostic.at(subject.get());
    }
    if (json.has("address")) {
      diagnostic = diagnostic.about(text(json, "address"));
    }
    if (json.has("path")) {
      diagnostic = diagnostic.of(AttributePath.parse(text(json, "path")));
    }
    return json.has("host") ? diagnostic.on(text(json, "host")) : diagnostic;
  }

  private static String constant(JsonNode json, String name) {
    return text(json, name).toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private static String text(JsonNode json, String name) {
    return json.path(name).asText();
  }

  private static List<String> strings(JsonNode json) {
    return all(json, JsonNode::asText);
  }

  private static <T> List<T> all(JsonNode array, Function<JsonNode, T> element) {
    List<T> all = new ArrayList<>();
    array.forEach(each -> all.add(element.apply(each)));
    return all;
  }
}
