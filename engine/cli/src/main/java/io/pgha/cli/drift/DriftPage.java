package io.pgha.cli.drift;

import static io.pgha.cli.view.PageParts.count;
import static io.pgha.cli.view.PageParts.put;

import io.pgha.cli.view.PageParts;
import io.pgha.cli.view.Pages;
import io.pgha.core.drift.Checked;
import io.pgha.core.drift.DriftReport;
import io.pgha.core.drift.Finding;
import io.pgha.core.drift.RootReport;
import io.pgha.core.drift.RootReport.Verdict;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.provider.drift.Grade;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What came of a run as a page of one file: the cluster drawn, and what was found on it. */
public final class DriftPage {
  /** Of more roots than this only those are drawn that have something to tell. */
  private static final int MOST_CLEAN_ROOTS = 20;

  private final DriftReport report;
  private final Times times;
  private final boolean many;
  private final List<ClusterBuilder> builders = new ArrayList<>();

  private DriftPage(DriftReport report, ZoneId zone) {
    this.report = report;
    this.times = new Times(zone);
    this.many = report.roots().size() > 1;
    for (int i = 0; i < report.roots().size(); i++) {
      builders.add(new ClusterBuilder(report.roots().get(i), i));
    }
  }

  /** The page, with times as this machine's time zone has them. */
  public static String of(DriftReport report) {
    return of(report, ZoneId.systemDefault());
  }

  static String of(DriftReport report, ZoneId zone) {
    return Pages.of(
        "/drift/drift.mustache",
        List.of("/drift/drift.css"),
        List.of("/drift/pick.js", "/drift/drift.js"),
        new DriftPage(report, zone).content());
  }

  private Map<String, Object> content() {
    Map<String, Object> content = new HashMap<>();
    content.put("title", title());
    content.put("skip", "To the findings");
    content.put("subtitle", subtitle());
    put(content, "counts", "hasCounts", counts());
    PageParts.putDiagnostics(content, diagnostics());
    put(content, "clusters", "hasClusters", clusters());
    content.put("many", many);
    content.put("leftOut", leftOut());
    new DriftPageFindings(report, builders, times, many).put(content);
    PageParts.putSearch(content, "Search: address, host, file, value …", "Search in the findings");
    new DriftPageRemarks(report, many).put(content);
    content.put(
        "footer",
        "pgha %s · %s · Times in %s. This page holds no secrets and loads nothing."
            .formatted(report.version(), state(), times.zone()));
    return content;
  }

  private String title() {
    int findings = report.findings().size();
    if (findings > 0) {
      return "Drift: " + counted(findings, "finding");
    }
    if (report.count(Verdict.ERROR) > 0) {
      return "Drift unknown: there were errors";
    }
    return report.count(Verdict.UNKNOWN) > 0
        ? "No drift seen, but not everything could be looked at"
        : "No drift";
  }

  private String subtitle() {
    List<Checked> checked = report.roots().stream().flatMap(r -> r.checked().stream()).toList();
    long hosts =
        report.roots().stream()
            .mapToLong(root ->
                root.checked().stream().flatMap(each -> each.hosts().stream()).distinct().count())
            .sum();
    return "%s on %s%s compared on %s, in %s s."
        .formatted(
            counted(checked.size(), "instance"),
            counted(hosts, "host"),
            many ? " of " + counted(report.roots().size(), "root") : "",
            times.second(report.started()),
            String.format(Locale.ROOT, "%.1f", report.took().toMillis() / 1000.0));
  }

