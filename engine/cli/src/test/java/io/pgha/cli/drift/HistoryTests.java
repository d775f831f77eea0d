package io.pgha.cli.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.cli.drift.HistoryCourse.State;
import io.pgha.cli.drift.HistoryFolder.Skipped;
import io.pgha.core.drift.DriftReport;
import io.pgha.core.drift.Finding;
import io.pgha.core.drift.RootReport.Ignored;
import io.pgha.core.drift.Silence;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.provider.drift.Grade;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of findings from night to night. */
class HistoryTests {
  private static final Finding HOLD = on(Grade.COSMETIC, "hold", "psql-db-1");

  private static Finding on(Grade grade, String subject, String... hosts) {
    return Sample.finding(
        grade,
        subject,
        "changed",
        java.util.Arrays.stream(hosts)
            .map(host -> Sample.place("etcd_member.db[\"" + host + "\"]", host))
            .toArray(Finding.Place[]::new));
  }

  /** A history of nights, the last of them being that of {@link Sample#NIGHT}. */
  static History history(Sample... nights) {
    return history(366, nights);
  }

  private static History history(int days, Sample... nights) {
    List<DriftReport> reports = new ArrayList<>();
    for (int i = 0; i < nights.length; i++) {
      reports.add(nights[i].report(Sample.NIGHT.minus(Duration.ofDays(nights.length - 1L - i))));
    }
    return history(days, reports, ZoneOffset.UTC);
  }

  static History history(int days, List<DriftReport> reports, ZoneId zone) {
    return History.of(
        reports.stream().map(HistoryRun::of).toList(),
        List.of(),
        days,
        Sample.NIGHT.plusSeconds(60),
        new Times(zone));
  }

  private static List<String> told(History history) {
    return history.courses().stream()
        .map(course ->
            course.now().word()
                + " "
                + course.days(history.times()).size()
                + ": "
                + HistoryText.spans(course, history.times()))
        .toList();
  }

  @Test
  void tellsWhenAFindingCameWentAndCameAgain() {
    Sample clean = Sample.CLEAN;
    Sample bad = clean.with(HOLD);
    assertThat(told(history(clean, bad, bad, clean, clean, bad)))
        .containsExactly(
            "there 3: 2026-11-22 to 2026-11-23, gone on 2026-11-24; 2026-11-26, still there");
    assertThat(told(history(bad, clean))).containsExactly("gone 1: 2026-11-25, gone on 2026-11-26");
    assertThat(told(history(clean, clean))).isEmpty();
  }

  @Test
  void aHostThatNobodyReachedMakesItUnknownAndNotGone() {
    Sample bad = Sample.CLEAN.with(HOLD);
    Sample blind =
        Sample.CLEAN.silent(new Silence("psql-db-1", "unreachable", "Start it.", List.of()));
    Sample elsewhere =
        Sample.CLEAN.silent(new Silence("psql-db-2", "unreachable", "Start it.", List.of()));
    assertThat(told(history(bad, blind, bad)))
        .containsExactly("there 2: 2026-11-24 to 2026-11-26, still there");
    assertThat(told(history(bad, blind)))
        .containsExactly("unknown 1: 2026-11-25, not looked at since");
    assertThat(told(history(bad, blind, Sample.CLEAN)))
        .containsExactly("gone 1: 2026-11-24, gone on 2026-11-26");
    assertThat(told(history(bad, elsewhere)))
        .containsExactly("gone 1: 2026-11-25, gone on 2026-11-26");
    Sample instance =
        Sample.CLEAN.silent(
            new Silence("", "timed-out", "", List.of("etcd_member.db[\"psql-db-1\"]")));
    assertThat(told(history(bad, instance)))
        .containsExactly("unknown 1: 2026-11-25, not looked at since");
  }

  @Test
  void anErrorAndARunOfAnotherRootTellNothingOfIt() {
    Sample bad = Sample.CLEAN.with(HOLD);
    Sample failed = Sample.CLEAN.failing(Diagnostic.error("syntax", "Not HCL", ""));
    assertThat(told(history(bad, failed, Sample.CLEAN.in("other"))))
        .containsExactly("unknown 1: 2026-11-24, not looked at since");
    assertThat(told(history(bad.in("one"), bad.in("two"))))
        .containsExactlyInAnyOrder(
            "unknown 1: 2026-11-25, not looked at since", "there 1: 2026-11-26, still there");
  }

  @Test
  void whatIsIgnoredIsStillThere() {
    Sample bad = Sample.CLEAN.with(HOLD);
    Sample ignored = Sample.CLEAN.ignoring(new Ignored(HOLD, "known", "2027-01-31", 1));
    assertThat(told(history(bad, ignored)))
        .containsExactly("ignored 2: 2026-11-25 to 2026-11-26, still there");
    assertThat(told(history(ignored, ignored))).isEmpty();
  }

