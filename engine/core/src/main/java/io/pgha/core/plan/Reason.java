package io.pgha.core.plan;

/**
 * Why an action.
 *
 * @param kind for programs
 * @param text for people, such as {@code it is no longer in the configuration}; empty where what
 *     differs says it
 */
public record Reason(ActionReason kind, String text) {
  /** What differs says it. */
  static final Reason NONE = new Reason(ActionReason.NONE, "");

  /** A reason that only people are told. */
  static Reason of(String text) {
    return new Reason(ActionReason.NONE, text);
  }
}
