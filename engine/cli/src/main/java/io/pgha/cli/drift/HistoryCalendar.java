package io.pgha.cli.drift;

import io.pgha.provider.drift.Grade;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The days of a history, month by month, the newest first. */
final class HistoryCalendar {
  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("MMMM uuuu", Locale.ENGLISH);
  private static final DateTimeFormatter SPOKEN =
      DateTimeFormatter.ofPattern("EEEE, d MMMM uuuu", Locale.ENGLISH);

  private final History history;
  private final TreeMap<LocalDate, List<HistoryRun>> days;

  HistoryCalendar(History history) {
    this.history = history;
    this.days = history.byDay();
  }

  /** What the page's parts that tell of a day are picked by. */
  static String token(LocalDate day) {
    return "d" + day;
  }

  static String spoken(LocalDate day) {
    return SPOKEN.format(day);
  }

  List<Map<String, Object>> months() {
    List<Map<String, Object>> months = new ArrayList<>();
    YearMonth first = YearMonth.from(history.from());
    for (YearMonth month = YearMonth.from(history.today());
        !month.isBefore(first);
        month = month.minusMonths(1)) {
      months.add(Map.of("name", MONTH.format(month), "weeks", weeks(month)));
    }
    return months;
  }

  private List<Map<String, Object>> weeks(YearMonth month) {
    List<Map<String, Object>> weeks = new ArrayList<>();
    LocalDate day = month.atDay(1).with(DayOfWeek.MONDAY);
    while (!day.isAfter(month.atEndOfMonth())) {
      List<Map<String, Object>> cells = new ArrayList<>();
      for (int i = 0; i < 7; i++) {
        cells.add(cell(day, YearMonth.from(day).equals(month)));
        day = day.plusDays(1);
      }
      weeks.add(Map.of("cells", cells));
    }
    return weeks;
  }

  private Map<String, Object> cell(LocalDate day, boolean inMonth) {
    boolean within = !day.isBefore(history.from()) && !day.isAfter(history.today());
    if (!inMonth || !within) {
      return Map.of(
          "picked",
          false,
          "style",
          "blank",
          "number",
          inMonth ? day.getDayOfMonth() : "",
          "said",
          "");
    }
    List<HistoryRun> runs = days.getOrDefault(day, List.of());
    if (runs.isEmpty()) {
      return Map.of(
          "picked",
          false,
          "style",
          "gap",
          "number",
          day.getDayOfMonth(),
          "said",
          spoken(day) + ": no run");
    }
    Optional<Grade> gravest =
        runs.stream().flatMap(run -> run.gravest().stream()).max(Comparator.naturalOrder());
    boolean whole = runs.stream().allMatch(HistoryRun::isWhole);
    String style = gravest.map(Mark::style).orElse(whole ? "clean" : "unseen");
    String grade = gravest.map(Grade::word).orElse(whole ? "as applied" : "nothing seen");
    return Map.of(
        "picked",
        true,
        "token",
        token(day),
        "style",
        whole ? style : style + " hatched",
        "number",
        day.getDayOfMonth(),
        "said",
        spoken(day) + ": " + grade + (whole ? "" : "; not everything could be looked at"));
  }
}
