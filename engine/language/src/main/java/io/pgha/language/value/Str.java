package io.pgha.language.value;

/**
 * A string.
 *
 * @param value the text, in Unicode normalisation form C as HCL has it
 */
public record Str(String value) implements Value {
  @Override
  public Type type() {
    return Type.STRING;
  }
}
