package io.pgha.language.syntax;

import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.syntax.Expression.JsonString;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import io.pgha.language.syntax.Expression.TupleConstructor;
import java.util.List;
import java.util.Optional;

/**
 * Reads expressions that are not evaluated but taken as they are written: references in {@code
 * depends_on}, type constraints, keywords. In JSON such an expression is a string that holds it.
 */
public final class StaticSyntax {
  private StaticSyntax() {}

  /** The expression as it would be written in native syntax: what a JSON string holds. */
  public static Expression expression(Expression written, Diagnostics diagnostics) {
    return written instanceof JsonString string
        ? Parser.parseExpression(string.source(), diagnostics)
        : written;
  }

  /** The single reference that an expression is; an error where it is none. */
  public static Optional<ScopeTraversal> reference(Expression written, Diagnostics diagnostics) {
    Expression expression = expression(written, diagnostics);
    if (expression instanceof ScopeTraversal traversal) {
      return Optional.of(traversal);
    }
    if (!(expression instanceof Expression.Invalid)) {
      Parser.invalidTraversal(expression.range(), diagnostics);
    }
    return Optional.empty();
  }

  /** The single bare name that an expression is, such as {@code string} or {@code all}. */
  public static Optional<String> keyword(Expression written) {
    return expression(written, new Diagnostics()) instanceof ScopeTraversal traversal
            && traversal.steps().isEmpty()
        ? Optional.of(traversal.root())
        : Optional.empty();
  }

  /** The elements of the list constructor that an expression is. */
  public static Optional<List<Expression>> list(Expression written) {
    return expression(written, new Diagnostics()) instanceof TupleConstructor tuple
        ? Optional.of(tuple.elements())
        : Optional.empty();
  }
}
