package io.pgha.cli;

import io.pgha.core.configuration.TestFile;
import io.pgha.core.test.TestListener;
import io.pgha.core.test.TestSuite;
import java.util.List;

/** Tells how tests go on: a person, or a program. */
sealed interface TestReport extends TestListener permits TestText, TestJson {
  /** Which tests there are. */
  void found(List<TestFile> files);

  /** All have ended. */
  void ended(TestSuite.Summary summary);
}
