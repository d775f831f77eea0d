package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.cli.drift.DriftSamples;
import io.pgha.core.drift.Checked;
import io.pgha.core.drift.DriftReport;
import io.pgha.core.drift.Finding;
import io.pgha.core.drift.Finding.Place;
import io.pgha.core.drift.Pending;
import io.pgha.core.drift.PendingAction;
import io.pgha.core.drift.RootReport;
import io.pgha.core.drift.Silence;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.SourcePosition;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.provider.drift.Grade;
import io.pgha.provider.drift.Since;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a look is told to people. */
class DriftTextTests {
  private static final Checked CHECKED =
      new Checked("haproxy_lb.main", "haproxy_lb", List.of("lb-1"), List.of());

  private static Optional<SourceRange> line(int number) {
    SourcePosition start = new SourcePosition(0, number, 1);
    return Optional.of(SourceRange.of("main.pgha.hcl", start, start));
  }

  private static final Finding EDITED =
      DriftSamples.finding(
          "file-content",
          "file:/etc/haproxy/haproxy.cfg",
          Grade.DEGRADED,
          "the content that was last applied",
          "another content",
          "",
          List.of("@@ -1 +1 @@", "-    maxconn 50", "+    maxconn 400"),
          List.of(new Place("haproxy_lb.main", "lb-1", line(12), Since.UNKNOWN)),
          "pgha apply repair.plan");

  private static final Finding PAUSED =
      DriftSamples.finding(
          "paused",
          "dynamic_settings",
          Grade.DANGER,
          "",
          "Patroni is paused",
          "No failover happens.",
          List.of(),
          List.of(new Place("patroni_cluster.main", "", Optional.empty(), Since.UNKNOWN)),
          "");

  private static RootReport root(
      List<Finding> findings, List<Pending> pending, List<Silence> silences) {
    return new RootReport(
        ".",
        "lineage",
        1,
        List.of(CHECKED),
        findings,
        List.of(),
        List.of(),
        pending,
        silences,
        List.of());
  }

  private static String text(RootReport report) {
    return DriftText.of(report, false, new Paint(false));
  }

  @Test
  void findingsSayWhatWhereAndHowToRepair() {
    assertThat(text(root(List.of(PAUSED, EDITED), List.of(), List.of())))
        .isEqualTo(
            """
            * danger to data  patroni_cluster.main  dynamic_settings
                found:    Patroni is paused
                No failover happens.

            * degraded  haproxy_lb.main  file:/etc/haproxy/haproxy.cfg
                expected: the content that was last applied
                found:    another content
                  @@ -1 +1 @@
                  -    maxconn 50
                  +    maxconn 400
                on:       lb-1
                declared: main.pgha.hcl:12,1
                repair:   pgha apply repair.plan

            Drift: 2 findings (1 danger to data, 1 degraded). Compared: 1 instance on 1 host.\
            """);
  }

  @Test
  void whatIsClean() {
    assertThat(text(root(List.of(), List.of(), List.of())))
        .isEqualTo("No drift. As last applied: 1 instance on 1 host.");
  }

  @Test
  void whatIsNotAppliedYetIsNoDrift() {
    Pending changed =
        new Pending("haproxy_lb.main", PendingAction.UPDATE, List.of("maxconn"), line(3));
    Pending gone = new Pending("vip.main", PendingAction.DELETE, List.of(), Optional.empty());
    assertThat(text(root(List.of(), List.of(changed, gone), List.of())))
        .isEqualTo(
            """
            Not applied yet, which is no drift:
              haproxy_lb.main  maxconn  (main.pgha.hcl:3,1)
              vip.main  delete

            No drift. As last applied: 1 instance on 1 host.\
            """);
  }

  @Test
  void silenceIsNeverClean() {
    Silence silence =
        new Silence(
            "db-1", "unreachable", "No route to host.", List.of("host.db", "etcd_member.a"));
    assertThat(text(root(List.of(), List.of(), List.of(silence))))
        .isEqualTo(
            """
            ? db-1  could not be looked at: No route to host.
                nobody knows of: host.db, etcd_member.a

            Not all could be looked at. Nothing has drifted in what could: 1 instance on 1 host; not looked at: 2.\
            """);
  }

  @Test
  void manyRootsAreCounted() {
    RootReport failed =
        new RootReport(
            "b",
            "",
            0,
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(Diagnostic.error("x", "X", "")));
    DriftReport report =
        new DriftReport(
            Instant.EPOCH,
            Duration.ZERO,
            "0.1",
            List.of(root(List.of(), List.of(), List.of()), failed));
    assertThat(DriftText.total(report, new Paint(false)))
        .isEqualTo("\n2 roots: 1 clean, 1 with errors.");
  }

  @Test
  void whatMachinesSayIsNotObeyed() {
    String hostile = "a\u001b[2J\r\u202Eb\nNo drift.";
    Finding finding =
        DriftSamples.finding(
            "x",
            hostile,
            Grade.DEGRADED,
            hostile,
            hostile,
            hostile,
            List.of(hostile),
            List.of(new Place(hostile, hostile, line(1), new Since(1, hostile))),
            hostile);
    Silence silence = new Silence(hostile, "x", hostile, List.of(hostile));
    String text = text(root(List.of(finding), List.of(), List.of(silence)));
    assertThat(text).doesNotContain("\u001b", "\r", "\u202E").contains("a\uFFFD[2J");
    assertThat(text.lines()).noneMatch(each -> each.startsWith("No drift."));
  }

  @Test
  void aSilenceOfNoInstanceSaysWhatItIsAbout() {
    Silence silence = new Silence("", "no-quorum", "Two of three are down.", List.of());
    assertThat(text(root(List.of(), List.of(), List.of(silence))))
        .startsWith("? no-quorum  could not be looked at: Two of three are down.\n\nNot all");
  }

  @Test
  void anErrorAfterTheLookDoesNotSayThatNobodyLooked() {
    RootReport report =
        new RootReport(
            ".",
            "lineage",
            1,
            List.of(CHECKED),
            List.of(EDITED),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(Diagnostic.error("x", "X", "")));
    assertThat(text(report))
        .endsWith("\nNot all could be done: see the errors. Compared: 1 instance on 1 host.");
  }
}
