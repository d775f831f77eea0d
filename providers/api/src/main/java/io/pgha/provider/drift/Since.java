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

  /** Whether anybody knows. */
  public boolean isKnown() {
    return at > 0;
  }
}
