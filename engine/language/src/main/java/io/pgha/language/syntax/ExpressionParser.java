package io.pgha.language.syntax;

import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.syntax.Expression.AnonymousSymbol;
import io.pgha.language.syntax.Expression.Binary;
import io.pgha.language.syntax.Expression.Conditional;
import io.pgha.language.syntax.Expression.FunctionCall;
import io.pgha.language.syntax.Expression.Index;
import io.pgha.language.syntax.Expression.Invalid;
import io.pgha.language.syntax.Expression.Literal;
import io.pgha.language.syntax.Expression.Parentheses;
import io.pgha.language.syntax.Expression.RelativeTraversal;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import io.pgha.language.syntax.Expression.Splat;
import io.pgha.language.syntax.Expression.Unary;
import io.pgha.language.value.Bool;
import io.pgha.language.value.Null;
import io.pgha.language.value.Num;
import io.pgha.language.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Parses expressions by recursive descent, the binary operators by their precedence. */
final class ExpressionParser {
  /** Numbers of more digits than this before or after the point are surely a mistake. */
  private static final int MAX_EXPONENT = 100_000;

  private final TokenReader in;
  private final CollectionParser collections;
  private final TemplateParser templates;

  ExpressionParser(TokenReader in) {
    this.in = in;
    this.collections = new CollectionParser(in, this);
    this.templates = new TemplateParser(in, this);
  }

  TemplateParser templates() {
    return templates;
  }

  /** Parses an expression; after an error the reader is recovering. */
  Expression parse() {
    int start = in.peekIndex();
    try {
      return in.enter() ? conditional(start) : invalid(start);
    } finally {
      in.leave();
    }
  }

  Expression invalid(int start) {
    return new Invalid(in.rangeFrom(start));
  }

  private Expression conditional(int start) {
    Expression condition = binary(1);
    if (in.recovering() || !in.at(TokenType.QUESTION)) {
      return condition;
    }
    int question = in.read();
    Expression then = parse();
    if (!in.recovering() && !in.at(TokenType.COLON)) {
      in.error(
          "missing-false-expression",
          "Missing false expression in conditional",
          "The conditional operator (...?...:...) needs a false expression, introduced by a colon.",
          in.range(question));
    }
    if (in.recovering()) {
      return invalid(start);
    }
    in.read();
    Expression otherwise = parse();
    return in.recovering()
        ? invalid(start)
        : new Conditional(condition, then, otherwise, in.rangeFrom(start));
  }

  private Expression binary(int precedence) {
    int start = in.peekIndex();
    Expression left = unary();
    while (!in.recovering()) {
      BinaryOperator operator = in.peek().operator();
      if (operator == null || operator.precedence() < precedence) {
        return left;
      }
      in.read();
      Expression right = binary(operator.precedence() + 1);
      left = new Binary(operator, left, right, in.rangeFrom(start));
    }
    return invalid(start);
  }

  private Expression unary() {
    int start = in.peekIndex();
    boolean negate = in.at(TokenType.MINUS);
    if (!negate && !in.at(TokenType.BANG)) {
      return postfix(primary(start), start);
    }
    in.read();
    try {
      Expression operand = in.enter() ? unary() : invalid(start);
      return in.recovering()
          ? invalid(start)
          : new Unary(
              negate ? UnaryOperator.NEGATE : UnaryOperator.NOT, operand, in.rangeFrom(start));
    } finally {
      in.leave();
    }
  }

  private Expression primary(int start) {
    return switch (in.peek()) {
      case IDENTIFIER -> nameOrCall();
      case NUMBER -> number(in.read());
      case OPEN_QUOTE, OPEN_HEREDOC -> templates.string();
      case OPEN_PARENTHESIS -> parentheses();
      case OPEN_BRACKET -> collections.tuple();
      case OPEN_BRACE -> collections.object();
      default -> {
        in.error("missing-expression", "Missing expression", whatIsMissing(), in.here());
        yield invalid(start);
      }
    };
  }

  private String whatIsMissing() {
    String found = "A value is expected here, but there is " + in.describeNext() + ".";
    return switch (in.peek()) {
      case EQUALS -> found + " To compare two values, write \"==\".";
      case COMMA -> found + " Is there a comma too many?";
      default -> found;
    };
  }

