package io.pgha.core.test;

import io.pgha.core.configuration.TestFile;
import io.pgha.core.configuration.TestFile.Run;
import io.pgha.language.diagnostic.Diagnostic;
import java.util.List;

/** Is told how tests go on. */
public interface TestListener {
  /** A file is begun. */
  void started(TestFile file);

  /** A run is begun. */
  void started(TestFile file, Run run);

  /** A run has ended, or was skipped. */
  void ended(TestFile file, Run run, RunResult result);

  /** What was applied is destroyed from now on. */
  void tearingDown(TestFile file);

  /** What the state of a run has is destroyed. */
  void tearingDown(TestFile file, Run last);

  /**
   * Not all of what a run's state has could be destroyed.
   *
   * @param left the ids of what is left
   */
  void leftBehind(TestFile file, Run last, List<String> left, List<Diagnostic> why);

  /** A file has ended. */
  void ended(TestFile file, Status status);
}
