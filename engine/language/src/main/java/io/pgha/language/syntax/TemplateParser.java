package io.pgha.language.syntax;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.syntax.CollectionParser.Names;
import io.pgha.language.syntax.Expression.Literal;
import io.pgha.language.syntax.Expression.Template;
import io.pgha.language.syntax.Expression.TemplateWrap;
import io.pgha.language.syntax.TemplatePiece.Kind;
import io.pgha.language.value.Str;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parses templates in two steps: first into a flat list of pieces, in which whitespace is stripped
 * and heredocs are moved to the left, then into parts that nest.
 */
final class TemplateParser {
  private final TokenReader in;
  private final ExpressionParser expressions;
  private final CollectionParser names;

  TemplateParser(TokenReader in, ExpressionParser expressions) {
    this.in = in;
    this.expressions = expressions;
    this.names = new CollectionParser(in, expressions);
  }

  /** Parses a quoted string or a heredoc. */
  Expression string() {
    int open = in.read();
    boolean heredoc = in.typeOf(open) == TokenType.OPEN_HEREDOC;
    List<TemplatePiece> pieces = pieces(heredoc ? TokenType.CLOSE_HEREDOC : TokenType.CLOSE_QUOTE);
    if (in.recovering()) {
      return expressions.invalid(open);
    }
    if (heredoc && in.text(open).startsWith("<<-")) {
      TemplatePiece.moveLeft(pieces);
    }
    return expression(pieces, heredoc, in.rangeFrom(open));
  }

  /** Parses a template that is a text of its own. */
  Expression whole() {
    List<TemplatePiece> pieces = pieces(TokenType.END);
    int end = in.peekIndex();
    return in.recovering()
        ? expressions.invalid(0)
        : expression(pieces, false, in.source().range(0, in.end(end)));
  }

  private Expression expression(List<TemplatePiece> pieces, boolean heredoc, SourceRange range) {
    if (pieces.size() == 1) {
      TemplatePiece piece = pieces.getFirst();
      Expression only = piece.expression();
      if (only != null && piece.kind() == Kind.INTERPOLATION) {
        return new TemplateWrap(only, range);
      }
      if (piece.kind() == Kind.TEXT) {
        return new Literal(new Str(piece.text()), range);
      }
    }
    List<TemplatePart> parts = new TemplateTree(pieces, in).build();
    if (parts.isEmpty()) {
      return new Literal(new Str(""), range);
    }
    return parts.size() == 1
            && parts.getFirst() instanceof TemplatePart.Text(String text, SourceRange _)
        ? new Literal(new Str(text), range)
        : new Template(parts, heredoc, range);
  }

  /** Reads pieces up to and including the closing token. */
  private List<TemplatePiece> pieces(TokenType close) {
    List<TemplatePiece> pieces = new ArrayList<>();
    boolean newlines = in.newlines(true);
    boolean strip = false;
    try {
      while (!in.recovering() && !in.at(close)) {
        int start = in.read();
        switch (in.typeOf(start)) {
          case QUOTED_TEXT, TEXT -> {
            String text = decode(start);
            pieces.add(TemplatePiece.text(strip ? text.stripLeading() : text, in.range(start)));
            strip = false;
          }
          case OPEN_INTERPOLATION, OPEN_DIRECTIVE -> {
            if (in.text(start).endsWith("~") && !pieces.isEmpty()) {
              pieces.getLast().stripTrailing();
            }
            in.newlines(false);
            TemplatePiece piece =
                in.typeOf(start) == TokenType.OPEN_INTERPOLATION
                    ? interpolation(start)
                    : directive(start);
            strip = closeSequence(start);
            in.newlines(true);
            if (piece != null) {
              pieces.add(piece.spanning(in.rangeFrom(start)));
            }
          }
          default ->
              in.error(
                  "unexpected-token",
                  "Unterminated template",
                  "The end of the string is missing.",
                  in.range(start));
        }
      }
      if (!in.recovering()) {
        in.read();
      }
      return pieces;
    } finally {
      in.newlines(newlines);
    }
  }

  /** Reads the end of a sequence; whether it strips the whitespace after it. */
  private boolean closeSequence(int open) {
    if (in.recovering()) {
      return false;
    }
    if (!in.at(TokenType.CLOSE_TEMPLATE)) {
      String opening = in.text(open).substring(0, 2);
      in.error(
          "extra-characters",
          "Extra characters in template sequence",
          "A closing brace is expected here, but there is "
              + in.describeNext()
              + ". If this is"
              + " meant as text of another language, write \""
              + opening.charAt(0)
              + opening
              + "\" instead of \""
              + opening
              + "\".",
          in.at(TokenType.END) ? in.range(open) : in.here());
      return false;
    }
    return in.text(in.read()).startsWith("~");
  }

