package io.pgha.cli;

import io.pgha.core.test.TestSuite;
import java.nio.file.Path;

/** Which tests a command is about. */
final class TestOptions {
  Path folder = Path.of("tests");

  void declare(Arguments takes) {
    takes.option(
        "-test-directory",
        "FOLDER",
        Path.class,
        "tests",
        "Where tests are, besides those beside the configuration. Default: ${DEFAULT-VALUE}.",
        given -> folder = given);
  }

  /** What tests are tests of. */
  static TestSuite.Setup setup(Main main, ProjectOptions project) {
    return new TestSuite.Setup(
        main.directory(),
        project.given(main.surroundings()),
        Providers.types(),
        Version.current().number());
  }
}
