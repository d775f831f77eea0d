package io.pgha.language.format;

import static io.pgha.language.format.CanonicalFormTests.form;
import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFile;
import io.pgha.language.syntax.Tokens;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the text: nothing is thrown, what has a form has it for good, and time is linear. */
class AnyTextTests {
  private static final List<String> PIECES =
      List.of(
          " ",
          "\t",
          "\n",
          "\r\n",
          "\r",
          "# c\n",
          "/*",
          "*/",
          "\"",
          "\"${",
          "}\"",
          "${",
          "%{",
          "~}",
          "{",
          "}",
          "[",
          "]",
          "(",
          ")",
          ",",
          "=",
          "-",
          "!",
          ".",
          "<<EOT\n",
          "EOT\n",
          "\\",
          "\0",
          "\uFEFF",
          "\uD83D",
          "e\u0301",
          "type = \"list\"\n",
          "variable x {\n",
          "x y {}\n");

  @Test
  void a_canonical_form_is_its_own_form() {
    for (int seed = 0; seed < 800; seed++) {
      String source = new RandomSource(seed).file();
      formOf(source).ifPresent(form -> assertThat(form(form)).as(source).isEqualTo(form));
    }
    for (Path file : TerraformFormTests.projectFiles()) {
      formOf(TerraformFormTests.read(file))
          .ifPresent(form -> assertThat(form(form)).as(file.toString()).isEqualTo(form));
    }
  }

  @Test
  void the_layout_changes_nothing_but_spaces() {
    for (int seed = 0; seed < 800; seed++) {
      String source = new RandomSource(seed).file();
      Tokens tokens = Tokens.of(SourceFile.of("x", source), new Diagnostics());
      String layout = new Layout(source, tokens).text();
      assertThat(layout.replaceAll("[ \\t]", "")).isEqualTo(source.replaceAll("[ \\t]", ""));
    }
  }

  @Test
  void mutations_of_valid_text_have_a_form_that_stays_or_none() {
    Random random = new Random(3);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder source = new StringBuilder(new RandomSource(random.nextInt(500)).file());
      for (int n = random.nextInt(4); n >= 0; n--) {
        int at = random.nextInt(source.length() + 1);
        if (random.nextBoolean()) {
          source.insert(at, PIECES.get(random.nextInt(PIECES.size())));
        } else {
          source.delete(at, Math.min(source.length(), at + 1 + random.nextInt(3)));
        }
      }
      settles(source.toString());
    }
  }

  @Test
  void random_bytes_have_none_or_one() {
    Random random = new Random(4);
    for (int i = 0; i < 4_000; i++) {
      byte[] bytes = new byte[random.nextInt(60)];
      random.nextBytes(bytes);
      Diagnostics diagnostics = new Diagnostics();
      SourceFile file = SourceFile.decode("x", bytes, diagnostics);
      assertThat(CanonicalForm.of(file, diagnostics).isPresent())
          .as(new String(bytes, StandardCharsets.ISO_8859_1))
          .isEqualTo(!diagnostics.hasErrors());
    }
  }

  @Test
  void nesting_that_is_too_deep_is_an_error_and_no_overflow() {
    assertThat(formOf("a = " + "[".repeat(100_000) + "]".repeat(100_000) + "\n")).isEmpty();
    assertThat(formOf("b {\n".repeat(100_000) + "}\n".repeat(100_000))).isEmpty();
    assertThat(formOf("a = " + "\"${".repeat(100_000) + "x" + "}\"".repeat(100_000))).isEmpty();
    assertThat(form("a = x" + " + x".repeat(100_000) + "\n")).hasSize(400_006);
    assertThat(form("a = [\n" + "1,\n".repeat(100_000) + "]\n")).hasSize(500_008);
  }

  @Test
  void twice_the_text_takes_no_four_times_the_time() {
    String item = "b x {\n a=\"${\nf(1, [2])}\" # c é\n  bb = <<EOT\nx\nEOT\n}\n";
    form(item.repeat(5_000));
    long small = nanoseconds(item.repeat(5_000));
    long large = nanoseconds(item.repeat(40_000));
    // Eight times the text: a quadratic step would make it 64 times, and noise does not.
    assertThat(large).isLessThan(small * 32 + 200_000_000L);
  }

  private static long nanoseconds(String source) {
    long start = System.nanoTime();
    form(source);
    return System.nanoTime() - start;
  }

  /** Interpolations within interpolations go one by one. */
  private static void settles(String source) {
    Optional<String> form = formOf(source);
    for (int n = 0; n < 3 && form.isPresent(); n++) {
      String before = form.get();
      form = formOf(before);
      assertThat(form).as("%s became %s", source, before).isPresent();
    }
    form.ifPresent(last -> assertThat(form(last)).as(source).isEqualTo(last));
  }

  private static Optional<String> formOf(String source) {
    return CanonicalForm.of(SourceFile.of("x", source), new Diagnostics());
  }
}
