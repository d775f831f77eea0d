package io.pgha.cli.drift;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgha.cli.drift.Workspace.Spot;
import io.pgha.core.drift.DriftReport;
import io.pgha.core.drift.Finding;
import io.pgha.core.drift.Finding.Place;
import io.pgha.core.drift.Pending;
import io.pgha.core.drift.RootReport;
import io.pgha.core.drift.RootReport.Ignored;
import io.pgha.core.drift.Silence;
import io.pgha.language.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A report as SARIF 2.1.0. What is ignored or not applied yet is in it as suppressed, except on
 * GitHub, which shows suppressed results as open alerts.
 */
public final class DriftSarif {
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

  private static final String TOP = "%SRCROOT%";

  /** The fingerprint that GitHub tells alerts apart by, of all that there may be. */
  private static final String GITHUB_FINGERPRINT = "primaryLocationLineHash";

  private final DriftReport report;
  private final Workspace workspace;
  private final SarifRules rules = new SarifRules();
  private final ArrayNode results = JsonNodeFactory.instance.arrayNode();
  private final ArrayNode notifications = JsonNodeFactory.instance.arrayNode();

  private DriftSarif(DriftReport report, Workspace workspace) {
    this.report = report;
    this.workspace = workspace;
  }

  /** The document. */
  public static String of(DriftReport report, Workspace workspace) {
    return JsonText.of(new DriftSarif(report, workspace).log());
  }

  private ObjectNode log() {
    report.roots().forEach(this::root);
    ObjectNode log = JsonNodeFactory.instance.objectNode();
    log.put("$schema", SCHEMA);
    log.put("version", "2.1.0");
    ObjectNode run = log.putArray("runs").addObject();
    ObjectNode driver = run.putObject("tool").putObject("driver");
    driver.put("name", "pgha drift");
    driver.put("version", report.version());
    driver.set("rules", rules.json());
    run.putObject("automationDetails").put("id", "pgha-drift/");
    run.putObject("originalUriBaseIds")
        .putObject(TOP)
        .putObject("description")
        .put("text", "The top of the repository.");
    ObjectNode invocation = run.putArray("invocations").addObject();
    invocation.put(
        "executionSuccessful",
        report.roots().stream()
            .flatMap(root -> root.problems().stream())
            .noneMatch(Diagnostic::isError));
    invocation.put("startTimeUtc", report.started().toString());
    invocation.put("endTimeUtc", report.started().plus(report.took()).toString());
    invocation.set("toolExecutionNotifications", notifications);
    run.set("results", results);
    return log;
  }

  private void root(RootReport root) {
    root.problems().forEach(problem -> notification(root, problem));
    root.findings().forEach(finding -> finding(root, finding));
    root.silences().forEach(silence -> silence(root, silence));
    if (!workspace.gitHub()) {
      root.ignored().forEach(each -> ignored(root, each));
      root.pending().forEach(each -> pending(root, each));
    }
  }

  private void notification(RootReport root, Diagnostic problem) {
    ObjectNode notification = notifications.addObject();
    notification.putObject("descriptor").put("id", problem.code());
    notification.put("level", problem.isError() ? "error" : "warning");
    message(
        notification,
        problem.summary() + "." + (problem.detail().isEmpty() ? "" : "\n\n") + problem.detail());
    if (problem.subject().isPresent()) {
      physical(
          notification.putArray("locations").addObject(), workspace.spot(root, problem.subject()));
    }
  }

