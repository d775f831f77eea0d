package io.pgha.cli.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.drift.DriftReport;
import io.pgha.core.drift.Finding;
import io.pgha.core.drift.Pending;
import io.pgha.core.drift.PendingAction;
import io.pgha.core.drift.RootReport.IgnoreRemark;
import io.pgha.core.drift.RootReport.Ignored;
import io.pgha.core.drift.Silence;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.provider.drift.Grade;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of a run in a real browser: clicks, both colour schemes, a desk and a phone. */
class DriftPageTests extends InBrowser {
  private static final String VISIBLE =
      "return [...document.querySelectorAll('details.change')]"
          + ".filter(e => e.offsetParent !== null).map(e => e.querySelector('.address').textContent)";
  private static final String VIP =
      "address: two holders: psql-lb-1, psql-lb-2, expected one holder";
  private static final String HBA = "pg_hba[0]: host all all 0.0.0.0/0 trust, expected as applied";
  private static final String FILE = "file:/etc/haproxy/haproxy.cfg: changed, expected as applied";
  private static final String HOLD = "hold_packages: no hold, expected as applied";

  @TempDir private Path folder;

  private void open(DriftReport report) throws Exception {
    Path file = folder.resolve("drift.html");
    Files.writeString(file, DriftPage.of(report, ZoneOffset.UTC));
    browser.open(file);
  }

  @ParameterizedTest
  @CsvSource({
    "360, 800, light, 'rgb(246, 248, 250)'",
    "360, 800, dark, 'rgb(13, 17, 23)'",
    "1280, 900, light, 'rgb(246, 248, 250)'",
    "1280, 900, dark, 'rgb(13, 17, 23)'",
  })
  void fitsEveryWidthInBothSchemes(int width, int height, String scheme, String ground)
      throws Exception {
    browser.show(width, height, scheme);
    open(Sample.bad().report());
    assertThat(text("return getComputedStyle(document.body).backgroundColor")).isEqualTo(ground);
    screenshot("drift-" + width + "-" + scheme + ".png");
    browser.run("document.getElementById('open').click()");
    browser.run("document.getElementById('cluster').scrollIntoView()");
    screenshot("drift-" + width + "-" + scheme + "-cluster.png");
    browser.run("document.querySelectorAll('details.change')[1].scrollIntoView()");
    screenshot("drift-" + width + "-" + scheme + "-findings.png");
    staysWithin(width);
  }

  @Test
  void saysFirstHowItIs() throws Exception {
    browser.show(1280, 900, "light");
    open(Sample.bad().report());
    assertThat(text("return document.title")).isEqualTo("Drift: 4 findings · pgha");
    assertThat(texts("return [...document.querySelectorAll('.counts li')].map(e => e.textContent)"))
        .containsExactly(
            "1 danger to data",
            "1 security",
            "1 degraded",
            "1 cosmetic",
            "1 not looked at",
            "1 not applied yet",
            "1 ignored");
    assertThat(text("return document.querySelector('header .muted').innerText"))
        .isEqualTo("17 instances on 5 hosts compared on 2026-11-26 03:12:00, in 0.8 s.");
    assertThat(texts(VISIBLE)).containsExactly(VIP, HBA, FILE, HOLD);
  }

  @Test
  void neverCallsCleanWhatNobodySaw() throws Exception {
    open(Sample.CLEAN.report());
    assertThat(text("return document.querySelector('h1').innerText")).isEqualTo("No drift");
    assertThat(main()).contains("Everything is as it was last applied.");
    open(
        Sample.CLEAN
            .silent(new Silence("psql-db-1", "timed-out", "It is slow.", List.of()))
            .report());
    assertThat(text("return document.querySelector('h1').innerText"))
        .isEqualTo("No drift seen, but not everything could be looked at");
    assertThat(main()).contains("Nothing has drifted as far as could be seen.");
    open(Sample.CLEAN.failing(Diagnostic.error("syntax", "Not HCL", "Mend it.")).report());
    assertThat(text("return document.querySelector('h1').innerText"))
        .isEqualTo("Drift unknown: there were errors");
    assertThat(main()).contains("Error: Not HCL", "Mend it.");
  }

