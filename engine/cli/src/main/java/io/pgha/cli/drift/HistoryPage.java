package io.pgha.cli.drift;

import static io.pgha.cli.view.PageParts.count;
import static io.pgha.cli.view.PageParts.put;

import io.pgha.cli.drift.HistoryCourse.Span;
import io.pgha.cli.drift.HistoryCourse.State;
import io.pgha.cli.view.PageParts;
import io.pgha.cli.view.Pages;
import io.pgha.core.drift.Finding;
import io.pgha.core.drift.Silence;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.provider.drift.Grade;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A history as a page of one file: a calendar, and what became of each finding. */
public final class HistoryPage {
  private final History history;
  private final boolean many;

  private HistoryPage(History history) {
    this.history = history;
    this.many = history.manyRoots();
  }

  /** The page. */
  public static String of(History history, String version) {
    return Pages.of(
        "/drift/history.mustache",
        List.of("/drift/drift.css", "/drift/history.css"),
        List.of("/drift/pick.js", "/drift/history.js"),
        new HistoryPage(history).content(version));
  }

  private Map<String, Object> content(String version) {
    Map<String, Object> content = new HashMap<>();
    content.put("title", "History of drift");
    content.put("skip", "To the findings");
    content.put("subtitle", history.summary());
    put(content, "counts", "hasCounts", counts());
    PageParts.putDiagnostics(
        content, history.skipped().stream().map(HistoryPage::warning).toList());
    content.put("months", new HistoryCalendar(history).months());
    content.put("days", days());
    put(content, "findings", "hasFindings", history.courses().stream().map(this::course).toList());
    content.put("filters", filters());
    content.put("nothing", "Nothing has drifted in these days, as far as was seen.");
    PageParts.putSearch(content, "Search: address, host, file, value …", "Search in the findings");
    content.put("from", history.from().toString());
    content.put("today", history.today().toString());
    content.put(
        "footer",
        "pgha %s · Days and times are those of %s. This page holds no secrets and loads nothing."
            .formatted(version, history.times().zone()));
    return content;
  }

  /** What to tell of a file that was not read. */
  public static Diagnostic warning(HistoryFolder.Skipped skipped) {
    return Diagnostic.warning(
        "history-file",
        PlainText.line(skipped.file()) + " was not read",
        "In the history's folder: " + PlainText.line(skipped.why()) + ".");
  }

  private List<Map<String, Object>> counts() {
    List<Map<String, Object>> counts = new ArrayList<>();
    for (Grade grade : List.of(Grade.values()).reversed()) {
      long there =
          history.courses().stream()
              .filter(course -> course.now() == State.THERE && course.gravest() == grade)
              .count();
      if (there > 0) {
        counts.add(count(Mark.style(grade), there, grade.word() + " now"));
      }
    }
    if (counts.isEmpty()) {
      counts.add(count("none", 0, "there now"));
    }
    counts.add(count("clean", history.count(State.GONE), "gone"));
    if (history.count(State.UNKNOWN) > 0) {
      counts.add(count("unseen", history.count(State.UNKNOWN), "unknown"));
    }
    if (history.count(State.IGNORED) > 0) {
      counts.add(count("ignored", history.count(State.IGNORED), "ignored"));
    }
    return counts;
  }

  private List<Map<String, Object>> filters() {
    List<Map<String, Object>> filters = new ArrayList<>();
    for (Grade grade : List.of(Grade.values()).reversed()) {
      long count = history.courses().stream().filter(each -> each.gravest() == grade).count();
      if (count > 0 && count < history.courses().size()) {
        filters.add(Map.of("style", Mark.style(grade), "word", grade.word(), "count", count));
      }
    }
    return filters;
  }

  /** What is told of each day when it is picked. */
  private List<Map<String, Object>> days() {
    List<Map<String, Object>> days = new ArrayList<>();
    history
        .byDay()
        .forEach((day, runs) ->
            days.add(
                Map.of(
                    "token",
                    HistoryCalendar.token(day),
                    "day",
                    HistoryCalendar.spoken(day),
                    "runs",
                    runs.stream().map(this::run).toList())));
    return days;
  }

  private Map<String, Object> run(HistoryRun run) {
    List<String> unseen = new ArrayList<>();
    for (HistoryRun.Root root : run.roots()) {
      String in = many ? " in " + root.root() : "";
      if (root.failed()) {
        unseen.add("an error kept it from looking" + in);
      }
      for (Silence silence : root.silences()) {
        String what = silence.host().isEmpty() ? "something" : silence.host();
        unseen.add(what + ": " + silence.code().replace('-', ' ') + in);
      }
    }
    return Map.of(
        "time", history.times().second(run.started()),
        "said", DriftPage.counted(run.findings().size(), "finding"),
        "unseen", unseen);
  }

  private Map<String, Object> course(HistoryCourse course) {
    Times times = history.times();
    Finding finding = course.latest();
    Map<String, Object> content = new HashMap<>();
    List<String> tokens = new ArrayList<>();
    course.daysOf(State.THERE, times).forEach(day -> tokens.add(HistoryCalendar.token(day)));
    content.put("tokens", String.join(" ", tokens));
    content.put("style", Mark.style(course.gravest()));
    content.put("summary", finding.summary());
    content.put("verdict", verdict(course));
    content.put("bar", HistoryBar.of(course, history));
    content.put(
        "spans",
        course.spans().stream().map(span -> HistoryText.span(course, span, times)).toList());
    content.put("addresses", finding.addresses());
    content.put("hosts", String.join(", ", finding.hosts()));
    content.put("detail", finding.detail());
    content.put("unknown", unknown(course));
    content.put("kind", finding.code() + " · " + course.fingerprint());
    return content;
  }

  private String verdict(HistoryCourse course) {
    Times times = history.times();
    Span last = course.spans().getLast();
    int nights = course.days(times).size();
    List<String> parts = new ArrayList<>();
    parts.add(course.gravest().word());
    parts.add(
        switch (course.now()) {
          case THERE -> "there since " + times.day(last.first());
          case IGNORED -> "ignored, there since " + times.day(last.first());
          case UNKNOWN -> "unknown, last seen on " + times.day(last.last());
          case GONE -> "gone since " + last.gone().map(times::day).orElse(history.today());
        });
    parts.add(DriftPage.counted(nights, "night"));
    if (course.spans().size() > 1) {
      parts.add("came " + course.spans().size() + " times");
    }
    if (many) {
      parts.add("in " + course.root());
    }
    return String.join(" · ", parts);
  }

  private String unknown(HistoryCourse course) {
    TreeSet<LocalDate> days = course.daysOf(State.UNKNOWN, history.times());
    return days.isEmpty()
        ? ""
        : "Nobody could look on %s%s."
            .formatted(
                days.getFirst(), days.size() == 1 ? "" : " and " + (days.size() - 1) + " more");
  }
}
