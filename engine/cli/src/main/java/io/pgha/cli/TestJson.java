package io.pgha.cli;

import io.pgha.cli.view.PlanViews;
import io.pgha.core.configuration.TestFile;
import io.pgha.core.configuration.TestFile.Run;
import io.pgha.core.test.RunResult;
import io.pgha.core.test.Status;
import io.pgha.core.test.TestSuite;
import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.SourceFiles;
import java.util.List;

/**
 * Tells a program how tests go on, in the messages that Terraform's test has.
 *
 * @param verbose whether plans and outputs are told of
 */
record TestJson(JsonLines lines, SourceFiles sources, boolean verbose) implements TestReport {
  private static final String INFO = "info";
  private static final String ERROR = "error";

  @Override
  public void found(List<TestFile> files) {
    int runs = files.stream().mapToInt(file -> file.runs().size()).sum();
    lines.write(
        INFO,
        "Found %s and %s".formatted(count(files.size(), "file"), count(runs, "run block")),
        "test_abstract",
        json -> {
          json.writeObjectFieldStart("test_abstract");
          for (TestFile file : files) {
            json.writeArrayFieldStart(file.name());
            for (Run run : file.runs()) {
              json.writeString(run.name());
            }
            json.writeEndArray();
          }
          json.writeEndObject();
        });
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  @Override
  public void started(TestFile file) {
    file(file, "starting", "in progress", "");
  }

  @Override
  public void tearingDown(TestFile file) {
    file(file, "teardown", "tearing down", "");
  }

  @Override
  public void ended(TestFile file, Status status) {
    file(file, "complete", status.shown(), status.word());
  }

  private void file(TestFile file, String progress, String shown, String status) {
    lines.write(
        INFO,
        file.name() + "... " + shown,
        "test_file",
        json -> {
          json.writeStringField("@testfile", file.name());
          json.writeObjectFieldStart("test_file");
          json.writeStringField("path", file.name());
          json.writeStringField("progress", progress);
          if (!status.isEmpty()) {
            json.writeStringField("status", status);
          }
          json.writeEndObject();
        });
  }

  @Override
  public void started(TestFile file, Run run) {
    run(
        file,
        run,
        "in progress",
        json -> {
          json.writeStringField("progress", "starting");
          json.writeNumberField("elapsed", 0);
        });
  }

  @Override
  public void tearingDown(TestFile file, Run last) {
    run(
        file,
        last,
        "tearing down",
        json -> {
          json.writeStringField("progress", "teardown");
          json.writeNumberField("elapsed", 0);
        });
  }

  @Override
  public void ended(TestFile file, Run run, RunResult result) {
    run(
        file,
        run,
        result.status().shown(),
        json -> {
          json.writeStringField("progress", "complete");
          json.writeStringField("status", result.status().word());
          if (result.status() != Status.SKIP) {
            json.writeNumberField("elapsed", result.took().toMillis());
          }
        });
    if (verbose) {
      result.plan().ifPresent(plan -> lines.planned(PlanViews.of(plan)));
      result.state().ifPresent(state -> lines.outputs(state.outputs()));
    }
    result.found().forEach(found -> diagnostic(file, run, found));
  }

  private void run(TestFile file, Run run, String shown, JsonLines.Fields fields) {
    lines.write(
        INFO,
        "  \"" + run.name() + "\"... " + shown,
        "test_run",
        json -> {
          json.writeStringField("@testfile", file.name());
          json.writeStringField("@testrun", run.name());
          json.writeObjectFieldStart("test_run");
          json.writeStringField("path", file.name());
          json.writeStringField("run", run.name());
          fields.write(json);
          json.writeEndObject();
        });
  }

  private void diagnostic(TestFile file, Run run, Diagnostic found) {
    lines.diagnostic(
        found,
        sources,
        json -> {
          json.writeStringField("@testfile", file.name());
          json.writeStringField("@testrun", run.name());
        });
  }

  @Override
  public void leftBehind(TestFile file, Run last, List<String> left, List<Diagnostic> why) {
    why.forEach(found -> diagnostic(file, last, found));
    lines.write(
        ERROR,
        "Left after " + file.name() + ": " + String.join(", ", left),
        "test_cleanup",
        json -> {
          json.writeStringField("@testfile", file.name());
          json.writeStringField("@testrun", last.name());
          json.writeObjectFieldStart("test_cleanup");
          json.writeArrayFieldStart("failed_resources");
          for (String id : left) {
            json.writeStartObject();
            json.writeStringField("instance", id);
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  @Override
  public void ended(TestSuite.Summary summary) {
    lines.write(
        INFO,
        TestSummaries.line(summary),
        "test_summary",
        json -> {
          json.writeObjectFieldStart("test_summary");
          json.writeStringField("status", summary.status().word());
          json.writeNumberField("passed", summary.count(Status.PASS));
          json.writeNumberField("failed", summary.count(Status.FAIL));
          json.writeNumberField("errored", summary.count(Status.ERROR));
          json.writeNumberField("skipped", summary.count(Status.SKIP));
          json.writeEndObject();
        });
  }
}
