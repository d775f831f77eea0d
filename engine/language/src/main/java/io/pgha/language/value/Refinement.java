package io.pgha.language.value;

/**
 * What is known of a value that is otherwise unknown.
 *
 * @param notNull whether it is known not to be null
 * @param prefix what a string is known to start with; empty where nothing is known
 */
public record Refinement(boolean notNull, String prefix) {
  /** Nothing is known. */
  public static final Refinement NONE = new Refinement(false, "");

  /** Known not to be null. */
  public static final Refinement NOT_NULL = new Refinement(true, "");
}
