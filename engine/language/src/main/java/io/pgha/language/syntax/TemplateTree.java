package io.pgha.language.syntax;

import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.syntax.CollectionParser.Names;
import io.pgha.language.syntax.TemplatePiece.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Nests the pieces of a template: what stands between a directive and its end goes into it. */
final class TemplateTree {
  private final List<TemplatePiece> pieces;
  private final TokenReader in;
  private int at;

  TemplateTree(List<TemplatePiece> pieces, TokenReader in) {
    this.pieces = pieces;
    this.in = in;
  }

  List<TemplatePart> build() {
    List<TemplatePart> parts = parts();
    if (at < pieces.size() && !in.recovering()) {
      TemplatePiece stray = pieces.get(at);
      in.error(
          "unexpected-directive",
          "Unexpected \"" + stray.kind().word() + "\" directive",
          "There is no open \""
              + (stray.kind() == Kind.ENDFOR ? "for" : "if")
              + "\" directive that it could belong to.",
          stray.range());
    }
    return parts;
  }

  /** Reads parts up to one that ends or parts a directive. */
  private List<TemplatePart> parts() {
    List<TemplatePart> parts = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    @Nullable SourceRange textRange = null;
    while (at < pieces.size() && !in.recovering()) {
      TemplatePiece piece = pieces.get(at);
      if (piece.kind() == Kind.TEXT) {
        text.append(piece.text());
        textRange = textRange == null ? piece.range() : textRange.to(piece.range());
        at++;
        continue;
      }
      if (textRange != null) {
        addText(text, textRange, parts);
        textRange = null;
      }
      TemplatePart part = part(piece);
      if (part == null) {
        return parts;
      }
      parts.add(part);
    }
    if (textRange != null) {
      addText(text, textRange, parts);
    }
    return parts;
  }

  private static void addText(StringBuilder text, SourceRange range, List<TemplatePart> parts) {
    if (!text.isEmpty()) {
      parts.add(new TemplatePart.Text(Characters.normalised(text.toString()), range));
      text.setLength(0);
    }
  }

  /** Reads a part; null where there is none but the end of the directive around it. */
  private @Nullable TemplatePart part(TemplatePiece piece) {
    Expression expression = piece.expression();
    Names names = piece.names();
    return switch (piece.kind()) {
      case INTERPOLATION -> {
        at++;
        yield expression == null
            ? new TemplatePart.Invalid(piece.range())
            : new TemplatePart.Interpolation(expression, piece.range());
      }
      case IF -> expression == null ? null : nested(piece, expression, null);
      case FOR -> expression == null || names == null ? null : nested(piece, expression, names);
      case TEXT, ELSE, ENDIF, ENDFOR -> null;
    };
  }

  private TemplatePart nested(TemplatePiece open, Expression expression, @Nullable Names names) {
    try {
      if (!in.enter()) {
        return new TemplatePart.Invalid(open.range());
      }
      at++;
      return names == null ? choice(open, expression) : loop(open, expression, names);
    } finally {
      in.leave();
    }
  }

  private TemplatePart choice(TemplatePiece open, Expression condition) {
    List<TemplatePart> then = parts();
    List<TemplatePart> otherwise = List.of();
    if (atKind(Kind.ELSE)) {
      at++;
      otherwise = parts();
    }
    SourceRange range = close(open, Kind.ENDIF);
    return new TemplatePart.If(condition, then, otherwise, range);
  }

  private TemplatePart loop(TemplatePiece open, Expression collection, Names names) {
    List<TemplatePart> body = parts();
    SourceRange range = close(open, Kind.ENDFOR);
    return new TemplatePart.For(names.key(), names.value(), collection, body, range);
  }

  private boolean atKind(Kind kind) {
    return at < pieces.size() && pieces.get(at).kind() == kind;
  }

  private SourceRange close(TemplatePiece open, Kind end) {
    if (atKind(end)) {
      return open.range().to(pieces.get(at++).range());
    }
    if (at < pieces.size()) {
      TemplatePiece other = pieces.get(at);
      in.error(
          "unexpected-directive",
          "Unexpected \"" + other.kind().word() + "\" directive",
          "\""
              + end.word()
              + "\" is expected here, for the \""
              + open.kind().word()
              + "\" directive of line "
              + open.range().start().line()
              + ".",
          other.range());
    } else {
      in.error(
          "unclosed-directive",
          "Unclosed \"" + open.kind().word() + "\" directive",
          "There is no \"%{ " + end.word() + " }\" for this directive.",
          open.range());
    }
    return open.range();
  }
}
