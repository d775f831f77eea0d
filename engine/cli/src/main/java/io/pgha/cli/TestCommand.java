package io.pgha.cli;

import io.pgha.core.execution.Stop;
import io.pgha.core.test.Status;
import io.pgha.core.test.TestSuite;
import io.pgha.language.diagnostic.Diagnostics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code pgha test}. */
@Command(
    name = "test",
    description =
        "Run the tests of the configuration: plans and applies on a state in memory, with mocks for"
            + " all that is on machines. No machine is asked or changed.")
final class TestCommand implements Callable<Integer> {
  @ParentCommand private Main main;
  @Mixin private ViewOptions view = new ViewOptions();
  @Mixin private ProjectOptions project = new ProjectOptions();

  @Option(
      names = {"-filter", "--filter"},
      paramLabel = "FILE",
      description = "Run only the tests of this file. May be given more than once.")
  private List<Path> filters = new ArrayList<>();

  @Option(
      names = {"-test-directory", "--test-directory"},
      paramLabel = "FOLDER",
      defaultValue = "tests",
      description =
          "Where tests are, besides those beside the configuration. Default: ${DEFAULT-VALUE}.")
  private Path folder = Path.of("tests");

  @Option(
      names = {"-verbose", "--verbose"},
      description = "Show the plan of each run that plans, and the state after each that applies.")
  private boolean verbose;

  @Option(
      names = {"-json", "--json"},
      description = "Write one JSON object a line, as Terraform does: for programs.")
  private boolean json;

  @Option(
      names = {"-junit-xml", "--junit-xml"},
      paramLabel = "FILE",
      description = "Write a report in JUnit's format too, for CI.")
  private @Nullable Path junit;

  @Override
  public Integer call() throws Exception {
    return DeepStack.call(() -> {
      Console console = console();
      Diagnostics diagnostics = new Diagnostics();
      TestSuite suite =
          TestSuite.load(
              new TestSuite.Setup(
                  main.directory(),
                  project.given(main.surroundings()),
                  Providers.types(),
                  Version.current().number()),
              new TestSuite.Selection(folder, filters),
              diagnostics);
      console.show(diagnostics, suite.sources());
      return diagnostics.hasErrors() ? Operation.FAILED : run(suite, console);
    });
  }

  private Console console() {
    return json
        ? new Console(main.surroundings(), view, Optional.of(JsonLines.begun(main.surroundings())))
        : main.console(view);
  }

  private int run(TestSuite suite, Console console) throws Exception {
    TestRecord kept = new TestRecord();
    TestReport report =
        console
            .json()
            .<TestReport>map(lines -> new TestJson(lines, suite.sources(), verbose))
            .orElseGet(() -> new TestText(main, view, suite.sources(), verbose));
    report.found(suite.files());
    Stop stop = new Stop();
    TestSuite.Summary summary;
    try (Interrupts _ = Interrupts.watch(stop, console::line)) {
      summary = suite.run(new TestRecord.Also(kept, report), stop);
    }
    report.ended(summary);
    if (junit != null) {
      Files.writeString(main.directory().resolve(junit), TestJUnit.of(kept, suite.sources()));
    }
    Status status = summary.status();
    return status.isGood() && !stop.isRequested() ? Operation.OK : Operation.FAILED;
  }
}
