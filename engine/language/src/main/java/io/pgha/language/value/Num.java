package io.pgha.language.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A number: a binary floating point number of 512 bits, kept as the shortest decimal that means it.
 * Numbers are equal where those decimals are.
 *
 * @param value that decimal, without trailing zeros
 * @param ofDouble whether the number has only the 53 bits of a double: a whole number is kept
 *     exactly then and shown as short as those bits allow, any other is the double nearest to it
 */
public record Num(BigDecimal value, boolean ofDouble) implements Value, Comparable<Num> {
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

  /** The number nearest to the given decimal. */
  public Num(BigDecimal value) {
    this(value, false);
  }

  /** The number of the given integer. */
  public static Num of(long value) {
    return new Num(BigDecimal.valueOf(value));
  }

  /** The number that the given double is exactly; it must be finite. */
  public static Num of(double value) {
    BigDecimal exact = new BigDecimal(value);
    boolean whole = exact.stripTrailingZeros().scale() <= 0;
    return new Num(whole ? exact : new BigDecimal(Double.toString(value)), true);
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
    return shown().toPlainString();
  }

  /** The decimal that is shown: the shortest that is nearer to this number than to any other. */
  public BigDecimal shown() {
    return ofDouble && isInteger() ? BinaryFloat.of(value).shortestDoubleDecimal() : value;
  }

  /** What this number is to the last bit, which may be far longer than what is shown. */
  public BigDecimal exact() {
    return binary().exact();
  }

  /** The absolute value. */
  public Num abs() {
    return value.signum() < 0 ? negate() : this;
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
    return new Num(value.negate(), ofDouble);
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
    return BinaryFloat.of(ofDouble && !isInteger() ? new BigDecimal(value.doubleValue()) : value);
  }

  private static Num of(BinaryFloat binary) {
    return new Num(binary.shortestDecimal());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Num number && value.equals(number.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public Type type() {
    return Type.NUMBER;
  }
}