  static String counted(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private List<Map<String, Object>> counts() {
    List<Map<String, Object>> counts = new ArrayList<>();
    for (Grade grade : List.of(Grade.values()).reversed()) {
      long number = report.findings().stream().filter(each -> each.grade() == grade).count();
      counts.add(count(Mark.style(grade), number, grade.word()));
    }
    addCount(counts, "unseen", sum(RootReport::silences), "not looked at");
    addCount(counts, "error", report.count(Verdict.ERROR), many ? "roots in error" : "error");
    addCount(counts, "pending", sum(RootReport::pending), "not applied yet");
    addCount(counts, "ignored", sum(RootReport::ignored), "ignored");
    return counts;
  }

  private static void addCount(
      List<Map<String, Object>> counts, String style, long number, String what) {
    if (number > 0) {
      counts.add(count(style, number, what));
    }
  }

  private interface Part {
    List<?> of(RootReport root);
  }

  private long sum(Part part) {
    return report.roots().stream().mapToLong(root -> part.of(root).size()).sum();
  }

  private List<Diagnostic> diagnostics() {
    return report.roots().stream()
        .flatMap(root ->
            root.problems().stream().map(problem -> many ? named(problem, root.root()) : problem))
        .sorted(Comparator.comparing(problem -> !problem.isError()))
        .toList();
  }

  private static Diagnostic named(Diagnostic problem, String root) {
    String summary = root + ": " + problem.summary();
    Diagnostic named =
        problem.isError()
            ? Diagnostic.error(problem.code(), summary, problem.detail())
            : Diagnostic.warning(problem.code(), summary, problem.detail());
    named = problem.subject().map(named::at).orElse(named);
    named = problem.address().map(named::about).orElse(named);
    return problem.host().map(named::on).orElse(named);
  }

  private boolean isDrawn(RootReport root) {
    boolean empty =
        root.checked().isEmpty() && root.findings().isEmpty() && root.silences().isEmpty();
    return !empty && (report.roots().size() <= MOST_CLEAN_ROOTS || root.verdict() != Verdict.CLEAN);
  }

  private String leftOut() {
    long clean =
        report.roots().stream()
            .filter(root -> !isDrawn(root) && root.verdict() == Verdict.CLEAN)
            .count();
    return many && clean > 0 ? counted(clean, "more root") + " as applied." : "";
  }

  private List<Map<String, Object>> clusters() {
    List<Map<String, Object>> clusters = new ArrayList<>();
    for (int i = 0; i < builders.size(); i++) {
      RootReport root = report.roots().get(i);
      if (isDrawn(root)) {
        clusters.add(cluster(root, i));
      }
    }
    return clusters;
  }

  private Map<String, Object> cluster(RootReport root, int number) {
    boolean clean = root.verdict() == Verdict.CLEAN;
    Cluster all = builders.get(number).cluster();
    Cluster drawn = ClusterDrawing.drawable(all);
    int left = all.hosts().size() - drawn.hosts().size();
    String label = many ? "The cluster of " + root.root() : "The cluster";
    Map<String, Object> content = new HashMap<>();
    content.put("id", "root-" + number);
    content.put("root", root.root());
    content.put("verdict", verdict(root));
    content.put("style", root.gravest().map(Mark::style).orElse(clean ? "clean" : "unseen"));
    content.put("open", !clean);
    content.put("label", label);
    content.put("wide", ClusterDrawing.wide(drawn, label));
    content.put("narrow", ClusterDrawing.narrow(drawn, label));
    content.put(
        "undrawn", left == 0 ? "" : counted(left, "more machine") + " are too many to draw.");
    return content;
  }

  private static String verdict(RootReport root) {
    return switch (root.verdict()) {
      case CLEAN -> "as applied";
      case DRIFT -> counted(root.findings().size(), "finding");
      case UNKNOWN -> "not everything could be looked at";
      case ERROR -> "error";
    };
  }

  private String state() {
    if (many || report.roots().isEmpty()) {
      return counted(report.roots().size(), "root");
    }
    RootReport root = report.roots().getFirst();
    return root.lineage().isEmpty()
        ? "nothing was applied yet"
        : "state %s, serial %d".formatted(root.lineage(), root.serial());
  }

  /** The findings with their roots' numbers, the gravest first. */
  static Stream<Map.Entry<Integer, Finding>> gravestFirst(DriftReport report) {
    List<Map.Entry<Integer, Finding>> all = new ArrayList<>();
    for (int i = 0; i < report.roots().size(); i++) {
      for (Finding finding : report.roots().get(i).findings()) {
        all.add(Map.entry(i, finding));
      }
    }
    return all.stream()
        .sorted(
            Comparator.comparing(
                (Map.Entry<Integer, Finding> each) -> each.getValue().grade(),
                Comparator.reverseOrder()));
  }
}
