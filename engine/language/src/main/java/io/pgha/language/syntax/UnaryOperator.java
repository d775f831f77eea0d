package io.pgha.language.syntax;

/** The operators that stand before their operand. */
public enum UnaryOperator {
  /** Arithmetic negation. */
  NEGATE("-"),
  /** Logical negation. */
  NOT("!");

  private final String symbol;

  UnaryOperator(String symbol) {
    this.symbol = symbol;
  }

  /** The operator as it is written. */
  public String symbol() {
    return symbol;
  }
}
