package io.pgha.language.syntax;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.syntax.Block.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parses bodies: arguments and blocks. Each of them that is broken makes one error. */
final class BodyParser {
  private static final int NO_BLOCK = -1;

  private final TokenReader in;
  private final ExpressionParser expressions;

  private final Braces braces;

  /** The line up to which something was skipped that begins neither an argument nor a block. */
  private int unexpectedTo = -1;

  BodyParser(TokenReader in, Braces braces) {
    this.in = in;
    this.expressions = new ExpressionParser(in);
    this.braces = braces;
    in.newlines(true);
  }

  /** Parses a whole file. */
  NativeBody file() {
    BodyItems items = new BodyItems();
    items(items, NO_BLOCK);
    int end = in.end(in.peekIndex());
    return items.body(in.source().range(0, end), in.source().range(end, end));
  }

  /**
   * Reads items up to the end of the text or, within a block, up to where it ends, which is not
   * read.
   *
   * @param column where the line of the block's header begins, or {@link #NO_BLOCK}
   */
  private void items(BodyItems items, int column) {
    while (true) {
      if (column != NO_BLOCK && braces.endBefore(column)) {
        return;
      }
      switch (in.peek()) {
        case NEWLINE -> in.read();
        case END -> {
          return;
        }
        case CLOSE_BRACE -> {
          if (column != NO_BLOCK) {
            return;
          }
          braces.unexpected(in.read(), items);
          in.skip(TokenType.NEWLINE);
        }
        case IDENTIFIER -> item(items);
        default -> unexpectedItem(items);
      }
    }
  }

  private void unexpectedItem(BodyItems items) {
    int start = in.peekIndex();
    in.beginItem(start);
    items.tear();
    if (in.at(TokenType.OPEN_QUOTE) && quotedNameThenEquals(start)) {
      in.error(
          "invalid-argument-name",
          "Invalid argument name",
          "Argument names must not be in quotes.",
          in.here());
    } else if (in.line(start) - unexpectedTo > 1) {
      // Right below it would be the rest of what made no sense before.
      in.error(
          "missing-item",
          "Argument or block definition required",
          "An argument or a block is expected here, but there is " + in.describeNext() + ".",
          in.here());
    }
    in.skipItem(start);
    if (in.peekIndex() == start) {
      in.read();
    }
    unexpectedTo = in.line(in.last());
  }

  private boolean quotedNameThenEquals(int quote) {
    return in.typeOf(quote + 1) == TokenType.QUOTED_TEXT
        && in.typeOf(quote + 2) == TokenType.CLOSE_QUOTE
        && in.typeAfter(quote + 2) == TokenType.EQUALS;
  }

  private void item(BodyItems items) {
    int name = in.read();
    in.beginItem(name);
    switch (in.peek()) {
      case EQUALS -> attribute(name, items, false);
      case OPEN_BRACE, OPEN_QUOTE, IDENTIFIER -> block(name, items);
      default -> invalidItem(name);
    }
    if (in.recovering()) {
      in.skipItem(name);
      items.tear();
    }
  }

  private void invalidItem(int name) {
    String hint =
        switch (in.peek()) {
          case COLON -> " To set an argument, use an equals sign (\"=\"), not a colon.";
          case DOT -> " Names of arguments and blocks can't have dots in them.";
          default ->
              " To set an argument, write \""
                  + in.text(name)
                  + " = ...\"; to begin a block, an opening brace (\"{\") is needed.";
        };
    in.error(
        "invalid-item",
        "Argument or block definition required",
        "After the name \"" + in.text(name) + "\" there is " + in.describeNext() + "." + hint,
        in.at(TokenType.NEWLINE) || in.at(TokenType.END) ? in.range(name) : in.here());
  }

  private void attribute(int name, BodyItems items, boolean oneLine) {
    in.read();
    Expression expression = expressions.parse();
    if (!in.recovering() && !in.at(TokenType.NEWLINE) && !in.at(TokenType.END)) {
      if (!in.at(TokenType.CLOSE_BRACE)) {
        missingNewline();
        // It was to be something else.
        expression = new Expression.Invalid(expression.range());
      } else if (!oneLine) {
        braceOnSameLine();
      }
    }
    Attribute attribute =
        new Attribute(in.name(name), in.range(name), expression, in.rangeFrom(name));
    Optional<Attribute> before = items.add(attribute);
    if (before.isPresent()) {
      in.report(
          Diagnostic.error(
              "duplicate-argument",
              "Argument redefined",
              "The argument \""
                  + attribute.name()
                  + "\" was already set at "
                  + before.get().nameRange()
                  + ". Each argument may be set only once.",
              attribute.nameRange()));
    }
  }

  private void braceOnSameLine() {
    in.report(
        Diagnostic.error(
            "missing-newline",
            "Missing newline before closing brace",
            "The brace that closes a block of several lines must be on a line of its own.",
            in.here()));
  }

  private void missingNewline() {
    if (in.at(TokenType.COMMA)) {
      in.error(
          "unexpected-comma",
          "Unexpected comma after argument",
          "Arguments are separated by line feeds, not by commas.",
          in.here());
      return;
    }
    in.error(
        "missing-newline",
        "Missing newline after argument",
        "An argument must end with its line, but there is " + in.describeNext() + ".",
        in.here());
  }

