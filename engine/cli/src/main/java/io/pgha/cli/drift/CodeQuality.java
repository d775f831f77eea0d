package io.pgha.cli.drift;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.pgha.cli.drift.Workspace.Spot;
import io.pgha.core.drift.DriftReport;
import io.pgha.core.drift.Finding;
import io.pgha.core.drift.RootReport;
import io.pgha.core.drift.Silence;
import io.pgha.language.diagnostic.Diagnostic;
import java.util.Optional;

/**
 * A report in the format of GitLab's code quality: findings, what could not be looked at, and
 * errors. What is ignored or not applied yet is left out, since the format has no word for it.
 *
 * <p>"Code quality report format" in GitLab's documentation is the source of the fields, all of
 * which it requires. GitLab shows one entry of a fingerprint.
 */
public final class CodeQuality {
  private final ArrayNode entries = JsonNodeFactory.instance.arrayNode();
  private final Workspace workspace;

  private CodeQuality(Workspace workspace) {
    this.workspace = workspace;
  }

  /** The document. */
  public static String of(DriftReport report, Workspace workspace) {
    CodeQuality made = new CodeQuality(workspace);
    report.roots().forEach(made::root);
    return JsonText.of(made.entries);
  }

  private void root(RootReport root) {
    for (Diagnostic problem : root.problems()) {
      if (problem.isError()) {
        String text = PlainText.line(problem.summary() + ". " + problem.detail());
        String fingerprint =
            workspace.fingerprint(root, "problem", problem.code(), problem.summary());
        entry(
            text, problem.code(), fingerprint, "critical", workspace.spot(root, problem.subject()));
      }
    }
    for (Finding finding : root.findings()) {
      String repair =
          finding.repair().isEmpty() ? "" : " Repair: " + PlainText.line(finding.repair());
      String detail = finding.detail().isEmpty() ? "" : " " + PlainText.line(finding.detail());
      entry(
          FindingText.title(finding) + "." + detail + repair,
          finding.code(),
          workspace.fingerprint(root, finding.fingerprint()),
          Severity.of(finding.grade()).gitLab(),
          workspace.spot(root, finding));
    }
    for (Silence silence : root.silences()) {
      entry(
          PlainText.line("Not seen: " + FindingText.silence(silence) + ". " + silence.reason()),
          silence.code(),
          workspace.fingerprint(root, "unseen", silence.host(), silence.code()),
          "major",
          workspace.spot(root, Optional.empty()));
    }
  }

  private void entry(
      String description, String check, String fingerprint, String severity, Spot spot) {
    ObjectNode entry = entries.addObject();
    entry.put("description", description);
    entry.put("check_name", PlainText.line(check));
    entry.put("fingerprint", fingerprint);
    entry.put("severity", severity);
    ObjectNode location = entry.putObject("location");
    location.put("path", spot.path());
    location.putObject("lines").put("begin", spot.line());
  }
}
