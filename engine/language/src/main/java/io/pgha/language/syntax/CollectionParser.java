package io.pgha.language.syntax;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.syntax.Expression.ForObject;
import io.pgha.language.syntax.Expression.ForTuple;
import io.pgha.language.syntax.Expression.Literal;
import io.pgha.language.syntax.Expression.ObjectConstructor;
import io.pgha.language.syntax.Expression.ObjectItem;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import io.pgha.language.syntax.Expression.TupleConstructor;
import io.pgha.language.value.Bool;
import io.pgha.language.value.Null;
import io.pgha.language.value.Str;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parses what stands in brackets and braces: tuples, objects and {@code for} expressions. */
final class CollectionParser {
  private final TokenReader in;
  private final ExpressionParser expressions;

  CollectionParser(TokenReader in, ExpressionParser expressions) {
    this.in = in;
    this.expressions = expressions;
  }

  Expression tuple() {
    boolean newlines = in.newlines(false);
    try {
      int open = in.read();
      if (in.atWord("for")) {
        return forExpression(open, TokenType.CLOSE_BRACKET);
      }
      List<Expression> elements = new ArrayList<>();
      while (!in.skip(TokenType.CLOSE_BRACKET)) {
        elements.add(expressions.parse());
        if (!in.recovering() && !in.skip(TokenType.COMMA) && !in.at(TokenType.CLOSE_BRACKET)) {
          missingSeparator(open);
        }
        if (in.recovering()) {
          return expressions.invalid(open);
        }
      }
      return new TupleConstructor(elements, in.rangeFrom(open));
    } finally {
      in.newlines(newlines);
    }
  }

  private void missingSeparator(int open) {
    if (in.atMissingBracket()) {
      expressions.unbalanced(open, TokenType.CLOSE_BRACKET);
      return;
    }
    in.error(
        "missing-separator",
        "Missing item separator",
        "A comma is needed between the items of a list, but there is " + in.describeNext() + ".",
        in.here());
  }

  Expression object() {
    boolean newlines = in.newlines(false);
    try {
      int open = in.read();
      if (in.atWord("for")) {
        return forExpression(open, TokenType.CLOSE_BRACE);
      }
      in.newlines(true);
      List<ObjectItem> items = new ArrayList<>();
      while (true) {
        while (in.skip(TokenType.NEWLINE)) {}
        if (in.skip(TokenType.CLOSE_BRACE)) {
          return new ObjectConstructor(items, in.rangeFrom(open));
        }
        ObjectItem item = item(open);
        if (item == null) {
          return expressions.invalid(open);
        }
        items.add(item);
      }
    } finally {
      in.newlines(newlines);
    }
  }

  /** Parses an item and its separator; null after an error. */
  private @Nullable ObjectItem item(int open) {
    int start = in.peekIndex();
    if (in.at(TokenType.END) || (in.startsLine(start) && in.blockHeaderAt(start))) {
      in.error(
          "unclosed-bracket",
          "Unclosed object",
          "There is no \"}\" for this \"{\".",
          in.range(open));
      return null;
    }
    Expression key = key(start);
    if (in.recovering()) {
      return null;
    }
    if (!in.skip(TokenType.EQUALS) && !in.skip(TokenType.COLON)) {
      missingValue();
      return null;
    }
    Expression value = expressions.parse();
    if (in.recovering()) {
      return null;
    }
    if (!in.skip(TokenType.COMMA)
        && !in.at(TokenType.NEWLINE)
        && !in.at(TokenType.CLOSE_BRACE)
        && !in.at(TokenType.END)) {
      in.error(
          "missing-separator",
          "Missing attribute separator",
          "A line feed or a comma is needed before the next attribute, but there is "
              + in.describeNext()
              + ".",
          in.here());
      return null;
    }
    return new ObjectItem(key, value);
  }

  private Expression key(int start) {
    Expression key = expressions.parse();
    if (key instanceof ScopeTraversal traversal && traversal.steps().isEmpty()) {
      return new Literal(new Str(traversal.root()), traversal.range());
    }
    // As a key, these words are names like any others.
    if (key instanceof Literal(io.pgha.language.value.Value value, SourceRange range)
        && (value instanceof Bool || value instanceof Null)) {
      return new Literal(new Str(in.name(start)), range);
    }
    return key;
  }

