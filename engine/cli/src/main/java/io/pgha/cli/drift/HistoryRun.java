package io.pgha.cli.drift;

import io.pgha.core.drift.DriftReport;
import io.pgha.core.drift.Finding;
import io.pgha.core.drift.RootReport;
import io.pgha.core.drift.RootReport.Ignored;
import io.pgha.core.drift.Silence;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.provider.drift.Grade;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a history remembers of a run.
 *
 * @param started when it began
 * @param roots each root it looked at
 */
record HistoryRun(Instant started, List<Root> roots) {
  HistoryRun {
    roots = List.copyOf(roots);
  }

  /**
   * What a history remembers of a root.
   *
   * @param root its folder, as the user named it
   * @param failed whether it could not be looked at at all
   * @param findings what had drifted
   * @param ignored what had drifted and was not to be told
   * @param silences what could not be looked at
   */
  record Root(
      String root,
      boolean failed,
      List<Finding> findings,
      List<Finding> ignored,
      List<Silence> silences) {
    Root {
      findings = List.copyOf(findings);
      ignored = List.copyOf(ignored);
      silences = List.copyOf(silences);
    }

    /** Whether something kept it from seeing how a finding does. */
    boolean isBlindTo(Finding finding) {
      return failed || silences.stream().anyMatch(silence -> hides(silence, finding));
    }

    private static boolean hides(Silence silence, Finding finding) {
      return finding.hosts().contains(silence.host())
          || finding.addresses().stream().anyMatch(silence.addresses()::contains)
          || (silence.host().isEmpty() && silence.addresses().isEmpty());
    }
  }

  static HistoryRun of(DriftReport report) {
    return new HistoryRun(report.started(), report.roots().stream().map(HistoryRun::root).toList());
  }

  private static Root root(RootReport root) {
    return new Root(
        root.root(),
        root.problems().stream().anyMatch(Diagnostic::isError),
        // A thousand nights are kept in memory: without what only one night's page shows.
        root.findings().stream().map(Finding::withoutDiff).toList(),
        root.ignored().stream().map(Ignored::finding).map(Finding::withoutDiff).toList(),
        root.silences());
  }

  /** Whether it could look at everything. */
  boolean isWhole() {
    return roots.stream().allMatch(root -> !root.failed() && root.silences().isEmpty());
  }

  List<Finding> findings() {
    return roots.stream().flatMap(root -> root.findings().stream()).toList();
  }

  Optional<Grade> gravest() {
    return findings().stream().map(Finding::grade).max(Comparator.naturalOrder());
  }
}
