package io.pgha.cli.drift;

import io.pgha.cli.view.Seconds;
import io.pgha.core.drift.DriftReport;
import io.pgha.core.drift.Finding;
import io.pgha.core.drift.Finding.Place;
import io.pgha.core.drift.RootReport;
import io.pgha.core.drift.RootReport.Verdict;
import io.pgha.core.drift.Silence;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.provider.drift.Grade;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A report as Markdown, for an issue or a summary page: what matters most first, since what is more
 * than an issue takes is left out.
 */
public final class DriftMarkdown {
  /** GitHub's issues take 65,536 characters; GitLab's take more. */
  static final int MOST_BYTES = 65_000;

  private static final int MOST_LINES = 200;
  private static final int ROOM_FOR_CUT = 400;

  /** A finding and the root that it is of. */
  private record Found(RootReport root, Finding finding) {}

  private final DriftReport report;
  private final Workspace workspace;
  private final StringBuilder text = new StringBuilder();
  private int bytes;
  private boolean cut;

  private DriftMarkdown(DriftReport report, Workspace workspace) {
    this.report = report;
    this.workspace = workspace;
  }

  /** The text, never longer than an issue takes. */
  public static String of(DriftReport report, Workspace workspace) {
    return new DriftMarkdown(report, workspace).written();
  }

  private String written() {
    Counts counts = Counts.of(report);
    add("### pgha drift: " + counts.line() + "\n\n");
    add(
        FindingText.time(report.started())
            + ", "
            + Seconds.of(report.took())
            + ", pgha "
            + Markdown.text(report.version())
            + (report.roots().size() > 1 ? ", " + roots(counts) : "")
            + "\n\n");
    problems();
    unseen();
    List<Found> all =
        report.roots().stream()
            .flatMap(root -> root.findings().stream().map(finding -> new Found(root, finding)))
            .toList();
    Counts.GRAVEST_FIRST.forEach(grade -> table(grade, all));
    remarks();
    pending();
    ignored();
    for (Grade grade : Counts.GRAVEST_FIRST) {
      all.stream().filter(each -> each.finding().grade() == grade).forEach(this::details);
    }
    if (cut) {
      text.append(
          "\n**The rest is left out here: an issue takes no more than 65,536 characters. Everything"
              + " is in the JSON and HTML of the same run (`-out json=FILE`, `-out html=FILE`).**\n");
    }
    return text.toString();
  }

  /** Adds a piece, unless something was left out before, or there is no room for it. */
  private void add(String piece) {
    int length = piece.getBytes(StandardCharsets.UTF_8).length;
    cut = cut || bytes + length > MOST_BYTES - ROOM_FOR_CUT;
    if (!cut) {
      text.append(piece);
      bytes += length;
    }
  }

  private static String roots(Counts counts) {
    return counts.roots().values().stream().mapToInt(Integer::intValue).sum()
        + " roots: "
        + counts.roots().entrySet().stream()
            .filter(entry -> entry.getValue() > 0)
            .map(entry -> entry.getValue() + " " + word(entry.getKey()))
            .collect(Collectors.joining(", "));
  }

  private static String word(Verdict verdict) {
    return switch (verdict) {
      case CLEAN -> "clean";
      case DRIFT -> "with drift";
      case UNKNOWN -> "not wholly seen";
      case ERROR -> "failed";
    };
  }

  /** The root before a line; nothing where there is one root only. */
  private String root(RootReport root) {
    return report.roots().size() > 1 ? Markdown.code(root.root()) + " " : "";
  }

  private void problems() {
    for (RootReport root : report.roots()) {
      for (Diagnostic problem : root.problems()) {
        String detail = problem.detail().isEmpty() ? "" : ". " + Markdown.text(problem.detail());
        add(
            "- %s%s**%s**%s\n"
                .formatted(
                    problem.isError() ? "Error: " : "Warning: ",
                    root(root),
                    Markdown.text(problem.summary()),
                    detail));
      }
    }
    paragraph();
  }

  private void unseen() {
    for (RootReport root : report.roots()) {
      for (Silence silence : root.silences()) {
        String addresses =
            silence.addresses().isEmpty()
                ? ""
                : " Nobody knows of: "
                    + silence.addresses().stream()
                        .map(Markdown::code)
                        .collect(Collectors.joining(", "))
                    + ".";
        add(
            "- Not seen: %s**%s** %s%s\n"
                .formatted(
                    root(root),
                    Markdown.text(FindingText.silence(silence) + "."),
                    Markdown.text(silence.reason()),
                    addresses));
      }
    }
    paragraph();
  }

