package io.pgha.language.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.language.value.Str;
import org.junit.jupiter.api.Test;

class YamlReaderTests {
  /** Where the library's reader takes its next part of a text, and some way around it. */
  private static final int PART = 1025;

  @Test
  void characters_of_two_halves_may_stand_anywhere() throws FunctionException {
    for (int before = PART - 4; before < PART + 4; before++) {
      String text = "a".repeat(before) + "\uD83D\uDE00";
      assertThat(YamlReader.decode(text)).isEqualTo(new Str(text));
      assertThat(YamlReader.decode(text + "b")).isEqualTo(new Str(text + "b"));
    }
  }
}
