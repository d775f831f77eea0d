package io.pgha.cli.drift;

import io.pgha.core.drift.Checked;
import io.pgha.core.drift.DriftReport;
import io.pgha.core.drift.Finding;
import io.pgha.core.drift.Finding.Place;
import io.pgha.core.drift.Pending;
import io.pgha.core.drift.PendingAction;
import io.pgha.core.drift.RootReport;
import io.pgha.core.drift.RootReport.IgnoreRemark;
import io.pgha.core.drift.RootReport.Ignored;
import io.pgha.core.drift.Silence;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.SourcePosition;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.value.AttributePath;
import io.pgha.provider.drift.Grade;
import io.pgha.provider.drift.Since;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reports with everything that there may be in one. */
public final class DriftSamples {
  /** What a hostile machine may answer: it tries every format. */
  static final String HOSTILE =
      "a|b `c` ``d`` <script>alert(1)</script> @everyone #12 [x](http://x) ]]> & \"q\" 'p' %0A::error::x"
          + "\u001b[31m \u0000 \uFFFE \uD800 \u202Eevil é 🐘\n::error::second line\r\n```\nfence";

  private static final Instant STARTED = Instant.parse("2026-10-01T03:00:00.25Z");

  private DriftSamples() {}

  /** A range of whole lines. */
  static SourceRange line(String file, int line) {
    return SourceRange.of(
        file, new SourcePosition(line * 40, line, 1), new SourcePosition(line * 40 + 12, line, 13));
  }

  static Place place(String address, String host, int line) {
    return new Place(
        address,
        host,
        line == 0 ? Optional.empty() : Optional.of(line("main.pgha.hcl", line)),
        line == 0 ? Since.UNKNOWN : new Since(1_790_000_000L, "the file's time"));
  }

  /** A finding whose fingerprint follows from what it is about. */
  public static Finding finding(
      String code,
      String subject,
      Grade grade,
      String expected,
      String found,
      String detail,
      List<String> diff,
      List<Place> places,
      String repair) {
    String fingerprint = HexFormat.of().toHexDigits(31L * code.hashCode() + subject.hashCode());
    return new Finding(
        code, subject, grade, expected, found, detail, diff, places, repair, fingerprint);
  }

  static Finding finding(String code, String subject, Grade grade, Place... places) {
    return finding(
        code, subject, grade, "0640", "0666", "", List.of(), List.of(places), "pgha apply");
  }

  /** A file that differs on two hosts. */
  static final Finding CONTENT =
      finding(
          "file-content",
          "file:/etc/haproxy/haproxy.cfg",
          Grade.DEGRADED,
          "maxconn 400",
          "maxconn 50",
          "Fewer clients can connect than declared.",
          List.of("@@ -1,2 +1,2 @@", " global", "-  maxconn 50", "+  maxconn 400"),
          List.of(
              place("haproxy_lb.main[\"lb-1\"]", "lb-1", 12),
              place("haproxy_lb.main[\"lb-2\"]", "lb-2", 12)),
          "pgha apply -target='haproxy_lb.main'");

  /** A member that nobody declared. */
  static final Finding FOREIGN =
      finding(
          "foreign-member",
          "",
          Grade.DANGER,
          "",
          "etcd has a member \"intruder\" that nobody declared",
          "It takes part in every vote.",
          List.of(),
          List.of(place("etcd_member.db[\"db-1\"]", "", 0)),
          "");

  /** A file that anybody may read. */
  static final Finding MODE =
      finding(
          "file-mode",
          "file:/etc/patroni/config.yml",
          Grade.SECURITY,
          place("patroni_node.db[\"db-1\"]", "db-1", 30));

  /** A package that is no longer on hold, which is ignored. */
  static final Finding HOLD =
      finding(
          "package-hold", "package:etcd", Grade.COSMETIC, place("host.db[\"db-1\"]", "db-1", 3));

  static Checked checked(String address, String type, String... hosts) {
    return new Checked(
        address, type, List.of(hosts), List.of("host.db"), new TreeMap<>(Map.of("role", "leader")));
  }

