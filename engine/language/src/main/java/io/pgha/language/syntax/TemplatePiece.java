package io.pgha.language.syntax;

import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.syntax.CollectionParser.Names;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece of a template before its directives are nested. */
final class TemplatePiece {
  /** What a piece is. */
  enum Kind {
    TEXT("text"),
    INTERPOLATION("interpolation"),
    IF("if"),
    ELSE("else"),
    ENDIF("endif"),
    FOR("for"),
    ENDFOR("endfor");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }

    static Kind of(String word) {
      for (Kind kind : values()) {
        if (kind.word.equals(word)) {
          return kind;
        }
      }
      throw new IllegalArgumentException(word);
    }
  }

  private final Kind kind;
  private final SourceRange range;
  private final @Nullable Expression expression;
  private final @Nullable Names names;
  private String text;

  private TemplatePiece(
      Kind kind,
      SourceRange range,
      String text,
      @Nullable Expression expression,
      @Nullable Names names) {
    this.kind = kind;
    this.range = range;
    this.text = text;
    this.expression = expression;
    this.names = names;
  }

  static TemplatePiece text(String text, SourceRange range) {
    return new TemplatePiece(Kind.TEXT, range, text, null, null);
  }

  static TemplatePiece of(Kind kind, SourceRange range) {
    return new TemplatePiece(kind, range, "", null, null);
  }

  TemplatePiece with(Expression its) {
    return new TemplatePiece(kind, range, text, its, names);
  }

  TemplatePiece binding(Names bound) {
    return new TemplatePiece(kind, range, text, expression, bound);
  }

  TemplatePiece spanning(SourceRange whole) {
    return new TemplatePiece(kind, whole, text, expression, names);
  }

  Kind kind() {
    return kind;
  }

  SourceRange range() {
    return range;
  }

  String text() {
    return text;
  }

  @Nullable Expression expression() {
    return expression;
  }

  @Nullable Names names() {
    return names;
  }

  void stripTrailing() {
    text = text.stripTrailing();
  }

  /**
   * Removes the indentation that all lines share. Lines of spaces only neither count nor change; a
   * line that starts with a sequence has no indentation.
   */
  static void moveLeft(List<TemplatePiece> pieces) {
    int shared = Integer.MAX_VALUE;
    boolean lineStart = true;
    List<TemplatePiece> indented = new ArrayList<>();
    for (TemplatePiece piece : pieces) {
      boolean isText = piece.kind == Kind.TEXT;
      if (lineStart) {
        lineStart = false;
        boolean blank = isText && piece.text.isBlank() && piece.text.endsWith("\n");
        if (!blank) {
          shared = Math.min(shared, isText ? piece.indentation() : 0);
          if (isText) {
            indented.add(piece);
          }
        }
      }
      if (isText && piece.text.endsWith("\n")) {
        lineStart = true;
      }
    }
    for (TemplatePiece piece : indented) {
      piece.text = piece.text.substring(Math.min(shared, piece.text.length()));
    }
  }

  private int indentation() {
    return text.length() - text.stripLeading().length();
  }
}
