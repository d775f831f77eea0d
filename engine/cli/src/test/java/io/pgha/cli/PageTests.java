package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.pgha.cli.view.PlanPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages in a real browser: a person's clicks, both colour schemes, a desk and a phone. */
class PageTests {
  private static final String VISIBLE =
      "return [...document.querySelectorAll('details.change')]"
          + ".filter(e => e.offsetParent !== null).length";
  private static final String OPEN = "return document.querySelectorAll('details[open]').length";

  @TempDir private static Path shared;
  private static Path guide;
  private static Browser browser;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    Optional<String> missing = Browser.missing();
    if (missing.isPresent() && "true".equals(System.getenv("CI"))) {
      fail(missing.get());
    }
    Assumptions.assumeTrue(missing.isEmpty(), () -> "skipped: " + missing.orElse(""));
    browser = Browser.start(Files.createDirectory(shared.resolve("profile")));
    BarePlan plan = BarePlan.ofTheGuide(Documents.variables(shared));
    guide = shared.resolve("guide.html");
    Files.writeString(guide, PlanPage.of(plan.view(), plan.diagnostics(), "1.2.3"));
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
  }

  @AfterEach
  void nothingWentWrongInThePage() throws Exception {
    assertThat(browser.console()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "375, 800, light, 'rgb(246, 248, 250)'",
    "375, 800, dark, 'rgb(13, 17, 23)'",
    "1280, 900, light, 'rgb(246, 248, 250)'",
    "1280, 900, dark, 'rgb(13, 17, 23)'",
  })
  void fitsEveryWidthInBothSchemes(int width, int height, String scheme, String ground)
      throws Exception {
    browser.show(width, height, scheme);
    browser.open(guide);
    assertThat(browser.run("return getComputedStyle(document.body).backgroundColor").asText())
        .isEqualTo(ground);
    assertThat(browser.run(VISIBLE).asInt()).isEqualTo(18);
    screenshot("guide-" + width + "-" + scheme + ".png");
    browser.run("document.getElementById('open').click()");
    assertThat(browser.run(OPEN).asInt()).isEqualTo(18);
    browser.run("document.querySelectorAll('details.change')[1].scrollIntoView()");
    screenshot("guide-" + width + "-" + scheme + "-open.png");
    assertThat(browser.run("return document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(width);
    assertThat(browser.run("return performance.getEntriesByType('resource').length").asInt())
        .as("requests for anything but the page")
        .isZero();
  }

  @Test
  void searchesOpensAndCloses() throws Exception {
    browser.show(1280, 900, "light");
    browser.open(guide);
    browser.type("#search", "keepalived.conf lb-1");
    assertThat(browser.run(VISIBLE).asInt()).isEqualTo(1);
    assertThat(browser.run("return document.getElementById('found').textContent").asText())
        .isEqualTo("1 of 18 shown");
    browser.click("details.change:not([hidden]) summary");
    assertThat(browser.run(OPEN).asInt()).isEqualTo(1);
    assertThat(browser.run("return document.querySelector('details[open]').innerText").asText())
        .contains("vip.main[\"psql-lb-1\"]", "/etc/keepalived/keepalived.conf", "global_defs");
    browser.type("#search", "\uE00C");
    assertThat(browser.run(VISIBLE).asInt()).isEqualTo(18);
    browser.click("#open");
    assertThat(browser.run(OPEN).asInt()).isEqualTo(18);
    browser.click("#close");
    assertThat(browser.run(OPEN).asInt()).isZero();
  }

  @Test
  void isUsableByKeysAlone() throws Exception {
    browser.show(1280, 900, "light");
    browser.open(guide);
    browser.type("body", "/");
    assertThat(browser.run("return document.activeElement.id").asText()).isEqualTo("search");
    browser.type("details.change summary", "\uE007");
    assertThat(browser.run(OPEN).asInt()).isEqualTo(1);
    browser.type("svg.graph a[href='#r-vip.main--psql-lb-2--']", "\uE007");
    assertThat(browser.run("return document.activeElement.innerText").asText())
        .contains("vip.main[\"psql-lb-2\"]");
    assertThat(browser.run(OPEN).asInt()).isEqualTo(2);
  }

  @Test
  void showsWhatIsNoHtmlAsText() throws Exception {
    String evil = "</script><script>document.title = 1</script><img src=x onerror=alert(1)>";
    Cli cli = new Cli(folder).configure(resource("old", "x"));
    assertThat(cli.run("apply", "-auto-approve").status()).isZero();
    cli.configure(resource(evil, "y") + resource(evil, "y").replace("\"a\"", "\"b\""));
    assertThat(cli.run("plan", "-html=plan.html").status()).isZero();
    browser.show(1280, 900, "dark");
    browser.open(folder.resolve("plan.html"));
    assertThat(browser.run("return document.title").asText()).isEqualTo("Plan · pgha");
    assertThat(browser.run("return document.images.length").asInt()).isZero();
    assertThat(browser.run("return document.querySelector('main').innerText").asText())
        .contains(evil);
    screenshot("changes.png");
    browser.click("button[data-action='create']");
    assertThat(browser.run(VISIBLE).asInt()).isEqualTo(1);
    browser.click("button[data-action='create']");
    assertThat(browser.run(VISIBLE).asInt()).isEqualTo(2);
  }

  @Test
  void showsWhichLinesOfAFileChangeOnAPhoneToo() throws Exception {
    Cli cli = new Cli(folder, new MachinesInMemory());
    cli.configure(host("kept\\nold\\n"));
    Cli.Said applied = cli.run("apply", "-auto-approve");
    assertThat(applied.status()).as("%s", applied).isZero();
    cli.configure(host("kept\\nnew\\n"));
    assertThat(cli.run("plan", "-html=plan.html").status()).isZero();
    browser.show(375, 800, "light");
    browser.open(folder.resolve("plan.html"));
    browser.click("#close");
    browser.click("details.change summary");
    assertThat(browser.run("return document.querySelector('details[open]').innerText").asText())
        .contains("host.db", "/etc/motd.d/pgha", "-old", "+new")
        .doesNotContain("-kept", "+kept");
    assertThat(browser.run("return document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(375);
    browser.click("details[open] summary");
    assertThat(browser.run(OPEN).asInt()).isZero();
    browser.type("#search", "nowhere");
    assertThat(browser.run(VISIBLE).asInt()).isZero();
    browser.type("#search", "\uE00C");
    assertThat(browser.run(VISIBLE).asInt()).isEqualTo(1);
    screenshot("update-375-light.png");
  }

  private static String host(String text) {
    return """
    resource "host" "db" {
      name    = "psql-db-1"
      address = "10.0.0.1"
      files   = { "/etc/motd.d/pgha" = { content = "%s" } }
    }
    """
        .formatted(text);
  }

  @Test
  void drawsAGraphThatABrowserShows() throws Exception {
    Cli cli = new Cli(folder).configure(resource("<&\\\"", "x"));
    Files.writeString(folder.resolve("graph.svg"), cli.run("graph", "-svg", "-type=plan").out());
    browser.show(1280, 900, "light");
    browser.open(folder.resolve("graph.svg"));
    assertThat(browser.run("return document.documentElement.localName").asText()).isEqualTo("svg");
    assertThat(browser.run("return document.querySelector('parsererror')").isNull()).isTrue();
    assertThat(browser.run("return document.documentElement.textContent").asText())
        .contains("terraform_data.a");
  }

  private static String resource(String text, String more) {
    return """
    resource "terraform_data" "a" {
      input = { text = "%s", more = { list = [1, 2, "%s"] } }
    }
    """
        .formatted(text, more);
  }

  @Test
  void showsWhatWasApplied() throws Exception {
    Cli cli = new Cli(folder).configure(resource("text", "x") + "output \"o\" {\n value = 1\n}\n");
    assertThat(cli.run("apply", "-auto-approve").status()).isZero();
    assertThat(cli.run("show", "-html=state.html").status()).isZero();
    browser.show(375, 800, "light");
    browser.open(folder.resolve("state.html"));
    browser.click("details.change summary");
    assertThat(browser.run("return document.querySelector('main').innerText").asText())
        .contains("terraform_data.a", "text = \"text\"", "o = 1");
    assertThat(browser.run("return document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(375);
  }

  /** For a person to look at. */
  private static void screenshot(String name) throws IOException, InterruptedException {
    browser.screenshot(Path.of("target", "screenshots", name));
  }
}
