package io.pgha.language.syntax;

import io.pgha.language.diagnostic.SourceRange;
import java.util.List;
import java.util.Optional;

/** A part of a template. */
public sealed interface TemplatePart {
  /** Where the part is written. */
  SourceRange range();

  /** Literal text, escapes and stripping resolved. */
  record Text(String text, SourceRange range) implements TemplatePart {}

  /** An interpolated expression, {@code ${x}}, converted to a string. */
  record Interpolation(Expression expression, SourceRange range) implements TemplatePart {}

  /** {@code %{if condition}then%{else}otherwise%{endif}}; no else is an empty one. */
  record If(
      Expression condition,
      List<TemplatePart> then,
      List<TemplatePart> otherwise,
      SourceRange range)
      implements TemplatePart {
    public If {
      then = List.copyOf(then);
      otherwise = List.copyOf(otherwise);
    }
  }

  /** {@code %{for key, value in collection}body%{endfor}}. */
  record For(
      Optional<String> keyName,
      String valueName,
      Expression collection,
      List<TemplatePart> body,
      SourceRange range)
      implements TemplatePart {
    public For {
      body = List.copyOf(body);
    }
  }

  /** What could not be parsed; an error has been reported, so evaluation yields an unknown. */
  record Invalid(SourceRange range) implements TemplatePart {}
}
