package io.pgha.cli;

import io.pgha.cli.view.PlanViews;
import io.pgha.core.configuration.TestFile;
import io.pgha.core.configuration.TestFile.Run;
import io.pgha.core.test.RunResult;
import io.pgha.core.test.Status;
import io.pgha.core.test.TestSuite;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFiles;
import java.util.List;

/**
 * Tells a person how tests go on.
 *
 * @param verbose whether plans and states are shown
 */
record TestText(Main main, ViewOptions view, SourceFiles sources, boolean verbose)
    implements TestReport {

  @Override
  public void found(List<TestFile> files) {
    // They are told of one by one.
  }

  @Override
  public void started(TestFile file) {
    line(file.name() + "... in progress");
  }

  @Override
  public void started(TestFile file, Run run) {
    // A run is one line, with what came of it.
  }

  @Override
  public void ended(TestFile file, Run run, RunResult result) {
    line("  run \"" + run.name() + "\"... " + painted(result.status()));
    if (verbose) {
      Paint paint = console().paint();
      if (result.state().isPresent()) {
        line("\n" + StateText.of(result.state().get(), paint).stripTrailing() + "\n");
      } else if (result.plan().isPresent()) {
        line("\n" + PlanText.of(PlanViews.of(result.plan().get()), paint).stripTrailing() + "\n");
      }
    }
    show(result.found());
  }

  @Override
  public void tearingDown(TestFile file) {
    line(file.name() + "... tearing down");
  }

  @Override
  public void tearingDown(TestFile file, Run last) {
    // The file's line says it.
  }

  @Override
  public void leftBehind(TestFile file, Run last, List<String> left, List<Diagnostic> why) {
    show(why);
    line(
        "What run \""
            + last.name()
            + "\" of "
            + file.name()
            + " used could not be destroyed. Left:");
    left.forEach(id -> line("  - " + id));
  }

  @Override
  public void ended(TestFile file, Status status) {
    line(file.name() + "... " + painted(status));
  }

  @Override
  public void ended(TestSuite.Summary summary) {
    Paint paint = console().paint();
    String text = TestSummaries.line(summary);
    line("\n" + (summary.status().isGood() ? paint.added(text) : paint.removed(text)));
  }

  private String painted(Status status) {
    Paint paint = console().paint();
    return switch (status) {
      case PASS -> paint.added(status.shown());
      case SKIP -> paint.faint(status.shown());
      case FAIL, ERROR -> paint.removed(status.shown());
    };
  }

  private void line(String text) {
    console().line(text);
  }

  private void show(List<Diagnostic> found) {
    Diagnostics all = new Diagnostics();
    all.addAll(found);
    console().show(all, sources);
  }

  /** A new one each time: what was found twice is shown twice. */
  private Console console() {
    return main.console(view);
  }
}
