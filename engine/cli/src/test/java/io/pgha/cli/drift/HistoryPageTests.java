package io.pgha.cli.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.core.drift.DriftReport;
import io.pgha.core.drift.Finding;
import io.pgha.core.drift.Silence;
import io.pgha.provider.drift.Grade;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The calendar in a real browser. */
class HistoryPageTests extends InBrowser {
  private static final String VISIBLE =
      "return [...document.querySelectorAll('details.change')]"
          + ".filter(e => e.offsetParent !== null).map(e => e.querySelector('.verdict').textContent)";

  @TempDir private Path folder;

  /** Forty nights: a finding that comes and goes, a grave one, a blind night, a missing one. */
  private static List<DriftReport> nights() {
    Finding hold =
        Sample.finding(
            Grade.COSMETIC,
            "hold_packages",
            "no hold",
            Sample.place("etcd_member.db[\"psql-db-2\"]", "psql-db-2"));
    Finding vip = Sample.bad().findings().getFirst();
    List<DriftReport> reports = new ArrayList<>();
    for (int ago = 40; ago >= 0; ago--) {
      Sample night = Sample.CLEAN;
      if (ago > 30 || (ago < 20 && ago > 5)) {
        night = night.with(hold);
      }
      if (ago == 7) {
        night = night.with(hold, vip);
      }
      if (ago == 9) {
        night =
            Sample.CLEAN.silent(new Silence("psql-db-2", "unreachable", "Start it.", List.of()));
      }
      if (ago != 12) {
        reports.add(night.report(Sample.NIGHT.minus(Duration.ofDays(ago))));
      }
    }
    return reports;
  }

  private void open(List<DriftReport> reports) throws Exception {
    Path file = folder.resolve("history.html");
    History history = HistoryTests.history(366, reports, ZoneId.of("Europe/Berlin"));
    Files.writeString(file, HistoryPage.of(history, "1.2.3"));
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
    open(nights());
    assertThat(text("return getComputedStyle(document.body).backgroundColor")).isEqualTo(ground);
    screenshot("history-" + width + "-" + scheme + ".png");
    browser.run("document.getElementById('open').click()");
    browser.run("document.getElementById('changes').scrollIntoView()");
    screenshot("history-" + width + "-" + scheme + "-findings.png");
    staysWithin(width);
  }

  private static String day(String day) throws Exception {
    return text(
        "return [...document.querySelectorAll('.day')].map(e => e.title)"
            + ".find(each => each.includes('"
            + day
            + "'))");
  }

  @Test
  void coloursEachDayByItsGravestFinding() throws Exception {
    browser.show(1280, 900, "light");
    open(nights());
    assertThat(texts("return [...document.querySelectorAll('caption')].map(e => e.innerText)"))
        .containsExactly("November 2026", "October 2026");
    assertThat(day("26 November")).isEqualTo("Thursday, 26 November 2026: as applied");
    assertThat(day("20 November")).isEqualTo("Friday, 20 November 2026: cosmetic");
    assertThat(day("19 November")).isEqualTo("Thursday, 19 November 2026: danger to data");
    assertThat(day("17 November"))
        .isEqualTo("Tuesday, 17 November 2026: nothing seen; not everything could be looked at");
    assertThat(day("14 November")).isEqualTo("Saturday, 14 November 2026: no run");
    assertThat(text("return document.querySelector('button.danger').textContent")).isEqualTo("19");
    assertThat(text("return document.querySelector('button.hatched').textContent")).isEqualTo("17");
    assertThat(text("return document.querySelector('.day.gap').textContent")).isEqualTo("14");
    assertThat(number("return document.querySelectorAll('button.day').length")).isEqualTo(40);
    assertThat(text("return document.querySelector('header').innerText"))
        .contains("40 runs on 40 days, 2026-10-17 to 2026-11-26. Days are those of Europe/Berlin.");
  }

