package io.pgha.ssh.connection;

/**
 * How a dead connection is noticed.
 *
 * @param intervalSeconds how often a sign of life is asked for
 * @param unanswered after how many without an answer the connection counts as lost
 */
public record KeepAlive(int intervalSeconds, int unanswered) {
  /** Lost after some 45 s of silence. */
  public static final KeepAlive STANDARD = new KeepAlive(15, 3);
}
