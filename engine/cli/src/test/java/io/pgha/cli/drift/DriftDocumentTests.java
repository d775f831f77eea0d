package io.pgha.cli.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.InputFormat;
import io.pgha.core.drift.DriftReport;
import io.pgha.core.drift.RootReport;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.SourcePosition;
import io.pgha.language.diagnostic.SourceRange;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The JSON document says all, as its schema in docs says, and reads back. */
class DriftDocumentTests {
  @Test
  void everythingConformsToTheSchema() throws IOException {
    Schemas.assertConforms(Schemas.drift(), DriftDocument.of(DriftSamples.all()));
  }

  @Test
  void whatHostileMachinesSayConformsToo() throws IOException {
    Schemas.assertConforms(Schemas.drift(), DriftDocument.of(DriftSamples.hostile()));
  }

  @Test
  void noRootAtAllConformsToo() throws IOException {
    String document = DriftDocument.of(DriftSamples.report());
    Schemas.assertConforms(Schemas.drift(), document);
    assertThat(DriftReader.read(document)).isEqualTo(DriftSamples.report());
  }

  @Test
  void theSchemaIsNoFormality() throws IOException {
    String document = DriftDocument.of(DriftSamples.all()).replace("\"degraded\"", "\"bad\"");
    assertThat(Schemas.drift().validate(document, InputFormat.JSON)).isNotEmpty();
  }

  @Test
  void everythingReadsBack() throws IOException {
    DriftReport report = DriftSamples.all();
    assertThat(DriftReader.read(DriftDocument.of(report))).isEqualTo(withoutOffsets(report));
  }

  @Test
  void timesReadBackToTheNanosecond() throws IOException {
    DriftReport report =
        new DriftReport(
            Instant.parse("2026-10-01T03:00:00.123456789Z"),
            Duration.ofSeconds(100).plusNanos(1),
            "1",
            List.of());
    assertThat(DriftReader.read(DriftDocument.of(report))).isEqualTo(report);
  }

  @Test
  void itSaysWhatThereIsHowMuchOf() throws IOException {
    JsonNode json = JsonMapper.builder().build().readTree(DriftDocument.of(DriftSamples.all()));
    assertThat(json.path("verdict").asText()).isEqualTo("error");
    assertThat(json.path("took_seconds").asText()).isEqualTo("4.212345678");
    assertThat(json.path("summary").toString())
        .isEqualTo(
            """
            {"roots":{"clean":1,"drift":1,"unknown":0,"error":1},"findings":3,"grades":\
            {"danger":1,"security":1,"degraded":1,"cosmetic":0},"pending":3,"ignored":1,"unseen":2}\
            """);
    JsonNode finding = json.path("roots").path(0).path("findings").path(1);
    assertThat(finding.path("fingerprint").asText()).isEqualTo(DriftSamples.MODE.fingerprint());
    assertThat(finding.path("summary").asText())
        .isEqualTo("file:/etc/patroni/config.yml: 0666, expected 0640");
    assertThat(finding.path("places").path(0).toString())
        .isEqualTo(
            """
            {"address":"patroni_node.db[\\"db-1\\"]","host":"db-1","fingerprint":"%s",\
            "declared":{"filename":"main.pgha.hcl","start":{"line":30,"column":1,"offset":1200},\
            "end":{"line":30,"column":13,"offset":1212}},"since":{"at":"2026-09-21T14:13:20Z",\
            "witness":"the file's time"}}\
            """
                .formatted(DriftSamples.MODE.fingerprint(DriftSamples.MODE.places().getFirst())));
  }

  @Test
  void whatANewerMinorVersionAddsIsLeftOut() throws IOException {
    String newer =
        DriftDocument.of(DriftSamples.report(DriftSamples.CLEAN))
            .replace(
                "\"format_version\" : \"1.0\"", "\"new\" : [ 1 ], \"format_version\" : \"1.9\"");
    assertThat(DriftReader.read(newer)).isEqualTo(DriftSamples.report(DriftSamples.CLEAN));
  }

  @Test
  void whatIsNoReportIsRefused() {
    assertThatThrownBy(() -> DriftReader.read("{\"format_version\": \"2.0\"}"))
        .isInstanceOf(IOException.class)
        .hasMessage("its format version is 2.0, which only a newer pgha reads");
    assertThatThrownBy(() -> DriftReader.read("{\"format_version\": \"1.0\"}"))
        .hasMessage("it holds no report of pgha drift");
    assertThatThrownBy(() -> DriftReader.read("[]")).hasMessage("it holds no report of pgha drift");
    assertThatThrownBy(() -> DriftReader.read("")).hasMessage("it holds no report of pgha drift");
    assertThatThrownBy(() -> DriftReader.read("no JSON")).hasMessage("it is not JSON");
    assertThatThrownBy(() ->
            DriftReader.read("{\"format_version\": \"1.0\", \"roots\": [], \"started\": \"x\"}"))
        .hasMessageStartingWith("it holds no whole report of pgha drift: ");
  }

  /** A document says line and column of a diagnostic only. */
  private static DriftReport withoutOffsets(DriftReport report) {
    return new DriftReport(
        report.started(),
        report.took(),
        report.version(),
        report.roots().stream().map(DriftDocumentTests::withoutOffsets).toList());
  }

  private static RootReport withoutOffsets(RootReport root) {
    return new RootReport(
        root.root(),
        root.lineage(),
        root.serial(),
        root.checked(),
        root.findings(),
        root.ignored(),
        root.ignores(),
        root.pending(),
        root.silences(),
        root.problems().stream().map(DriftDocumentTests::withoutOffsets).toList());
  }

  private static Diagnostic withoutOffsets(Diagnostic problem) {
    return problem
        .subject()
        .map(range ->
            problem.at(
                SourceRange.of(
                    range.file(), withoutOffset(range.start()), withoutOffset(range.end()))))
        .orElse(problem);
  }

  private static SourcePosition withoutOffset(SourcePosition position) {
    return new SourcePosition(0, position.line(), position.column());
  }
}
