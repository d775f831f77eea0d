package io.pgha.language.value;

/**
 * What is known of a value that is otherwise unknown.
 *
 * @param notNull whether it is known not to be null
 * @param prefix what a string is known to start with; empty where nothing is known
 * @param bounds between which numbers it is, or how many elements it has
 */
public record Refinement(boolean notNull, String prefix, Bounds bounds) {
  /** Nothing is known. */
  public static final Refinement NONE = new Refinement(false, "", Bounds.NONE);

  /** Known not to be null. */
  public static final Refinement NOT_NULL = new Refinement(true, "", Bounds.NONE);

  /** What is known of a string. */
  public Refinement(boolean notNull, String prefix) {
    this(notNull, prefix, Bounds.NONE);
  }

  /** A number or a collection that is not null, of which the bounds are known. */
  public static Refinement within(Bounds bounds) {
    return new Refinement(true, "", bounds);
  }

  /** Whether a known value, unmarked at the top, is one of those that this is known of. */
  boolean admits(Value value) {
    return switch (value) {
      case Null _ -> !notNull;
      case Str(String text) -> text.startsWith(prefix);
      default -> bounds.admits(Bounds.of(value));
    };
  }
}