  @Test
  void drawsTheClusterWithWhatWasFoundOnIt() throws Exception {
    browser.show(1280, 900, "light");
    open(Sample.bad().report());
    String label = "return [...document.querySelectorAll('.wide .%s')].map(e => e.ariaLabel)";
    assertThat(texts(label.formatted("host")))
        .containsExactly(
            "psql-lb-1: danger to data, 2 findings",
            "psql-lb-2: danger to data, 1 finding",
            "psql-db-1: as applied",
            "psql-db-2: cosmetic, 1 finding",
            "psql-db-3: unreachable",
            "On no single host: security, 1 finding");
    assertThat(texts(label.formatted("part")))
        .contains(
            "vip.main[\"psql-lb-1\"] on psql-lb-1, holder: danger to data, 1 finding",
            "haproxy_lb.main[\"psql-lb-1\"] on psql-lb-1: degraded, 1 finding",
            "patroni_node.db[\"psql-db-1\"] on psql-db-1, leader: as applied",
            "etcd_member.db[\"psql-db-2\"] on psql-db-2, leader: cosmetic, 1 finding",
            "patroni_node.db[\"psql-db-3\"] on psql-db-3, replica: unreachable",
            "patroni_cluster.main: security, 1 finding");
    assertThat(number("return document.querySelectorAll('.wide .hatched .hatch').length"))
        .as("the unreachable host with its two instances")
        .isEqualTo(3);
    assertThat(
            text(
                "return getComputedStyle(document.querySelector('.wide .host.danger > .frame')).stroke"))
        .isEqualTo("rgb(207, 34, 46)");
    // clients -> VIP holder, VIP -> HAProxy on both, both HAProxys -> three servers, Patroni ->
    // etcd
    assertThat(number("return document.querySelectorAll('.wide .arrow').length"))
        .isEqualTo(2 + 2 + 6 + 3);
    assertThat(number("return document.querySelectorAll('.wide .arrow.main').length"))
        .isEqualTo(1 + 1 + 2);
  }

  @Test
  void aClickOnAMachineOrAPartShowsItsFindings() throws Exception {
    browser.show(1280, 900, "light");
    open(Sample.bad().report());
    browser.click(".wide .host.danger > .name");
    assertThat(texts(VISIBLE)).containsExactly(VIP, FILE);
    assertThat(text("return document.getElementById('picked').innerText"))
        .contains("Only: psql-lb-1: danger to data, 2 findings");
    browser.click(".wide .part.degraded > .title");
    assertThat(texts(VISIBLE)).containsExactly(FILE);
    browser.click(".wide .part.degraded > .title");
    assertThat(texts(VISIBLE)).hasSize(4);
    browser.click(".wide .part.security > .title");
    assertThat(texts(VISIBLE)).containsExactly(HBA);
    browser.click("#unpick");
    browser.type("#search", "maxconn lb-1");
    assertThat(texts(VISIBLE)).containsExactly(FILE);
    browser.type("#search", "\uE00C");
    browser.click("button[data-action='cosmetic']");
    assertThat(texts(VISIBLE)).containsExactly(HOLD);
  }

  @Test
  void onAPhoneTheMachinesStandBelowEachOther() throws Exception {
    browser.show(360, 800, "light");
    open(Sample.bad().report());
    assertThat(number("return document.querySelector('.narrow svg').getBoundingClientRect().right"))
        .isLessThanOrEqualTo(360);
    browser.click(".narrow .host.cosmetic > .name");
    assertThat(texts(VISIBLE)).containsExactly(HOLD);
  }

  @Test
  void isUsableByKeysAlone() throws Exception {
    browser.show(1280, 900, "light");
    open(Sample.bad().report());
    browser.type(".wide .host.cosmetic", "\uE007");
    assertThat(texts(VISIBLE)).containsExactly(HOLD);
    browser.type(".wide .host.cosmetic", " ");
    assertThat(texts(VISIBLE)).hasSize(4);
    browser.type("body", "/");
    assertThat(text("return document.activeElement.id")).isEqualTo("search");
  }

  @Test
  void tellsAFindingInFullAndGivesTheCommand() throws Exception {
    browser.show(1280, 900, "light");
    open(Sample.bad().report());
    browser.click("#open");
    assertThat(text("return document.querySelectorAll('details.change')[2].innerText"))
        .contains(
            "degraded · on psql-lb-1 · since 2026-11-25 03:00",
            "haproxy_lb.main[\"psql-lb-1\"] on psql-lb-1 since 2026-11-25 03:00:00 (the file's time)"
                + " · balancing.pgha.hcl:1",
            "-    maxconn 50",
            "+    maxconn 400",
            "pgha apply -target='haproxy_lb.main[\"psql-lb-1\"]'");
    browser.run("document.execCommand = () => true");
    browser.click("details.change.degraded button.copy");
    browser.await("document.getElementById('said').textContent === 'The command was copied.'");
  }

