package io.pgha.cli.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.InputFormat;
import io.pgha.core.drift.DriftReport;
import io.pgha.core.drift.RootReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The SARIF is as its official schema says, and as GitHub wants it. */
class DriftSarifTests {
  @TempDir private Path top;

  private Workspace workspace;

  @BeforeEach
  void aRepository() throws IOException {
    Files.createDirectories(top.resolve(".git"));
    Files.createDirectories(top.resolve("infra/clusters/my prod"));
    Files.writeString(top.resolve("infra/clusters/my prod/hosts.pgha.hcl"), "");
    workspace = new Workspace(top.resolve("infra"), false);
  }

  private static JsonNode run(DriftReport report, Workspace workspace) throws IOException {
    String document = DriftSarif.of(report, workspace);
    Schemas.assertConforms(Schemas.sarif(), document);
    return JsonMapper.builder().build().readTree(document).path("runs").path(0);
  }

  private static List<JsonNode> results(JsonNode run) {
    List<JsonNode> results = new ArrayList<>();
    run.path("results").forEach(results::add);
    return results;
  }

  @Test
  void everythingConformsToTheOfficialSchema() throws IOException {
    run(DriftSamples.all(), workspace);
    run(DriftSamples.report(), workspace);
    run(DriftSamples.report(DriftSamples.CLEAN), workspace);
  }

  @Test
  void whatHostileMachinesSayConformsToo() throws IOException {
    JsonNode run = run(DriftSamples.hostile(), workspace);
    JsonNode result = run.path("results").path(0);
    assertThat(result.path("message").path("text").asText())
        .contains("[x] (http://x)")
        .doesNotContain("\u001b");
    assertThat(result.at("/locations/0/physicalLocation/artifactLocation/uri").asText())
        .isEqualTo("infra/clusters/my%20prod/a%20b/%25%7C%60%C3%A9.pgha.hcl");
  }

  @Test
  void theSchemaIsNoFormality() throws IOException {
    String wrong = DriftSarif.of(DriftSamples.all(), workspace).replace("\"level\"", "\"livel\"");
    assertThat(Schemas.sarif().validate(wrong, InputFormat.JSON)).isNotEmpty();
  }

  @Test
  void levelsFollowTheGrades() throws IOException {
    assertThat(results(run(DriftSamples.all(), workspace)))
        .extracting(result ->
            result.path("ruleId").asText()
                + " "
                + result.path("level").asText()
                + (result.has("suppressions") ? " suppressed" : ""))
        .containsExactly(
            "foreign-member error",
            "file-mode error",
            "file-content warning",
            "not-seen warning",
            "not-seen warning",
            "package-hold note suppressed",
            "not-applied-yet note suppressed",
            "not-applied-yet note suppressed",
            "not-applied-yet note suppressed");
  }

  @Test
  void everyRuleHelpsAndSaysHowGraveItIs() throws IOException {
    JsonNode run = run(DriftSamples.all(), workspace);
    JsonNode rules = run.at("/tool/driver/rules");
    assertThat(rules)
        .extracting(
            rule -> rule.path("id").asText() + rule.at("/properties/security-severity").asText())
        .containsExactly(
            "foreign-member9.5",
            "file-mode8.0",
            "file-content",
            "not-seen",
            "package-hold",
            "not-applied-yet");
    assertThat(rules)
        .allSatisfy(rule -> {
          assertThat(rule.at("/help/text").asText()).isNotBlank();
          assertThat(rule.at("/help/markdown").asText()).isNotBlank();
        });
    for (JsonNode result : results(run)) {
      assertThat(rules.path(result.path("ruleIndex").asInt()).path("id"))
          .isEqualTo(result.path("ruleId"));
    }
  }

