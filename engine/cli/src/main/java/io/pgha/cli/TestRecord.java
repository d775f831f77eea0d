package io.pgha.cli;

import io.pgha.core.configuration.TestFile;
import io.pgha.core.configuration.TestFile.Run;
import io.pgha.core.test.RunResult;
import io.pgha.core.test.Status;
import io.pgha.core.test.TestListener;
import io.pgha.language.diagnostic.Diagnostic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Keeps what came of tests, for a report at the end. */
final class TestRecord {
  /** What came of a run. */
  record Ended(Run run, RunResult result) {}

  private final SequencedMap<TestFile, SequencedMap<String, Ended>> files = new LinkedHashMap<>();

  /** What came of each run, by its name, by file. */
  SequencedMap<TestFile, SequencedMap<String, Ended>> files() {
    return files;
  }

  /**
   * Has a record kept, and a report told.
   *
   * @param told who is told as it goes
   */
  record Also(TestRecord kept, TestListener told) implements TestListener {
    @Override
    public void started(TestFile file) {
      kept.files.put(file, new LinkedHashMap<>());
      told.started(file);
    }

    @Override
    public void started(TestFile file, Run run) {
      told.started(file, run);
    }

    @Override
    public void ended(TestFile file, Run run, RunResult result) {
      kept.files
          .computeIfAbsent(file, _ -> new LinkedHashMap<>())
          .put(run.name(), new Ended(run, result));
      told.ended(file, run, result);
    }

    @Override
    public void tearingDown(TestFile file) {
      told.tearingDown(file);
    }

    @Override
    public void tearingDown(TestFile file, Run last) {
      told.tearingDown(file, last);
    }

    @Override
    public void leftBehind(TestFile file, Run last, List<String> left, List<Diagnostic> why) {
      told.leftBehind(file, last, left, why);
    }

    @Override
    public void ended(TestFile file, Status status) {
      told.ended(file, status);
    }
  }
}
