package io.pgha.language.syntax;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Splits a text into tokens in one pass. What it can't read it reports itself, and then goes on so
 * that the parser sees a well-formed stream: quotes, heredocs and template sequences that were
 * opened are always closed.
 */
final class Lexer {
  /** The codes of errors about what has taken all of the text up to its end. */
  static final Set<String> TO_THE_END = Set.of("unterminated-heredoc", "unterminated-comment");

  /** The codes of errors about what only the end of the text has closed. */
  static final Set<String> LEFT_OPEN =
      Set.of("unterminated-heredoc", "unterminated-comment", "unclosed-template");

  /** Who opens what is no text at all need not be told of every character. */
  private static final int MOST_INVALID = 20;

  private final SourceText source;
  private final String text;
  private final Diagnostics diagnostics;
  private final Tokens tokens = new Tokens();
  private final List<Mode> modes = new ArrayList<>();
  private final TemplateLexer templates;
  private int at;
  private int invalidCharacters;

  private Lexer(SourceText source, Diagnostics diagnostics) {
    this.source = source;
    this.text = source.text();
    this.diagnostics = diagnostics;
    this.templates = new TemplateLexer(this);
  }

  /** What the lexer is in, from the outside in. */
  static final class Mode {
    final Kind kind;
    final int start;
    final int token;
    final String marker;
    int braces;

    Mode(Kind kind, int start, int token, String marker) {
      this.kind = kind;
      this.start = start;
      this.token = token;
      this.marker = marker;
    }
  }

  /** The kinds of modes: code, code within a template, and the three kinds of templates. */
  enum Kind {
    CODE,
    SEQUENCE,
    QUOTED,
    HEREDOC,
    BARE
  }

  /** The tokens of code. */
  static Tokens code(SourceText source, Diagnostics diagnostics) {
    return new Lexer(source, diagnostics).run(Kind.CODE);
  }

  /** The tokens of a template that is a text of its own. */
  static Tokens template(SourceText source, Diagnostics diagnostics) {
    return new Lexer(source, diagnostics).run(Kind.BARE);
  }

  private Tokens run(Kind outermost) {
    push(outermost, 0, "");
    while (true) {
      switch (mode().kind) {
        case CODE, SEQUENCE -> code();
        case QUOTED -> templates.quoted(mode());
        case HEREDOC -> templates.heredoc(mode());
        case BARE -> templates.bare();
      }
      if (at >= text.length()) {
        templates.end();
        tokens.add(TokenType.END, text.length(), text.length());
        return tokens;
      }
    }
  }

