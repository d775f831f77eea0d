package io.pgha.language.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFile;
import java.lang.management.ManagementFactory;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Twice the text takes twice the work: tokens that the parser looks at, and memory that reading,
 * parsing and what is made of both takes, which grows with whatever is copied again and again.
 */
class LinearTimeTests {
  @Test
  void blocks() {
    linear(n -> "resource \"host\" \"h\" {\n  name = \"x\"\n  nested {\n  }\n}\n".repeat(n));
  }

  @Test
  void operators() {
    linear(n -> "a = 1" + " + b * 2 - c".repeat(n) + "\n");
    linear(n -> "a = b" + ".c[0][d]".repeat(n) + "\n");
  }

  @Test
  void lists_objects_and_strings() {
    linear(n -> "a = [" + "1, # one\n\n".repeat(n) + "]\n");
    linear(n -> "a = {\n" + "  b = \"x ${c} y\"\n".repeat(n) + "}\n");
    linear(n -> "a = <<EOT\n" + "x ${c} %{ if d }y%{ endif }\n".repeat(n) + "EOT\n");
  }

  @Test
  void errors() {
    linear(n -> "a = [1, 2\n".repeat(n));
    linear(n -> "a = {\n".repeat(n));
    linear(n -> "a = \"x\n".repeat(n));
    linear(n -> "a b c = 1\n".repeat(n));
    linear(n -> "a = 1 2 ".repeat(n));
    linear(n -> "x {\n a = ]\n}\n}\n".repeat(n));
    linear(n -> "}".repeat(n));
    linear(n -> "x \"a\" {\n y = 1\n".repeat(n));
    linear(n -> "x y = 1\n }\n z = 1\n}\n".repeat(n));
    linear(n -> "a = b c\n" + "# x\n".repeat(n) + "  5\n");
    linear(n -> "a = b c\n" + "\n".repeat(n) + "  5\n");
    linear(n ->
        IntStream.range(0, n)
            .mapToObj(i -> " a" + i + " = 1\n}\n")
            .collect(Collectors.joining("", "x {\n }\n", "")));
    linear(n -> "x " + "a ".repeat(n) + "{\n" + " {\n".repeat(n));
    linear(n -> "\"".repeat(n));
    linear(n -> "a \"b\" ".repeat(n));
    linear(n -> "(\n".repeat(n));
  }

  @Test
  void a_chain_of_a_hundred_thousand_operators_is_read_and_walked() {
    Diagnostics diagnostics = new Diagnostics();
    Expression sum =
        Parser.parseExpression(SourceFile.of("x", "a" + " + a".repeat(100_000)), diagnostics);

    assertThat(diagnostics.all()).isEmpty();
    assertThat(sum.variables()).hasSize(100_001);
  }

  private static void linear(IntFunction<String> source) {
    for (boolean byIndentation : new boolean[] {false, true}) {
      long small = steps(source.apply(2_000), byIndentation);
      long large = steps(source.apply(4_000), byIndentation);
      assertThat(large).isLessThan(small * 21 / 10 + 1_000);
    }
    // Arrays that double when they are full, and what the virtual machine leaves out, are allowed.
    assertThat(bytes(source.apply(4_000))).isLessThan(bytes(source.apply(2_000)) * 5 / 2);
  }

  /**
   * The memory that is taken to parse a text; the least of some runs, so none of what is loaded.
   */
  private static long bytes(String source) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int run = 0; run < 3; run++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      Parser.parseFile(SourceFile.of("x", source), new Diagnostics());
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }

  private static long steps(String source, boolean byIndentation) {
    Diagnostics lexical = new Diagnostics();
    SourceText text = SourceText.of(SourceFile.of("x", source));
    Tokens tokens = Lexer.code(text, lexical);
    TokenReader reader =
        new TokenReader(tokens, text, FileParse.places(lexical), new Diagnostics());
    new BodyParser(reader, new Braces(reader, byIndentation, false)).file();
    return reader.steps();
  }
}
