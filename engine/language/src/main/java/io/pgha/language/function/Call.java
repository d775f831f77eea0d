package io.pgha.language.function;

import io.pgha.language.value.Bool;
import io.pgha.language.value.ListValue;
import io.pgha.language.value.Num;
import io.pgha.language.value.SetValue;
import io.pgha.language.value.Str;
import io.pgha.language.value.TupleValue;
import io.pgha.language.value.Type;
import io.pgha.language.value.Value;
import java.math.BigDecimal;
import java.util.List;

/**
 * A call of a function.
 *
 * @param arguments the arguments, converted to the parameters' types
 * @param resultType the type that the result is to have
 * @param context the world outside
 */
public record Call(List<Value> arguments, Type resultType, FunctionContext context) {
  /** The argument at a position, from 0. */
  public Value value(int position) {
    return arguments.get(position);
  }

  /** The text of a string argument. */
  public String text(int position) {
    return ((Str) arguments.get(position)).value();
  }

  /** A number argument. */
  Num number(int position) {
    return (Num) arguments.get(position);
  }

  /** A bool argument. */
  boolean truth(int position) {
    return ((Bool) arguments.get(position)).value();
  }

  /** A number argument that must be a whole one of at most 32 bits. */
  int integer(int position) throws FunctionException {
    BigDecimal value = number(position).value();
    if (value.scale() > 0) {
      throw new FunctionException(position, "a whole number is required");
    }
    if (value.precision() - value.scale() > 10
        || value.longValue() > Integer.MAX_VALUE
        || value.longValue() < Integer.MIN_VALUE) {
      throw new FunctionException(
          position, value.signum() < 0 ? "value is too small" : "value is too large");
    }
    return value.intValueExact();
  }

  /** The elements of a list, set or tuple argument. */
  List<Value> elements(int position) {
    return elementsOf(arguments.get(position));
  }

  /** The arguments from a position on. */
  List<Value> from(int position) {
    return arguments.subList(position, arguments.size());
  }

  static List<Value> elementsOf(Value sequence) {
    return switch (sequence.unmarked()) {
      case ListValue(_, List<Value> elements) -> elements;
      case SetValue(_, List<Value> elements) -> elements;
      case TupleValue(List<Value> elements) -> elements;
      default -> throw new IllegalStateException("not a sequence: " + sequence.type());
    };
  }
}
