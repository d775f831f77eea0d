package io.pgha.provider.step;

/** Whether a condition holds. */
public sealed interface Verdict {
  /** It holds. */
  record Holds() implements Verdict {}

  /** It does not hold yet, and may. */
  record NotYet(String reason) implements Verdict {}

  /** It does not hold and never will without a change: waiting ends. */
  record Never(String reason) implements Verdict {}

  /** It holds. */
  static Verdict holds() {
    return new Holds();
  }

  /** It holds where the truth is true; else not yet, for a reason. */
  static Verdict when(boolean truth, String otherwise) {
    return truth ? new Holds() : new NotYet(otherwise);
  }
}
