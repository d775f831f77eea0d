package io.pgha.cli.drift;

import io.pgha.cli.drift.HistoryCourse.Span;
import io.pgha.cli.drift.HistoryCourse.State;
import io.pgha.cli.view.SvgWriter;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** Draws when a finding was there: a day is one unit wide. */
final class HistoryBar {
  private static final double HEIGHT = 10;

  private final HistoryCourse course;
  private final History history;

  private HistoryBar(HistoryCourse course, History history) {
    this.course = course;
    this.history = history;
  }

  static String of(HistoryCourse course, History history) {
    return SvgWriter.draw(
        at(history.from(), history.today()) + 1,
        HEIGHT,
        "bar",
        "img",
        HistoryText.spans(course, history.times()),
        new HistoryBar(course, history)::draw);
  }

  private static double at(LocalDate from, LocalDate day) {
    return ChronoUnit.DAYS.between(from, day);
  }

  private void draw(SvgWriter out) {
    out.attributes("preserveAspectRatio", "none");
    for (Span span : course.spans()) {
      LocalDate last = history.times().day(span.last());
      stretch(out, "there", history.times().day(span.first()), last);
    }
    for (State state : new State[] {State.IGNORED, State.UNKNOWN}) {
      for (LocalDate day : course.daysOf(state, history.times())) {
        stretch(out, state.word(), day, day);
      }
    }
  }

  private void stretch(SvgWriter out, String style, LocalDate first, LocalDate last) {
    LocalDate from = first.isBefore(history.from()) ? history.from() : first;
    if (!last.isBefore(from)) {
      out.rectangle(style, at(history.from(), from), 0, at(from, last) + 1, HEIGHT, 0);
    }
  }
}
