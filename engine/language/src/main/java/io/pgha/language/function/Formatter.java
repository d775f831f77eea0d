package io.pgha.language.function;

import io.pgha.language.value.Bool;
import io.pgha.language.value.Conversion;
import io.pgha.language.value.ConversionException;
import io.pgha.language.value.Num;
import io.pgha.language.value.Str;
import io.pgha.language.value.Type;
import io.pgha.language.value.Value;
import io.pgha.language.value.ValueJson;
import io.pgha.language.value.ValueText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/** One text made by a format: {@code %[flags][width][.precision][[index]]verb}. */
final class Formatter {
  private static final int LARGEST = 100_000;

  private final String format;
  private final List<Value> arguments;
  private final StringBuilder output = new StringBuilder();
  private int position;
  private int next;
  private int highest;

  Formatter(String format, List<Value> arguments) {
    this.format = format;
    this.arguments = arguments;
  }

  /** A verb with what stands between the percent sign and it. */
  private record Verb(String raw, int offset, String flags, int width, int precision, char mode) {
    boolean has(char flag) {
      return flags.indexOf(flag) >= 0;
    }
  }

  String result() throws FunctionException {
    while (position < format.length()) {
      int percent = format.indexOf('%', position);
      if (percent < 0) {
        percent = format.length();
      }
      output.append(format, position, percent);
      position = percent;
      if (percent < format.length()) {
        verb();
      }
    }
    if (highest < arguments.size()) {
      throw new FunctionException(
          1 + highest,
          highest == 0
              ? "too many arguments; no verbs in format string"
              : "too many arguments; only " + highest + " used by format string");
    }
    return output.toString();
  }

  private void verb() throws FunctionException {
    int start = position++;
    if (peek() == '%') {
      position++;
      output.append('%');
      return;
    }
    int flagStart = position;
    while (" +-0#".indexOf(peek()) >= 0 && position < format.length()) {
      position++;
    }
    String flags = format.substring(flagStart, position);
    int width = digits();
    int precision = -1;
    if (peek() == '.') {
      position++;
      precision = Math.max(0, digits());
    }
    if (peek() == '[') {
      position++;
      int index = digits();
      if (index < 1 || peek() != ']') {
        throw unrecognized(start);
      }
      position++;
      next = index - 1;
    }
    if (position >= format.length()) {
      throw new FunctionException(0, "unterminated format verb at the end of the format string");
    }
    char mode = format.charAt(position);
    if ("vtbdoxXeEfgGsq".indexOf(mode) < 0) {
      throw unrecognized(start);
    }
    position++;
    String raw = format.substring(start, position);
    Verb verb = new Verb(raw, start, flags, width, precision, mode);
    append(verb, argument(verb));
  }

  private FunctionException unrecognized(int start) {
    int at = Math.min(position, format.length() - 1);
    int found = format.codePointAt(at);
    boolean letter = (found >= 'a' && found <= 'z') || (found >= 'A' && found <= 'Z');
    return new FunctionException(
        0,
        letter
            ? "unsupported format verb '"
                + Character.toString(found)
                + "' in "
                + ValueText.quote(format.substring(start, at + 1))
                + " at offset "
                + start
            : "unrecognized format character '" + Character.toString(found) + "' at offset " + at);
  }

  private char peek() {
    return position < format.length() ? format.charAt(position) : '\0';
  }

  private int digits() throws FunctionException {
    int start = position;
    int value = -1;
    while (peek() >= '0' && peek() <= '9') {
      value = Math.max(value, 0) * 10 + (peek() - '0');
      if (value > LARGEST) {
        throw new FunctionException(0, "width, precision or index at " + start + " is too large");
      }
      position++;
    }
    return value;
  }

  private Value argument(Verb verb) throws FunctionException {
    if (next >= arguments.size()) {
      throw new FunctionException(
          0,
          "not enough arguments for "
              + ValueText.quote(verb.raw())
              + " at "
              + verb.offset()
              + ": need index "
              + (next + 1)
              + " but have "
              + arguments.size()
              + " total");
    }
    Value value = arguments.get(next++);
    highest = Math.max(highest, next);
    return value;
  }

  private void append(Verb verb, Value value) throws FunctionException {
    if (value.isNull() && verb.mode() != 'v') {
      throw unsupported(verb, "null value cannot be formatted");
    }
    switch (verb.mode()) {
      case 'v' -> appendPadded(verb, plain(verb, value));
      // Other implementations don't pad bools, and results must be the same.
      case 't' -> output.append(Boolean.toString(((Bool) convert(verb, value, Type.BOOL)).value()));
      case 's' -> appendPadded(verb, text(verb, value));
      case 'q' -> appendPadded(verb, ValueJson.encode(new Str(text(verb, value))));
      case 'b', 'd', 'o', 'x', 'X' -> appendInteger(verb, number(verb, value));
      default -> appendFloat(verb, number(verb, value));
    }
  }

  private static String plain(Verb verb, Value value) {
    if (!verb.has('#') && value instanceof Str(String text)) {
      return truncated(verb, text);
    }
    if (!verb.has('#') && value instanceof Num number) {
      return general(number.shown(), -1, 'e');
    }
    return ValueJson.encode(value);
  }

  private String text(Verb verb, Value value) throws FunctionException {
    return truncated(verb, ((Str) convert(verb, value, Type.STRING)).value());
  }

