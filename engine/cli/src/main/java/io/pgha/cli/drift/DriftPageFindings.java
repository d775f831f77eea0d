package io.pgha.cli.drift;

import io.pgha.cli.view.PageParts;
import io.pgha.core.drift.DriftReport;
import io.pgha.core.drift.Finding;
import io.pgha.core.drift.Finding.Place;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.provider.drift.Grade;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The findings on a page, the gravest first. */
final class DriftPageFindings {
  /** So few are shown open. */
  private static final int FEW = 3;

  private final DriftReport report;
  private final List<ClusterBuilder> builders;
  private final Times times;
  private final boolean many;

  DriftPageFindings(DriftReport report, List<ClusterBuilder> builders, Times times, boolean many) {
    this.report = report;
    this.builders = builders;
    this.times = times;
    this.many = many;
  }

  void put(Map<String, Object> content) {
    boolean few = report.findings().size() <= FEW;
    PageParts.put(
        content,
        "findings",
        "hasFindings",
        DriftPage.gravestFirst(report).map(each -> finding(each, few)).toList());
    content.put("filters", filters());
    content.put("nothing", nothing());
  }

  private String nothing() {
    return report.roots().stream().allMatch(root -> root.silences().isEmpty())
            && report.count(io.pgha.core.drift.RootReport.Verdict.ERROR) == 0
        ? "Everything is as it was last applied."
        : "Nothing has drifted as far as could be seen.";
  }

  private List<Map<String, Object>> filters() {
    List<Map<String, Object>> filters = new ArrayList<>();
    for (Grade grade : List.of(Grade.values()).reversed()) {
      long count = report.findings().stream().filter(each -> each.grade() == grade).count();
      if (count > 0 && count < report.findings().size()) {
        filters.add(Map.of("style", Mark.style(grade), "word", grade.word(), "count", count));
      }
    }
    return filters;
  }

  private Map<String, Object> finding(Map.Entry<Integer, Finding> each, boolean few) {
    Finding finding = each.getValue();
    int number = each.getKey();
    Map<String, Object> content = new HashMap<>();
    content.put("id", "f-" + number + "-" + finding.fingerprint());
    content.put("tokens", String.join(" ", builders.get(number).tokens(finding)));
    content.put("style", Mark.style(finding.grade()));
    content.put("grade", finding.grade().word());
    content.put("summary", finding.summary());
    content.put("where", where(finding, report.roots().get(number).root()));
    content.put("open", few || finding.grade() == Grade.DANGER);
    content.put("expected", finding.expected());
    content.put("hasExpected", !finding.expected().isEmpty());
    content.put("found", finding.found().isEmpty() ? "nothing" : finding.found());
    content.put("detail", finding.detail());
    content.put("places", finding.places().stream().map(this::place).toList());
    content.put("repair", finding.repair());
    content.put("hasRepair", !finding.repair().isEmpty());
    content.put("kind", finding.code() + " · " + finding.fingerprint());
    PageParts.putDiff(content, finding.diff());
    return content;
  }

  private String where(Finding finding, String root) {
    List<String> parts = new ArrayList<>();
    parts.add(finding.grade().word());
    if (!finding.hosts().isEmpty()) {
      parts.add("on " + String.join(", ", finding.hosts()));
    }
    earliest(finding).ifPresent(time -> parts.add("since " + times.minute(time)));
    if (many) {
      parts.add("in " + root);
    }
    return String.join(" · ", parts);
  }

  private static Optional<Instant> earliest(Finding finding) {
    return finding.places().stream()
        .filter(place -> place.since().isKnown())
        .map(place -> Instant.ofEpochSecond(place.since().at()))
        .min(Comparator.naturalOrder());
  }

  private Map<String, Object> place(Place place) {
    String since =
        place.since().isKnown()
            ? "since "
                + times.second(Instant.ofEpochSecond(place.since().at()))
                + (place.since().witness().isEmpty() ? "" : " (" + place.since().witness() + ")")
            : "since when is not known";
    return Map.of(
        "address",
        place.address(),
        "host",
        place.host().isEmpty() ? "" : "on " + place.host(),
        "since",
        since,
        "declared",
        place.declared().map(DriftPageFindings::line).orElse(""));
  }

  /** {@code file:line}, as editors take it. */
  static String line(SourceRange range) {
    return range.file() + ":" + range.start().line();
  }
}
