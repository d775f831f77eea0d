package io.pgha.cli.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.pgha.cli.Browser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Tests that show pages in a real browser. */
abstract class InBrowser {
  @TempDir private static Path profile;
  protected static Browser browser;

  @BeforeAll
  static void start() throws Exception {
    Optional<String> missing = Browser.missing();
    if (missing.isPresent() && "true".equals(System.getenv("CI"))) {
      fail(missing.get());
    }
    Assumptions.assumeTrue(missing.isEmpty(), () -> "skipped: " + missing.orElse(""));
    browser = Browser.start(Files.createDirectory(profile.resolve("profile")));
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

  static String text(String script) throws Exception {
    return browser.run(script).asText();
  }

  static int number(String script) throws Exception {
    return browser.run(script).asInt();
  }

  static List<String> texts(String script) throws Exception {
    List<String> texts = new ArrayList<>();
    browser.run(script).forEach(each -> texts.add(each.asText()));
    return texts;
  }

  /** What a person reads in the page below its heading. */
  static String main() throws Exception {
    return text("return document.querySelector('main').innerText");
  }

  /** Nothing is wider than the window, and nothing was loaded. */
  static void staysWithin(int width) throws Exception {
    assertThat(number("return document.documentElement.scrollWidth")).isLessThanOrEqualTo(width);
    assertThat(number("return performance.getEntriesByType('resource').length"))
        .as("requests for anything but the page")
        .isZero();
  }

  /** For a person to look at. */
  static void screenshot(String name) throws Exception {
    browser.screenshot(Path.of("target", "screenshots", name));
  }
}
