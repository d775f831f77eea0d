package io.pgha.language.value;

/** A truth value. */
public enum Bool implements Value {
  FALSE,
  TRUE;

  /** The constant for the given truth. */
  public static Bool of(boolean value) {
    return value ? TRUE : FALSE;
  }

  /** Whether this is {@link #TRUE}. */
  public boolean value() {
    return this == TRUE;
  }

  @Override
  public Type type() {
    return Type.BOOL;
  }
}
