package io.pgha.language.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A number: a binary floating point number of 512 bits, kept as the shortest decimal that means it.
 *
 * @param value that decimal, without trailing zeros
 */
public record Num(BigDecimal value) implements Value, Comparable<Num> {
  private static final Pattern SYNTAX =
      Pattern.compile("[+-]?\\d+(\\.\\d*)?([eE][+-]?\\d{1,6})?|[+-]?\\.\\d+([eE][+-]?\\d{1,6})?");

  /** The number 0. */
  public static final Num ZERO = new Num(BigDecimal.ZERO);

  public Num {
    if (value.precision() > BinaryFloat.SAFE_DIGITS) {
      value = BinaryFloat.of(value).shortestDecimal();
    }
    value = value.stripTrailingZeros();
  }

  /** The number of the given integer. */
  public static Num of(long value) {
    return new Num(BigDecimal.valueOf(value));
  }

  /** The number that is shown like the given double; it must be finite. */
  public static Num of(double value) {
    return new Num(new BigDecimal(Double.toString(value)));
  }

  /** The number of the given integer, rounded to 512 bits. */
  public static Num of(BigInteger value) {
    return new Num(new BigDecimal(value));
  }

  /** The number that the text is in decimal notation, if it is one. */
  public static Optional<Num> parse(String text) {
    return SYNTAX.matcher(text).matches()
        ? Optional.of(new Num(new BigDecimal(text)))
        : Optional.empty();
  }

  /** Whether this is a whole number. */
  public boolean isInteger() {
    return value.scale() <= 0;
  }

  /** Whether this is a whole number that a long can be. */
  public boolean isLong() {
    return isInteger()
        && value.compareTo(BigDecimal.valueOf(Long.MIN_VALUE)) >= 0
        && value.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
  }

  /**
   * This number as a long.
   *
   * @throws ArithmeticException where it has a fraction or does not fit
   */
  public long longValueExact() {
    return value.longValueExact();
  }

  /** The text that a template makes of this number. */
  public String text() {
    return value.toPlainString();
  }

  /** The sum. */
  public Num plus(Num other) {
    return areSmallIntegers(this, other)
        ? new Num(value.add(other.value))
        : of(binary().plus(other.binary()));
  }

  /** The difference. */
  public Num minus(Num other) {
    return plus(other.negate());
  }

  /** The product. */
  public Num times(Num other) {
    return areSmallIntegers(this, other)
        ? new Num(value.multiply(other.value))
        : of(binary().times(other.binary()));
  }

  /**
   * The quotient.
   *
   * @throws ArithmeticException where the other is 0
   */
  public Num dividedBy(Num other) {
    return of(binary().dividedBy(other.binary()));
  }

  /**
   * What is left of this number after the other was taken from it a whole number of times; it has
   * this number's sign.
   *
   * @throws ArithmeticException where the other is 0
   */
  public Num remainder(Num other) {
    if (areSmallIntegers(this, other)) {
      return new Num(value.remainder(other.value));
    }
    BinaryFloat times = binary().dividedBy(other.binary()).truncated();
    return of(binary().plus(other.binary().times(times).negate()));
  }

  /** This number with the other sign. */
  public Num negate() {
    return new Num(value.negate());
  }

  @Override
  public int compareTo(Num other) {
    return value.compareTo(other.value);
  }

  private static boolean areSmallIntegers(Num one, Num other) {
    return one.isSmallInteger() && other.isSmallInteger();
  }

  private boolean isSmallInteger() {
    return value.scale() <= 0 && value.precision() - value.scale() <= BinaryFloat.SAFE_DIGITS / 2;
  }

  private BinaryFloat binary() {
    return BinaryFloat.of(value);
  }

  private static Num of(BinaryFloat binary) {
    return new Num(binary.shortestDecimal());
  }

  @Override
  public Type type() {
    return Type.NUMBER;
  }
}