  /** Ends a list. */
  private void paragraph() {
    if (text.charAt(text.length() - 2) != '\n') {
      add("\n");
    }
  }

  private void table(Grade grade, List<Found> all) {
    List<Found> graded = all.stream().filter(each -> each.finding().grade() == grade).toList();
    if (graded.isEmpty()) {
      return;
    }
    String title =
        grade.word().substring(0, 1).toUpperCase(Locale.ROOT) + grade.word().substring(1);
    add(
        "#### %s (%d)\n\n| where | what | found | expected |\n|---|---|---|---|\n"
            .formatted(title, graded.size()));
    for (Found each : graded) {
      Finding finding = each.finding();
      add(
          "| %s%s | %s | %s | %s |\n"
              .formatted(
                  root(each.root()).replace("|", "\\|"),
                  Markdown.cell(FindingText.where(finding)),
                  Markdown.cell(finding.subject().isEmpty() ? finding.code() : finding.subject()),
                  Markdown.cell(finding.found()),
                  Markdown.cell(finding.expected())));
    }
    add("\n");
  }

  private void details(Found found) {
    Finding finding = found.finding();
    StringBuilder all = new StringBuilder();
    all.append(
        "<details><summary>%s<code>%s</code></summary>\n\n"
            .formatted(
                report.roots().size() > 1
                    ? "<code>" + Markdown.html(found.root().root()) + "</code> "
                    : "",
                Markdown.html(FindingText.title(finding))));
    if (!finding.detail().isEmpty()) {
      all.append(Markdown.text(finding.detail())).append("\n\n");
    }
    for (Place place : finding.places()) {
      String declared =
          workspace
              .declared(found.root(), place.declared())
              .map(spot -> ", declared in " + Markdown.code(spot.toString()))
              .orElse(", no longer declared");
      String since =
          place.since().isKnown()
              ? ", since " + Markdown.text(FindingText.time(place.since()))
              : "";
      all.append("- ")
          .append(Markdown.code(FindingText.place(place)))
          .append(declared)
          .append(since)
          .append('\n');
    }
    all.append("\nKind `")
        .append(PlainText.line(finding.code()))
        .append("`, fingerprint `")
        .append(finding.fingerprint())
        .append("`\n\n");
    if (!finding.diff().isEmpty()) {
      all.append(Markdown.block("diff", shortened(finding.diff()))).append('\n');
    }
    if (!finding.repair().isEmpty()) {
      all.append("Repair:\n\n")
          .append(Markdown.block("sh", List.of(finding.repair())))
          .append('\n');
    }
    add(all.append("</details>\n\n").toString());
  }

  private static List<String> shortened(List<String> lines) {
    if (lines.size() <= MOST_LINES) {
      return lines;
    }
    List<String> first = new ArrayList<>(lines.subList(0, MOST_LINES));
    first.add("… and " + (lines.size() - MOST_LINES) + " more lines");
    return first;
  }

  private void remarks() {
    for (RootReport root : report.roots()) {
      root.ignores()
          .forEach(each ->
              add(
                  "- %s%s line %d: %s, %s\n"
                      .formatted(
                          root(root),
                          Markdown.code(".pghaignore"),
                          each.line(),
                          Markdown.code(each.text()),
                          Markdown.text(each.remark()))));
    }
    paragraph();
  }

  private void pending() {
    folded(
        "not applied yet",
        report.roots().stream()
            .flatMap(root ->
                root.pending().stream()
                    .map(each -> root(root) + Markdown.code(FindingText.pending(each))))
            .toList());
  }

  private void ignored() {
    folded(
        "ignored",
        report.roots().stream()
            .flatMap(root ->
                root.ignored().stream()
                    .map(each ->
                        "%s%s until %s: %s"
                            .formatted(
                                root(root),
                                Markdown.code(FindingText.title(each.finding())),
                                Markdown.text(each.expires()),
                                Markdown.text(each.reason()))))
            .toList());
  }

  private void folded(String title, List<String> lines) {
    if (!lines.isEmpty()) {
      add(
          "<details><summary>%d %s</summary>\n\n- %s\n\n</details>\n\n"
              .formatted(lines.size(), title, String.join("\n- ", shortened(lines))));
    }
  }
}
