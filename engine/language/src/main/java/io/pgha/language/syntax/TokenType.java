package io.pgha.language.syntax;

import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/** The kinds of tokens. */
public enum TokenType {
  IDENTIFIER,
  NUMBER,
  OPEN_QUOTE,
  CLOSE_QUOTE,
  /** Literal text between quotes, with its escapes. */
  QUOTED_TEXT,
  /** The opening marker of a heredoc with its line feed. */
  OPEN_HEREDOC,
  CLOSE_HEREDOC,
  /**
   * Literal text of a heredoc or of a template of its own: at most one line, with its line feed.
   */
  TEXT,
  OPEN_INTERPOLATION,
  OPEN_DIRECTIVE,
  CLOSE_TEMPLATE,
  OPEN_BRACE,
  CLOSE_BRACE,
  OPEN_BRACKET,
  CLOSE_BRACKET,
  OPEN_PARENTHESIS,
  CLOSE_PARENTHESIS,
  COMMA,
  DOT,
  ELLIPSIS,
  COLON,
  DOUBLE_COLON,
  QUESTION,
  EQUALS,
  ARROW,
  BANG,
  OR(BinaryOperator.OR),
  AND(BinaryOperator.AND),
  EQUAL(BinaryOperator.EQUAL),
  NOT_EQUAL(BinaryOperator.NOT_EQUAL),
  GREATER(BinaryOperator.GREATER),
  GREATER_OR_EQUAL(BinaryOperator.GREATER_OR_EQUAL),
  LESS(BinaryOperator.LESS),
  LESS_OR_EQUAL(BinaryOperator.LESS_OR_EQUAL),
  PLUS(BinaryOperator.ADD),
  MINUS(BinaryOperator.SUBTRACT),
  STAR(BinaryOperator.MULTIPLY),
  SLASH(BinaryOperator.DIVIDE),
  PERCENT(BinaryOperator.MODULO),
  NEWLINE,
  COMMENT,
  /** What is no token; the lexer has reported it. */
  INVALID,
  END;

  private static final EnumSet<TokenType> OPENING =
      EnumSet.of(
          OPEN_QUOTE,
          OPEN_HEREDOC,
          OPEN_INTERPOLATION,
          OPEN_DIRECTIVE,
          OPEN_BRACE,
          OPEN_BRACKET,
          OPEN_PARENTHESIS);
  private static final EnumSet<TokenType> CLOSING =
      EnumSet.of(
          CLOSE_QUOTE,
          CLOSE_HEREDOC,
          CLOSE_TEMPLATE,
          CLOSE_BRACE,
          CLOSE_BRACKET,
          CLOSE_PARENTHESIS);

  private final @Nullable BinaryOperator operator;

  TokenType() {
    this.operator = null;
  }

  TokenType(BinaryOperator operator) {
    this.operator = operator;
  }

  /** The operator that stands between two operands, where this is one. */
  @Nullable BinaryOperator operator() {
    return operator;
  }

  /** Whether this opens something that another token closes. */
  boolean opens() {
    return OPENING.contains(this);
  }

  /** Whether this closes what another token opened. */
  boolean closes() {
    return CLOSING.contains(this);
  }
}
