package io.pgha.language.value;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Escapes what Terraform's {@code jsonencode} escapes, so that files rendered by both agree. */
final class HtmlSafeEscapes extends CharacterEscapes {
  private static final long serialVersionUID = 1;

  private final int[] ascii;

  HtmlSafeEscapes() {
    ascii = Objects.requireNonNull(standardAsciiEscapesForJSON());
    ascii['<'] = ESCAPE_STANDARD;
    ascii['>'] = ESCAPE_STANDARD;
    ascii['&'] = ESCAPE_STANDARD;
  }

  @Override
  public int[] getEscapeCodesForAscii() {
    return ascii.clone();
  }

  @Override
  public @Nullable SerializableString getEscapeSequence(int character) {
    return character == 0x2028 || character == 0x2029
        ? new SerializedString(String.format("\\u%04x", character))
        : null;
  }
}
