package io.pgha.core.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.drift.Finding.Place;
import io.pgha.core.drift.RootReport.IgnoreRemark;
import io.pgha.core.drift.RootReport.Ignored;
import io.pgha.language.diagnostic.DiagnosticText;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFiles;
import io.pgha.provider.drift.Grade;
import io.pgha.provider.drift.Since;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IgnoresTests {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 15);
  private static final String PARAMETER = "parameters[\"log_statement\"]";

  @TempDir private Path folder;
  private final Diagnostics diagnostics = new Diagnostics();
  private final SourceFiles sources = new SourceFiles();

  private Ignores read() {
    return Ignores.read(folder, TODAY, diagnostics, sources);
  }

  private Ignores read(String text) {
    try {
      Files.writeString(folder.resolve(".pghaignore"), text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return read();
  }

  private Ignores valid(String text) {
    Ignores ignores = read(text);
    assertThat(errors()).isEmpty();
    return ignores;
  }

  private String errors() {
    return new DiagnosticText(sources, false, 100).render(diagnostics.all());
  }

  /** An entry with the arguments given and a reason and last day that are right. */
  private static String entry(String arguments) {
    return """
    ignore {
    %s
      reason  = "ticket 4711"
      expires = "2026-03-15"
    }
    """
        .formatted(arguments);
  }

  private static Finding finding(Grade grade, String subject, Place... places) {
    return new Finding(
        "setting",
        subject,
        grade,
        "none",
        "all",
        "",
        List.of(),
        Arrays.asList(places),
        "",
        "0123456789abcdef");
  }

  private static Place place(String address, String host) {
    return new Place(address, host, Optional.empty(), Since.UNKNOWN);
  }

  private static Ignores.Outcome apply(Ignores ignores, Finding... findings) {
    return ignores.apply(Arrays.asList(findings), List.of(), true, TODAY);
  }

  private boolean hides(String arguments, String subject, String address, String host) {
    Finding finding = finding(Grade.DEGRADED, subject, place(address, host));
    return apply(valid(entry(arguments)), finding).findings().isEmpty();
  }

  @Nested
  class WhatIsHidden {
    @Test
    void nothingWithoutAFile() {
      Finding finding = finding(Grade.COSMETIC, PARAMETER, place("patroni_cluster.main", ""));
      assertThat(apply(read(), finding))
          .isEqualTo(new Ignores.Outcome(List.of(finding), List.of(), List.of()));
      assertThat(errors()).isEmpty();
    }

    @Test
    void anAttributeOfAnInstanceUntilTheEndOfTheLastDay() {
      Ignores ignores =
          valid(
              """
              # What the vendor needs.
              ignore {
                address   = patroni_cluster.main
                attribute = parameters["log_statement"]
                reason    = "debugging with  the vendor, ticket 4711 "
                expires   = "2026-03-15"
              }
              """);
      Finding one = finding(Grade.DEGRADED, PARAMETER, place("patroni_cluster.main", ""));
      Finding other = finding(Grade.DEGRADED, "parameters", place("patroni_cluster.main", ""));
      assertThat(apply(ignores, one, other))
          .isEqualTo(
              new Ignores.Outcome(
                  List.of(other),
                  List.of(
                      new Ignored(one, "debugging with the vendor, ticket 4711", "2026-03-15", 2)),
                  List.of()));
      assertThat(ignores.apply(List.of(one), List.of(), true, TODAY.plusDays(1)))
          .isEqualTo(
              new Ignores.Outcome(
                  List.of(one),
                  List.of(),
                  List.of(
                      new IgnoreRemark(
                          2,
                          "patroni_cluster.main parameters[\"log_statement\"]",
                          "expired on 2026-03-15; what it is about is told again"))));
    }

    @Test
    void onlyThePlacesThatAnEntryIsAbout() {
      Ignores ignores =
          valid(
              entry("address = \"patroni_node.main[*]\"\nhost = \"psql-db-[12]\"")
                  + entry("address = patroni_node.main[\"c\"]")
                  + entry("address = patroni_node.main\nhost = \"psql-db-*\""));
      Place a = place("patroni_node.main[\"a\"]", "old-db-1");
      Place b = place("patroni_node.main[\"b\"]", "psql-db-2");
      Place c = place("patroni_node.main[\"c\"]", "psql-db-3");
      Ignores.Outcome outcome = apply(ignores, finding(Grade.DEGRADED, "file:/etc/motd", a, b, c));
      assertThat(outcome.findings()).containsExactly(finding(Grade.DEGRADED, "file:/etc/motd", a));
      assertThat(outcome.ignored())
          .containsExactly(
              new Ignored(
                  finding(Grade.DEGRADED, "file:/etc/motd", b), "ticket 4711", "2026-03-15", 12),
              new Ignored(
                  finding(Grade.DEGRADED, "file:/etc/motd", c), "ticket 4711", "2026-03-15", 7));
      assertThat(outcome.remarks())
          .containsExactly(
              new IgnoreRemark(
                  1,
                  "patroni_node.main[*] on psql-db-[12]",
                  "nothing was found for it: remove it, or look for a slip"));
    }

    @ParameterizedTest
    @CsvSource(
        quoteCharacter = '~',
        delimiter = '|',
        value = {
          "haproxy_lb.main                | haproxy_lb.main[\"a\"]               | true",
          "haproxy_lb.main                | haproxy_lb.main                      | true",
          "haproxy_lb.main[\"a\"]         | haproxy_lb.main[\"b\"]               | false",
          "haproxy_lb.main[\"a\"]         | haproxy_lb.main                      | false",
          "\"haproxy_lb.*\"               | haproxy_lb.main[\"a\"]               | true",
          "\"haproxy_lb.m*n\"             | haproxy_lb.main[\"a\"]               | true",
          "\"haproxy_lb.m*x\"             | haproxy_lb.main[\"a\"]               | false",
          "\"haproxy_lb.main[*]\"         | haproxy_lb.main[\"a.b]\"]            | true",
          "\"haproxy_lb.main[*]\"         | haproxy_lb.main                      | false",
          "\"haproxy_lb.main[*]\"         | haproxy_lb.main[0]                   | true",
          "\"haproxy_lb.main[\\\"l*\\\"]\" | haproxy_lb.main[\"lb-1\"]            | true",
          "\"haproxy_lb.main[\\\"l*\\\"]\" | haproxy_lb.main[\"xlb-1\"]           | false",
          "haproxy_lb.main                | module.a.haproxy_lb.main             | false",
          "module.a.haproxy_lb.main       | module.a[\"x\"].haproxy_lb.main[0]   | true",
          "module.a[\"y\"].haproxy_lb.main | module.a[\"x\"].haproxy_lb.main[0]   | false",
          "\"module.*.haproxy_lb.main\"   | module.a[\"x\"].haproxy_lb.main[0]   | true",
          "\"module.*.haproxy_lb.main\"   | module.a.module.b.haproxy_lb.main    | false",
          "\"haproxy_lb.ma*\"             | haproxy_lb.main and what nobody knows | false",
        })
    void byAddress(String written, String address, boolean hidden) {
      assertThat(hides("address = " + written, "", address, "")).isEqualTo(hidden);
    }

    @ParameterizedTest
    @CsvSource(
        quoteCharacter = '~',
        delimiter = '|',
        value = {
          "parameters                    | parameters[\"work_mem\"]     | true",
          "parameters[\"work_mem\"]      | parameters                   | false",
          "\"parameters[*]\"             | parameters[\"work_mem\"]     | true",
          "\"parameters[\\\"log_*\\\"]\" | parameters[\"log_lines\"]    | true",
          "\"parameters[\\\"log_*\\\"]\" | parameters[\"work_mem\"]     | false",
          "server.port                   | server.port                  | true",
          "server                        | server.port                  | true",
          "serve                         | server.port                  | false",
          "\"file:/etc/motd\"            | file:/etc/motd               | true",
          "\"file:/etc/motd\"            | file:/etc/motd.tail          | false",
          "\"file:/etc/haproxy/*\"       | file:/etc/haproxy/a.cfg      | true",
          "\"file:/etc/*\"               | file:/etc/haproxy/a.cfg      | false",
          "\"file:/etc/*/*\"             | file:/etc/haproxy/a.cfg      | true",
          "\"unit:*\"                    | file:/etc/haproxy/a.cfg      | false",
          "\"unit:*\"                    |                              | false",
        })
    void byAttribute(String written, String subject, boolean hidden) {
      String arguments = "address = host.db\nattribute = " + written;
      assertThat(hides(arguments, subject == null ? "" : subject, "host.db[\"a\"]", ""))
          .isEqualTo(hidden);
    }

    @ParameterizedTest
    @CsvSource({
      "psql-db-*, psql-db-1, true",
      "psql-db-*, psql-lb-1, false",
      "*.example.org, a.b.example.org, true",
      "psql-db-1, psql-db-10, false",
      "psql-db-1, '', false",
    })
    void byHost(String written, String host, boolean hidden) {
      assertThat(hides("address = host.db\nhost = \"" + written + "\"", "", "host.db", host))
          .isEqualTo(hidden);
    }

    @Test
    void dangerToDataOnlyWhereTheInstanceIsNamedInFull() {
      Finding finding =
          finding(Grade.DANGER, "", place("vip.main[\"a\"]", "lb-1"), place("vip.main[\"b\"]", ""));
      Ignores.Outcome outcome =
          apply(valid(entry("address = vip.main") + entry("address = vip.main[\"b\"]")), finding);
      assertThat(outcome.findings())
          .containsExactly(finding(Grade.DANGER, "", finding.places().getFirst()));
      assertThat(outcome.ignored())
          .containsExactly(
              new Ignored(
                  finding(Grade.DANGER, "", finding.places().getLast()),
                  "ticket 4711",
                  "2026-03-15",
                  6));
      assertThat(outcome.remarks())
          .containsExactly(
              new IgnoreRemark(
                  1,
                  "vip.main",
                  "does not hide danger to data on vip.main[\"a\"]: only an entry with just that"
                      + " address does"));
    }

    @Test
    void aPatternOfManyStarsTakesNoTime() {
      String stars = "a*".repeat(100);
      assertThat(
              hides(
                  "address = host.db\nhost = \"" + stars + "b\"",
                  "",
                  "host.db",
                  "a".repeat(10_000)))
          .isFalse();
    }
  }

  @Nested
  class WhatShouldBeLookedAt {
    private static final String UNUSED = "nothing was found for it: remove it, or look for a slip";

    private List<String> remarks(boolean whole, LocalDate day, Silence... silences) {
      return valid(entry("address = \"host.db[*]\"\nhost = \"psql-db-*\""))
          .apply(List.of(), List.of(silences), whole, day)
          .remarks()
          .stream()
          .map(IgnoreRemark::remark)
          .toList();
    }

    private static Silence silence(String host, String... addresses) {
      return new Silence(host, "unreachable", "It does not answer.", List.of(addresses));
    }

    @Test
    void anEntryThatNothingWasFoundFor() {
      assertThat(remarks(true, TODAY)).containsExactly(UNUSED);
      assertThat(remarks(true, TODAY, silence("psql-db-1", "host.lb[\"a\"]")))
          .containsExactly(UNUSED);
      assertThat(remarks(true, TODAY, silence("psql-lb-1", "host.db[\"a\"]")))
          .containsExactly(UNUSED);
    }

    @Test
    void butNotWhereThatCouldNotBeSeen() {
      assertThat(remarks(true, TODAY, silence("psql-db-1", "host.db[\"a\"]"))).isEmpty();
      assertThat(remarks(true, TODAY, silence("", "host.db[\"a\"]"))).isEmpty();
      assertThat(remarks(true, TODAY, silence("psql-db-1"))).isEmpty();
    }

    @Test
    void norWhereOnlyAPartWasLookedAt() {
      assertThat(remarks(false, TODAY)).isEmpty();
    }

    @Test
    void anEntryThatHasExpired() {
      LocalDate later = TODAY.plusDays(1);
      assertThat(remarks(true, later))
          .containsExactly("expired on 2026-03-15; nothing was found for it: remove it");
      assertThat(remarks(true, later, silence("psql-db-1", "host.db[\"a\"]")))
          .containsExactly("expired on 2026-03-15; remove or renew it");
    }
  }
}
