package io.pgha.core.drift;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.provider.drift.Grade;
import java.util.List;
import java.util.Optional;

/**
 * What came of looking at one root module.
 *
 * @param root its folder as the user named it; {@code .} for the current one
 * @param lineage the lineage of its state; empty where nothing was ever applied
 * @param serial the serial of that state
 * @param checked the instances that were compared
 * @param findings what has drifted, the gravest first
 * @param ignored what has drifted and is not to be told
 * @param ignores entries of {@code .pghaignore} that have expired, or that nothing was found for
 * @param pending configuration that was not applied yet
 * @param silences what could not be looked at
 * @param problems errors that kept it from being looked at at all, and warnings
 */
public record RootReport(
    String root,
    String lineage,
    long serial,
    List<Checked> checked,
    List<Finding> findings,
    List<Ignored> ignored,
    List<IgnoreRemark> ignores,
    List<Pending> pending,
    List<Silence> silences,
    List<Diagnostic> problems) {
  public RootReport {
    checked = List.copyOf(checked);
    findings = List.copyOf(findings);
    ignored = List.copyOf(ignored);
    ignores = List.copyOf(ignores);
    pending = List.copyOf(pending);
    silences = List.copyOf(silences);
    problems = List.copyOf(problems);
  }

  /**
   * A finding that is ignored.
   *
   * @param finding the finding, with the places that are ignored
   * @param reason what the entry says why
   * @param expires the entry's last day, as {@code 2027-01-31}
   * @param line the entry's line in {@code .pghaignore}
   */
  public record Ignored(Finding finding, String reason, String expires, int line) {}

  /**
   * An entry of {@code .pghaignore} that should be looked at.
   *
   * @param line its line
   * @param text what the entry is about, in one line
   * @param remark why: expired, or nothing was found for it
   */
  public record IgnoreRemark(int line, String text, String remark) {}

  /** How it is on the whole. */
  public enum Verdict {
    CLEAN,
    DRIFT,
    /** Nothing drifted as far as could be seen, but not all could. */
    UNKNOWN,
    /** It could not be looked at. */
    ERROR
  }

  /** How it is on the whole: an error counts most, then drift, then what could not be seen. */
  public Verdict verdict() {
    if (problems.stream().anyMatch(Diagnostic::isError)) {
      return Verdict.ERROR;
    }
    if (!findings.isEmpty()) {
      return Verdict.DRIFT;
    }
    return silences.isEmpty() ? Verdict.CLEAN : Verdict.UNKNOWN;
  }

  /** The gravest of the findings' grades. */
  public Optional<Grade> gravest() {
    return findings.stream().map(Finding::grade).max(Grade::compareTo);
  }
}
