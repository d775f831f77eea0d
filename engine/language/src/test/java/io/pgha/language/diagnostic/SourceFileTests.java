package io.pgha.language.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SourceFileTests {
  private final Diagnostics diagnostics = new Diagnostics();

  @Test
  void positions_count_lines_and_characters_from_one() {
    SourceFile file = SourceFile.of("f", "ab\r\nçd\n");

    assertThat(file.position(0)).isEqualTo(new SourcePosition(0, 1, 1));
    assertThat(file.position(4)).isEqualTo(new SourcePosition(4, 2, 1));
    assertThat(file.position(5)).isEqualTo(new SourcePosition(5, 2, 2));
    assertThat(file.position(7)).isEqualTo(new SourcePosition(7, 3, 1));
    assertThat(file.line(1)).isEqualTo("ab");
    assertThat(file.lines()).isEqualTo(3);
  }

  @Test
  void bytes_are_those_of_utf8() {
    SourceFile file = SourceFile.of("f", "a\u00E7\n\uD83D\uDE00b\n");

    assertThat(file.bytesBefore(0)).isZero();
    assertThat(file.bytesBefore(2)).isEqualTo(3);
    assertThat(file.bytesBefore(3)).isEqualTo(4);
    assertThat(file.bytesBefore(5)).isEqualTo(8);
    assertThat(file.bytesBefore(7)).isEqualTo(10);
  }

  @Test
  void a_byte_order_mark_is_left_out() {
    SourceFile file =
        SourceFile.decode("f", "\uFEFFa = 1".getBytes(StandardCharsets.UTF_8), diagnostics);

    assertThat(file.text()).isEqualTo("a = 1");
    assertThat(diagnostics.all()).isEmpty();
  }

  @Test
  void bytes_that_are_no_utf8_are_reported_where_they_stand() {
    SourceFile file =
        SourceFile.decode(
            "f",
            "a = \"x\"\nb = \"gr\u00FC\u00DF\"\n".getBytes(StandardCharsets.ISO_8859_1),
            diagnostics);

    assertThat(diagnostics.all())
        .singleElement()
        .extracting(d -> d.subject().orElseThrow() + " " + d.summary())
        .isEqualTo("f:2,8 Invalid character encoding");
    assertThat(file.line(2)).isEqualTo("b = \"gr\uFFFD\"");
  }
}