  private void block(int type, BodyItems items) {
    List<Label> labels = new ArrayList<>();
    while (!in.recovering() && !in.at(TokenType.OPEN_BRACE)) {
      if (in.at(TokenType.OPEN_QUOTE)) {
        labels.add(quotedLabel());
      } else if (in.at(TokenType.IDENTIFIER)) {
        int label = in.read();
        labels.add(new Label(in.name(label), in.range(label)));
      } else if (!missingBrace(type)) {
        return;
      } else {
        break;
      }
    }
    if (in.recovering()) {
      return;
    }
    SourceRange header = in.rangeFrom(type);
    boolean torn = in.hasLexicalErrorSince(type);
    if (!in.enter()) {
      in.leave();
      return;
    }
    NativeBody body = blockBody(type, header);
    in.leave();
    in.beginItem(in.last());
    if (torn) {
      // Nobody knows what its labels were to be.
      items.tear();
    } else {
      items.add(
          new Block(in.name(type), in.range(type), labels, body, header, header.to(body.range())));
    }
    // Where the indentation has ended the block, the next item starts right here.
    boolean nextItem = in.startsLine(in.peekIndex());
    if (in.recovering() || nextItem || in.at(TokenType.NEWLINE) || in.at(TokenType.END)) {
      return;
    }
    if (in.at(TokenType.CLOSE_BRACE)) {
      braceOnSameLine();
    } else {
      in.error(
          "missing-newline",
          "Missing newline after block",
          "A block must end with its line, but there is " + in.describeNext() + ".",
          in.here());
    }
  }

  /** Reports that a block has no brace; whether its body follows all the same. */
  private boolean missingBrace(int type) {
    if (in.at(TokenType.EQUALS)) {
      in.error(
          "invalid-block",
          "Invalid block definition",
          "The equals sign (\"=\") sets an argument, it can't be used in a block's header.",
          in.here());
      return false;
    }
    boolean atEnd = in.at(TokenType.NEWLINE) || in.at(TokenType.END);
    in.error(
        "invalid-block",
        "Invalid block definition",
        "A block needs an opening brace (\"{\") on the line of its header"
            + (atEnd ? "." : ", but there is " + in.describeNext() + "."),
        atEnd ? in.rangeFrom(type) : in.here());
    if (!in.at(TokenType.NEWLINE)) {
      return false;
    }
    boolean newlines = in.newlines(false);
    int next = in.peekIndex();
    in.newlines(newlines);
    boolean brace = in.typeOf(next) == TokenType.OPEN_BRACE;
    boolean deeper =
        in.typeOf(next) == TokenType.IDENTIFIER && in.column(next) > in.lineColumn(type);
    if (brace) {
      while (in.skip(TokenType.NEWLINE)) {}
    }
    if (brace || deeper) {
      in.recovered();
    }
    return brace || deeper;
  }

  private Label quotedLabel() {
    int open = in.peekIndex();
    Expression label = expressions.templates().string();
    String text = "";
    if (label
        instanceof Expression.Literal(io.pgha.language.value.Str(String value), SourceRange _)) {
      text = value;
    } else if (!in.recovering()) {
      in.report(
          Diagnostic.error(
              "invalid-label",
              "Invalid block label",
              "Template sequences are not allowed in a block's label. If one is meant as text,"
                  + " double its first character.",
              label.range()));
    }
    return new Label(text, in.rangeFrom(open));
  }

  /** Parses a body in braces. */
  private NativeBody blockBody(int type, SourceRange header) {
    int open = in.at(TokenType.OPEN_BRACE) ? in.read() : in.last();
    BodyItems items = new BodyItems();
    in.openBlock();
    boolean oneLine =
        !in.at(TokenType.NEWLINE) && !in.at(TokenType.CLOSE_BRACE) && !in.at(TokenType.END);
    if (oneLine) {
      oneLine(items);
    }
    int column = in.lineColumn(type);
    items(items, column);
    in.closeBlock();
    boolean closed = braces.end(column, header);
    int end = closed ? in.end(in.read()) : in.start(in.peekIndex());
    return items.body(in.source().range(in.start(open), end), header);
  }

  /** Parses the only argument of a block of one line. */
  private void oneLine(BodyItems items) {
    if (!in.at(TokenType.IDENTIFIER)) {
      return;
    }
    int name = in.peekIndex();
    if (in.typeAfter(name) != TokenType.EQUALS) {
      in.error(
          "invalid-one-line-block",
          "Invalid single-argument block definition",
          "A block on one line can hold a single argument only. Put each argument and each nested"
              + " block on a line of its own.",
          in.here());
      in.skipItem(name);
      items.tear();
      return;
    }
    in.read();
    attribute(name, items, true);
    if (in.recovering()) {
      in.skipItem(name);
      items.tear();
    } else if (in.at(TokenType.NEWLINE)) {
      in.report(
          Diagnostic.error(
              "invalid-one-line-block",
              "Invalid single-argument block definition",
              "An argument on the line of its block's header makes a block of one line, which must"
                  + " be closed on that line. Put the argument on a line of its own, or the"
                  + " closing brace right after it.",
              in.range(name)));
    }
  }
}
