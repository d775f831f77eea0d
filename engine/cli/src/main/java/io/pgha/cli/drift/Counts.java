package io.pgha.cli.drift;

import io.pgha.core.drift.DriftReport;
import io.pgha.core.drift.Finding;
import io.pgha.core.drift.RootReport;
import io.pgha.core.drift.RootReport.Verdict;
import io.pgha.provider.drift.Grade;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How much came of a run.
 *
 * @param verdict how it is on the whole
 * @param roots how many roots have which verdict; every verdict is in it
 * @param grades how many findings have which grade, the gravest first; every grade is in it
 * @param pending how many instances have configuration that was not applied yet
 * @param ignored how many findings are ignored
 * @param unseen how many things could not be looked at
 */
public record Counts(
    Verdict verdict,
    Map<Verdict, Integer> roots,
    Map<Grade, Integer> grades,
    int pending,
    int ignored,
    int unseen) {
  /** Verdicts, the one that counts most first. */
  private static final List<Verdict> WORST_FIRST =
      List.of(Verdict.ERROR, Verdict.DRIFT, Verdict.UNKNOWN, Verdict.CLEAN);

  /** Grades, the gravest first. */
  static final List<Grade> GRAVEST_FIRST = Arrays.asList(Grade.values()).reversed();

  /** Those of all roots of a run. */
  public static Counts of(DriftReport report) {
    return of(report.roots());
  }

  /** Those of one root. */
  public static Counts of(RootReport root) {
    return of(List.of(root));
  }

  private static Counts of(List<RootReport> all) {
    Map<Verdict, Integer> roots = new EnumMap<>(Verdict.class);
    WORST_FIRST.forEach(verdict -> roots.put(verdict, 0));
    all.forEach(root -> roots.merge(root.verdict(), 1, Integer::sum));
    Map<Grade, Integer> grades = new EnumMap<>(Grade.class);
    GRAVEST_FIRST.forEach(grade -> grades.put(grade, 0));
    all.stream()
        .flatMap(root -> root.findings().stream())
        .map(Finding::grade)
        .forEach(grade -> grades.merge(grade, 1, Integer::sum));
    return new Counts(
        WORST_FIRST.stream()
            .filter(each -> roots.getOrDefault(each, 0) > 0)
            .findFirst()
            .orElse(Verdict.CLEAN),
        Collections.unmodifiableMap(roots),
        Collections.unmodifiableMap(grades),
        all.stream().mapToInt(root -> root.pending().size()).sum(),
        all.stream().mapToInt(root -> root.ignored().size()).sum(),
        all.stream().mapToInt(root -> root.silences().size()).sum());
  }

  /** How many findings there are. */
  public int findings() {
    return grades.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** How many findings have a grade. */
  public int of(Grade grade) {
    return grades.getOrDefault(grade, 0);
  }

  /** Everything that there is any of, in one line, such as {@code 2 findings (2 cosmetic)}. */
  public String line() {
    String drift =
        switch (verdict) {
          case CLEAN -> "clean";
          case ERROR -> "failed" + (findings() > 0 ? ", " + drift() : "");
          case DRIFT -> drift();
          case UNKNOWN -> "no drift seen";
        };
    return drift
        + (unseen > 0 ? ", " + unseen + " could not be looked at" : "")
        + (pending > 0 ? ", " + pending + " not applied yet" : "")
        + (ignored > 0 ? ", " + ignored + " ignored" : "");
  }

  private String drift() {
    String graded =
        GRAVEST_FIRST.stream()
            .filter(grade -> of(grade) > 0)
            .map(grade -> of(grade) + " " + grade.word())
            .collect(Collectors.joining(", "));
    return findings() + (findings() == 1 ? " finding" : " findings") + " (" + graded + ")";
  }
}
