package io.pgha.core.evaluation;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.syntax.Attribute;
import io.pgha.language.syntax.Expression;
import io.pgha.language.syntax.Expression.Literal;
import io.pgha.language.syntax.Expression.ObjectConstructor;
import io.pgha.language.syntax.Expression.ObjectItem;
import io.pgha.language.syntax.Expression.Parentheses;
import io.pgha.language.syntax.Expression.TupleConstructor;
import io.pgha.language.syntax.Traverser;
import io.pgha.language.value.AttributePath;
import io.pgha.language.value.Num;
import io.pgha.language.value.Str;
import io.pgha.language.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds where in the source the value at a path was written. */
public final class SourcePaths {
  private SourcePaths() {}

  /** The path inside of something that the steps of a reference to it lead along. */
  static AttributePath of(List<Traverser> steps) {
    List<AttributePath.Step> path = new ArrayList<>();
    for (Traverser step : steps) {
      path.add(
          switch (step) {
            case Traverser.Attribute(String attribute, var _) -> new AttributePath.Name(attribute);
            case Traverser.Index(Str(String key), var _) -> new AttributePath.Key(key);
            case Traverser.Index(Num number, var _) ->
                new AttributePath.Index(number.value().intValue());
            case Traverser.Index(Value key, var _) -> new AttributePath.Element(key);
          });
    }
    return new AttributePath(path);
  }

  /**
   * A finding at the line that its path was written on, else at its block.
   *
   * @param arguments the arguments as written, by name
   * @param block the block's header
   */
  public static Diagnostic placed(
      Diagnostic finding, Map<String, Attribute> arguments, SourceRange block) {
    if (finding.subject().isPresent()) {
      return finding;
    }
    return finding
        .path()
        .filter(path -> !path.steps().isEmpty())
        .flatMap(path ->
            path.steps().getFirst() instanceof AttributePath.Name(String name)
                ? Optional.ofNullable(arguments.get(name))
                : Optional.empty())
        .map(attribute -> finding.at(range(attribute, finding.path().orElseThrow())))
        .orElseGet(() -> finding.at(block));
  }

  /**
   * The innermost expression that a path leads to.
   *
   * @param attribute the argument as written
   * @param path a path that starts with the argument's name
   */
  public static SourceRange range(Attribute attribute, AttributePath path) {
    List<AttributePath.Step> steps = path.steps();
    return range(attribute.expression(), steps.subList(1, steps.size()));
  }

  /** The innermost expression that steps into the value of another one lead to. */
  static SourceRange range(Expression expression, List<AttributePath.Step> steps) {
    Expression innermost = expression;
    for (AttributePath.Step step : steps) {
      Optional<Expression> inner = inner(innermost, step);
      if (inner.isEmpty()) {
        break;
      }
      innermost = inner.get();
    }
    return innermost.range();
  }

  private static Optional<Expression> inner(Expression outer, AttributePath.Step step) {
    return switch (outer) {
      case Parentheses(Expression inside, SourceRange _) -> inner(inside, step);
      case ObjectConstructor object ->
          switch (step) {
            case AttributePath.Name(String name) -> item(object, name);
            case AttributePath.Key(String key) -> item(object, key);
            case AttributePath.Index _, AttributePath.Element _ -> Optional.empty();
          };
      case TupleConstructor tuple
          when step instanceof AttributePath.Index(int index) && index < tuple.elements().size() ->
          Optional.of(tuple.elements().get(index));
      default -> Optional.empty();
    };
  }

  private static Optional<Expression> item(ObjectConstructor object, String name) {
    return object.items().stream()
        .filter(item ->
            item.key() instanceof Literal literal
                && literal.value() instanceof Str(String key)
                && key.equals(name))
        .map(ObjectItem::value)
        .reduce((first, second) -> second);
  }
}
