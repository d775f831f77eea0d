package io.pgha.core.test;

import java.util.Locale;

/** What came of a run, or of a file of runs: the worst of its runs. */
public enum Status {
  PASS,
  SKIP,
  /** Something is not as the test says. */
  FAIL,
  /** It could not be tried. */
  ERROR;

  /** What documents call it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What people are told. */
  public String shown() {
    return this == ERROR ? FAIL.word() : word();
  }

  /** Whether all is well. */
  public boolean isGood() {
    return this == PASS || this == SKIP;
  }

  /** The worse of two. */
  Status or(Status other) {
    return compareTo(other) < 0 ? other : this;
  }
}
