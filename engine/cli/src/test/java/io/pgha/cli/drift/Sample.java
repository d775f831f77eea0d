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
import io.pgha.provider.drift.Grade;
import io.pgha.provider.drift.Since;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reports of the guide's cluster, put together by hand. */
record Sample(
    String root,
    List<Finding> findings,
    List<Ignored> ignored,
    List<IgnoreRemark> remarks,
    List<Pending> pending,
    List<Silence> silences,
    List<Diagnostic> problems) {
  static final Instant NIGHT = Instant.parse("2026-11-26T03:12:00Z");

  /** Nothing to tell. */
  static final Sample CLEAN =
      new Sample(".", List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

  static Finding finding(Grade grade, String subject, String found, Place... places) {
    return DriftSamples.finding(
        "file-content",
        subject,
        grade,
        "as applied",
        found,
        "",
        List.of(),
        List.of(places),
        "pgha apply -target='" + places[0].address() + "'");
  }

  static Place place(String address, String host) {
    return new Place(address, host, Optional.empty(), Since.UNKNOWN);
  }

  static Place place(String address, String host, String file, int line, long since) {
    SourcePosition at = new SourcePosition(0, line, 1);
    return new Place(
        address,
        host,
        Optional.of(SourceRange.of(file, at, at)),
        new Since(since, "the file's time"));
  }

  Sample with(Finding... more) {
    return new Sample(root, List.of(more), ignored, remarks, pending, silences, problems);
  }

  Sample ignoring(Ignored... more) {
    return new Sample(root, findings, List.of(more), remarks, pending, silences, problems);
  }

  Sample remarking(IgnoreRemark... more) {
    return new Sample(root, findings, ignored, List.of(more), pending, silences, problems);
  }

  Sample pending(Pending... more) {
    return new Sample(root, findings, ignored, remarks, List.of(more), silences, problems);
  }

  Sample silent(Silence... more) {
    return new Sample(root, findings, ignored, remarks, pending, List.of(more), problems);
  }

  Sample failing(Diagnostic... more) {
    return new Sample(root, findings, ignored, remarks, pending, silences, List.of(more));
  }

  Sample in(String folder) {
    return new Sample(folder, findings, ignored, remarks, pending, silences, problems);
  }

  DriftReport report() {
    return report(NIGHT);
  }

  DriftReport report(Instant started) {
    return report(started, this);
  }

  static DriftReport report(Instant started, Sample... roots) {
    return new DriftReport(
        started, Duration.ofMillis(812), "1.2.3", List.of(roots).stream().map(Sample::of).toList());
  }

  private RootReport of() {
    return new RootReport(
        root, "4f1c", 17, guide(), findings, ignored, remarks, pending, silences, problems);
  }

  /** The guide's instances: two balancers, three servers. */
  static List<Checked> guide() {
    List<Checked> all = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      String name = "psql-db-" + i;
      String key = "[\"" + name + "\"]";
      all.add(instance("host.db" + key, "host", name));
      all.add(
          observed(
              instance("etcd_member.db" + key, "etcd_member", name, "host.db" + key),
              Map.of("leader", String.valueOf(i == 2))));
      all.add(
          observed(
              instance(
                  "patroni_node.db" + key,
                  "patroni_node",
                  name,
                  "host.db" + key,
                  "patroni_cluster.main"),
              Map.of("role", i == 1 ? "leader" : "replica")));
    }
    all.add(
        new Checked(
            "patroni_cluster.main", "patroni_cluster", List.of(), List.of("etcd_member.db")));
    all.add(new Checked("pg_role.admin", "pg_role", List.of(), List.of("patroni_cluster.main")));
    for (int i = 1; i <= 2; i++) {
      String name = "psql-lb-" + i;
      String key = "[\"" + name + "\"]";
      all.add(instance("host.lb" + key, "host", name));
      all.add(
          instance(
              "haproxy_lb.main" + key, "haproxy_lb", name, "host.lb" + key, "patroni_node.db"));
      all.add(
          observed(
              instance("vip.main" + key, "vip", name, "haproxy_lb.main" + key),
              Map.of("state", i == 1 ? "master" : "backup", "holder", "psql-lb-1")));
    }
    return all;
  }

  private static Checked instance(String address, String type, String host, String... needs) {
    return new Checked(address, type, List.of(host), List.of(needs));
  }

  private static Checked observed(Checked instance, Map<String, String> observed) {
    return new Checked(
        instance.address(),
        instance.type(),
        instance.hosts(),
        instance.needs(),
        new TreeMap<>(observed));
  }

  /** A night with something of everything. */
  static Sample bad() {
    Finding vip =
        DriftSamples.finding(
            "second-holder",
            "address",
            Grade.DANGER,
            "one holder",
            "two holders: psql-lb-1, psql-lb-2",
            "Clients reach either of them. Look whether VRRP passes between the two.",
            List.of(),
            List.of(
                place(
                    "vip.main[\"psql-lb-1\"]",
                    "psql-lb-1",
                    "balancing.pgha.hcl",
                    18,
                    1_795_662_600L),
                place(
                    "vip.main[\"psql-lb-2\"]",
                    "psql-lb-2",
                    "balancing.pgha.hcl",
                    18,
                    1_795_662_610L)),
            "");
    Finding file =
        DriftSamples.finding(
            "file-content",
            "file:/etc/haproxy/haproxy.cfg",
            Grade.DEGRADED,
            "as applied",
            "changed",
            "",
            List.of("@@ -3 +3 @@", " global", "-    maxconn 50", "+    maxconn 400"),
            List.of(
                place(
                    "haproxy_lb.main[\"psql-lb-1\"]",
                    "psql-lb-1",
                    "balancing.pgha.hcl",
                    1,
                    1_795_575_600L)),
            "pgha apply -target='haproxy_lb.main[\"psql-lb-1\"]'");
    Finding hba =
        finding(
            Grade.SECURITY,
            "pg_hba[0]",
            "host all all 0.0.0.0/0 trust",
            place("patroni_cluster.main", "", "database.pgha.hcl", 10, 0));
    Finding hold =
        finding(
            Grade.COSMETIC,
            "hold_packages",
            "no hold",
            place("etcd_member.db[\"psql-db-2\"]", "psql-db-2", "database.pgha.hcl", 5, 0));
    Finding tuned =
        finding(
            Grade.DEGRADED, "parameters[\"work_mem\"]", "8MB", place("patroni_cluster.main", ""));
    return CLEAN
        .with(vip, hba, file, hold)
        .ignoring(new Ignored(tuned, "tried out by the DBA team", "2027-01-31", 4))
        .remarking(
            new IgnoreRemark(7, "pg_role.old * * # until 2026-01-01", "expired on 2026-01-01"))
        .pending(
            new Pending(
                "patroni_cluster.main",
                PendingAction.UPDATE,
                List.of("parameters[\"max_connections\"]"),
                Optional.of(
                    SourceRange.of(
                        "database.pgha.hcl",
                        new SourcePosition(0, 22, 5),
                        new SourcePosition(4, 22, 9)))))
        .silent(
            new Silence(
                "psql-db-3",
                "unreachable",
                "psql-db-3 (192.168.228.143:22): connection refused. Start it, or take it out.",
                List.of("host.db[\"psql-db-3\"]", "patroni_node.db[\"psql-db-3\"]")))
        .failing(Diagnostic.warning("slow", "The clock is off", "By 40 s on psql-db-1."));
  }
}