  private @Nullable TemplatePiece interpolation(int start) {
    Expression expression = expressions.parse();
    return in.recovering()
        ? null
        : TemplatePiece.of(Kind.INTERPOLATION, in.range(start)).with(expression);
  }

  private @Nullable TemplatePiece directive(int start) {
    int word = in.peekIndex();
    if (!in.at(TokenType.IDENTIFIER)) {
      return invalidDirective("A directive is expected here, but there is " + in.describeNext());
    }
    SourceRange range = in.range(start);
    return switch (in.text(word)) {
      case "if" -> {
        in.read();
        yield TemplatePiece.of(Kind.IF, range).with(expressions.parse());
      }
      case "for" -> {
        Names bound = names.forNames(start);
        yield bound == null
            ? null
            : TemplatePiece.of(Kind.FOR, range).with(expressions.parse()).binding(bound);
      }
      case "else", "endif", "endfor" -> {
        in.read();
        yield TemplatePiece.of(Kind.of(in.text(word)), range);
      }
      default -> invalidDirective("\"" + in.text(word) + "\" is no template directive");
    };
  }

  private @Nullable TemplatePiece invalidDirective(String why) {
    in.error(
        "invalid-directive",
        "Invalid template directive",
        why
            + ". Valid are \"if\", \"else\", \"endif\", \"for\" and \"endfor\". If \"%{\" is meant"
            + " as text, write \"%%{\".",
        in.here());
    return null;
  }

  /** The text that a literal token stands for. */
  private String decode(int token) {
    String raw = in.text(token);
    boolean quoted = in.typeOf(token) == TokenType.QUOTED_TEXT;
    if (raw.indexOf('\\') < 0 && raw.indexOf('{') < 0) {
      return raw;
    }
    StringBuilder text = new StringBuilder(raw.length());
    int i = 0;
    while (i < raw.length()) {
      char c = raw.charAt(i);
      if (quoted && c == '\\') {
        i += escape(raw, i, in.start(token), text);
      } else if ((c == '$' || c == '%') && raw.startsWith(c + "{", i + 1)) {
        text.append(c).append('{');
        i += 3;
      } else {
        text.append(c);
        i++;
      }
    }
    return text.toString();
  }

  /** Decodes an escape; how many characters it takes. */
  private int escape(String raw, int at, int tokenStart, StringBuilder text) {
    char selector = at + 1 < raw.length() ? raw.charAt(at + 1) : '\0';
    switch (selector) {
      case 'n' -> text.append('\n');
      case 'r' -> text.append('\r');
      case 't' -> text.append('\t');
      case '"' -> text.append('"');
      case '\\' -> text.append('\\');
      case 'u', 'U' -> {
        return unicodeEscape(raw, at, tokenStart, selector == 'u' ? 4 : 8, text);
      }
      default -> {
        int length = at + 1 < raw.length() ? 1 + Character.charCount(raw.codePointAt(at + 1)) : 1;
        invalidEscape(
            length == 1
                ? "A backslash must be followed by an escape selector."
                : "The symbol \""
                    + raw.substring(at + 1, at + length)
                    + "\" is not a valid escape selector; valid are n, r, t, \", \\, u and U. For"
                    + " a backslash itself, write \\\\.",
            tokenStart + at,
            length);
        return length;
      }
    }
    return 2;
  }

  private int unicodeEscape(String raw, int at, int tokenStart, int digits, StringBuilder text) {
    int end = at + 2;
    while (end < raw.length()
        && end < at + 2 + digits
        && Character.digit(raw.charAt(end), 16) >= 0
        && raw.charAt(end) < 0x80) {
      end++;
    }
    if (end < at + 2 + digits) {
      invalidEscape(
          "The "
              + raw.substring(at, at + 2)
              + " escape must be followed by "
              + digits
              + " hexadecimal digits.",
          tokenStart + at,
          end - at);
      return end - at;
    }
    long codePoint = Long.parseLong(raw.substring(at + 2, end), 16);
    if (codePoint > Character.MAX_CODE_POINT
        || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE)) {
      invalidEscape(
          "There is no such character. Characters beyond U+FFFF are written with \\U and eight"
              + " digits.",
          tokenStart + at,
          end - at);
    } else {
      text.appendCodePoint((int) codePoint);
    }
    return end - at;
  }

  private void invalidEscape(String detail, int start, int length) {
    in.report(
        Diagnostic.error(
            "invalid-escape",
            "Invalid escape sequence",
            detail,
            in.source().range(start, start + length)));
  }
}
