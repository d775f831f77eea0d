package io.pgha.cli;

import io.pgha.core.execution.Stop;
import io.pgha.core.test.Status;
import io.pgha.core.test.TestSuite;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** {@code pgha test}. */
final class TestCommand implements Subcommand, Callable<Integer> {
  private final Main main;
  private final ViewOptions view = new ViewOptions();
  private final ProjectOptions project = new ProjectOptions();
  private List<Path> filters = new ArrayList<>();
  private final TestOptions tests = new TestOptions();
  private boolean verbose;
  private boolean json;
  private @Nullable Path junit;

  TestCommand(Main main) {
    this.main = main;
  }

  @Override
  public void declare(Arguments takes) {
    takes.description(
        "Run the tests of the configuration: plans and applies on a state in memory, with mocks for"
            + " all that is on machines. No machine is asked or changed.");
    view.declare(takes);
    project.declare(takes);
    takes.options(
        "-filter",
        "FILE",
        Path.class,
        "Run only the tests of this file. May be given more than once.",
        given -> filters = given);
    tests.declare(takes);
    takes.flag(
        "-verbose",
        "Show the plan of each run that plans, and the state after each that applies.",
        given -> verbose = given);
    takes.flag(
        "-json",
        "Write one JSON object a line, as Terraform does: for programs.",
        given -> json = given);
    takes.option(
        "-junit-xml",
        "FILE",
        Path.class,
        "Write a report in JUnit's format too, for CI.",
        given -> junit = given);
  }

  @Override
  public Integer call() throws Exception {
    return DeepStack.call(() -> {
      Console console = console();
      Diagnostics diagnostics = new Diagnostics();
      tests.check(main.directory(), diagnostics);
      if (diagnostics.hasErrors()) {
        console.show(diagnostics, new SourceFiles());
        return Operation.FAILED;
      }
      TestSuite suite =
          TestSuite.load(
              TestOptions.setup(main, project),
              new TestSuite.Selection(tests.folder, filters),
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