  private ObjectNode finding(RootReport root, Finding finding) {
    ObjectNode result = results.addObject();
    String level = Severity.of(finding.grade()).sarif();
    rule(result, finding.code(), rules.of(finding.code(), finding.grade()), level);
    List<String> text = new ArrayList<>();
    text.add(FindingText.title(finding) + ".");
    if (!finding.detail().isEmpty()) {
      text.add(finding.detail());
    }
    if (!finding.repair().isEmpty()) {
      text.add("Repair: " + finding.repair());
    }
    message(result, String.join("\n\n", text));
    ArrayNode locations = result.putArray("locations");
    ArrayNode related = result.putArray("relatedLocations");
    for (Place place : finding.places()) {
      // More than one location would mean that each must be changed (SARIF 2.1.0, 3.27.12).
      boolean first = locations.isEmpty();
      ObjectNode location = (first ? locations : related).addObject();
      if (!first) {
        location.put("id", related.size());
        message(location, "Also " + FindingText.place(place));
      }
      physical(
          location, first ? workspace.spot(root, finding) : workspace.spot(root, place.declared()));
      logical(location, place.address(), "resource");
      if (!place.host().isEmpty()) {
        logical(location, place.host(), "host");
      }
    }
    fingerprints(result, finding.fingerprint(), workspace.fingerprint(root, finding.fingerprint()));
    ObjectNode properties = result.putObject("properties");
    properties.put("root", workspace.path(root));
    properties.put("grade", finding.grade().word());
    properties.put("subject", PlainText.clean(finding.subject()));
    properties.put("expected", PlainText.clean(finding.expected()));
    properties.put("found", PlainText.clean(finding.found()));
    properties.put("repair", PlainText.clean(finding.repair()));
    finding.places().stream()
        .map(Place::since)
        .filter(since -> since.isKnown())
        .findFirst()
        .ifPresent(since -> properties.put("since", FindingText.time(since)));
    return result;
  }

  private void ignored(RootReport root, Ignored ignored) {
    suppress(
        finding(root, ignored.finding()),
        "%s (.pghaignore line %d, until %s)"
            .formatted(ignored.reason(), ignored.line(), ignored.expires()));
  }

  private void pending(RootReport root, Pending pending) {
    ObjectNode result = results.addObject();
    rule(result, SarifRules.PENDING, rules.pending(), "note");
    message(result, "Not applied yet: " + FindingText.pending(pending) + ".");
    place(result, root, workspace.spot(root, pending.declared()), pending.address(), "resource");
    String fingerprint = workspace.fingerprint(root, SarifRules.PENDING, pending.address());
    fingerprints(result, fingerprint, fingerprint);
    suppress(result, "Configuration that was not applied yet is no drift.");
  }

  private void silence(RootReport root, Silence silence) {
    ObjectNode result = results.addObject();
    rule(result, SarifRules.UNSEEN, rules.unseen(), "warning");
    message(result, "Not seen: " + FindingText.silence(silence) + ".\n\n" + silence.reason());
    place(
        result,
        root,
        workspace.spot(root, Optional.empty()),
        silence.host().isEmpty() ? null : silence.host(),
        "host");
    ArrayNode locations = (ArrayNode) result.get("locations");
    silence
        .addresses()
        .forEach(address -> logical((ObjectNode) locations.get(0), address, "resource"));
    String fingerprint =
        workspace.fingerprint(root, SarifRules.UNSEEN, silence.host(), silence.code());
    fingerprints(result, fingerprint, fingerprint);
  }

  private void place(
      ObjectNode result, RootReport root, Spot spot, @Nullable String name, String kind) {
    ObjectNode location = result.putArray("locations").addObject();
    physical(location, spot);
    if (name != null) {
      logical(location, name, kind);
    }
    result.putObject("properties").put("root", workspace.path(root));
  }

  private static void rule(ObjectNode result, String id, int index, String level) {
    result.put("ruleId", id);
    result.put("ruleIndex", index);
    result.put("level", level);
  }

  /** In SARIF's plain text, a text in brackets before one in parentheses is a link (3.11.6). */
  private static void message(ObjectNode owner, String text) {
    owner.putObject("message").put("text", PlainText.clean(text).replace("](", "] ("));
  }

  private static void physical(ObjectNode location, Spot spot) {
    ObjectNode physical = location.putObject("physicalLocation");
    ObjectNode artifact = physical.putObject("artifactLocation");
    artifact.put("uri", spot.uri());
    artifact.put("uriBaseId", TOP);
    physical.putObject("region").put("startLine", spot.line());
  }

  private static void logical(ObjectNode location, String name, String kind) {
    location
        .withArray("logicalLocations")
        .addObject()
        .put("name", PlainText.clean(name))
        .put("fullyQualifiedName", PlainText.clean(name))
        .put("kind", kind);
  }

  private static void fingerprints(ObjectNode result, String own, String ofAllRoots) {
    result
        .putObject("partialFingerprints")
        .put("pghaFinding/v2", own)
        .put(GITHUB_FINGERPRINT, ofAllRoots + ":1");
  }

  private static void suppress(ObjectNode result, String why) {
    result
        .putArray("suppressions")
        .addObject()
        .put("kind", "external")
        .put("status", "accepted")
        .put("justification", PlainText.clean(why));
  }
}
