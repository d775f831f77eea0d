package io.pgha.provider.transport;

/** How a step ended on the machine. */
public sealed interface StepOutcome {
  /** It was done. */
  record Done() implements StepOutcome {}

  /**
   * It failed.
   *
   * @param reason what went wrong, one line
   * @param output the last lines that the machine printed, secrets hidden; may be empty
   */
  record Failed(String reason, String output) implements StepOutcome {}
}