  @Test
  void aClickOnADayShowsItsFindings() throws Exception {
    browser.show(1280, 900, "light");
    open(nights());
    assertThat(texts(VISIBLE))
        .containsExactly(
            "danger to data · gone since 2026-11-20 · 1 night",
            "cosmetic · gone since 2026-11-21 · 22 nights · came 2 times");
    browser.click("button[data-pick='d2026-11-19']");
    assertThat(texts(VISIBLE)).hasSize(2);
    assertThat(text("return document.querySelector('.told:not([hidden])').innerText"))
        .contains("Thursday, 19 November 2026", "2026-11-19 04:12:00: 2 findings");
    browser.click("button[data-pick='d2026-11-20']");
    assertThat(texts(VISIBLE))
        .containsExactly("cosmetic · gone since 2026-11-21 · 22 nights · came 2 times");
    browser.click("button.hatched");
    assertThat(texts(VISIBLE)).isEmpty();
    assertThat(text("return document.querySelector('.told:not([hidden])').innerText"))
        .contains("psql-db-2: unreachable");
    browser.click("#unpick");
    assertThat(texts(VISIBLE)).hasSize(2);
    assertThat(number("return document.querySelectorAll('.told:not([hidden])').length")).isZero();
  }

  @Test
  void barsShowWhenAFindingWasThere() throws Exception {
    browser.show(1280, 900, "light");
    open(nights());
    String bars =
        "return [...document.querySelectorAll('.cosmetic .bar rect')]"
            + ".map(e => e.getAttribute('class') + ' ' + e.getAttribute('x') + ' ' + e.getAttribute('width'))";
    assertThat(texts(bars))
        .containsExactly("there 0.0 10.0", "there 21.0 14.0", "unknown 31.0 1.0");
    assertThat(text("return document.querySelector('.cosmetic .bar').ariaLabel"))
        .isEqualTo(
            "2026-10-17 to 2026-10-26, gone on 2026-10-27;"
                + " 2026-11-07 to 2026-11-20, gone on 2026-11-21");
  }

  @Test
  void daysAreReachedByTheArrowKeys() throws Exception {
    browser.show(1280, 900, "light");
    open(nights());
    assertThat(number("return document.querySelectorAll('button.day[tabindex=\"0\"]').length"))
        .isEqualTo(1);
    browser.type("button.day[tabindex='0']", "\uE013");
    assertThat(text("return document.activeElement.dataset.pick")).isEqualTo("d2026-11-19");
    browser.type("button.day[tabindex='0']", "\uE012");
    assertThat(text("return document.activeElement.dataset.pick")).isEqualTo("d2026-11-18");
    browser.type("button.day[tabindex='0']", "\uE007");
    assertThat(texts(VISIBLE)).hasSize(1);
    browser.type("button.day[tabindex='0']", "\uE011");
    assertThat(text("return document.activeElement.dataset.pick")).isEqualTo("d2026-10-17");
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
            List.of(),
            List.of(Sample.place(evil, evil)),
            evil);
    Sample night =
        Sample.CLEAN.in(evil).with(finding).silent(new Silence(evil, evil, "", List.of()));
    History history =
        History.of(
            List.of(HistoryRun.of(Sample.report(Sample.NIGHT, night, Sample.CLEAN))),
            List.of(new HistoryFolder.Skipped(evil, evil)),
            9,
            Sample.NIGHT,
            new Times(ZoneId.of("UTC")));
    Path file = folder.resolve("history.html");
    Files.writeString(file, HistoryPage.of(history, evil));
    browser.open(file);
    browser.click("#open");
    browser.click("button.day");
    assertThat(text("return document.title")).isEqualTo("History of drift · pgha");
    assertThat(number("return document.images.length + document.scripts.length")).isEqualTo(1);
    assertThat(main()).contains(evil);
  }

  @Test
  void ofNothingSaysSo() throws Exception {
    open(List.of());
    assertThat(text("return document.querySelector('header').innerText"))
        .contains("No run was kept in these days.");
    assertThat(main()).contains("Nothing has drifted in these days, as far as was seen.");
  }
}
