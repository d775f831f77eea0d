package io.pgha.language.expression;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.NearestName;
import io.pgha.language.function.Environment;
import io.pgha.language.function.FileSource;
import io.pgha.language.function.FunctionTable;
import io.pgha.language.syntax.Expression;
import io.pgha.language.syntax.Expression.FunctionCall;
import io.pgha.language.syntax.Expression.Literal;
import io.pgha.language.syntax.Expression.ObjectConstructor;
import io.pgha.language.syntax.Expression.ScopeTraversal;
import io.pgha.language.syntax.Expression.TupleConstructor;
import io.pgha.language.syntax.StaticSyntax;
import io.pgha.language.value.ConversionException;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.language.value.Value;
import io.pgha.language.value.ValueText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads type constraints out of expressions. */
final class TypeConstraintParser {
  /** Defaults are constants: no names, no functions. */
  private static final Evaluator CONSTANTS =
      new Evaluator(
          FunctionTable.EMPTY,
          new Environment(FileSource.NONE, Optional.empty(), Optional.empty()));

  private static final List<String> KEYWORDS =
      List.of("string", "number", "bool", "any", "list", "map", "set", "object", "tuple");

  private static final List<String> CONSTRUCTORS =
      List.of("list", "map", "set", "object", "tuple", "optional");

  /** What other languages call the types. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "str", "string",
          "text", "string",
          "int", "number",
          "integer", "number",
          "float", "number",
          "double", "number",
          "boolean", "bool",
          "array", "list",
          "dict", "map");

  private final Diagnostics diagnostics;

  TypeConstraintParser(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  Optional<TypeConstraint> parse(Expression expression) {
    return switch (expression) {
      case Expression.Parentheses(Expression inner, _) -> parse(inner);
      case Expression.TemplateWrap(Expression wrapped, _) -> parse(wrapped);
      case Expression.JsonString string -> parse(StaticSyntax.expression(string, diagnostics));
      case ScopeTraversal traversal when traversal.steps().isEmpty() ->
          keyword(traversal.root(), expression);
      case Literal(Str(String name), _) ->
          invalid(
              "A type is written without quotes: "
                  + (name.equals("list") || name.equals("map") ? name + "(string)" : name)
                  + ".",
              expression);
      case FunctionCall call -> constructor(call);
      case Expression.Invalid _ -> Optional.empty();
      default ->
          invalid(
              "A type specification is either a primitive type keyword (bool, number, string) or a"
                  + " complex type constructor call, like list(string).",
              expression);
    };
  }

  private Optional<TypeConstraint> keyword(String name, Expression expression) {
    return switch (name) {
      case "string" -> Optional.of(TypeConstraint.of(Type.STRING));
      case "number" -> Optional.of(TypeConstraint.of(Type.NUMBER));
      case "bool" -> Optional.of(TypeConstraint.of(Type.BOOL));
      case "any" -> Optional.of(TypeConstraint.ANY);
      case "list" -> Optional.of(TypeConstraint.of(Type.list(Type.DYNAMIC)));
      case "map" -> Optional.of(TypeConstraint.of(Type.map(Type.DYNAMIC)));
      case "set" ->
          invalid(
              "The set type constructor requires one argument specifying the element type.",
              expression);
      case "object" ->
          invalid(
              "The object type constructor requires one argument specifying the attribute types"
                  + " and values as a map.",
              expression);
      case "tuple" ->
          invalid(
              "The tuple type constructor requires one argument specifying the element types as a"
                  + " list.",
              expression);
      case "optional" ->
          invalid(
              "Keyword \"optional\" is valid only as a modifier for object type attributes.",
              expression);
      default ->
          invalid(
              "The keyword "
                  + ValueText.quote(name)
                  + " is not a valid type specification."
                  + didYouMean(name, KEYWORDS),
              expression);
    };
  }

  private Optional<TypeConstraint> constructor(FunctionCall call) {
    return switch (call.name()) {
      case "list", "set", "map" -> collection(call);
      case "object" -> object(call);
      case "tuple" -> tuple(call);
      case "optional" ->
          invalid(
              "Keyword \"optional\" is valid only as a modifier for object type attributes.", call);
      case "string", "number", "bool", "any" ->
          invalid(
              "Primitive type keyword "
                  + ValueText.quote(call.name())
                  + " does not expect arguments.",
              call);
      default ->
          invalid(
              "Keyword "
                  + ValueText.quote(call.name())
                  + " is not a valid type constructor."
                  + didYouMean(call.name(), CONSTRUCTORS),
              call);
    };
  }

  private Optional<TypeConstraint> collection(FunctionCall call) {
    if (call.arguments().size() != 1) {
      return invalid(
          "The "
              + call.name()
              + " type constructor requires one argument specifying the element type.",
          call);
    }
    return parse(call.arguments().getFirst())
        .map(element ->
            new TypeConstraint(
                switch (call.name()) {
                  case "list" -> Type.list(element.type());
                  case "set" -> Type.set(element.type());
                  default -> Type.map(element.type());
                },
                Defaults.ofElements(element.defaults())));
  }

  private Optional<TypeConstraint> tuple(FunctionCall call) {
    if (call.arguments().size() != 1
        || !(call.arguments().getFirst() instanceof TupleConstructor(var elements, _))) {
      return invalid(
          "The tuple type constructor requires one argument specifying the element types as a"
              + " list.",
          call);
    }
    List<Type> types = new ArrayList<>();
    Map<String, Defaults> inner = new HashMap<>();
    boolean complete = true;
    for (Expression element : elements) {
      Optional<TypeConstraint> parsed = parse(element);
      complete &= parsed.isPresent();
      parsed.ifPresent(constraint -> {
        if (!constraint.defaults().isEmpty()) {
          inner.put(String.valueOf(types.size()), constraint.defaults());
        }
        types.add(constraint.type());
      });
    }
    return complete
        ? Optional.of(
            new TypeConstraint(new Type.TupleType(types), new Defaults(Map.of(), inner, List.of())))
        : Optional.empty();
  }

  private Optional<TypeConstraint> object(FunctionCall call) {
    if (call.arguments().size() != 1
        || !(call.arguments().getFirst() instanceof ObjectConstructor(var items, _))) {
      return invalid(
          "The object type constructor requires one argument specifying the attribute types and"
              + " values as a map.",
          call);
    }
    Attributes attributes = new Attributes();
    boolean complete = true;
    for (Expression.ObjectItem item : items) {
      complete &= attribute(item, attributes);
    }
    return complete ? Optional.of(attributes.constraint()) : Optional.empty();
  }

  /** The attributes of an object type as they are found. */
  private static final class Attributes {
    private final Set<String> names = new TreeSet<>();
    private final TreeMap<String, Type> types = new TreeMap<>();
    private final Set<String> optional = new TreeSet<>();
    private final Map<String, Value> defaults = new HashMap<>();
    private final Map<String, Defaults> inner = new HashMap<>();

