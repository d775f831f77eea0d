package io.pgha.provider.drift;

import java.util.List;
import java.util.Locale;

/**
 * Something about one instance that is not as it was last applied, or that ails it.
 *
 * @param code what kind of difference it is, a stable name such as {@code file-content}
 * @param subject what differs: an attribute's path such as {@code parameters["work_mem"]}, an
 *     artifact's key such as {@code file:/etc/haproxy/haproxy.cfg}, or empty for the instance as a
 *     whole
 * @param host the address of the host that it is on; empty where it is on no single one
 * @param grade how grave it is
 * @param expected how it was last applied, in one line; empty where that can't be said
 * @param found how it is, in one line; never a secret
 * @param detail why it is told, or what to do, in whole sentences; may be empty
 * @param diff the lines of a unified diff that leads from what was found back to what is expected,
 *     secrets hidden; empty for what has no text
 * @param since when it became so, if known
 */
public record Difference(
    String code,
    String subject,
    String host,
    Grade grade,
    String expected,
    String found,
    String detail,
    List<String> diff,
    Since since) {
  public Difference {
    diff = List.copyOf(diff);
  }

  /** A difference without text lines, of unknown age. */
  public static Difference of(
      String code, String subject, String host, Grade grade, String expected, String found) {
    return new Difference(
        code, subject, host, grade, expected, found, "", List.of(), Since.UNKNOWN);
  }

  /** The same with another grade. */
  public Difference graded(Grade another) {
    return new Difference(code, subject, host, another, expected, found, detail, diff, since);
  }

  /** The same with sentences that say why it matters or what to do. */
  public Difference because(String sentences) {
    return new Difference(code, subject, host, grade, expected, found, sentences, diff, since);
  }

  /**
   * The same with the reason of a change as its sentence.
   *
   * @param reason as changes have it, without a capital and a full stop; may be empty
   */
  public Difference forReason(String reason) {
    return because(
        reason.isEmpty()
            ? ""
            : reason.substring(0, 1).toUpperCase(Locale.ROOT)
                + reason.substring(1)
                + (reason.endsWith(".") ? "" : "."));
  }

  /** The same with the time since when it is so. */
  public Difference since(Since time) {
    return new Difference(code, subject, host, grade, expected, found, detail, diff, time);
  }
}
