package io.pgha.provider.drift;

import io.pgha.provider.probe.FileFacts;
import io.pgha.provider.probe.ProbeResult;

/**
 * When something became as it is.
 *
 * @param at seconds since 1970 by the machine's own clock; 0 where nobody knows
 * @param witness what tells, such as {@code the file's time}; empty where nobody knows
 */
public record Since(long at, String witness) {
  /** Nobody knows when. */
  public static final Since UNKNOWN = new Since(0, "");

  /** The end of the year 9999: a machine may claim anything. */
  private static final long LATEST = 253_402_300_799L;

  /** A time that no calendar has is not known. */
  public Since {
    if (at < 1 || at > LATEST) {
      at = 0;
      witness = "";
    }
  }

  /** Since a file's content was written; unknown where nobody saw the file. */
  public static Since written(ProbeResult<FileFacts> file) {
    return file.found().map(facts -> written(facts.modified())).orElse(UNKNOWN);
  }

  /**
   * Since a file's content was written.
   *
   * @param at seconds since 1970; 0 where nobody knows
   */
  public static Since written(long at) {
    return new Since(at, "the file's time");
  }

  /** Since a file or directory was last changed in anything; unknown where nobody saw it. */
  public static Since changed(ProbeResult<FileFacts> file) {
    return file.found()
        .map(facts -> new Since(facts.changed(), "the file's last change"))
        .orElse(UNKNOWN);
  }

  /** Whether anybody knows. */
  public boolean isKnown() {
    return at > 0;
  }
}