    TypeConstraint constraint() {
      return new TypeConstraint(
          new Type.ObjectType(types, optional), new Defaults(defaults, inner, List.of()));
    }
  }

  private boolean attribute(Expression.ObjectItem item, Attributes attributes) {
    if (!(item.key() instanceof Literal(Str(String name), _))) {
      invalid("Object constructor map keys must be attribute names.", item.key());
      return false;
    }
    if (!attributes.names.add(name)) {
      invalid("An object type has the attribute " + ValueText.quote(name) + " twice.", item.key());
      return false;
    }
    if (item.value() instanceof FunctionCall call && call.name().equals("optional")) {
      return optional(name, call, attributes);
    }
    Optional<TypeConstraint> constraint = parse(item.value());
    constraint.ifPresent(parsed -> add(name, parsed, attributes));
    return constraint.isPresent();
  }

  private static void add(String name, TypeConstraint constraint, Attributes attributes) {
    attributes.types.put(name, constraint.type());
    if (!constraint.defaults().isEmpty()) {
      attributes.inner.put(name, constraint.defaults());
    }
  }

  private boolean optional(String name, FunctionCall call, Attributes attributes) {
    if (call.arguments().isEmpty()) {
      invalid("Optional attribute modifier requires the attribute type as its argument.", call);
      return false;
    }
    if (call.arguments().size() > 2) {
      invalid(
          "Optional attribute modifier expects at most two arguments: the attribute type, and an"
              + " optional default value.",
          call);
      return false;
    }
    Optional<TypeConstraint> constraint = parse(call.arguments().getFirst());
    if (constraint.isEmpty()) {
      return false;
    }
    add(name, constraint.get(), attributes);
    attributes.optional.add(name);
    if (call.arguments().size() == 1) {
      return true;
    }
    Expression expression = call.arguments().getLast();
    Diagnostics problems = new Diagnostics();
    Value value = CONSTANTS.evaluate(expression, Variables.NONE, problems);
    diagnostics.addAll(problems.all());
    if (problems.hasErrors()) {
      return false;
    }
    try {
      Value converted = constraint.get().convert(value);
      if (!converted.isNull()) {
        attributes.defaults.put(name, converted);
      }
      return true;
    } catch (ConversionException e) {
      diagnostics.add(
          Diagnostic.error(
              "invalid-default",
              "Invalid default value for optional attribute",
              "This default value is not compatible with the attribute's type constraint: "
                  + e.messageWithPath()
                  + ".",
              expression.range()));
      return false;
    }
  }

  private static String didYouMean(String name, List<String> known) {
    return Optional.ofNullable(ELSEWHERE.get(name))
        .filter(known::contains)
        .or(() -> NearestName.of(name, known))
        .map(meant -> " Did you mean " + ValueText.quote(meant) + "?")
        .orElse("");
  }

  private Optional<TypeConstraint> invalid(String detail, Expression expression) {
    diagnostics.add(TypeConstraint.invalid(detail, expression));
    return Optional.empty();
  }
}
