package io.pgha.provider.probe;

/**
 * When a unit was last started, stopped or reloaded, and how far the machine's clock is to be
 * trusted about that. All times are those of the machine's own clock.
 *
 * @param at seconds since 1970; 0 where it is not known
 * @param seen the time when this was asked
 * @param doubt by how many seconds the clock was set forth and back since the machine was started
 */
public record LastChange(long at, long seen, long doubt) {
  /** Nobody knows when. */
  public static final LastChange UNKNOWN = new LastChange(0, 0, 0);

  /**
   * Whether it was certainly before a file was written.
   *
   * <p>Both times are read off one clock, but not always off one that was right: it may have been
   * ahead when the file was written, or have been set just after the machine was started. So a
   * difference that the clock may have made itself counts for nothing, nor does a time to come.
   */
  public boolean isBefore(FileFacts file) {
    return at > 0 && file.modified() > at + doubt && file.modified() <= seen;
  }
}