  @Test
  void placesAreRelativeToTheRepository() throws IOException {
    JsonNode result = results(run(DriftSamples.all(), workspace)).get(2);
    assertThat(result.path("locations"))
        .hasToString(
            """
            [{"physicalLocation":{"artifactLocation":{"uri":\
            "infra/clusters/my%20prod/main.pgha.hcl","uriBaseId":"%SRCROOT%"},"region":\
            {"startLine":12}},"logicalLocations":[{"name":"haproxy_lb.main[\\"lb-1\\"]",\
            "fullyQualifiedName":"haproxy_lb.main[\\"lb-1\\"]","kind":"resource"},\
            {"name":"lb-1","fullyQualifiedName":"lb-1","kind":"host"}]}]\
            """);
    assertThat(result.at("/relatedLocations/0/message/text").asText())
        .isEqualTo("Also haproxy_lb.main[\"lb-2\"] on lb-2");
  }

  @Test
  void whatNoLineDeclaresIsShownAtTheRootsFirstFile() throws IOException {
    JsonNode result = results(run(DriftSamples.all(), workspace)).getFirst();
    assertThat(result.at("/locations/0/physicalLocation"))
        .hasToString(
            """
            {"artifactLocation":{"uri":"infra/clusters/my%20prod/hosts.pgha.hcl","uriBaseId":\
            "%SRCROOT%"},"region":{"startLine":1}}\
            """);
  }

  @Test
  void withoutARepositoryPlacesAreRelativeToTheFolder(@TempDir Path bare) throws IOException {
    JsonNode run = run(DriftSamples.all(), new Workspace(bare, false));
    assertThat(run.at("/results/1/locations/0/physicalLocation/artifactLocation/uri").asText())
        .isEqualTo("clusters/my%20prod/main.pgha.hcl");
  }

  @Test
  void fingerprintsStayWhateverWasFoundAndDifferBetweenRoots() throws IOException {
    RootReport first = DriftSamples.root("a", List.of(), List.of(DriftSamples.MODE));
    RootReport second = DriftSamples.root("b", List.of(), List.of(DriftSamples.MODE));
    List<JsonNode> results = results(run(DriftSamples.report(first, second), workspace));
    JsonNode fingerprints = results.getFirst().path("partialFingerprints");
    assertThat(fingerprints.path("pghaFinding/v2").asText())
        .isEqualTo(DriftSamples.MODE.fingerprint());
    assertThat(fingerprints.path("primaryLocationLineHash").asText())
        .matches("[0-9a-f]{16}:1")
        .isNotEqualTo(results.get(1).at("/partialFingerprints/primaryLocationLineHash").asText());
    assertThat(
            results(run(DriftSamples.report(first), new Workspace(top.resolve("infra"), true)))
                .getFirst()
                .path("partialFingerprints"))
        .isEqualTo(fingerprints);
  }

  @Test
  void whatIsIgnoredIsSuppressedWithItsReason() throws IOException {
    assertThat(results(run(DriftSamples.all(), workspace)).get(5).path("suppressions"))
        .hasToString(
            """
            [{"kind":"external","status":"accepted","justification":"an upgrade is under way \
            (.pghaignore line 4, until 2027-01-31)"}]\
            """);
  }

  @Test
  void onGitHubWhatIsSuppressedIsLeftOut() throws IOException {
    assertThat(results(run(DriftSamples.all(), new Workspace(top.resolve("infra"), true))))
        .hasSize(5)
        .noneMatch(result -> result.has("suppressions"));
  }

  @Test
  void errorsAreNotificationsOfARunThatFailed() throws IOException {
    JsonNode invocation = run(DriftSamples.all(), workspace).at("/invocations/0");
    assertThat(invocation.path("executionSuccessful").asBoolean()).isFalse();
    assertThat(invocation.path("toolExecutionNotifications"))
        .extracting(each -> each.path("level").asText() + " " + each.at("/message/text").asText())
        .containsExactly(
            "warning An argument is old.\n\nUse another.",
            "error There is no argument \"adress\".\n\nDid you mean address?",
            "error The state is locked.");
    assertThat(
            run(DriftSamples.report(DriftSamples.FULL), workspace)
                .at("/invocations/0/executionSuccessful")
                .asBoolean())
        .isTrue();
  }
}