  private void code() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == ' ' || c == '\t') {
        at++;
      } else if (c == '\n') {
        add(TokenType.NEWLINE, 1);
        if (mode().kind == Kind.SEQUENCE && templates.isLeftOpen(mode(), at)) {
          return;
        }
      } else if (c == '\r' && peek(1) == '\n') {
        at++;
      } else if (c == '#' || (c == '/' && peek(1) == '/')) {
        comment();
      } else if (c == '/' && peek(1) == '*') {
        blockComment();
      } else if (Characters.startsIdentifier(text.codePointAt(at))) {
        add(TokenType.IDENTIFIER, Characters.identifierEnd(text, at) - at);
      } else if (c >= '0' && c <= '9') {
        add(TokenType.NUMBER, Characters.numberEnd(text, at) - at);
      } else if (opensOrClosesTemplate(c)) {
        return;
      } else {
        operator(c);
      }
    }
  }

  /** Handles what changes the mode; whether it did. */
  private boolean opensOrClosesTemplate(char c) {
    if (c == '"') {
      push(Kind.QUOTED, at, "");
      add(TokenType.OPEN_QUOTE, 1);
      return true;
    }
    if (c == '<' && peek(1) == '<' && templates.openHeredoc()) {
      return true;
    }
    if (mode().kind == Kind.SEQUENCE && mode().braces == 0) {
      int length = c == '}' ? 1 : c == '~' && peek(1) == '}' ? 2 : 0;
      if (length > 0) {
        add(TokenType.CLOSE_TEMPLATE, length);
        pop();
        return true;
      }
    }
    return false;
  }

  private void comment() {
    int end = text.indexOf('\n', at);
    end = end < 0 ? text.length() : end;
    if (end > at && text.charAt(end - 1) == '\r') {
      end--;
    }
    add(TokenType.COMMENT, end - at);
  }

  private void blockComment() {
    int end = text.indexOf("*/", at + 2);
    if (end < 0) {
      error(
          "unterminated-comment",
          "Unterminated comment",
          "There is no \"*/\" before the end of the file to end this comment.",
          at,
          at + 2);
      end = text.length() - 2;
    }
    add(TokenType.COMMENT, Math.max(end + 2, at + 2) - at);
  }

  private void operator(char c) {
    switch (c) {
      case '{' -> {
        mode().braces++;
        add(TokenType.OPEN_BRACE, 1);
      }
      case '}' -> {
        mode().braces--;
        add(TokenType.CLOSE_BRACE, 1);
      }
      case '[' -> add(TokenType.OPEN_BRACKET, 1);
      case ']' -> add(TokenType.CLOSE_BRACKET, 1);
      case '(' -> add(TokenType.OPEN_PARENTHESIS, 1);
      case ')' -> add(TokenType.CLOSE_PARENTHESIS, 1);
      case ',' -> add(TokenType.COMMA, 1);
      case '.' -> {
        boolean ellipsis = text.startsWith("...", at);
        add(ellipsis ? TokenType.ELLIPSIS : TokenType.DOT, ellipsis ? 3 : 1);
      }
      case '?' -> add(TokenType.QUESTION, 1);
      case '+' -> add(TokenType.PLUS, 1);
      case '-' -> add(TokenType.MINUS, 1);
      case '*' -> add(TokenType.STAR, 1);
      case '/' -> add(TokenType.SLASH, 1);
      case '%' -> add(TokenType.PERCENT, 1);
      case ':' -> oneOrTwo(':', TokenType.COLON, TokenType.DOUBLE_COLON);
      case '!' -> oneOrTwo('=', TokenType.BANG, TokenType.NOT_EQUAL);
      case '<' -> oneOrTwo('=', TokenType.LESS, TokenType.LESS_OR_EQUAL);
      case '>' -> oneOrTwo('=', TokenType.GREATER, TokenType.GREATER_OR_EQUAL);
      case '=' -> {
        if (peek(1) == '>') {
          add(TokenType.ARROW, 2);
        } else {
          oneOrTwo('=', TokenType.EQUALS, TokenType.EQUAL);
        }
      }
      case '&' -> doubled('&', TokenType.AND);
      case '|' -> doubled('|', TokenType.OR);
      default -> invalid();
    }
  }

  private void oneOrTwo(char second, TokenType one, TokenType two) {
    boolean both = peek(1) == second;
    add(both ? two : one, both ? 2 : 1);
  }

  private void doubled(char c, TokenType type) {
    if (peek(1) == c) {
      add(type, 2);
      return;
    }
    error(
        "unsupported-operator",
        "Unsupported operator",
        "Bitwise operators are not supported. Did you mean \"" + c + c + "\"?",
        at,
        at + 1);
    add(TokenType.INVALID, 1);
  }

  private void invalid() {
    int codePoint = text.codePointAt(at);
    int end = at + Character.charCount(codePoint);
    if (!source.isReportedEncodingError(text.charAt(at)) && invalidCharacters < MOST_INVALID) {
      invalidCharacters++;
      diagnostics.add(
          Diagnostic.error(
              "invalid-character",
              "Invalid character",
              Characters.whyInvalid(codePoint)
                  + (invalidCharacters == MOST_INVALID
                      ? " There are more than " + MOST_INVALID + ": the others are not told."
                      : ""),
              source.range(at, end)));
    }
    // A run of them is one mistake, and so is a string in single quotes.
    int last = codePoint == '\'' ? singleQuotedEnd(end) : end;
    while (last < text.length() && text.codePointAt(last) == codePoint) {
      last += Character.charCount(codePoint);
    }
    add(TokenType.INVALID, last - at);
  }

  private int singleQuotedEnd(int start) {
    int i = start;
    while (i < text.length() && text.charAt(i) != '\n') {
      if (text.charAt(i++) == '\'') {
        return i;
      }
    }
    return start;
  }

  // What the template lexer works with.

  SourceText source() {
    return source;
  }

  Tokens tokens() {
    return tokens;
  }

  int at() {
    return at;
  }

  void moveTo(int offset) {
    at = offset;
  }

  Mode mode() {
    return modes.getLast();
  }

  List<Mode> modes() {
    return modes;
  }

  void push(Kind kind, int start, String marker) {
    modes.add(new Mode(kind, start, tokens.size(), marker));
  }

  void pop() {
    modes.removeLast();
  }

  /** Adds a token of a length from here, and moves past it. */
  void add(TokenType type, int length) {
    tokens.add(type, at, at + length);
    at += length;
  }

  char peek(int ahead) {
    return at + ahead < text.length() ? text.charAt(at + ahead) : '\0';
  }

  void error(String code, String summary, String detail, int start, int end) {
    diagnostics.add(Diagnostic.error(code, summary, detail, source.range(start, end)));
  }
}
