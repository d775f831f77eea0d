package io.pgha.language.syntax;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceRange;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The errors about a body that doesn't fit its schema, the same for native syntax and JSON. */
public final class SchemaErrors {
  private SchemaErrors() {}

  /** An argument that the schema does not know. */
  public static void unknownArgument(
      String name, SourceRange range, BodySchema schema, Diagnostics diagnostics) {
    diagnostics.add(
        Diagnostic.error(
            "unexpected-argument",
            "Unsupported argument",
            "An argument named \""
                + name
                + "\" is not expected here."
                + didYouMean(name, schema.attributes().keySet()),
            range));
  }

  /** A block that the schema does not know. */
  public static void unknownBlock(
      String type, SourceRange range, BodySchema schema, Diagnostics diagnostics) {
    diagnostics.add(
        Diagnostic.error(
            "unexpected-block",
            "Unsupported block type",
            "Blocks of type \""
                + type
                + "\" are not expected here."
                + didYouMean(type, schema.blocks().keySet()),
            range));
  }

  /**
   * Adds an error for each required argument that was not found.
   *
   * @param found the arguments that were found
   * @param meant the names of arguments that something else was probably meant as: a block of that
   *     type, or an argument that is misspelt, each of which is reported as such
   */
  public static void missing(
      BodySchema schema,
      Set<String> found,
      Set<String> meant,
      SourceRange range,
      Diagnostics diagnostics) {
    schema
        .attributes()
        .forEach((name, required) -> {
          if (required && !found.contains(name) && !meant.contains(name)) {
            diagnostics.add(
                Diagnostic.error(
                    "missing-argument",
                    "Missing required argument",
                    "The argument \"" + name + "\" is required, but it is not set.",
                    range));
          }
        });
  }

  /** What labels there must be, in words. */
  public static String labels(List<String> names) {
    return names.size() == 1
        ? "1 label (" + names.getFirst() + ")"
        : names.size() + " labels (" + String.join(", ", names) + ")";
  }

  /** A sentence that names what is nearest to a name, with a space before it, or nothing. */
  public static String didYouMean(String name, Collection<String> known) {
    return nearest(name, known).map(near -> " Did you mean \"" + near + "\"?").orElse("");
  }

  /** The name that one probably meant: the nearest one, if it is near enough. */
  public static Optional<String> nearest(String name, Collection<String> known) {
    int limit = Math.max(1, Math.min(3, name.length() / 3));
    Optional<String> best = Optional.empty();
    for (String candidate : known) {
      int distance = distance(name, candidate, limit);
      if (distance <= limit) {
        best = Optional.of(candidate);
        limit = distance - 1;
      }
    }
    return best;
  }

  /** The edit distance, with swapped neighbours counting as one; above the limit it is inexact. */
  private static int distance(String a, String b, int limit) {
    if (Math.abs(a.length() - b.length()) > limit) {
      return limit + 1;
    }
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      d[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      d[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
