package io.pgha.cli.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.pgha.core.drift.DriftReport;
import io.pgha.core.drift.RootReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code quality report has what GitLab requires. */
class CodeQualityTests {
  @TempDir private Path folder;

  private List<JsonNode> entries(DriftReport report) throws IOException {
    JsonNode json =
        JsonMapper.builder().build().readTree(CodeQuality.of(report, new Workspace(folder, false)));
    assertThat(json.isArray()).isTrue();
    List<JsonNode> entries = new ArrayList<>();
    json.forEach(entries::add);
    assertThat(entries)
        .allSatisfy(entry -> {
          assertThat(entry.path("description").asText())
              .isNotBlank()
              .doesNotContain("\n", "\u001b");
          assertThat(entry.path("check_name").asText()).isNotBlank();
          assertThat(entry.path("fingerprint").asText()).matches("[0-9a-f]{16}");
          assertThat(entry.path("severity").asText()).matches("info|minor|major|critical|blocker");
          assertThat(entry.at("/location/path").asText()).isNotBlank().doesNotStartWith("./");
          assertThat(entry.at("/location/lines/begin").asInt()).isPositive();
        });
    assertThat(entries).extracting(entry -> entry.path("fingerprint")).doesNotHaveDuplicates();
    return entries;
  }

  @Test
  void findingsAndWhatCouldNotBeSeenAreEntries() throws IOException {
    assertThat(entries(DriftSamples.all()))
        .extracting(entry ->
            "%s %s %s:%s"
                .formatted(
                    entry.path("severity").asText(),
                    entry.path("check_name").asText(),
                    entry.at("/location/path").asText(),
                    entry.at("/location/lines/begin").asText()))
        .containsExactly(
            "blocker foreign-member clusters/my prod/main.pgha.hcl:1",
            "critical file-mode clusters/my prod/main.pgha.hcl:30",
            "major file-content clusters/my prod/main.pgha.hcl:12",
            "major unreachable clusters/my prod/main.pgha.hcl:1",
            "major no-quorum clusters/my prod/main.pgha.hcl:1",
            "critical unknown-argument clusters/other/main.pgha.hcl:5",
            "critical state-locked clusters/other/main.pgha.hcl:1");
    assertThat(entries(DriftSamples.all()).get(2).path("description").asText())
        .isEqualTo(
            "haproxy_lb.main[\"lb-1\"] and 1 more on lb-1, lb-2: file:/etc/haproxy/haproxy.cfg:"
                + " maxconn 50, expected maxconn 400. Fewer clients can connect than declared."
                + " Repair: pgha apply -target='haproxy_lb.main'");
  }

  @Test
  void theSameFindingOfTwoRootsIsTwoEntries() throws IOException {
    RootReport first = DriftSamples.root("a", List.of(), List.of(DriftSamples.MODE));
    RootReport second = DriftSamples.root("b", List.of(), List.of(DriftSamples.MODE));
    assertThat(entries(DriftSamples.report(first, second))).hasSize(2);
  }

  @Test
  void cleanIsAnEmptyList() throws IOException {
    assertThat(entries(DriftSamples.report(DriftSamples.CLEAN))).isEmpty();
    assertThat(entries(DriftSamples.hostile())).isNotEmpty();
  }
}
