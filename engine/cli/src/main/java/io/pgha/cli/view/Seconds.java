package io.pgha.cli.view;

import java.time.Duration;

/** Times as people read them: seconds with one decimal place. */
public final class Seconds {
  private static final long NANOS_A_TENTH = 100_000_000;
  private static final int TENTHS = 10;

  private Seconds() {}

  /**
   * A time that is not negative, rounded: {@code 12.3 s}. By hand, since an apply says it of each
   * instance, and {@link String#format} takes longer than many an instance.
   */
  public static String of(Duration duration) {
    long tenths = (duration.toNanos() + NANOS_A_TENTH / 2) / NANOS_A_TENTH;
    return tenths / TENTHS + "." + tenths % TENTHS + " s";
  }
}
