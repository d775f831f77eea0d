package io.pgha.state.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class UpgradesTests {
  private static final Upgrades TWO = new Upgrades(1, List.of(adding(" second"), adding(" third")));

  private static Upgrades.Step adding(String words) {
    return (older, newer) -> {
      older.transferTo(newer);
      newer.write(words.getBytes(StandardCharsets.UTF_8));
    };
  }

  private static String upgraded(int version, String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TWO.apply(version, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void leadThroughEachVersionThatIsBetween() throws IOException {
    assertThat(upgraded(1, "first")).isEqualTo("first second third");
    assertThat(upgraded(2, "first")).isEqualTo("first third");
    assertThat(upgraded(3, "first")).isEqualTo("first");
  }

  @Test
  void knowWhatThereNeverWas() {
    assertThatThrownBy(() -> upgraded(0, ""))
        .isInstanceOf(IOException.class)
        .hasMessage("there never was a format version 0");
  }
}