  private void missingValue() {
    TokenType next = in.peek();
    if (next == TokenType.NEWLINE || next == TokenType.COMMA || next == TokenType.CLOSE_BRACE) {
      in.error(
          "missing-attribute-value",
          "Missing attribute value",
          "Each attribute of an object needs a value, introduced by an equals sign (\"=\").",
          in.here());
    } else {
      in.error(
          "missing-separator",
          "Missing key/value separator",
          "An equals sign (\"=\") is needed between a key and its value, but there is "
              + in.describeNext()
              + ". A key with spaces or dots in it must be in quotes.",
          in.here());
    }
  }

  /** The names that a {@code for} binds. */
  record Names(Optional<String> key, String value) {}

  /** Parses {@code for}'s names up to and including {@code in}; null after an error. */
  @Nullable Names forNames(int open) {
    in.read();
    if (!in.at(TokenType.IDENTIFIER)) {
      return invalidFor("A name is needed after \"for\"", open);
    }
    String value = in.name(in.read());
    Optional<String> key = Optional.empty();
    if (in.skip(TokenType.COMMA)) {
      if (!in.at(TokenType.IDENTIFIER)) {
        return invalidFor("A name for the value is needed after the comma", open);
      }
      key = Optional.of(value);
      value = in.name(in.read());
    }
    if (!in.atWord("in")) {
      return invalidFor("The word \"in\" is needed after the names", open);
    }
    in.read();
    return new Names(key, value);
  }

  private @Nullable Names invalidFor(String why, int open) {
    in.error(
        "invalid-for",
        "Invalid 'for' expression",
        why + ", but there is " + in.describeNext() + ".",
        in.atMissingBracket() ? in.range(open) : in.here());
    return null;
  }

  private Expression forExpression(int open, TokenType close) {
    Names names = forNames(open);
    Expression collection = names == null ? expressions.invalid(open) : expressions.parse();
    if (!in.recovering() && !in.skip(TokenType.COLON)) {
      invalidFor("A colon is needed after the collection", open);
    }
    if (names == null || in.recovering()) {
      return expressions.invalid(open);
    }
    Expression first = expressions.parse();
    Expression second = first;
    boolean keyed = !in.recovering() && in.skip(TokenType.ARROW);
    if (keyed) {
      second = expressions.parse();
    }
    SourceRange groupingRange = in.here();
    boolean grouping = !in.recovering() && in.skip(TokenType.ELLIPSIS);
    Optional<Expression> condition = Optional.empty();
    if (!in.recovering() && in.atWord("if")) {
      in.read();
      condition = Optional.of(expressions.parse());
    }
    if (!in.recovering() && !in.skip(close)) {
      invalidFor("A \"" + (close == TokenType.CLOSE_BRACE ? "}" : "]") + "\" is needed here", open);
    }
    if (in.recovering()) {
      return expressions.invalid(open);
    }
    SourceRange range = in.rangeFrom(open);
    checkShape(close, keyed, grouping, first.range(), groupingRange);
    if (!keyed) {
      return new ForTuple(names.key(), names.value(), collection, first, condition, range);
    }
    return new ForObject(
        names.key(), names.value(), collection, first, second, grouping, condition, range);
  }

  private void checkShape(
      TokenType close,
      boolean keyed,
      boolean grouping,
      SourceRange result,
      SourceRange groupingRange) {
    if (close == TokenType.CLOSE_BRACE && !keyed) {
      in.report(
          Diagnostic.error(
              "invalid-for",
              "Invalid 'for' expression",
              "To build an object, a key is needed: write \"key => value\". To build a list, use"
                  + " brackets: \"[for ...]\".",
              result));
    } else if (close == TokenType.CLOSE_BRACKET && keyed) {
      in.report(
          Diagnostic.error(
              "invalid-for",
              "Invalid 'for' expression",
              "To build a list, only a value is valid. To build an object of keys and values, use"
                  + " braces: \"{for ...}\".",
              result));
    } else if (close == TokenType.CLOSE_BRACKET && grouping) {
      in.report(
          Diagnostic.error(
              "invalid-for",
              "Invalid 'for' expression",
              "Grouping (...) is only valid when building an object.",
              groupingRange));
    }
  }
}