  /** A root with everything but errors. */
  static final RootReport FULL =
      new RootReport(
          "clusters/my prod",
          "0b8d5f6e-1111-2222-3333-444455556666",
          17,
          List.of(
              checked("host.db[\"db-1\"]", "host", "db-1"),
              checked("haproxy_lb.main[\"lb-1\"]", "haproxy_lb", "lb-1"),
              checked("haproxy_lb.main[\"lb-2\"]", "haproxy_lb", "lb-2"),
              checked("module.a.patroni_cluster.main", "patroni_cluster")),
          List.of(FOREIGN, MODE, CONTENT),
          List.of(new Ignored(HOLD, "an upgrade is under way", "2027-01-31", 4)),
          List.of(new IgnoreRemark(2, "vip.* * *", "it has expired on 2026-09-01")),
          List.of(
              new Pending(
                  "patroni_cluster.main",
                  PendingAction.UPDATE,
                  List.of("parameters.work_mem"),
                  Optional.of(line("cluster.pgha.hcl", 7))),
              new Pending(
                  "vip.main",
                  PendingAction.MOVE,
                  List.of(),
                  Optional.of("vip.old"),
                  Optional.of(line("main.pgha.hcl", 50))),
              new Pending("host.old", PendingAction.DELETE, List.of(), Optional.empty())),
          List.of(
              new Silence(
                  "db-3",
                  "unreachable",
                  "Nothing answers at 10.0.0.3:22. See that the machine is up.",
                  List.of("host.db[\"db-3\"]", "patroni_node.db[\"db-3\"]")),
              new Silence("", "no-quorum", "Two of three etcd members are down.", List.of())),
          List.of(Diagnostic.warning("old", "An argument is old", "Use another.")));

  /** A root that could not be looked at. */
  static final RootReport BROKEN =
      new RootReport(
          "clusters/other",
          "",
          0,
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          List.of(
              Diagnostic.error(
                      "unknown-argument",
                      "There is no argument \"adress\"",
                      "Did you mean address?",
                      line("main.pgha.hcl", 5))
                  .about("host.db")
                  .of(AttributePath.of("adress"))
                  .on("db-1"),
              Diagnostic.error("state-locked", "The state is locked", "")));

  /** A root of which all is as it was. */
  static final RootReport CLEAN =
      root("clusters/clean", List.of(checked("host.db[\"db-1\"]", "host", "db-1")), List.of());

  static RootReport root(String name, List<Checked> checked, List<Finding> findings) {
    return new RootReport(
        name, "lineage", 1, checked, findings, List.of(), List.of(), List.of(), List.of(),
        List.of());
  }

  static DriftReport report(RootReport... roots) {
    return new DriftReport(STARTED, Duration.ofNanos(4_212_345_678L), "1.2.3", List.of(roots));
  }

  /** All three. */
  static DriftReport all() {
    return report(FULL, BROKEN, CLEAN);
  }

  /** A root where every text is a hostile machine's. */
  static DriftReport hostile() {
    Place place =
        new Place(
            "host.db[\"" + HOSTILE + "\"]",
            HOSTILE,
            Optional.of(line("a b/%|" + "`é.pgha.hcl", 3)),
            new Since(1_790_000_000L, HOSTILE));
    Finding finding =
        finding(
            "file-content",
            HOSTILE,
            Grade.DEGRADED,
            HOSTILE,
            HOSTILE,
            HOSTILE,
            List.of(HOSTILE, "````` five"),
            List.of(place),
            HOSTILE);
    return report(
        new RootReport(
            "clusters/my prod",
            "lineage",
            1,
            List.of(),
            List.of(finding),
            List.of(new Ignored(finding, HOSTILE, "2027-01-31", 1)),
            List.of(new IgnoreRemark(1, HOSTILE, HOSTILE)),
            List.of(
                new Pending(
                    HOSTILE,
                    PendingAction.UPDATE,
                    List.of(HOSTILE),
                    Optional.of(HOSTILE),
                    Optional.empty())),
            List.of(new Silence(HOSTILE, "unreachable", HOSTILE, List.of(HOSTILE))),
            List.of(Diagnostic.error("failed", HOSTILE, HOSTILE))));
  }
}