  private Expression number(int index) {
    String text = in.text(index);
    int e = Math.max(text.indexOf('e'), text.indexOf('E'));
    String exponent = e < 0 ? "0" : text.substring(e + 1).replaceFirst("^[+-]?0*(?=.)", "");
    String why = "";
    if (text.indexOf('.') != text.lastIndexOf('.') || exponent.contains(".")) {
      why = "A number has one decimal point. An address or a version must be in quotes.";
    } else if (exponent.length() > 6 || Integer.parseInt(exponent) > MAX_EXPONENT) {
      why = "The exponent of a number must be at most " + MAX_EXPONENT + ".";
    }
    if (!why.isEmpty()) {
      in.error("invalid-number", "Invalid number literal", why, in.range(index));
      return invalid(index);
    }
    return new Literal(new Num(new BigDecimal(text)), in.range(index));
  }

  private Expression parentheses() {
    int open = in.read();
    boolean newlines = in.newlines(false);
    try {
      Expression inner = parse();
      if (!in.recovering() && !in.skip(TokenType.CLOSE_PARENTHESIS)) {
        unbalanced(open, TokenType.CLOSE_PARENTHESIS);
      }
      return in.recovering() ? invalid(open) : new Parentheses(inner, in.rangeFrom(open));
    } finally {
      in.newlines(newlines);
    }
  }

  /** Reports a bracket that is never closed, or what stands where it should be closed. */
  void unbalanced(int open, TokenType close) {
    String opening = in.text(open);
    String closing = close == TokenType.CLOSE_PARENTHESIS ? ")" : "]";
    if (in.atMissingBracket()) {
      in.error(
          "unclosed-bracket",
          "Unclosed bracket",
          "There is no \"" + closing + "\" for this \"" + opening + "\".",
          in.range(open));
    } else {
      in.error(
          "unexpected-token",
          "Missing \"" + closing + "\"",
          "An operator or \""
              + closing
              + "\" is expected here, but there is "
              + in.describeNext()
              + ".",
          in.here());
    }
  }

  private Expression nameOrCall() {
    int start = in.read();
    if (in.at(TokenType.OPEN_PARENTHESIS) || in.at(TokenType.DOUBLE_COLON)) {
      return call(start);
    }
    SourceRange range = in.range(start);
    String name = in.name(start);
    return switch (name) {
      case "true" -> new Literal(Bool.TRUE, range);
      case "false" -> new Literal(Bool.FALSE, range);
      case "null" -> new Literal(Null.ANY, range);
      default -> new ScopeTraversal(name, range, List.of(), range);
    };
  }

  private Expression call(int start) {
    StringBuilder name = new StringBuilder(in.name(start));
    while (in.skip(TokenType.DOUBLE_COLON)) {
      if (!in.at(TokenType.IDENTIFIER)) {
        in.error(
            "missing-function-name",
            "Missing function name",
            "The scope symbol \"::\" must be followed by a function name of that scope.",
            in.here());
        return invalid(start);
      }
      name.append("::").append(in.name(in.read()));
    }
    SourceRange nameRange = in.rangeFrom(start);
    if (!in.at(TokenType.OPEN_PARENTHESIS)) {
      in.error(
          "missing-parenthesis",
          "Missing open parenthesis",
          "Function calls must have their arguments in parentheses.",
          in.here());
      return invalid(start);
    }
    int open = in.read();
    boolean newlines = in.newlines(false);
    try {
      List<Expression> arguments = new ArrayList<>();
      boolean expand = arguments(open, arguments);
      return in.recovering()
          ? invalid(start)
          : new FunctionCall(
              name.toString(),
              nameRange,
              arguments,
              expand,
              in.rangeFrom(open),
              in.rangeFrom(start));
    } finally {
      in.newlines(newlines);
    }
  }

  /** Parses arguments and the closing parenthesis; whether the last one is to be expanded. */
  private boolean arguments(int open, List<Expression> arguments) {
    while (!in.skip(TokenType.CLOSE_PARENTHESIS)) {
      arguments.add(parse());
      if (in.recovering()) {
        return false;
      }
      if (in.skip(TokenType.ELLIPSIS)) {
        if (!in.skip(TokenType.CLOSE_PARENTHESIS)) {
          in.error(
              "missing-parenthesis",
              "Missing closing parenthesis",
              "An expanded argument (with ...) must be the last one, right before the closing"
                  + " parenthesis.",
              in.here());
        }
        return true;
      }
      if (!in.skip(TokenType.COMMA) && !in.at(TokenType.CLOSE_PARENTHESIS)) {
        if (in.atMissingBracket()) {
          unbalanced(open, TokenType.CLOSE_PARENTHESIS);
        } else {
          in.error(
              "missing-separator",
              "Missing argument separator",
              "A comma is needed between the arguments of a function, but there is "
                  + in.describeNext()
                  + ".",
              in.here());
        }
        return false;
      }
    }
    return false;
  }