  @Test
  void tellsWhatElseThereIs() throws Exception {
    open(Sample.bad().report());
    assertThat(main())
        .contains(
            "Warning: The clock is off",
            "psql-db-3: unreachable",
            "connection refused. Start it, or take it out.",
            "patroni_cluster.main will be changed in place · parameters[\"max_connections\"] ·"
                + " database.pgha.hcl:22",
            "tried out by the DBA team (until 2027-01-31; .pghaignore:4)",
            ".pghaignore:7 pg_role.old * * # until 2026-01-01",
            "expired on 2026-01-01");
  }

  @Test
  void holdsManyRootsOpenWhereThereIsSomethingToTell() throws Exception {
    browser.show(1280, 900, "light");
    Finding same = Sample.bad().findings().getFirst();
    open(
        Sample.report(
            Sample.NIGHT,
            Sample.bad().in("prod"),
            Sample.CLEAN.in("test"),
            Sample.CLEAN.with(same).in("stage")));
    assertThat(
            texts(
                "return [...document.querySelectorAll('details.root[open]')].map(e => e.innerText.split('\\n')[0])"))
        .containsExactly("prod 4 findings", "stage 1 finding");
    browser.click("#root-2 .wide .host.danger > .name");
    assertThat(
            texts(
                "return [...document.querySelectorAll('details.change:not([hidden]) .verdict')].map(e => e.textContent)"))
        .containsExactly(
            "danger to data · on psql-lb-1, psql-lb-2 · since 2026-11-26 03:10 · in stage");
  }

  @Test
  void showsWhatIsNoHtmlAsText() throws Exception {
    String evil = "</script><script>document.title=1</script><img src=x onerror=alert(1)>\"'{{x}}";
    Finding finding =
        DriftSamples.finding(
            evil,
            evil,
            Grade.DANGER,
            evil,
            evil,
            evil,
            List.of("+" + evil),
            List.of(Sample.place(evil, evil, evil, 1, 1)),
            evil);
    open(
        Sample.CLEAN
            .in(evil)
            .with(finding)
            .ignoring(new Ignored(finding, evil, evil, 1))
            .remarking(new IgnoreRemark(1, evil, evil))
            .pending(new Pending(evil, PendingAction.CREATE, List.of(evil), Optional.empty()))
            .silent(new Silence(evil, evil, evil, List.of(evil)))
            .failing(Diagnostic.warning(evil, evil, evil).about(evil).on(evil))
            .report());
    assertThat(text("return document.title")).isEqualTo("Drift: 1 finding · pgha");
    assertThat(number("return document.images.length + document.scripts.length")).isEqualTo(1);
    assertThat(main()).contains(evil);
    assertThat(text("return document.querySelector('.command').textContent")).isEqualTo(evil);
    browser.click(".wide .host.danger > .name");
    assertThat(texts(VISIBLE)).hasSize(1);
  }

  @Test
  void drawsOfVeryManyMachinesThoseWithSomethingToTell() {
    List<io.pgha.core.drift.Checked> checked =
        java.util.stream.IntStream.range(0, 500)
            .mapToObj(i ->
                new io.pgha.core.drift.Checked(
                    "etcd_member.m[" + i + "]", "etcd_member", List.of("h" + i), List.of()))
            .toList();
    Finding finding =
        Sample.finding(
            Grade.DEGRADED, "health", "unhealthy", Sample.place("etcd_member.m[499]", "h499"));
    DriftReport report =
        new DriftReport(
            Sample.NIGHT,
            java.time.Duration.ofSeconds(9),
            "1",
            List.of(
                new io.pgha.core.drift.RootReport(
                    ".",
                    "",
                    0,
                    checked,
                    List.of(finding),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of())));
    assertThat(DriftPage.of(report, ZoneOffset.UTC))
        .contains("380 more machines are too many to draw.", "h499: degraded, 1 finding")
        .doesNotContain("h498: as applied");
  }
}
