package io.pgha.language.value;

import java.math.BigDecimal;

/**
 * A number.
 *
 * @param value the exact value, without trailing zeros
 */
public record Num(BigDecimal value) implements Value {
  public Num {
    value = value.stripTrailingZeros();
  }

  /** The number of the given integer. */
  public static Num of(long value) {
    return new Num(BigDecimal.valueOf(value));
  }

  /** Whether this is a whole number. */
  public boolean isInteger() {
    return value.scale() <= 0;
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

  @Override
  public Type type() {
    return Type.NUMBER;
  }
}
