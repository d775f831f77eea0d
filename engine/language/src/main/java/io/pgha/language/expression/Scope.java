package io.pgha.language.expression;

import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import io.pgha.language.value.Unknown;
import io.pgha.language.value.Value;

/**
 * What the names of an expression mean.
 *
 * <p>A scope sees the whole reference, index keys evaluated, so that it may do no more work than
 * the reference asks for: of {@code host.db["x"].id} only that one instance.
 */
@FunctionalInterface
public interface Scope {
  /**
   * Resolves a reference, or its first steps.
   *
   * <p>Where the name means nothing here, the scope reports it and returns {@link
   * Resolution#failed}.
   *
   * @param reference the root name and every constant or evaluated step that follows; the key of an
   *     index may be unknown, null or marked
   */
  Resolution resolve(ScopeTraversal reference, Diagnostics diagnostics);

  /**
   * What a reference leads to.
   *
   * @param value the value after the consumed steps
   * @param steps how many of the reference's steps were consumed to get there; the evaluator takes
   *     the others
   */
  record Resolution(Value value, int steps) {
    /** The root's own value: no step was consumed. */
    public static Resolution root(Value value) {
      return new Resolution(value, 0);
    }

    /** An error was reported: the value of the whole reference is unknown. */
    public static Resolution failed(ScopeTraversal reference) {
      return new Resolution(Unknown.ANY, reference.steps().size());
    }
  }
}
