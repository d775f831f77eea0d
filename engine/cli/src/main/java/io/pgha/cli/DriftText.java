package io.pgha.cli;

import io.pgha.cli.drift.PlainText;
import io.pgha.core.drift.Checked;
import io.pgha.core.drift.DriftReport;
import io.pgha.core.drift.Finding;
import io.pgha.core.drift.Finding.Place;
import io.pgha.core.drift.Pending;
import io.pgha.core.drift.RootReport;
import io.pgha.core.drift.RootReport.Verdict;
import io.pgha.core.drift.Silence;
import io.pgha.core.plan.Listing;
import io.pgha.provider.drift.Grade;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a look came to, for people. Of what machines said nothing is left that a terminal obeys. */
final class DriftText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneId.systemDefault());

  private final StringBuilder text = new StringBuilder();
  private final Paint paint;

  private DriftText(Paint paint) {
    this.paint = paint;
  }

  /**
   * What was found at a root.
   *
   * @param titled whether to say which root it is
   */
  static String of(RootReport report, boolean titled, Paint paint) {
    DriftText text = new DriftText(paint);
    if (titled) {
      text.line("== " + plain(report.root()));
    }
    report.findings().forEach(text::finding);
    text.pending(report.pending());
    report.silences().forEach(text::silence);
    text.ignored(report);
    text.line(text.summary(report));
    return text.text.toString().stripTrailing();
  }

  /** How many roots are how. */
  static String total(DriftReport report, Paint paint) {
    List<String> parts = new ArrayList<>();
    add(parts, report.count(Verdict.CLEAN), "clean");
    add(parts, report.count(Verdict.DRIFT), "with drift");
    add(parts, report.count(Verdict.UNKNOWN), "not wholly seen");
    add(parts, report.count(Verdict.ERROR), "with errors");
    String line = "\n%d roots: %s.".formatted(report.roots().size(), String.join(", ", parts));
    return report.count(Verdict.CLEAN) == report.roots().size()
        ? paint.added(line)
        : paint.removed(line);
  }

  private static void add(List<String> parts, long count, String what) {
    if (count > 0) {
      parts.add(count + " " + what);
    }
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  /** What may have several lines, each of them indented: none can pass for one of pgha's own. */
  private void lines(String indent, String several) {
    for (String each : PlainText.clean(several).split("\n", -1)) {
      line(indent + each);
    }
  }

  /** What is to stay in its line. */
  private static String plain(String text) {
    return PlainText.clean(text).replace('\n', ' ');
  }

  private void finding(Finding finding) {
    String subject = finding.subject().isEmpty() ? "" : "  " + finding.subject();
    String who =
        finding.addresses().size() > 3
            ? finding.addresses().getFirst() + " and " + (finding.addresses().size() - 1) + " more"
            : String.join(", ", finding.addresses());
    line(paint.removed("* " + finding.grade().word()) + "  " + paint.bold(plain(who + subject)));
    if (!finding.expected().isEmpty()) {
      line("    expected: " + plain(finding.expected()));
    }
    line("    found:    " + plain(finding.found()));
    if (!finding.detail().isEmpty()) {
      lines("    ", finding.detail());
    }
    finding.diff().forEach(each -> lines("      ", each));
    if (!finding.hosts().isEmpty()) {
      line("    on:       " + plain(String.join(", ", finding.hosts())));
    }
    since(finding).ifPresent(since -> line("    since:    " + plain(since)));
    finding.places().stream()
        .flatMap(place -> place.declared().stream())
        .findFirst()
        .ifPresent(range -> line("    declared: " + plain(range.toString())));
    if (!finding.repair().isEmpty()) {
      line("    repair:   " + plain(finding.repair()));
    }
    line("");
  }

  private static Optional<String> since(Finding finding) {
    return finding.places().stream()
        .map(Place::since)
        .filter(since -> since.isKnown())
        .findFirst()
        .map(since ->
            "%s (%s)".formatted(TIME.format(Instant.ofEpochSecond(since.at())), since.witness()));
  }

  private void pending(List<Pending> pending) {
    if (pending.isEmpty()) {
      return;
    }
    line("Not applied yet, which is no drift:");
    for (Pending each : pending) {
      String what =
          each.attributes().isEmpty() ? each.action().word() : String.join(", ", each.attributes());
      line(
          plain(
              "  %s  %s%s%s"
                  .formatted(
                      each.address(),
                      what,
                      each.previousAddress().map(old -> "  from " + old).orElse(""),
                      each.declared().map(range -> "  (" + range + ")").orElse(""))));
    }
    line("");
  }

  private void silence(Silence silence) {
    String who =
        silence.host().isEmpty()
            ? silence.addresses().stream().findFirst().orElse(silence.code())
            : silence.host();
    String why = PlainText.clean(silence.reason()).replace("\n", "\n    ");
    line(paint.removed("? " + plain(who)) + "  could not be looked at: " + why);
    if (!silence.addresses().isEmpty()) {
      line("    nobody knows of: " + plain(Listing.of(silence.addresses())));
    }
    line("");
  }

  private void ignored(RootReport report) {
    report
        .ignored()
        .forEach(each ->
            line(
                plain(
                    "- ignored until %s: %s (%s; .pghaignore:%d)"
                        .formatted(
                            each.expires(),
                            each.finding().summary(),
                            each.reason(),
                            each.line()))));
    report
        .ignores()
        .forEach(each -> line(plain("! .pghaignore:%d: %s".formatted(each.line(), each.remark()))));
    if (!report.ignored().isEmpty() || !report.ignores().isEmpty()) {
      line("");
    }
  }

  private String summary(RootReport report) {
    String seen =
        "%d %s on %d %s"
            .formatted(
                report.checked().size(),
                report.checked().size() == 1 ? "instance" : "instances",
                hosts(report),
                hosts(report) == 1 ? "host" : "hosts");
    return switch (report.verdict()) {
      case CLEAN -> paint.added("No drift.") + " As last applied: " + seen + ".";
      case DRIFT ->
          paint.removed("Drift: " + grades(report) + ".") + " Compared: " + seen + unseen(report);
      case UNKNOWN ->
          paint.removed("Not all could be looked at.")
              + " Nothing has drifted in what could: "
              + seen
              + unseen(report);
      case ERROR ->
          report.checked().isEmpty()
              ? paint.removed("Drift could not be looked for: see the errors.")
              : paint.removed("Not all could be done: see the errors.")
                  + " Compared: "
                  + seen
                  + unseen(report);
    };
  }

  private static String unseen(RootReport report) {
    long count = report.silences().stream().mapToLong(each -> each.addresses().size()).sum();
    return count == 0 ? "." : "; not looked at: " + count + ".";
  }

  private static long hosts(RootReport report) {
    return report.checked().stream().map(Checked::hosts).flatMap(List::stream).distinct().count();
  }

  private static String grades(RootReport report) {
    Map<Grade, Integer> counts = new EnumMap<>(Grade.class);
    report.findings().forEach(finding -> counts.merge(finding.grade(), 1, Integer::sum));
    String all =
        counts.entrySet().stream()
            .sorted(Map.Entry.<Grade, Integer>comparingByKey().reversed())
            .map(each -> each.getValue() + " " + each.getKey().word())
            .collect(Collectors.joining(", "));
    int number = report.findings().size();
    return number + (number == 1 ? " finding (" : " findings (") + all + ")";
  }
}
