package io.pgha.provider.drift;

/**
 * A kind of difference that drift can tell of.
 *
 * @param code its stable name, such as {@code etcd-no-quorum}
 * @param grade how grave it usually is
 * @param passing whether it may go away by itself while roles move: then it is told only where it
 *     stays
 * @param manual whether no plan repairs it: somebody has to look, and to decide
 * @param meaning what it means, in one sentence of Markdown
 */
public record FindingKind(
    String code, Grade grade, boolean passing, boolean manual, String meaning) {
  /** One that stays until somebody does something. */
  public static FindingKind staying(String code, Grade grade, String meaning) {
    return new FindingKind(code, grade, false, false, meaning);
  }

  /** One that may go away by itself. */
  public static FindingKind passing(String code, Grade grade, String meaning) {
    return new FindingKind(code, grade, true, false, meaning);
  }

  /** The same as one that no plan repairs. */
  public FindingKind repairedByHand() {
    return new FindingKind(code, grade, passing, true, meaning);
  }

  /**
   * A difference of this kind.
   *
   * @param host the address of the host that it is on; empty where it is on no single one
   * @param subject see {@link Difference#subject}
   */
  public Difference on(String host, String subject, String expected, String found) {
    return Difference.of(code, subject, host, grade, expected, found);
  }

  /** A difference as another one, of this kind and as grave as it. */
  public Difference like(Difference other) {
    return new Difference(
        code,
        other.subject(),
        other.host(),
        grade,
        other.expected(),
        other.found(),
        other.detail(),
        other.diff(),
        other.since());
  }

  /** Whether a difference is of this kind. */
  public boolean is(Difference difference) {
    return difference.code().equals(code);
  }
}
