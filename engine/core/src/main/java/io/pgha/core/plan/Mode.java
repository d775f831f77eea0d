package io.pgha.core.plan;

/** What a plan is for. */
public enum Mode {
  /** Take reality to what is configured. */
  NORMAL,
  /** Take away all that was made. */
  DESTROY
}