  /** Parses what follows an expression: attributes, indices and splats. */
  private Expression postfix(Expression source, int start) {
    Expression expression = source;
    List<Traverser> steps = new ArrayList<>();
    while (!in.recovering()) {
      if (in.at(TokenType.DOT)) {
        int dot = in.read();
        if (in.at(TokenType.STAR)) {
          expression = attributeSplat(join(expression, steps, start), dot, start);
        } else {
          attribute(dot, steps);
        }
      } else if (in.at(TokenType.OPEN_BRACKET)) {
        int open = in.peekIndex();
        in.read();
        boolean splat =
            in.at(TokenType.STAR) && in.typeAfter(in.peekIndex()) == TokenType.CLOSE_BRACKET;
        boolean newlines = in.newlines(false);
        if (splat) {
          in.read();
          in.read();
          in.newlines(newlines);
          return fullSplat(join(expression, steps, start), open, start);
        }
        Expression key = parse();
        if (!in.recovering() && !in.skip(TokenType.CLOSE_BRACKET)) {
          unbalanced(open, TokenType.CLOSE_BRACKET);
        }
        in.newlines(newlines);
        if (!in.recovering() && key instanceof Literal constant) {
          steps.add(new Traverser.Index(constant.value(), in.rangeFrom(open)));
        } else if (!in.recovering()) {
          expression =
              new Index(
                  join(expression, steps, start), key, in.rangeFrom(open), in.rangeFrom(start));
        }
      } else {
        return join(expression, steps, start);
      }
    }
    return invalid(start);
  }

  /** The expression with the constant steps that were gathered; empties them. */
  private Expression join(Expression source, List<Traverser> steps, int start) {
    if (steps.isEmpty()) {
      return source;
    }
    SourceRange range = in.range(start).to(steps.getLast().range());
    List<Traverser> gathered = List.copyOf(steps);
    steps.clear();
    return switch (source) {
      case ScopeTraversal(String root, SourceRange rootRange, List<Traverser> none, SourceRange _)
          when none.isEmpty() ->
          new ScopeTraversal(root, rootRange, gathered, range);
      default -> new RelativeTraversal(source, gathered, range);
    };
  }

  private void attribute(int dot, List<Traverser> steps) {
    if (in.at(TokenType.IDENTIFIER)) {
      steps.add(new Traverser.Attribute(in.name(in.read()), in.rangeFrom(dot)));
      return;
    }
    if (!in.at(TokenType.NUMBER)) {
      in.error(
          "invalid-attribute-name",
          "Invalid attribute name",
          "An attribute name is required after a dot, but there is " + in.describeNext() + ".",
          in.here());
      return;
    }
    int index = in.read();
    if (in.text(index).contains(".")) {
      in.error(
          "invalid-legacy-index",
          "Invalid legacy index syntax",
          "Two indices can't be chained in the legacy syntax. Write each in brackets, like [0].",
          in.range(dot, index));
      return;
    }
    if (number(index) instanceof Literal(Value key, SourceRange _)) {
      steps.add(new Traverser.Index(key, in.range(dot, index)));
    }
  }

  private Expression attributeSplat(Expression source, int dot, int start) {
    in.read();
    SourceRange marker = in.rangeFrom(dot);
    List<Traverser> steps = new ArrayList<>();
    while (!in.recovering() && in.at(TokenType.DOT)) {
      int next = in.read();
      if (in.at(TokenType.STAR)) {
        in.error(
            "nested-splat",
            "Nested splat expression not allowed",
            "A splat (*) can't be used within another attribute-only splat. Write [*] instead.",
            in.here());
      } else {
        attribute(next, steps);
      }
    }
    Expression each = new AnonymousSymbol(marker);
    if (!steps.isEmpty()) {
      each = new RelativeTraversal(each, steps, marker.to(steps.getLast().range()));
    }
    return new Splat(source, each, false, marker, in.rangeFrom(start));
  }

  private Expression fullSplat(Expression source, int open, int start) {
    SourceRange marker = in.rangeFrom(open);
    try {
      Expression each = in.enter() ? postfix(new AnonymousSymbol(marker), open) : invalid(start);
      return in.recovering()
          ? invalid(start)
          : new Splat(source, each, true, marker, in.rangeFrom(start));
    } finally {
      in.leave();
    }
  }
}
