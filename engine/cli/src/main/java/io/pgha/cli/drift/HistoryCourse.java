package io.pgha.cli.drift;

import io.pgha.core.drift.Finding;
import io.pgha.core.drift.Finding.Place;
import io.pgha.provider.drift.Grade;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What became of a finding from night to night.
 *
 * @param root the root it is in
 * @param fingerprint what it has in common from night to night
 * @param latest the finding as it was seen last
 * @param gravest the gravest grade it ever had
 * @param sights what each run saw of it, from the first that found it
 */
record HistoryCourse(
    String root, String fingerprint, Finding latest, Grade gravest, List<Sight> sights) {
  HistoryCourse {
    sights = List.copyOf(sights);
  }

  /** What a run can see of a finding. */
  enum State {
    THERE("there"),
    /** There, and not to be told. */
    IGNORED("ignored"),
    /** Nobody could look. */
    UNKNOWN("unknown"),
    GONE("gone");

    private final String word;

    State(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }

    boolean isThere() {
      return this == THERE || this == IGNORED;
    }
  }

  /** What a run saw. */
  record Sight(Instant time, State state) {}

  /**
   * A time in which it was there.
   *
   * @param first when it was first seen
   * @param last when it was last seen
   * @param gone when it was first seen to be gone; empty while it is not
   */
  record Span(Instant first, Instant last, Optional<Instant> gone) {}

  /** The times in which it was there, one after the other. */
  List<Span> spans() {
    List<Span> spans = new ArrayList<>();
    Optional<Span> open = Optional.empty();
    for (Sight sight : sights) {
      if (sight.state().isThere()) {
        Instant first = open.map(Span::first).orElse(sight.time());
        open = Optional.of(new Span(first, sight.time(), Optional.empty()));
      } else if (sight.state() == State.GONE) {
        open.ifPresent(
            span -> spans.add(new Span(span.first(), span.last(), Optional.of(sight.time()))));
        open = Optional.empty();
      }
    }
    open.ifPresent(spans::add);
    return List.copyOf(spans);
  }

  /** How it is now, as far as the last run could see. */
  State now() {
    return sights.getLast().state();
  }

  Instant first() {
    return spans().getFirst().first();
  }

  Instant last() {
    return spans().getLast().last();
  }

  /** The days on which it was seen, ignored or not. */
  TreeSet<LocalDate> days(Times times) {
    TreeSet<LocalDate> days = new TreeSet<>();
    sights.stream()
        .filter(sight -> sight.state().isThere())
        .forEach(sight -> days.add(times.day(sight.time())));
    return days;
  }

  /** The days that have sights of a state, and none of a graver meaning. */
  TreeSet<LocalDate> daysOf(State state, Times times) {
    TreeSet<LocalDate> days = new TreeSet<>();
    sights.stream()
        .filter(sight -> sight.state() == state)
        .forEach(sight -> days.add(times.day(sight.time())));
    sights.stream()
        .filter(sight -> sight.state().compareTo(state) < 0)
        .forEach(sight -> days.remove(times.day(sight.time())));
    return days;
  }

  /**
   * The courses of all findings, in the order in which they appeared.
   *
   * <p>A finding is the same as another night's where they have a place in common: a cause that
   * spreads to a second machine, or is repaired on the first of two, stays one.
   */
  static List<HistoryCourse> of(List<HistoryRun> runs) {
    List<Course> courses = new ArrayList<>();
    Map<String, Course> owners = new HashMap<>();
    for (HistoryRun run : runs) {
      Map<Course, State> seen = new HashMap<>();
      for (HistoryRun.Root root : run.roots()) {
        for (Finding finding : root.findings()) {
          for (Course course : owners(finding, root.root(), owners, courses)) {
            seen.put(course, State.THERE);
            course.see(finding);
          }
        }
        for (Finding finding : root.ignored()) {
          for (Place place : finding.places()) {
            Course course = owners.get(key(root.root(), finding, place));
            if (course != null) {
              seen.putIfAbsent(course, State.IGNORED);
            }
          }
        }
      }
      for (Course course : courses) {
        State state = seen.get(course);
        course.sights.add(new Sight(run.started(), state == null ? absent(course, run) : state));
      }
    }
    return courses.stream().map(Course::finished).toList();
  }

  private static String key(String root, Finding finding, Place place) {
    return root + "\n" + finding.fingerprint(place);
  }

  /** The courses that a finding goes on with; a new one where there are none. */
  private static List<Course> owners(
      Finding finding, String root, Map<String, Course> owners, List<Course> courses) {
    List<Course> found = new ArrayList<>();
    for (Place place : finding.places()) {
      Course owner = owners.get(key(root, finding, place));
      if (owner != null && !found.contains(owner)) {
        found.add(owner);
      }
    }
    if (found.isEmpty()) {
      Course fresh = new Course(root, finding);
      courses.add(fresh);
      found.add(fresh);
    }
    finding
        .places()
        .forEach(place -> owners.putIfAbsent(key(root, finding, place), found.getFirst()));
    return found;
  }

  private static State absent(Course course, HistoryRun run) {
    Optional<HistoryRun.Root> root =
        run.roots().stream().filter(each -> each.root().equals(course.root)).findFirst();
    return root.isEmpty() || root.get().isBlindTo(course.latest) ? State.UNKNOWN : State.GONE;
  }

  private static final class Course {
    private final String root;
    private final String fingerprint;
    private final List<Sight> sights = new ArrayList<>();
    private Finding latest;
    private Grade gravest;

    Course(String root, Finding first) {
      this.root = root;
      this.fingerprint = first.fingerprint();
      this.latest = first;
      this.gravest = first.grade();
    }

    void see(Finding finding) {
      latest = finding;
      gravest = gravest.or(finding.grade());
    }

    HistoryCourse finished() {
      return new HistoryCourse(root, fingerprint, latest, gravest, sights);
    }
  }
}
