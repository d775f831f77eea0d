package io.pgha.cli.drift;

import io.pgha.cli.drift.HistoryCourse.State;
import io.pgha.cli.drift.HistoryFolder.Skipped;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * What became of drift from night to night.
 *
 * @param times the time zone that its days are days of
 * @param from the first day that is shown
 * @param today the last
 * @param runs the runs of these days, the oldest first
 * @param courses what became of each finding that was seen in these days or may still be there:
 *     what is there first, the gravest first
 * @param skipped the files that were not read
 */
public record History(
    Times times,
    LocalDate from,
    LocalDate today,
    List<HistoryRun> runs,
    List<HistoryCourse> courses,
    List<Skipped> skipped) {
  public History {
    runs = List.copyOf(runs);
    courses = List.copyOf(courses);
    skipped = List.copyOf(skipped);
  }

  /**
   * The history that a folder keeps.
   *
   * @param days how many days of it are shown; what began earlier is told with its beginning
   * @throws IOException where there is no such folder, or it can't be listed
   */
  public static History of(HistoryFolder folder, int days, Instant now, ZoneId zone)
      throws IOException {
    HistoryFolder.Contents contents = folder.read(now);
    return of(contents.runs(), contents.skipped(), days, now, new Times(zone));
  }

  static History of(
      List<HistoryRun> all, List<Skipped> skipped, int days, Instant now, Times times) {
    LocalDate today = times.day(now);
    LocalDate earliest = today.minusDays(days - 1L);
    List<HistoryRun> runs =
        all.stream().filter(run -> !times.day(run.started()).isBefore(earliest)).toList();
    LocalDate from =
        runs.stream()
            .map(run -> times.day(run.started()))
            .min(Comparator.naturalOrder())
            .filter(day -> day.isBefore(today))
            .orElse(today);
    List<HistoryCourse> courses = new ArrayList<>(HistoryCourse.of(all));
    courses.removeIf(
        course -> course.now() == State.GONE && times.day(course.last()).isBefore(earliest));
    courses.sort(
        Comparator.comparing(HistoryCourse::now)
            .thenComparing(HistoryCourse::gravest, Comparator.reverseOrder())
            .thenComparing(HistoryCourse::first, Comparator.reverseOrder()));
    return new History(times, from, today, runs, courses, skipped);
  }

  /** The runs of each day that has any. */
  TreeMap<LocalDate, List<HistoryRun>> byDay() {
    TreeMap<LocalDate, List<HistoryRun>> days = new TreeMap<>();
    runs.forEach(
        run -> days.computeIfAbsent(times.day(run.started()), day -> new ArrayList<>()).add(run));
    return days;
  }

  /** How many findings are in a state now. */
  long count(State state) {
    return courses.stream().filter(course -> course.now() == state).count();
  }

  /** Whether several roots were looked at, so that each must be named. */
  boolean manyRoots() {
    return runs.stream()
            .flatMap(run -> run.roots().stream())
            .map(HistoryRun.Root::root)
            .distinct()
            .count()
        > 1;
  }

  /** What there is, in one line. */
  String summary() {
    if (runs.isEmpty()) {
      return "No run was kept in these days.";
    }
    return "%s on %s, %s to %s. Days are those of %s."
        .formatted(
            DriftPage.counted(runs.size(), "run"),
            DriftPage.counted(byDay().size(), "day"),
            times.day(runs.getFirst().started()),
            times.day(runs.getLast().started()),
            times.zone());
  }
}
