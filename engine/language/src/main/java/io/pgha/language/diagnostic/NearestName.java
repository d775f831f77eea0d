package io.pgha.language.diagnostic;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the name that a user probably meant. */
public final class NearestName {
  /** In characters. Comparing takes the square of it, and nobody types a longer one. */
  private static final int LONGEST = 200;

  private NearestName() {}

  /** The known name that is nearest to a wrong one, where one is near enough to be a slip. */
  public static Optional<String> of(String wrong, Collection<String> known) {
    // Of a single letter nothing is left where it is replaced.
    return within(Math.min(Math.max(1, wrong.length() / 3), wrong.length() - 1), wrong, known);
  }

  /**
   * The same of names that are near in another sense.
   *
   * @param allowed how many characters may be inserted, deleted or replaced
   */
  public static Optional<String> within(int allowed, String wrong, Collection<String> known) {
    if (wrong.length() > LONGEST) {
      return Optional.empty();
    }
    return known.stream()
        // A difference in length alone needs as many insertions.
        .filter(name -> Math.abs(name.length() - wrong.length()) <= allowed)
        .filter(name -> distance(wrong, name) <= allowed)
        .min(Comparator.comparingInt(name -> distance(wrong, name)));
  }

  /**
   * How many characters to insert, delete or replace, or neighbours to swap: Levenshtein's distance
   * with what Damerau added.
   */
  private static int distance(String left, String right) {
    int[] beforePrevious = new int[right.length() + 1];
    int[] previous = new int[right.length() + 1];
    for (int column = 0; column <= right.length(); column++) {
      previous[column] = column;
    }
    for (int row = 1; row <= left.length(); row++) {
      int[] current = new int[right.length() + 1];
      current[0] = row;
      for (int column = 1; column <= right.length(); column++) {
        int replaced =
            previous[column - 1] + (left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1);
        int least = Math.min(replaced, Math.min(previous[column] + 1, current[column - 1] + 1));
        boolean swapped =
            row > 1
                && column > 1
                && left.charAt(row - 1) == right.charAt(column - 2)
                && left.charAt(row - 2) == right.charAt(column - 1);
        current[column] = swapped ? Math.min(least, beforePrevious[column - 2] + 1) : least;
      }
      beforePrevious = previous;
      previous = current;
    }
    return previous[right.length()];
  }
}
