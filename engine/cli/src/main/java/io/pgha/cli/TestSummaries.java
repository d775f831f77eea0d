package io.pgha.cli;

import io.pgha.core.test.Status;
import io.pgha.core.test.TestSuite;

/** Says what all tests came to. */
final class TestSummaries {
  private TestSummaries() {}

  /** One line: {@code Failure! 2 passed, 1 failed, 3 skipped.} */
  static String line(TestSuite.Summary summary) {
    int failed = summary.count(Status.FAIL) + summary.count(Status.ERROR);
    int skipped = summary.count(Status.SKIP);
    return (summary.status().isGood() ? "Success! " : "Failure! ")
        + summary.count(Status.PASS)
        + " passed, "
        + failed
        + " failed"
        + (skipped == 0 ? "." : ", " + skipped + " skipped.");
  }
}
