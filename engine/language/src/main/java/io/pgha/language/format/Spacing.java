package io.pgha.language.format;

import io.pgha.language.syntax.TokenType;
import java.util.EnumSet;

/** Which neighbouring tokens of a line have a space between them. */
final class Spacing {
  /** What a sign stands after, and not an operator that subtracts. */
  private static final EnumSet<TokenType> BEFORE_SIGN =
      EnumSet.of(
          TokenType.OPEN_PARENTHESIS,
          TokenType.OPEN_BRACE,
          TokenType.OPEN_BRACKET,
          TokenType.EQUALS,
          TokenType.COLON,
          TokenType.COMMA,
          TokenType.QUESTION,
          TokenType.PLUS,
          TokenType.MINUS,
          TokenType.STAR,
          TokenType.SLASH,
          TokenType.PERCENT,
          TokenType.EQUAL,
          TokenType.NOT_EQUAL,
          TokenType.GREATER,
          TokenType.GREATER_OR_EQUAL,
          TokenType.LESS,
          TokenType.LESS_OR_EQUAL,
          TokenType.AND,
          TokenType.OR,
          TokenType.BANG);

  private Spacing() {}

  /**
   * Whether there is a space between two tokens.
   *
   * @param before what stands before both; {@link TokenType#END} where nothing does
   * @param in whether the left one is the word {@code in}
   */
  static boolean between(TokenType before, TokenType left, TokenType right, boolean in) {
    if (right == TokenType.NEWLINE || joins(left, right)) {
      return false;
    }
    if (left == TokenType.COMMA) {
      return true;
    }
    if (isTemplate(left, right)) {
      return false;
    }
    if (in && before == TokenType.IDENTIFIER) {
      // Of a for expression: what follows is a collection, not an index.
      return true;
    }
    if (right == TokenType.OPEN_BRACKET && isIndexed(left)) {
      return false;
    }
    return switch (left) {
      case BANG -> false;
      case MINUS -> before != TokenType.END && !BEFORE_SIGN.contains(before);
      default -> betweenBrackets(left, right);
    };
  }

  /** Names and what is bound to them: calls, attributes, arguments. */
  private static boolean joins(TokenType left, TokenType right) {
    return switch (right) {
      case DOT, COMMA, ELLIPSIS -> true;
      case OPEN_PARENTHESIS, DOUBLE_COLON -> left == TokenType.IDENTIFIER || left == TokenType.DOT;
      case IDENTIFIER -> left == TokenType.DOUBLE_COLON || left == TokenType.DOT;
      default -> left == TokenType.DOT;
    };
  }

  private static boolean isTemplate(TokenType left, TokenType right) {
    return isText(left)
        || left == TokenType.OPEN_QUOTE
        || left == TokenType.OPEN_HEREDOC
        || isText(right)
        || right == TokenType.CLOSE_QUOTE
        || right == TokenType.CLOSE_HEREDOC;
  }

  private static boolean isText(TokenType type) {
    return type == TokenType.QUOTED_TEXT || type == TokenType.TEXT;
  }

  private static boolean isIndexed(TokenType left) {
    return left == TokenType.IDENTIFIER || left == TokenType.NUMBER || nesting(left) < 0;
  }

  private static boolean betweenBrackets(TokenType left, TokenType right) {
    if (left == TokenType.OPEN_BRACE || right == TokenType.CLOSE_BRACE) {
      return left != TokenType.OPEN_BRACE || right != TokenType.CLOSE_BRACE;
    }
    boolean sequenceOfObject =
        (isSequence(left) && right == TokenType.OPEN_BRACE)
            || (left == TokenType.CLOSE_BRACE && right == TokenType.CLOSE_TEMPLATE);
    if (sequenceOfObject) {
      return true;
    }
    boolean sequences = left == TokenType.CLOSE_TEMPLATE && isSequence(right);
    return !sequences && nesting(left) <= 0 && nesting(right) >= 0;
  }

  private static boolean isSequence(TokenType type) {
    return type == TokenType.OPEN_INTERPOLATION || type == TokenType.OPEN_DIRECTIVE;
  }

  /** By how much a token changes how deep what follows is nested; quotes do not count. */
  static int nesting(TokenType type) {
    return switch (type) {
      case OPEN_BRACE, OPEN_BRACKET, OPEN_PARENTHESIS, OPEN_INTERPOLATION, OPEN_DIRECTIVE -> 1;
      case CLOSE_BRACE, CLOSE_BRACKET, CLOSE_PARENTHESIS, CLOSE_TEMPLATE -> -1;
      default -> 0;
    };
  }
}
