package io.pgha.language.syntax;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.NearestName;
import io.pgha.language.diagnostic.SourceRange;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
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
                + didYouMean(name, schema.meantAttributes()),
            range));
  }

  /** A block that the schema does not know. */
  public static void unknownBlock(
      String type, SourceRange range, BodySchema schema, Diagnostics diagnostics) {
    unexpectedBlock(type, range, didYouMean(type, schema.meantBlocks()), diagnostics);
  }

  /**
   * A block that can't be where it is.
   *
   * @param advice a sentence that says what to write, with a space before it, or nothing
   */
  static void unexpectedBlock(
      String type, SourceRange range, String advice, Diagnostics diagnostics) {
    diagnostics.add(
        Diagnostic.error(
            "unexpected-block",
            "Unsupported block type",
            "Blocks of type \"" + type + "\" are not expected here." + advice,
            range));
  }

  /**
   * Adds an error for each required argument that was not found.
   *
   * @param found the arguments that were found
   * @param others the names of those that the schema does not know
   * @param meant the names of arguments that something else was probably meant as: a block of that
   *     type, or an argument that is misspelt, each of which is reported as such
   */
  public static void missing(
      BodySchema schema,
      Set<String> found,
      Set<String> others,
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
                    "The argument \""
                        + name
                        + "\" is required, but it is not set."
                        + NearestName.of(name, others)
                            .map(other -> " Is it the one written as \"" + other + "\"?")
                            .orElse(""),
                    range));
          }
        });
  }

  /** The arguments of a schema that were probably meant by names that it does not know. */
  public static Set<String> meant(Collection<String> names, BodySchema schema) {
    Set<String> known = schema.attributes().keySet();
    Set<String> meant = new HashSet<>();
    for (String name : names) {
      if (!known.contains(name) && !schema.blocks().containsKey(name)) {
        NearestName.of(name, known).ifPresent(meant::add);
      }
    }
    return meant;
  }

  /** What labels there must be, in words. */
  public static String labels(List<String> names) {
    return names.size() == 1
        ? "1 label (" + names.getFirst() + ")"
        : names.size() + " labels (" + String.join(", ", names) + ")";
  }

  /** A sentence that names what is nearest to a name, with a space before it, or nothing. */
  public static String didYouMean(String name, Collection<String> known) {
    return NearestName.of(name, known).map(near -> " Did you mean \"" + near + "\"?").orElse("");
  }
}
