package io.pgha.cli.drift;

import io.pgha.core.drift.Finding;
import io.pgha.provider.drift.Grade;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How it is with a part of a cluster.
 *
 * @param gravest the gravest grade of what was found on it
 * @param findings how much was found on it
 * @param silence why it could not be looked at; empty where it could
 */
record Mark(Optional<Grade> gravest, int findings, String silence) {
  /** The mark of what has these findings. */
  static Mark of(List<Finding> findings, String silence) {
    return new Mark(
        findings.stream().map(Finding::grade).max(Grade::compareTo), findings.size(), silence);
  }

  /** The class of style sheets for a grade. */
  static String style(Grade grade) {
    return grade.name().toLowerCase(Locale.ROOT);
  }

  /** The classes of style sheets for it. */
  String style() {
    String grade = gravest.map(Mark::style).orElse(silence.isEmpty() ? "clean" : "unseen");
    return silence.isEmpty() ? grade : grade + " hatched";
  }

  /** Whether there is anything to tell. */
  boolean isClean() {
    return gravest.isEmpty() && silence.isEmpty();
  }

  /** What is said of it. */
  String text() {
    String found =
        gravest
            .map(grade ->
                grade.word() + ", " + findings + (findings == 1 ? " finding" : " findings"))
            .orElse("");
    String unseen = silence.isEmpty() ? "" : silence.replace('-', ' ');
    if (found.isEmpty()) {
      return unseen.isEmpty() ? "as applied" : unseen;
    }
    return unseen.isEmpty() ? found : found + "; " + unseen;
  }
}
