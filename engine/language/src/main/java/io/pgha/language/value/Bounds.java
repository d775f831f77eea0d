package io.pgha.language.value;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Between which numbers something is: a number its value, a collection the number of its elements.
 *
 * @param least it is no less than this; null where nothing is known
 * @param most it is no more than this; null where nothing is known
 */
public record Bounds(@Nullable Num least, @Nullable Num most) {
  /** Nothing is known. */
  public static final Bounds NONE = new Bounds(null, null);

  /** Exactly that. */
  public static Bounds exactly(Num number) {
    return new Bounds(number, number);
  }

  /** What is known of a number, or of how many elements a collection has; of all else nothing. */
  public static Bounds of(Value value) {
    return switch (value) {
      case Num number -> exactly(number);
      case ListValue(_, List<Value> elements) -> exactly(Num.of(elements.size()));
      case MapValue map -> exactly(Num.of(map.elements().size()));
      case SetValue(_, List<Value> elements) -> ofSet(elements);
      case Unknown(_, Refinement refinement) -> refinement.bounds();
      case Marked(Value inner, _) -> of(inner);
      case TupleValue _, ObjectValue _, Str _, Bool _, Null _ -> NONE;
    };
  }

  /** Elements that are not known yet may turn out to be equal to others. */
  private static Bounds ofSet(List<Value> elements) {
    long known = elements.stream().filter(Unknowns::isWhollyKnown).count();
    long least = elements.isEmpty() ? 0 : Math.max(1, known);
    return new Bounds(Num.of(least), Num.of(elements.size()));
  }

  /** What is known of something that is one of two. */
  public Bounds or(Bounds other) {
    return new Bounds(
        least == null || other.least == null
            ? null
            : least.compareTo(other.least) <= 0 ? least : other.least,
        most == null || other.most == null
            ? null
            : most.compareTo(other.most) >= 0 ? most : other.most);
  }

  /** What is known of how many are left where equal elements count once. */
  Bounds distinct() {
    Num one = Num.of(1);
    return new Bounds(least != null && least.compareTo(one) > 0 ? one : least, most);
  }

  /** The number that it is, where it can be no other. */
  public @Nullable Num exact() {
    return least != null && least.equals(most) ? least : null;
  }

  /** Whether something between these may turn out to be between those. */
  boolean admits(Bounds those) {
    return !isBelow(those) && !those.isBelow(this);
  }

  /** Whether it is less than another for certain. */
  public boolean isBelow(Bounds other) {
    return most != null && other.least != null && most.compareTo(other.least) < 0;
  }

  /** Whether it is no more than another for certain. */
  public boolean isAtMost(Bounds other) {
    return most != null && other.least != null && most.compareTo(other.least) <= 0;
  }
}
