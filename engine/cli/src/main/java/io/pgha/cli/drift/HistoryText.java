package io.pgha.cli.drift;

import io.pgha.cli.drift.HistoryCourse.Span;
import io.pgha.core.drift.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A history as a table for people. */
public final class HistoryText {
  private static final String ROW = "%-7s  %-14s  %-16s  %-16s  %6s  %s";

  private final History history;

  private HistoryText(History history) {
    this.history = history;
  }

  /** The text; ends with a line feed. */
  public static String of(History history) {
    return String.join("\n", new HistoryText(history).lines()) + "\n";
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>(List.of(history.summary()));
    if (history.courses().isEmpty()) {
      if (!history.runs().isEmpty()) {
        lines.add("Nothing has drifted in them.");
      }
      return lines;
    }
    lines.add("");
    lines.add(ROW.formatted("Now", "Grade", "First seen", "Last seen", "Nights", "Finding"));
    for (HistoryCourse course : history.courses()) {
      lines.add(row(course));
      lines.add(below(where(course)));
      lines.add(below(spans(course, history.times())));
    }
    return lines;
  }

  private String row(HistoryCourse course) {
    return ROW.formatted(
        course.now().word(),
        course.gravest().word(),
        history.times().minute(course.first()),
        history.times().minute(course.last()),
        course.days(history.times()).size(),
        PlainText.line(course.latest().summary()));
  }

  private static String below(String text) {
    return " ".repeat(ROW.formatted("", "", "", "", "", "").length()) + text;
  }

  private String where(HistoryCourse course) {
    Finding finding = course.latest();
    String addresses = String.join(", ", finding.addresses());
    String hosts = finding.hosts().isEmpty() ? "" : " on " + String.join(", ", finding.hosts());
    String root = history.manyRoots() ? " in " + course.root() : "";
    return PlainText.line(addresses + hosts + root);
  }

  /** The times in which a finding was there, in one line. */
  static String spans(HistoryCourse course, Times times) {
    return course.spans().stream()
        .map(span -> span(course, span, times))
        .collect(Collectors.joining("; "));
  }

  /** A time in which a finding was there, in words. */
  static String span(HistoryCourse course, Span span, Times times) {
    String first = times.day(span.first()).toString();
    String last = times.day(span.last()).toString();
    String open = course.now().isThere() ? ", still there" : ", not looked at since";
    return (first.equals(last) ? first : first + " to " + last)
        + span.gone().map(gone -> ", gone on " + times.day(gone)).orElse(open);
  }
}
