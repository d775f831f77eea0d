package io.pgha.core.drift;

import io.pgha.core.drift.RootReport.IgnoreRemark;
import io.pgha.core.drift.RootReport.Ignored;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFiles;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a root's {@code .pghaignore} says is not to be told, each with a reason and a last day:
 *
 * <pre>
 * ignore {
 *   address   = patroni_cluster.main
 *   attribute = parameters["log_statement"]
 *   reason    = "debugging with the vendor, ticket 4711"
 *   expires   = "2026-12-31"
 * }
 * </pre>
 *
 * <p>Immutable.
 */
public final class Ignores {
  /** Nothing is ignored. */
  public static final Ignores NONE = new Ignores(List.of());

  private final List<IgnoreEntry> entries;

  private Ignores(List<IgnoreEntry> entries) {
    this.entries = List.copyOf(entries);
  }

  /**
   * What came of it.
   *
   * @param findings what is left to tell, in the order it came
   * @param ignored what is not
   * @param remarks the entries that should be looked at, in the file's order
   */
  public record Outcome(List<Finding> findings, List<Ignored> ignored, List<IgnoreRemark> remarks) {
    public Outcome {
      findings = List.copyOf(findings);
      ignored = List.copyOf(ignored);
      remarks = List.copyOf(remarks);
    }
  }

  /**
   * Reads the {@code .pghaignore} of a folder; there need not be one.
   *
   * <p>An entry with an error ignores nothing. A caller had better not give a verdict then: the
   * drift that it is about would be told as new.
   *
   * @param folder the root module's folder
   * @param today the day by the operator's clock
   * @param diagnostics where all errors go, with their line
   * @param sources where the file is added, so that errors can show its lines
   */
  public static Ignores read(
      Path folder, LocalDate today, Diagnostics diagnostics, SourceFiles sources) {
    return IgnoreFile.find(folder, diagnostics, sources)
        .map(file -> new Ignores(IgnoreBlocks.read(file, today, diagnostics)))
        .orElse(NONE);
  }

  /**
   * Takes out what is not to be told. A finding at several places is split: what is left keeps the
   * places that no entry is about. The commands that repair it should be made after this, since
   * they name places.
   *
   * <p>An entry is not called unused where it may be about something in the silences.
   *
   * @param findings what was found
   * @param silences what could not be looked at
   * @param whole whether all of the root was looked at; an entry for the rest is not unused
   * @param today the day by the operator's clock; an entry holds on its last day too
   */
  public Outcome apply(
      List<Finding> findings, List<Silence> silences, boolean whole, LocalDate today) {
    Application application = new Application(today);
    findings.forEach(application::take);
    List<IgnoreRemark> remarks = new ArrayList<>();
    for (IgnoreEntry entry : entries) {
      application
          .remark(entry, whole && silences.stream().noneMatch(entry::mayConcern))
          .ifPresent(text ->
              remarks.add(new IgnoreRemark(entry.range().start().line(), entry.text(), text)));
    }
    return new Outcome(application.left, application.ignored, remarks);
  }

  /** The entries' work on the findings of one run. */
  private final class Application {
    private final LocalDate today;
    private final List<Finding> left = new ArrayList<>();
    private final List<Ignored> ignored = new ArrayList<>();
    private final Set<IgnoreEntry> met = new LinkedHashSet<>();
    private final Map<IgnoreEntry, String> tooGrave = new LinkedHashMap<>();

    Application(LocalDate today) {
      this.today = today;
    }

    void take(Finding finding) {
      List<Finding.Place> told = new ArrayList<>();
      Map<IgnoreEntry, List<Finding.Place>> hidden = new LinkedHashMap<>();
      for (Finding.Place place : finding.places()) {
        hiding(finding, place)
            .ifPresentOrElse(
                entry -> hidden.computeIfAbsent(entry, _ -> new ArrayList<>()).add(place),
                () -> told.add(place));
      }
      hidden.forEach((entry, places) ->
          ignored.add(
              new Ignored(
                  finding.at(places),
                  entry.reason(),
                  entry.expires().toString(),
                  entry.range().start().line())));
      if (!told.isEmpty()) {
        left.add(hidden.isEmpty() ? finding : finding.at(told));
      }
    }

    /** The first entry that hides what is at a place; all that are about it have been of use. */
    private Optional<IgnoreEntry> hiding(Finding finding, Finding.Place place) {
      Optional<IgnoreEntry> first = Optional.empty();
      for (IgnoreEntry entry : entries) {
        if (!entry.concerns(finding, place)) {
          continue;
        }
        met.add(entry);
        if (entry.hasExpired(today)) {
          continue;
        }
        if (!entry.mayHide(finding, place)) {
          tooGrave.putIfAbsent(entry, place.address());
        } else if (first.isEmpty()) {
          first = Optional.of(entry);
        }
      }
      return first;
    }

    private Optional<String> remark(IgnoreEntry entry, boolean lookedAt) {
      if (entry.hasExpired(today)) {
        String rest =
            met.contains(entry)
                ? "what it is about is told again"
                : lookedAt ? "nothing was found for it: remove it" : "remove or renew it";
        return Optional.of("expired on %s; %s".formatted(entry.expires(), rest));
      }
      if (tooGrave.containsKey(entry)) {
        return Optional.of(
            "does not hide danger to data on %s: only an entry with just that address does"
                .formatted(tooGrave.get(entry)));
      }
      return lookedAt && !met.contains(entry)
          ? Optional.of("nothing was found for it: remove it, or look for a slip")
          : Optional.empty();
    }
  }
}
