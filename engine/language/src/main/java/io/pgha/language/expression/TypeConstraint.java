package io.pgha.language.expression;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.syntax.Expression;
import io.pgha.language.value.Conversion;
import io.pgha.language.value.ConversionException;
import io.pgha.language.value.Type;
import io.pgha.language.value.Value;
import java.util.Optional;

/**
 * A type as a variable declares it: the type, and the defaults of optional attributes in it.
 *
 * <p>The type's optional attributes are those declared with {@code optional()}.
 */
public final class TypeConstraint {
  /** Any value. */
  public static final TypeConstraint ANY = new TypeConstraint(Type.DYNAMIC, Defaults.NONE);

  private final Type type;
  private final Defaults defaults;

  TypeConstraint(Type type, Defaults defaults) {
    this.type = type;
    this.defaults = defaults;
  }

  /** A type without defaults. */
  public static TypeConstraint of(Type type) {
    return new TypeConstraint(type, Defaults.NONE);
  }

  /** The type constraint that an expression spells; empty where it has an error, reported. */
  public static Optional<TypeConstraint> parse(Expression expression, Diagnostics diagnostics) {
    return new TypeConstraintParser(diagnostics).parse(expression);
  }

  /** The type. */
  public Type type() {
    return type;
  }

  Defaults defaults() {
    return defaults;
  }

  /**
   * The value as one of this type, defaults in the place of missing or null optional attributes.
   *
   * @throws ConversionException where it can't become one
   */
  public Value convert(Value value) throws ConversionException {
    return Conversion.convert(defaults.apply(value), type);
  }

  /** Reports that an expression is no type. */
  static Diagnostic invalid(String detail, Expression expression) {
    return Diagnostic.error(
        "invalid-type", "Invalid type specification", detail, expression.range());
  }
}
