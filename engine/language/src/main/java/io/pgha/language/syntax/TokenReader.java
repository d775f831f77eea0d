package io.pgha.language.syntax;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads tokens for the parser, and keeps what error recovery needs.
 *
 * <p>After an error the reader is <em>recovering</em>: further errors are not reported, since most
 * of them would only follow from the first, and whoever parses returns as soon as it can, until
 * {@link #skipItem} has found where the next argument or block starts.
 */
final class TokenReader {
  private static final int MAX_DEPTH = 256;

  private static final int UNKNOWN = -1;

  private final Tokens tokens;
  private final SourceText source;
  private final Diagnostics diagnostics;

  /** Where the lexer has reported something, in order. */
  private final int[] lexicalErrors;

  /** Where the parser was when it reported something, in order. */
  private final List<Integer> reportedAt = new ArrayList<>();

  private int item;
  private int position;

  /** The index of the next token; {@link #UNKNOWN} until it is looked for from the position. */
  private int nextIndex = UNKNOWN;

  private int last = -1;
  private boolean newlines;
  private boolean recovering;
  private int depth;
  private boolean tooDeep;
  private int openBlocks;
  private long steps;

  TokenReader(Tokens tokens, SourceText source, Diagnostics diagnostics) {
    this(tokens, source, new int[0], diagnostics);
  }

  /**
   * A reader of tokens.
   *
   * @param lexicalErrors where the lexer has reported something, in order: what the parser finds
   *     wrong with an argument or a block because of that is not reported
   */
  TokenReader(Tokens tokens, SourceText source, int[] lexicalErrors, Diagnostics diagnostics) {
    this.tokens = tokens;
    this.source = source;
    this.lexicalErrors = lexicalErrors;
    this.diagnostics = diagnostics;
  }

  /** The type of the next token. */
  TokenType peek() {
    return tokens.type(peekIndex());
  }

  /** The index of the next token. */
  int peekIndex() {
    if (nextIndex == UNKNOWN) {
      int index = position;
      while (isSkipped(tokens.type(index))) {
        index++;
        steps++;
      }
      steps++;
      nextIndex = index;
    }
    return nextIndex;
  }

  private void moveTo(int index) {
    position = index;
    nextIndex = UNKNOWN;
  }

  /** The type of the token after an index. */
  TokenType typeAfter(int index) {
    int next = index;
    do {
      if (tokens.type(next) == TokenType.END) {
        return TokenType.END;
      }
      next++;
      steps++;
    } while (isSkipped(tokens.type(next)));
    return tokens.type(next);
  }

  private boolean isSkipped(TokenType type) {
    return type == TokenType.COMMENT || (type == TokenType.NEWLINE && !newlines);
  }

  boolean at(TokenType type) {
    return peek() == type;
  }

  boolean atWord(String word) {
    int index = peekIndex();
    return tokens.type(index) == TokenType.IDENTIFIER && text(index).equals(word);
  }

  /** Moves past the next token and gives its index; the end is never passed. */
  int read() {
    last = peekIndex();
    moveTo(tokens.type(last) == TokenType.END ? last : last + 1);
    return last;
  }

  /** Moves past the next token if it is of a type; whether it was. */
  boolean skip(TokenType type) {
    if (!at(type)) {
      return false;
    }
    read();
    return true;
  }

  /** The index of the token that was read last. */
  int last() {
    return last;
  }

  /** Sets whether line feeds are tokens, and gives what was set before. */
  boolean newlines(boolean significant) {
    boolean before = newlines;
    if (before != significant) {
      newlines = significant;
      nextIndex = UNKNOWN;
    }
    return before;
  }

  TokenType typeOf(int index) {
    return tokens.type(index);
  }

  String text(int index) {
    return source.text().substring(tokens.start(index), tokens.end(index));
  }

  /** The name that an identifier stands for. */
  String name(int index) {
    return Characters.normalised(text(index));
  }

  SourceText source() {
    return source;
  }

  int start(int index) {
    return tokens.start(index);
  }

  int end(int index) {
    return tokens.end(index);
  }

  SourceRange range(int index) {
    return range(index, index);
  }

  SourceRange range(int first, int lastIndex) {
    return source.range(tokens.start(first), tokens.end(lastIndex));
  }

  /** From a token to the one that was read last. */
  SourceRange rangeFrom(int first) {
    return range(first, Math.max(first, last));
  }

  /** Where the next token is; a line feed or the end is an empty range. */
  SourceRange here() {
    int index = peekIndex();
    TokenType type = tokens.type(index);
    int start = tokens.start(index);
    return type == TokenType.NEWLINE || type == TokenType.END
        ? source.range(start, start)
        : range(index);
  }

  /** How the next token reads in a sentence. */
  String describeNext() {
    int index = peekIndex();
    return switch (tokens.type(index)) {
      case END -> "the end of the " + (tokens.end(index) == 0 ? "text" : "file");
      case NEWLINE -> "the end of the line";
      case OPEN_QUOTE, OPEN_HEREDOC -> "a string";
      case CLOSE_TEMPLATE -> "the end of the template sequence";
      default -> "\"" + text(index) + "\"";
    };
  }

  /** Begins an argument or a block with the token at an index. */
  void beginItem(int index) {
    item = index;
  }

  /** Whether the lexer has reported something between a token and the next one. */
  boolean hasLexicalErrorSince(int index) {
    int found = Arrays.binarySearch(lexicalErrors, start(index));
    int next = found >= 0 ? found : -found - 1;
    return next < lexicalErrors.length && lexicalErrors[next] <= start(peekIndex());
  }

  /**
   * Whether the lexer has reported something of this item on the line of the next token or before
   * it.
   */
  private boolean followsLexicalError() {
    int next = start(peekIndex());
    int found = Arrays.binarySearch(lexicalErrors, next);
    int before = found >= 0 ? found : -found - 2;
    return before >= 0
        && lexicalErrors[before] >= start(item)
        && source.line(next) - source.line(lexicalErrors[before]) <= 1;
  }

  /** Reports an error, unless it follows from one that was reported already. */
  void error(String code, String summary, String detail, SourceRange subject) {
    if (!recovering && peek() != TokenType.INVALID && !followsLexicalError()) {
      diagnostics.add(Diagnostic.error(code, summary, detail, subject));
      reportedAt.add(start(peekIndex()));
    }
    recovering = true;
  }

  /** Where the parser was when it reported something that it had to recover from, in order. */
  List<Integer> reportedAt() {
    return reportedAt;
  }

  /** Reports an error that does not disturb the parse. */
  void report(Diagnostic diagnostic) {
    diagnostics.add(diagnostic);
  }

  boolean recovering() {
    return recovering;
  }

  /** Ends the recovery where nothing has to be skipped. */
  void recovered() {
    recovering = false;
  }

  /** Goes one level deeper; false, with an error, where it would be too deep. */
  boolean enter() {
    depth++;
    if (depth <= MAX_DEPTH) {
      return true;
    }
    // What follows in there is as deep again: once says it all.
    recovering = recovering || tooDeep;
    tooDeep = true;
    error(
        "nested-too-deeply",
        "Nested too deeply",
        "Expressions and blocks may be nested at most "
            + MAX_DEPTH
            + " levels deep. Move a part of it into a local value.",
        here());
    return false;
  }

  void leave() {
    depth--;
  }

  void openBlock() {
    openBlocks++;
  }

  void closeBlock() {
    openBlocks--;
  }

  /** Whether a token is the first on its line. */
  boolean startsLine(int index) {
    int before = index - 1;
    while (before >= 0 && tokens.type(before) == TokenType.COMMENT) {
      before--;
      steps++;
    }
    return before < 0 || tokens.type(before) == TokenType.NEWLINE;
  }

  /** Whether an argument or a block seems to start at an index. */
  boolean startsItem(int index) {
    if (tokens.type(index) != TokenType.IDENTIFIER) {
      return false;
    }
    TokenType next = tokens.type(index + 1);
    return next == TokenType.EQUALS || next == TokenType.OPEN_BRACE || blockHeaderAt(index);
  }

  /** The line of a token, counted from 1. */
  int line(int index) {
    return source.line(tokens.start(index));
  }

  int column(int index) {
    return source.column(tokens.start(index));
  }

  /** The column of the first token on a token's line. */
  int lineColumn(int index) {
    int first = index;
    while (first > 0 && tokens.type(first - 1) != TokenType.NEWLINE) {
      first--;
      steps++;
    }
    return column(first);
  }

  /** Whether the next token is where only a closing bracket that is missing can be the reason. */
  boolean atMissingBracket() {
    int index = peekIndex();
    TokenType type = tokens.type(index);
    return type == TokenType.END || atItemStart() || (type.closes() && startsLine(index));
  }

  /**
   * Whether the next token starts a line as only an argument or a block does, which in the middle
   * of a list or call means that a closing bracket is missing.
   */
  private boolean atItemStart() {
    int index = peekIndex();
    if (tokens.type(index) != TokenType.IDENTIFIER || !startsLine(index)) {
      return false;
    }
    TokenType next = tokens.type(index + 1);
    return next == TokenType.EQUALS
        || next == TokenType.OPEN_BRACE
        || (next == TokenType.OPEN_QUOTE && blockHeaderAt(index));
  }

  /** Whether a block's header stands at an index: names and strings, and then a brace. */
  boolean blockHeaderAt(int index) {
    if (tokens.type(index) != TokenType.IDENTIFIER) {
      return false;
    }
    int i = index + 1;
    while (tokens.type(i) == TokenType.IDENTIFIER
        || tokens.type(i) == TokenType.OPEN_QUOTE
        || tokens.type(i) == TokenType.QUOTED_TEXT
        || tokens.type(i) == TokenType.CLOSE_QUOTE) {
      i++;
      steps++;
    }
    return tokens.type(i) == TokenType.OPEN_BRACE && i > index + 1;
  }

  /**
   * Ends the recovery from an error in an argument or block: moves to the line feed that ends it,
   * to the brace that ends the block around it, or to where the next one seems to start, which is a
   * line that is indented no deeper than this one.
   *
   * @param start the index of its first token
   */
  void skipItem(int start) {
    recovering = false;
    int column = lineColumn(start);
    int nesting = 0;
    boolean lineStart = false;
    boolean closing = false;
    int i = start;
    while (tokens.type(i) != TokenType.END) {
      TokenType type = tokens.type(i);
      steps++;
      if (type == TokenType.NEWLINE) {
        lineStart = true;
        if (i >= position && (nesting <= 0 || closing)) {
          int next = firstAfterLine(i);
          if (closing || endsItem(next, column)) {
            break;
          }
          i = next;
          continue;
        }
      } else if (type != TokenType.COMMENT) {
        if (lineStart && i >= position && column(i) <= column) {
          boolean own =
              type.closes()
                  && (nesting > 0 || type != TokenType.CLOSE_BRACE)
                  && column(i) == column;
          if (!own) {
            break;
          }
          closing = true;
        }
        lineStart = false;
        if (type.opens()) {
          nesting++;
        } else if (type.closes()) {
          nesting--;
          if (nesting < 0) {
            if (i >= position && type == TokenType.CLOSE_BRACE && openBlocks > 0) {
              break;
            }
            nesting = 0;
          }
        }
      }
      i++;
    }
    moveTo(i);
    last = Math.max(start, i - 1);
  }

  /** The first token after the end of a line that is neither the end of one nor a comment. */
  private int firstAfterLine(int lineEnd) {
    int next = lineEnd;
    while (tokens.type(next) == TokenType.NEWLINE || tokens.type(next) == TokenType.COMMENT) {
      next++;
      steps++;
    }
    return next;
  }

  /**
   * Whether an argument or a block that is broken ends before a token that is the first of its
   * line: not if that is indented deeper than its first line and begins nothing.
   */
  private boolean endsItem(int next, int column) {
    TokenType type = tokens.type(next);
    return type == TokenType.END
        || type == TokenType.CLOSE_BRACE
        || (column(next) <= column
            && type != TokenType.CLOSE_PARENTHESIS
            && type != TokenType.CLOSE_BRACKET)
        || startsItem(next);
  }

  /**
   * How many tokens were looked at, for the tests that show linear time; looking at the next one
   * again counts for nothing, as it takes no search.
   */
  long steps() {
    return steps;
  }
}
