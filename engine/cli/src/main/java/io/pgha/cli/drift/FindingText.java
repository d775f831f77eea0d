package io.pgha.cli.drift;

import io.pgha.core.drift.Finding;
import io.pgha.core.drift.Finding.Place;
import io.pgha.core.drift.Pending;
import io.pgha.core.drift.RootReport;
import io.pgha.core.drift.Silence;
import io.pgha.provider.drift.Since;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Findings in words, for formats that have no fields for what makes them up. */
final class FindingText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private FindingText() {}

  /** Where it was found, in one line. */
  static String where(Finding finding) {
    List<String> addresses = finding.addresses();
    String more = addresses.size() > 1 ? " and " + (addresses.size() - 1) + " more" : "";
    String hosts = finding.hosts().isEmpty() ? "" : " on " + String.join(", ", finding.hosts());
    return PlainText.line(addresses.getFirst() + more + hosts);
  }

  /** What differs, in one line, without saying where. */
  static String what(Finding finding) {
    String subject = finding.subject().isEmpty() ? "" : finding.subject() + ": ";
    String found = finding.found().isEmpty() ? "nothing" : finding.found();
    String expected = finding.expected().isEmpty() ? "" : ", expected " + finding.expected();
    return PlainText.line(subject + found + expected);
  }

  /** All in one line. */
  static String title(Finding finding) {
    return where(finding) + ": " + what(finding);
  }

  /** Everything but the title and the difference's lines: a line each. */
  static List<String> facts(Finding finding, RootReport root, Workspace workspace) {
    List<String> lines = new ArrayList<>();
    lines.add("grade: " + finding.grade().word());
    for (Place place : finding.places()) {
      lines.add(
          "at: "
              + place(place)
              + workspace.declared(root, place.declared()).map(spot -> ", " + spot).orElse("")
              + (place.since().isKnown() ? ", since " + time(place.since()) : ""));
    }
    if (!finding.detail().isEmpty()) {
      lines.add(PlainText.line(finding.detail()));
    }
    if (!finding.repair().isEmpty()) {
      lines.add("repair: " + PlainText.line(finding.repair()));
    }
    return lines;
  }

  /** A place in one line. */
  static String place(Place place) {
    return PlainText.line(place.address() + (place.host().isEmpty() ? "" : " on " + place.host()));
  }

  /** Since when, and what tells so. */
  static String time(Since since) {
    String witness = since.witness().isEmpty() ? "" : " (" + PlainText.line(since.witness()) + ")";
    return time(Instant.ofEpochSecond(since.at())) + witness;
  }

  static String time(Instant time) {
    return TIME.format(time);
  }

  /** What an apply would do, in one line. */
  static String pending(Pending pending) {
    String attributes =
        pending.attributes().isEmpty() ? "" : ": " + String.join(", ", pending.attributes());
    String origin = pending.previousAddress().map(old -> ", moved from " + old).orElse("");
    return PlainText.line(
        pending.address() + " (" + pending.action().word() + origin + ")" + attributes);
  }

  /** What could not be looked at, in one line. */
  static String silence(Silence silence) {
    String host = silence.host().isEmpty() ? "" : silence.host() + ": ";
    return PlainText.line(host + silence.code().replace('-', ' '));
  }
}
