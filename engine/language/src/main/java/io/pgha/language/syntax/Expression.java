package io.pgha.language.syntax;

import io.pgha.language.diagnostic.SourceRange;
import io.pgha.language.value.Value;
import java.util.List;
import java.util.Optional;

/**
 * An expression of the configuration language, as parsed.
 *
 * <p>Nesting is bounded by the parser, except to the left: {@link Binary} chains lean left and may
 * be as long as the source, so whoever walks a tree must loop, not recurse, along {@link
 * Binary#left()}. The same holds for {@link Index#collection()}, {@link RelativeTraversal#source()}
 * and {@link Splat#source()}.
 */
public sealed interface Expression {
  /** Where the expression is written. */
  SourceRange range();

  /**
   * What this expression refers to outside of itself, in source order: every traversal that starts
   * at a name, without the names that a {@code for} inside the expression binds.
   */
  default List<ScopeTraversal> variables() {
    return References.of(this);
  }

  /**
   * What splats and loops inside this expression take of the elements of what they go through: of
   * {@code module.m[*].name} it is {@code module.m.name}, of {@code [for x in module.m : x.name]}
   * it is {@code name} of the element of {@code module.m} with an unknown key. Collections that are
   * no references, or no {@code values} of one, are left out.
   */
  default List<ScopeTraversal> elementVariables() {
    return References.ofElements(this);
  }

  /** A constant: a number, true, false, null, or a string without interpolation. */
  record Literal(Value value, SourceRange range) implements Expression {}

  /**
   * A quoted or heredoc template with at least one interpolation or directive; always a string.
   *
   * <p>Escapes, heredoc indentation and strip markers ({@code ~}) are resolved already: a
   * template's value is the plain concatenation of its parts.
   *
   * @param parts the parts in order
   * @param heredoc whether it was written as a heredoc
   */
  record Template(List<TemplatePart> parts, boolean heredoc, SourceRange range)
      implements Expression {
    public Template {
      parts = List.copyOf(parts);
    }
  }

  /** A template of one interpolation only, {@code "${x}"}: its value is that of x, of any type. */
  record TemplateWrap(Expression wrapped, SourceRange range) implements Expression {}

  /**
   * A reference that starts at a name of the scope: {@code var.list[0]}.
   *
   * @param root the name
   * @param rootRange where the name is written
   * @param steps the steps with constant keys that follow; may be empty
   */
  record ScopeTraversal(
      String root, SourceRange rootRange, List<Traverser> steps, SourceRange range)
      implements Expression {
    public ScopeTraversal {
      steps = List.copyOf(steps);
    }

    /** The reference as one would write it. */
    @Override
    public String toString() {
      return root + Traverser.text(steps);
    }
  }

  /** Constant steps into the value of another expression: {@code f(x).name[0]}; never empty. */
  record RelativeTraversal(Expression source, List<Traverser> steps, SourceRange range)
      implements Expression {
    public RelativeTraversal {
      steps = List.copyOf(steps);
    }
  }

  /**
   * An index by an expression that isn't constant: {@code list[count.index]}.
   *
   * @param bracketRange the brackets and what is in them
   */
  record Index(Expression collection, Expression key, SourceRange bracketRange, SourceRange range)
      implements Expression {}

  /**
   * A splat, {@code list.*.name} or {@code list[*].name}.
   *
   * @param source what is iterated; a value that is no list, set or tuple counts as a tuple of
   *     itself, null as an empty tuple
   * @param each evaluated for each element; in it {@link AnonymousSymbol} is the element, that of
   *     the innermost splat whose {@code each} it stands in
   * @param full whether it was written {@code [*]}
   * @param markerRange the {@code .*} or {@code [*]}
   */
  record Splat(
      Expression source, Expression each, boolean full, SourceRange markerRange, SourceRange range)
      implements Expression {}

  /** The current element of the innermost splat; only inside {@link Splat#each()}. */
  record AnonymousSymbol(SourceRange range) implements Expression {}

  /**
   * A function call.
   *
   * @param name the whole name, with namespaces where given: {@code provider::host::parse}
   * @param nameRange where the name is written
   * @param arguments the arguments in order
   * @param expandFinal whether the last argument is followed by {@code ...}
   * @param argumentsRange the parentheses and what is in them
   */
  record FunctionCall(
      String name,
      SourceRange nameRange,
      List<Expression> arguments,
      boolean expandFinal,
      SourceRange argumentsRange,
      SourceRange range)
      implements Expression {
    public FunctionCall {
      arguments = List.copyOf(arguments);
    }
  }

  /** {@code condition ? then : otherwise}. */
  record Conditional(Expression condition, Expression then, Expression otherwise, SourceRange range)
      implements Expression {}

  /** An operator before its operand. */
  record Unary(UnaryOperator operator, Expression operand, SourceRange range)
      implements Expression {}

  /** An operator between two operands; chains lean left. */
  record Binary(BinaryOperator operator, Expression left, Expression right, SourceRange range)
      implements Expression {}

  /** An expression in parentheses; as an object's key it is an expression, never a bare name. */
  record Parentheses(Expression inner, SourceRange range) implements Expression {}

  /** {@code [a, b]}. */
  record TupleConstructor(List<Expression> elements, SourceRange range) implements Expression {
    public TupleConstructor {
      elements = List.copyOf(elements);
    }
  }

  /** <code>{ a = 1, "b" = 2, (c) = 3 }</code>; a later item of the same key wins. */
  record ObjectConstructor(List<ObjectItem> items, SourceRange range) implements Expression {
    public ObjectConstructor {
      items = List.copyOf(items);
    }
  }

  /**
   * An item of an object constructor.
   *
   * @param key the key; a bare name is a string {@link Literal} already, and names with dots are a
   *     {@link ScopeTraversal}, which a configuration of a provider may be and no value
   * @param value the value
   */
  record ObjectItem(Expression key, Expression value) {}

  /**
   * {@code [for key, value in collection : result if condition]}.
   *
   * @param keyName the name bound to the key or index, where given
   * @param valueName the name bound to the element
   */
  record ForTuple(
      Optional<String> keyName,
      String valueName,
      Expression collection,
      Expression result,
      Optional<Expression> condition,
      SourceRange range)
      implements Expression {}

  /**
   * <code>{for key, value in collection : resultKey => resultValue... if condition}</code>.
   *
   * @param keyName the name bound to the key or index, where given
   * @param valueName the name bound to the element
   * @param grouping whether {@code ...} groups the values of equal keys into tuples
   */
  record ForObject(
      Optional<String> keyName,
      String valueName,
      Expression collection,
      Expression resultKey,
      Expression resultValue,
      boolean grouping,
      Optional<Expression> condition,
      SourceRange range)
      implements Expression {}

  /**
   * A string of a JSON file.
   *
   * @param source the string as it is
   * @param template what it evaluates to: the string read as a template
   */
  record JsonString(SourceText source, Expression template, SourceRange range)
      implements Expression {
    /** The string as it is. */
    public String text() {
      return source.text();
    }
  }

  /**
   * What could not be parsed; an error has been reported where it was, so evaluation yields an
   * unknown value and says nothing more.
   */
  record Invalid(SourceRange range) implements Expression {}
}
