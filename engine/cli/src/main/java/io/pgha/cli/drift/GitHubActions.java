package io.pgha.cli.drift;

import io.pgha.cli.drift.Workspace.Spot;
import io.pgha.core.drift.DriftReport;
import io.pgha.core.drift.Finding;
import io.pgha.core.drift.RootReport;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.provider.drift.Grade;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What GitHub Actions is told: annotations, by its workflow commands, and the step's summary page.
 *
 * <p>"Workflow commands for GitHub Actions" in GitHub's documentation is the source.
 */
public final class GitHubActions {
  /** GitHub shows so many annotations of a kind for a step, and drops the others unsaid. */
  private static final int MOST = 10;

  private static final List<String> KINDS = List.of("error", "warning", "notice");

  /**
   * An annotation.
   *
   * @param kind the command that makes it
   * @param spot where it stands
   * @param title its title
   * @param message its text
   */
  private record Annotation(String kind, Optional<Spot> spot, String title, String message) {
    String command() {
      String place =
          spot.map(at -> "file=" + property(at.path()) + ",line=" + at.line() + ",").orElse("");
      return "::" + kind + " " + place + "title=" + property(title) + "::" + data(message);
    }

    private static String data(String text) {
      return PlainText.clean(text).replace("%", "%25").replace("\n", "%0A");
    }

    private static String property(String text) {
      return data(text).replace(":", "%3A").replace(",", "%2C");
    }
  }

  /**
   * Characters that take no room. The runner compares as .NET does by default, which passes over
   * them.
   */
  private static final String UNSEEN =
      "\\p{Cf}\\x{34F}\\x{115F}\\x{1160}\\x{17B4}\\x{17B5}\\x{180B}-\\x{180F}\\x{3164}"
          + "\\x{FE00}-\\x{FE0F}\\x{FFA0}\\x{E0000}-\\x{E0FFF}";

  /** What the runner takes for a command: it ignores white space before it. */
  private static final Pattern COMMAND =
      Pattern.compile(
          "^([\\s\\p{Z}\\x85" + UNSEEN + "&&[^\\n]]*+:)(?=[" + UNSEEN + "]*+:)", Pattern.MULTILINE);

  /** An older form, which is a command anywhere in a line. */
  private static final Pattern OLD_COMMAND =
      Pattern.compile("(#[" + UNSEEN + "]*+#)(?=[" + UNSEEN + "]*+\\[)");

  private final Workspace workspace;
  private final List<Annotation> annotations = new ArrayList<>();

  private GitHubActions(Workspace workspace) {
    this.workspace = workspace;
  }

  /**
   * The lines to write to the step's output, each with its line feed; empty where GitHub Actions
   * does not run this.
   */
  public static String annotations(DriftReport report, Workspace workspace) {
    if (!workspace.gitHub()) {
      return "";
    }
    GitHubActions made = new GitHubActions(workspace);
    made.problems(report);
    Counts.GRAVEST_FIRST.forEach(grade -> made.findings(report, grade));
    made.rest(report);
    StringBuilder lines = new StringBuilder();
    KINDS.forEach(kind -> made.write(kind, lines));
    return lines.toString();
  }

  /** The text with a space in each command in it, so that it is only shown. */
  public static String inert(String text) {
    String shown = COMMAND.matcher(text).replaceAll("$1 ");
    return OLD_COMMAND.matcher(shown).replaceAll("$1 ");
  }

  /**
   * Adds the report to the step's summary page, where there is one.
   *
   * @throws IOException where it can't be written
   */
  public static void summarize(
      DriftReport report, Workspace workspace, Map<String, String> environment) throws IOException {
    String file = environment.getOrDefault("GITHUB_STEP_SUMMARY", "");
    if (!file.isEmpty()) {
      Files.write(
          Path.of(file),
          (DriftMarkdown.of(report, workspace) + "\n").getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }

  private void problems(DriftReport report) {
    for (RootReport root : report.roots()) {
      for (Diagnostic problem : root.problems()) {
        add(
            problem.isError() ? "error" : "warning",
            workspace.declared(root, problem.subject()),
            problem.summary(),
            problem.detail().isEmpty() ? problem.summary() : problem.detail());
      }
    }
  }

  private void findings(DriftReport report, Grade grade) {
    for (RootReport root : report.roots()) {
      for (Finding finding : root.findings()) {
        if (finding.grade() == grade) {
          List<String> lines = new ArrayList<>();
          lines.add(FindingText.title(finding));
          lines.addAll(FindingText.facts(finding, root, workspace));
          add(
              Severity.of(grade).gitHub(),
              Optional.of(workspace.spot(root, finding)),
              "Drift: " + finding.code().replace('-', ' '),
              String.join("\n", lines));
        }
      }
    }
  }

  private void rest(DriftReport report) {
    for (RootReport root : report.roots()) {
      root.silences()
          .forEach(silence ->
              add(
                  "warning",
                  Optional.empty(),
                  "Not seen: " + FindingText.silence(silence),
                  silence.reason()));
      root.ignores()
          .forEach(remark ->
              add(
                  "warning",
                  Optional.of(new Spot(ignoreFile(root), remark.line())),
                  ".pghaignore",
                  remark.remark() + ": " + remark.text()));
      if (!root.pending().isEmpty()) {
        add(
            "notice",
            workspace.declared(root, root.pending().getFirst().declared()),
            "Not applied yet, which is no drift",
            String.join("\n", root.pending().stream().map(FindingText::pending).toList()));
      }
    }
  }

  private String ignoreFile(RootReport root) {
    String path = workspace.path(root);
    return (path.equals(".") ? "" : path + "/") + ".pghaignore";
  }

  private void add(String kind, Optional<Spot> spot, String title, String message) {
    annotations.add(new Annotation(kind, spot, PlainText.line(title), message));
  }

  private void write(String kind, StringBuilder lines) {
    List<Annotation> all = annotations.stream().filter(each -> each.kind().equals(kind)).toList();
    List<Annotation> shown = all.size() <= MOST ? all : all.subList(0, MOST - 1);
    shown.forEach(each -> lines.append(each.command()).append('\n'));
    if (shown.size() < all.size()) {
      Annotation more =
          new Annotation(
              kind,
              Optional.empty(),
              "And %d more".formatted(all.size() - shown.size()),
              "GitHub shows no more than 10 of a kind. All are in the step's summary and in the"
                  + " files that pgha drift -out writes.");
      lines.append(more.command()).append('\n');
    }
  }
}