  private static String truncated(Verb verb, String text) {
    if (verb.precision() < 0) {
      return text;
    }
    List<String> characters = StringFunctions.characters(text);
    return String.join("", characters.subList(0, Math.min(verb.precision(), characters.size())));
  }

  private Num number(Verb verb, Value value) throws FunctionException {
    return (Num) convert(verb, value, Type.NUMBER);
  }

  private Value convert(Verb verb, Value value, Type type) throws FunctionException {
    try {
      return Conversion.convert(value, type);
    } catch (ConversionException e) {
      throw unsupported(verb, e.messageWithPath());
    }
  }

  private static FunctionException unsupported(Verb verb, String reason) {
    return new FunctionException(
        "unsupported value for "
            + ValueText.quote(verb.raw())
            + " at "
            + verb.offset()
            + ": "
            + reason);
  }

  private void appendPadded(Verb verb, String text) {
    int missing = verb.width() - StringFunctions.characters(text).size();
    if (missing <= 0) {
      output.append(text);
    } else if (verb.has('-')) {
      output.append(text).repeat(' ', missing);
    } else {
      output.repeat(verb.has('0') ? '0' : ' ', missing).append(text);
    }
  }

  private void appendInteger(Verb verb, Num number) throws FunctionException {
    if (!number.isInteger()) {
      throw unsupported(verb, "an integer is required");
    }
    BigInteger integer = number.exact().toBigInteger();
    int radix =
        switch (verb.mode()) {
          case 'b' -> 2;
          case 'o' -> 8;
          case 'd' -> 10;
          default -> 16;
        };
    String digits = integer.abs().toString(radix);
    String prefix = "";
    if (verb.mode() == 'X') {
      digits = digits.toUpperCase(Locale.ROOT);
    }
    if (verb.has('#')) {
      prefix = verb.mode() == 'o' ? "0" : verb.mode() == 'd' ? "" : "0" + verb.mode();
    }
    if (verb.precision() > digits.length()) {
      digits = "0".repeat(verb.precision() - digits.length()) + digits;
    }
    appendNumber(verb, sign(verb, integer.signum()), prefix, digits);
  }

  private static String sign(Verb verb, int signum) {
    return signum < 0 ? "-" : verb.has('+') ? "+" : verb.has(' ') ? " " : "";
  }

  private void appendNumber(Verb verb, String sign, String prefix, String digits) {
    int missing = Math.max(0, verb.width() - sign.length() - prefix.length() - digits.length());
    if (verb.has('-')) {
      output.append(sign).append(prefix).append(digits).repeat(' ', missing);
    } else if (verb.has('0')) {
      output.append(sign).append(prefix).repeat('0', missing).append(digits);
    } else {
      output.repeat(' ', missing).append(sign).append(prefix).append(digits);
    }
  }

  /** What is rounded is the binary number: 2.675 is a little less than that. */
  private void appendFloat(Verb verb, Num number) {
    boolean shortest = verb.precision() < 0 && "gG".indexOf(verb.mode()) >= 0;
    BigDecimal magnitude = (shortest ? number.shown() : number.exact()).abs();
    String digits =
        switch (verb.mode()) {
          case 'f' ->
              magnitude
                  .setScale(verb.precision() < 0 ? 6 : verb.precision(), RoundingMode.HALF_EVEN)
                  .toPlainString();
          case 'e', 'E' ->
              scientific(magnitude, verb.precision() < 0 ? 6 : verb.precision(), verb.mode());
          case 'G' -> general(magnitude, verb.precision(), 'E');
          default -> general(magnitude, verb.precision(), 'e');
        };
    appendNumber(verb, sign(verb, number.value().signum()), "", digits);
  }

  private static String scientific(BigDecimal magnitude, int decimals, char letter) {
    if (magnitude.signum() == 0) {
      return (decimals > 0 ? "0." + "0".repeat(decimals) : "0") + letter + "+00";
    }
    BigDecimal rounded = magnitude.round(new MathContext(decimals + 1, RoundingMode.HALF_EVEN));
    int exponent = rounded.precision() - rounded.scale() - 1;
    String digits = rounded.unscaledValue().toString();
    digits = digits + "0".repeat(Math.max(0, decimals + 1 - digits.length()));
    String shown = digits.substring(0, decimals + 1);
    String mantissa = decimals > 0 ? shown.charAt(0) + "." + shown.substring(1) : shown;
    return mantissa + exponent(exponent, letter);
  }

  private static String exponent(int exponent, char letter) {
    int size = Math.abs(exponent);
    return letter + (exponent < 0 ? "-" : "+") + (size < 10 ? "0" : "") + size;
  }

  /** As short as it gets: with an exponent only where the plain form would be much longer. */
  private static String general(BigDecimal number, int precision, char letter) {
    if (number.signum() == 0) {
      return "0";
    }
    BigDecimal rounded =
        precision < 0
            ? number.stripTrailingZeros()
            : number
                .round(new MathContext(Math.max(1, precision), RoundingMode.HALF_EVEN))
                .stripTrailingZeros();
    int digits = rounded.precision();
    int exponent = digits - rounded.scale() - 1;
    int limit = precision < 0 ? 6 : Math.max(1, precision);
    if (precision >= 0 && limit > digits && digits >= exponent + 1) {
      limit = digits;
    }
    if (exponent < -4 || exponent >= limit) {
      String sign = number.signum() < 0 ? "-" : "";
      return sign + scientific(rounded.abs(), digits - 1, letter);
    }
    return rounded.toPlainString();
  }
}
