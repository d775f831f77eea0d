package io.pgha.language.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferencesTests {
  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      quoteCharacter = '^',
      textBlock =
          """
          1 + 2 -> ^^
          var.a + f(local.b["x"], c[0]) -> var.a local.b["x"] c[0]
          host.db[each.key].id -> host.db each.key
          a[*].b[c.d].e -> a c.d
          "x ${a} %{ if b }${c}%{ else }${d}%{ endif }" -> a b c d
          "%{ for k, v in m }${k}${v}${w}%{ endfor }${v}" -> m w v
          [for k, v in m : k + v + w if v != x] -> m w x
          {for v in v : v.key => [for w in v : w + v]...} -> v
          [for x in [for y in z : y] : y] -> z y
          {a = b, (c) = d, "${e}" = 1} -> b c d e
          a ? b : c -> a b c
          f(a).b[c] -> a c
          -a.b -> a.b
          """)
  void are_all_names_that_the_expression_does_not_bind_itself(String source, String expected) {
    Diagnostics diagnostics = new Diagnostics();
    Expression expression = Parser.parseExpression(SourceFile.of("x", source), diagnostics);

    assertThat(diagnostics.all()).isEmpty();
    assertThat(String.join(" ", expression.variables().stream().map(Object::toString).toList()))
        .isEqualTo(expected);
  }
}
