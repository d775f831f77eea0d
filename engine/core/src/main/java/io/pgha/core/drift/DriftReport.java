package io.pgha.core.drift;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What came of one run over one or many roots.
 *
 * @param started when it began
 * @param took how long it took
 * @param version the version of pgha
 * @param roots each root, in the order of their names
 */
public record DriftReport(Instant started, Duration took, String version, List<RootReport> roots) {
  public DriftReport {
    roots = List.copyOf(roots);
  }

  /** All findings of all roots. */
  public List<Finding> findings() {
    return roots.stream().flatMap(root -> root.findings().stream()).toList();
  }

  /** How many roots have a verdict. */
  public long count(RootReport.Verdict verdict) {
    return roots.stream().filter(root -> root.verdict() == verdict).count();
  }
}
