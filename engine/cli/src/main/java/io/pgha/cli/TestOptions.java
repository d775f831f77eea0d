package io.pgha.cli;

import io.pgha.core.test.TestSuite;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which tests a command is about. */
final class TestOptions {
  private static final Path DEFAULT = Path.of("tests");

  Path folder = DEFAULT;

  void declare(Arguments takes) {
    takes.option(
        "-test-directory",
        "FOLDER",
        Path.class,
        "tests",
        "Where tests are, besides those beside the configuration. Default: ${DEFAULT-VALUE}.",
        given -> folder = given);
  }

  /** Reports a folder that lies elsewhere, is none, or was asked for and is not there. */
  void check(Path directory, Diagnostics diagnostics) {
    Path root = directory.toAbsolutePath().normalize();
    if (folder.isAbsolute()
        || folder.toString().isEmpty()
        || !root.resolve(folder).normalize().startsWith(root)) {
      diagnostics.add(
          Diagnostic.error(
              "invalid-test-folder",
              "Not a folder of tests: \"" + folder + "\"",
              "-test-directory takes a folder inside of the configuration's, seen from there, such"
                  + " as tests or checks/slow."));
    } else {
      checkThere(directory, diagnostics);
    }
  }

  /** Reports a folder that is none, or was asked for and is not there. */
  void checkThere(Path directory, Diagnostics diagnostics) {
    Path tests = directory.resolve(folder);
    if (folder.equals(DEFAULT) || Files.isDirectory(tests)) {
      return;
    }
    diagnostics.add(
        Files.exists(tests)
            ? Diagnostic.error(
                "invalid-test-folder",
                "Not a folder: \"" + folder + "\"",
                "-test-directory takes a folder. Tests of one file are run with -filter.")
            : Diagnostic.warning(
                "no-test-folder",
                "There is no folder of tests \"" + folder + "\"",
                "Only tests beside the configuration are looked at. Look for a slip in the name that"
                    + " -test-directory has."));
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
