package io.pgha.language.value;

import java.text.Normalizer;

/**
 * A string.
 *
 * @param value the text, brought into Unicode normalisation form C as HCL has it
 */
public record Str(String value) implements Value {
  /** The empty string. */
  public static final Str EMPTY = new Str("");

  public Str {
    if (!isAscii(value)) {
      value = Normalizer.normalize(value, Normalizer.Form.NFC);
    }
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7f) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Type type() {
    return Type.STRING;
  }
}
