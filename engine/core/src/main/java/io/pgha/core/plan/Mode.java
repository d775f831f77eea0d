package io.pgha.core.plan;

import java.util.Locale;

/** What a plan is for. */
public enum Mode {
  /** Take reality to what is configured. */
  NORMAL,
  /** Take away all that was made. */
  DESTROY,
  /** Take what the machines say for what was last applied, and change no machine. */
  REFRESH_ONLY;

  /** What documents call it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The mode that {@link #word} names.
   *
   * @throws IllegalArgumentException where it names none
   */
  public static Mode of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
