package io.pgha.language.syntax;

import io.pgha.language.diagnostic.SourcePosition;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.syntax.Expression.ObjectItem;
import io.pgha.language.value.Str;
import io.pgha.language.value.Value;
import java.util.List;
import java.util.stream.Collectors;

/** Writes trees in a short form with all grouping made visible, for tests to compare. */
public final class Outline {
  private static final SourceRange NOWHERE =
      SourceRange.of("", new SourcePosition(0, 1, 1), new SourcePosition(0, 1, 1));

  private Outline() {}

  public static String of(Expression expression) {
    return switch (expression) {
      case Expression.Literal(Value value, _) -> literal(value);
      case Expression.Template(List<TemplatePart> parts, boolean heredoc, _) ->
          (heredoc ? "heredoc" : "template") + list(parts);
      case Expression.TemplateWrap wrap -> "wrap(" + of(wrap.wrapped()) + ")";
      case Expression.ScopeTraversal traversal -> traversal.toString();
      case Expression.RelativeTraversal(Expression source, List<Traverser> steps, _) ->
          "(" + of(source) + ")" + Traverser.text(steps);
      case Expression.Index index -> "(" + of(index.collection()) + ")[" + of(index.key()) + "]";
      case Expression.Splat splat ->
          "(" + of(splat.source()) + (splat.full() ? ")[*](" : ").*(") + of(splat.each()) + ")";
      case Expression.AnonymousSymbol _ -> "@";
      case Expression.FunctionCall call ->
          call.name() + "(" + all(call.arguments()) + (call.expandFinal() ? "..." : "") + ")";
      case Expression.Conditional(Expression condition, Expression then, Expression other, _) ->
          "(" + of(condition) + " ? " + of(then) + " : " + of(other) + ")";
      case Expression.Unary(UnaryOperator operator, Expression operand, _) ->
          operator.symbol() + "(" + of(operand) + ")";
      case Expression.Binary(BinaryOperator operator, Expression left, Expression right, _) ->
          "(" + of(left) + " " + operator.symbol() + " " + of(right) + ")";
      case Expression.Parentheses parentheses -> "p(" + of(parentheses.inner()) + ")";
      case Expression.TupleConstructor tuple -> "[" + all(tuple.elements()) + "]";
      case Expression.ObjectConstructor object ->
          object.items().stream().map(Outline::item).collect(Collectors.joining(", ", "{", "}"));
      case Expression.ForTuple loop ->
          "[for "
              + loop.keyName().map(key -> key + ", ").orElse("")
              + loop.valueName()
              + " in "
              + of(loop.collection())
              + " : "
              + of(loop.result())
              + loop.condition().map(condition -> " if " + of(condition)).orElse("")
              + "]";
      case Expression.ForObject loop ->
          "{for "
              + loop.keyName().map(key -> key + ", ").orElse("")
              + loop.valueName()
              + " in "
              + of(loop.collection())
              + " : "
              + of(loop.resultKey())
              + " => "
              + of(loop.resultValue())
              + (loop.grouping() ? "..." : "")
              + loop.condition().map(condition -> " if " + of(condition)).orElse("")
              + "}";
      case Expression.JsonString string -> "json(" + of(string.template()) + ")";
      case Expression.Invalid _ -> "invalid";
    };
  }

  private static String literal(Value value) {
    return value instanceof Str(String text)
        ? "\"" + text.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t") + "\""
        : Traverser.text(List.of(new Traverser.Index(value, NOWHERE))).replaceAll("^\\[|]$", "");
  }

  private static String item(ObjectItem item) {
    return of(item.key()) + " = " + of(item.value());
  }

  private static String all(List<Expression> expressions) {
    return expressions.stream().map(Outline::of).collect(Collectors.joining(", "));
  }

  private static String list(List<TemplatePart> parts) {
    return parts.stream().map(Outline::of).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String of(TemplatePart part) {
    return switch (part) {
      case TemplatePart.Text(String text, _) -> literal(new Str(text));
      case TemplatePart.Interpolation(Expression expression, _) -> "${" + of(expression) + "}";
      case TemplatePart.If(
              Expression condition,
              List<TemplatePart> then,
              List<TemplatePart> other,
              _) ->
          "if " + of(condition) + list(then) + list(other);
      case TemplatePart.For loop ->
          "for "
              + loop.keyName().map(key -> key + ", ").orElse("")
              + loop.valueName()
              + " in "
              + of(loop.collection())
              + list(loop.body());
      case TemplatePart.Invalid _ -> "invalid";
    };
  }
}
