package io.pgha.provider.drift;

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

  /** Whether anybody knows. */
  public boolean isKnown() {
    return at > 0;
  }
}
