package io.pgha.language.syntax;

/** The operators that stand between two operands. */
public enum BinaryOperator {
  /** Logical or. */
  OR("||", 1),
  /** Logical and. */
  AND("&&", 2),
  /** Equality. */
  EQUAL("==", 3),
  /** Inequality. */
  NOT_EQUAL("!=", 3),
  /** Greater than. */
  GREATER(">", 4),
  /** Greater than or equal. */
  GREATER_OR_EQUAL(">=", 4),
  /** Less than. */
  LESS("<", 4),
  /** Less than or equal. */
  LESS_OR_EQUAL("<=", 4),
  /** Addition. */
  ADD("+", 5),
  /** Subtraction. */
  SUBTRACT("-", 5),
  /** Multiplication. */
  MULTIPLY("*", 6),
  /** Division. */
  DIVIDE("/", 6),
  /** Remainder. */
  MODULO("%", 6);

  private final String symbol;
  private final int precedence;

  BinaryOperator(String symbol, int precedence) {
    this.symbol = symbol;
    this.precedence = precedence;
  }

  /** The operator as it is written. */
  public String symbol() {
    return symbol;
  }

  /** How tightly it binds; a higher number binds tighter. */
  public int precedence() {
    return precedence;
  }
}
