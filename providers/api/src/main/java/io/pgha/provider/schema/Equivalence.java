package io.pgha.provider.schema;

import io.pgha.language.value.AttributePath;
import io.pgha.language.value.Value;

/** Knows when two values of an attribute mean the same, such as 128MB and 131072kB. */
@FunctionalInterface
public interface Equivalence {
  /** Values mean the same only when they are equal. */
  Equivalence EQUAL = (path, left, right) -> left.equals(right);

  /**
   * Whether two values mean the same.
   *
   * @param path the path within the attribute, empty for the attribute's own value
   * @param left one value, known and unmarked
   * @param right the other, known and unmarked
   */
  boolean same(AttributePath path, Value left, Value right);
}