  @Test
  void aCauseThatSpreadsOrShrinksStaysOneFinding() {
    Sample first = Sample.CLEAN.with(on(Grade.DEGRADED, "file", "a"));
    Sample both = Sample.CLEAN.with(on(Grade.DANGER, "file", "a", "b"));
    Sample second = Sample.CLEAN.with(on(Grade.COSMETIC, "file", "b"));
    History history = history(first, both, second);
    assertThat(told(history)).containsExactly("there 3: 2026-11-24 to 2026-11-26, still there");
    assertThat(history.courses().getFirst().gravest()).isEqualTo(Grade.DANGER);
    assertThat(history.courses().getFirst().latest().hosts()).containsExactly("b");
    Sample apart =
        Sample.CLEAN.with(on(Grade.COSMETIC, "file", "a"), on(Grade.DEGRADED, "file", "b"));
    assertThat(told(history(apart, both)))
        .containsExactly(
            "there 2: 2026-11-25 to 2026-11-26, still there",
            "there 2: 2026-11-25 to 2026-11-26, still there");
  }

  @Test
  void daysAreThoseOfTheTimeZone() {
    List<DriftReport> reports =
        List.of(
            Sample.CLEAN.with(HOLD).report(Instant.parse("2026-11-24T23:30:00Z")),
            Sample.CLEAN.with(HOLD).report(Instant.parse("2026-11-25T22:30:00Z")));
    assertThat(told(history(9, reports, ZoneOffset.UTC)))
        .containsExactly("there 2: 2026-11-24 to 2026-11-25, still there");
    assertThat(told(history(9, reports, ZoneId.of("Europe/Berlin"))))
        .containsExactly("there 1: 2026-11-25, still there");
  }

  @Test
  void showsTheLastDaysAndTellsOfOlderBeginnings() {
    Sample clean = Sample.CLEAN;
    Sample old = clean.with(on(Grade.DANGER, "old", "a"), HOLD);
    Sample bad = clean.with(HOLD);
    History history = history(2, old, bad, bad, bad);
    assertThat(history.runs()).hasSize(2);
    assertThat(history.from()).isEqualTo("2026-11-25");
    assertThat(told(history)).containsExactly("there 4: 2026-11-23 to 2026-11-26, still there");
  }

  @Test
  void asATable() {
    Sample one = Sample.CLEAN.with(HOLD, on(Grade.SECURITY, "evil \u001b[31m", "a", "b"));
    assertThat(HistoryText.of(history(one, Sample.CLEAN, Sample.CLEAN.with(HOLD))))
        .isEqualTo(
            """
            3 runs on 3 days, 2026-11-24 to 2026-11-26. Days are those of Z.

            Now      Grade           First seen        Last seen         Nights  Finding
            there    cosmetic        2026-11-24 03:12  2026-11-26 03:12       2  hold: changed, expected as applied
                                                                                 etcd_member.db["psql-db-1"] on psql-db-1
                                                                                 2026-11-24, gone on 2026-11-25; 2026-11-26, still there
            gone     security        2026-11-24 03:12  2026-11-24 03:12       1  evil \uFFFD[31m: changed, expected as applied
                                                                                 etcd_member.db["a"], etcd_member.db["b"] on a, b
                                                                                 2026-11-24, gone on 2026-11-25
            """);
    assertThat(HistoryText.of(history(Sample.CLEAN)))
        .isEqualTo(
            """
            1 run on 1 day, 2026-11-26 to 2026-11-26. Days are those of Z.
            Nothing has drifted in them.
            """);
    assertThat(HistoryText.of(history())).isEqualTo("No run was kept in these days.\n");
  }

  @Test
  void asJson() {
    History history =
        History.of(
            List.of(HistoryRun.of(Sample.CLEAN.with(HOLD).report())),
            List.of(new Skipped("drift-x.json", "it is not JSON")),
            30,
            Sample.NIGHT,
            new Times(ZoneOffset.UTC));
    assertThat(HistoryDocument.of(history))
        .isEqualTo(
            """
            {
              "format_version" : "1.0",
              "time_zone" : "Z",
              "from" : "2026-11-26",
              "to" : "2026-11-26",
              "runs" : [
                {
                  "started" : "2026-11-26T03:12:00Z",
                  "day" : "2026-11-26",
                  "findings" : 1,
                  "gravest" : "cosmetic",
                  "whole" : true
                }
              ],
              "findings" : [
                {
                  "root" : ".",
                  "fingerprint" : "%s",
                  "code" : "file-content",
                  "subject" : "hold",
                  "grade" : "cosmetic",
                  "summary" : "hold: changed, expected as applied",
                  "addresses" : [
                    "etcd_member.db[\\"psql-db-1\\"]"
                  ],
                  "hosts" : [
                    "psql-db-1"
                  ],
                  "now" : "there",
                  "first_seen" : "2026-11-26T03:12:00Z",
                  "last_seen" : "2026-11-26T03:12:00Z",
                  "nights" : 1,
                  "spans" : [
                    {
                      "first_seen" : "2026-11-26T03:12:00Z",
                      "last_seen" : "2026-11-26T03:12:00Z"
                    }
                  ]
                }
              ],
              "skipped" : [
                {
                  "file" : "drift-x.json",
                  "why" : "it is not JSON"
                }
              ]
            }
            """
                .formatted(HOLD.fingerprint()));
    assertThat(history.count(State.THERE)).isEqualTo(1);
  }
}
