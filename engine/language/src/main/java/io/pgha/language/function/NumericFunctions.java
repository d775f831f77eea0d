package io.pgha.language.function;

import io.pgha.language.value.Conversion;
import io.pgha.language.value.ConversionException;
import io.pgha.language.value.Num;
import io.pgha.language.value.Type;
import io.pgha.language.value.Value;
import io.pgha.language.value.ValueText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** Functions of numbers. */
final class NumericFunctions {
  private static final int LARGEST_BASE = 62;

  static final List<Function> ALL =
      List.of(
          ofNumber("abs", "The absolute value.", Num::abs),
          ofNumber("ceil", "Rounds up to a whole number.", n -> round(n, RoundingMode.CEILING)),
          ofNumber("floor", "Rounds down to a whole number.", n -> round(n, RoundingMode.FLOOR)),
          Function.named("signum", "The sign of a whole number: -1, 0 or 1.")
              .takes("num", Type.NUMBER)
              .returns(
                  Type.NUMBER,
                  call -> {
                    if (!call.number(0).isInteger()) {
                      throw new FunctionException("value must be a whole number");
                    }
                    return Num.of(call.number(0).value().signum());
                  }),
          fold("max", "The greatest of the numbers.", (a, b) -> a.compareTo(b) >= 0 ? a : b),
          fold("min", "The smallest of the numbers.", (a, b) -> a.compareTo(b) <= 0 ? a : b),
          Function.named("log", "The logarithm of a number to a base.")
              .takes("num", Type.NUMBER)
              .takes("base", Type.NUMBER)
              .returns(
                  Type.NUMBER,
                  call -> finite(Math.log(decimal(call, 0)) / Math.log(decimal(call, 1)))),
          Function.named("pow", "A number raised to a power.")
              .takes("num", Type.NUMBER)
              .takes("power", Type.NUMBER)
              .returns(Type.NUMBER, call -> finite(Math.pow(decimal(call, 0), decimal(call, 1)))),
          Function.named("parseint", "Reads a whole number in a base from 2 to 62.")
              .takes("number", Type.DYNAMIC)
              .takes("base", Type.NUMBER)
              .returns(
                  (Function.ResultType)
                      arguments -> {
                        Type type = arguments.getFirst().type();
                        if (!type.equals(Type.STRING) && !type.equals(Type.DYNAMIC)) {
                          throw new FunctionException(
                              0, "first argument must be a string, not " + type.friendlyName());
                        }
                        return Type.NUMBER;
                      },
                  NumericFunctions::parse),
          Function.named("sum", "The sum of the numbers in a list, set or tuple.")
              .takes("list", Type.DYNAMIC)
              .returns(Type.NUMBER, NumericFunctions::sum));

  private NumericFunctions() {}

  private static Function ofNumber(String name, String description, UnaryOperator<Num> operation) {
    return Function.named(name, description)
        .takes("num", Type.NUMBER)
        .returns(Type.NUMBER, call -> operation.apply(call.number(0)));
  }

  private static Function fold(String name, String description, BinaryOperator<Num> choice) {
    return Function.named(name, description)
        .takesAny(Parameter.of("numbers", Type.NUMBER))
        .returns(
            Type.NUMBER,
            call -> {
              if (call.arguments().isEmpty()) {
                throw new FunctionException("must pass at least one number");
              }
              Num result = call.number(0);
              for (int i = 1; i < call.arguments().size(); i++) {
                result = choice.apply(result, call.number(i));
              }
              return result;
            });
  }

  private static Num round(Num number, RoundingMode mode) {
    return number.isInteger() ? number : new Num(number.value().setScale(0, mode));
  }

  private static double decimal(Call call, int position) {
    return call.number(position).value().doubleValue();
  }

  private static Value finite(double result) throws FunctionException {
    if (Double.isNaN(result) || Double.isInfinite(result)) {
      throw new FunctionException("the result is not a finite number");
    }
    return Num.of(result);
  }

  private static Value parse(Call call) throws FunctionException {
    BigDecimal given = call.number(1).value();
    if (given.scale() > 0
        || given.compareTo(BigDecimal.TWO) < 0
        || given.compareTo(BigDecimal.valueOf(LARGEST_BASE)) > 0) {
      throw new FunctionException(1, "base must be a whole number between 2 and 62 inclusive");
    }
    int base = given.intValueExact();
    String text = call.text(0);
    boolean signed = text.startsWith("-") || text.startsWith("+");
    BigInteger result = BigInteger.ZERO;
    for (int i = signed ? 1 : 0; i < text.length(); i++) {
      int digit = digit(text.charAt(i), base);
      if (digit < 0) {
        throw unreadable(text, base);
      }
      result = result.multiply(BigInteger.valueOf(base)).add(BigInteger.valueOf(digit));
    }
    if (text.length() == (signed ? 1 : 0)) {
      throw unreadable(text, base);
    }
    return Num.of(text.startsWith("-") ? result.negate() : result);
  }

  private static FunctionException unreadable(String text, int base) {
    return new FunctionException(
        0, "cannot parse " + ValueText.quote(text) + " as a base " + base + " integer");
  }

  /** Up to base 36 letters mean the same in both cases, beyond that capitals follow. */
  private static int digit(char c, int base) {
    int digit = -1;
    if (c >= '0' && c <= '9') {
      digit = c - '0';
    } else if (c >= 'a' && c <= 'z') {
      digit = c - 'a' + 10;
    } else if (c >= 'A' && c <= 'Z') {
      digit = c - 'A' + (base <= 36 ? 10 : 36);
    }
    return digit < base ? digit : -1;
  }

  private static Value sum(Call call) throws FunctionException {
    Type type = call.value(0).type();
    boolean sequence =
        type instanceof Type.ListType
            || type instanceof Type.SetType
            || type instanceof Type.TupleType;
    if (!sequence) {
      throw new FunctionException(
          0, "argument must be list, set, or tuple. Received " + type.friendlyName());
    }
    List<Value> elements = call.elements(0);
    if (elements.isEmpty()) {
      throw new FunctionException(0, "cannot sum an empty list");
    }
    Num sum = Num.ZERO;
    for (Value element : elements) {
      sum = sum.plus(summand(element));
    }
    return sum;
  }

  private static Num summand(Value element) throws FunctionException {
    String message = "argument must be list, set, or tuple of number values";
    try {
      if (Conversion.convert(element, Type.NUMBER) instanceof Num number) {
        return number;
      }
    } catch (ConversionException e) {
      throw new FunctionException(0, message);
    }
    throw new FunctionException(0, message);
  }
}
