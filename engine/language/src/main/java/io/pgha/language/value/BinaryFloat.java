package io.pgha.language.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * A binary floating point number of at most 512 bits, rounded to the nearest and, between two, to
 * the even one: the arithmetic of HCL, which a decimal can't give ({@code 1/3*3 == 1}).
 *
 * @param mantissa the significant bits, at most {@link #PRECISION} of them
 * @param exponent the power of two by which they are multiplied
 */
record BinaryFloat(BigInteger mantissa, int exponent) {
  /** Bits of a mantissa. */
  static final int PRECISION = 512;

  /** So many decimal digits survive the way into a float and back: 10^153 is below 2^511. */
  static final int SAFE_DIGITS = 153;

  private static final int DOUBLE_PRECISION = 53;

  private static final int SAFE_DOUBLE_DIGITS = 15;

  private static final int GUARDED = PRECISION + 2;

  /** The float nearest to the given decimal. */
  static BinaryFloat of(BigDecimal decimal) {
    BigInteger unscaled = decimal.unscaledValue();
    if (decimal.scale() <= 0) {
      return rounded(unscaled.multiply(BigInteger.TEN.pow(-decimal.scale())), 0, false);
    }
    return quotient(unscaled, BigInteger.TEN.pow(decimal.scale()), 0);
  }

  BinaryFloat plus(BinaryFloat other) {
    int common = Math.min(exponent, other.exponent);
    BigInteger sum =
        mantissa
            .shiftLeft(exponent - common)
            .add(other.mantissa.shiftLeft(other.exponent - common));
    return rounded(sum, common, false);
  }

  BinaryFloat times(BinaryFloat other) {
    return rounded(mantissa.multiply(other.mantissa), exponent + other.exponent, false);
  }

  BinaryFloat dividedBy(BinaryFloat other) {
    return quotient(mantissa, other.mantissa, exponent - other.exponent);
  }

  BinaryFloat negate() {
    return new BinaryFloat(mantissa.negate(), exponent);
  }

  /** This number without its fraction. */
  BinaryFloat truncated() {
    return new BinaryFloat(exact().toBigInteger(), 0);
  }

  private static BinaryFloat quotient(BigInteger dividend, BigInteger divisor, int exponent) {
    int shift = Math.max(0, GUARDED + divisor.bitLength() - dividend.bitLength());
    BigInteger[] parts = dividend.shiftLeft(shift).divideAndRemainder(divisor);
    return rounded(parts[0], exponent - shift, parts[1].signum() != 0);
  }

  /** Rounds; {@code inexact} says that the true magnitude is a little more than the bits given. */
  private static BinaryFloat rounded(BigInteger bits, int exponent, boolean inexact) {
    int excess = bits.bitLength() - PRECISION;
    if (bits.signum() == 0 || excess <= 0) {
      return new BinaryFloat(bits, bits.signum() == 0 ? 0 : exponent);
    }
    BigInteger magnitude = bits.abs();
    excess = magnitude.bitLength() - PRECISION;
    if (excess <= 0) {
      return new BinaryFloat(bits, exponent);
    }
    BigInteger kept = magnitude.shiftRight(excess);
    boolean half = magnitude.testBit(excess - 1);
    boolean beyond = inexact || magnitude.getLowestSetBit() < excess - 1;
    if (half && (beyond || kept.testBit(0))) {
      kept = kept.add(BigInteger.ONE);
    }
    return new BinaryFloat(bits.signum() < 0 ? kept.negate() : kept, exponent + excess);
  }

  /** The decimal that is this float. */
  BigDecimal exact() {
    return exact(mantissa, exponent);
  }

  private static BigDecimal exact(BigInteger bits, int exponent) {
    return exponent >= 0
        ? new BigDecimal(bits.shiftLeft(exponent))
        : new BigDecimal(bits.multiply(BigInteger.valueOf(5).pow(-exponent)), -exponent);
  }

  /** The shortest decimal that is nearer to this float than to any other. */
  BigDecimal shortestDecimal() {
    return shortestDecimal(PRECISION, SAFE_DIGITS);
  }

  /** The shortest decimal that is nearer to this float than to any other of a double's bits. */
  BigDecimal shortestDoubleDecimal() {
    return shortestDecimal(DOUBLE_PRECISION, SAFE_DOUBLE_DIGITS);
  }

  private BigDecimal shortestDecimal(int precision, int safeDigits) {
    BigDecimal exact = exact();
    if (mantissa.signum() == 0 || exact.stripTrailingZeros().precision() <= safeDigits) {
      return exact;
    }
    int spare = precision - mantissa.abs().bitLength();
    boolean even = !mantissa.testBit(Math.max(0, -spare)) || spare > 0;
    BigDecimal half = exact(BigInteger.ONE, exponent - spare - 1);
    for (int digits = safeDigits; ; digits++) {
      BigDecimal candidate = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      int distance = candidate.subtract(exact).abs().compareTo(half);
      if (distance < 0 || (distance == 0 && even)) {
        return candidate;
      }
    }
  }
}
