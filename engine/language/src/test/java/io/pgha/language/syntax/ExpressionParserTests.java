package io.pgha.language.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionParserTests {
  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      quoteCharacter = '^',
      textBlock =
          """
          1 -> 1
          12.50 -> 12.5
          1e3 -> 1000
          1.5E-2 -> 0.015
          true -> true
          null -> null
          "text" -> "text"
          name-with-dashes -> name-with-dashes
          größe.名前 -> größe.名前
          var.list[0].name -> var.list[0].name
          var.map["key"] -> var.map["key"]
          var.list.0.name -> var.list[0].name
          var.list[count.index].id -> ((var.list)[count.index]).id
          a[b][0][c] -> (((a)[b])[0])[c]
          f(x).name[0] -> (f(x)).name[0]
          (a).b -> (p(a)).b
          """)
  void reads_terms_and_what_follows_them(String source, String tree) {
    assertThat(outline(source)).isEqualTo(tree);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      quoteCharacter = '^',
      textBlock =
          """
          1 + 2 * 3 -> (1 + (2 * 3))
          1 * 2 + 3 -> ((1 * 2) + 3)
          1 - 2 - 3 -> ((1 - 2) - 3)
          8 / 4 % 3 -> ((8 / 4) % 3)
          a || b && c -> (a || (b && c))
          a && b || c -> ((a && b) || c)
          a == b && c != d -> ((a == b) && (c != d))
          a < b == c >= d -> ((a < b) == (c >= d))
          -a * b -> (-(a) * b)
          !a == b -> (!(a) == b)
          -a.b -> -(a.b)
          !!a -> !(!(a))
          a ? b : c -> (a ? b : c)
          a ? b : c ? d : e -> (a ? b : (c ? d : e))
          a ? b ? c : d : e -> (a ? (b ? c : d) : e)
          a == 1 || b ? c + 1 : d -> (((a == 1) || b) ? (c + 1) : d)
          (1 + 2) * 3 -> (p((1 + 2)) * 3)
          """)
  void groups_operators_by_precedence_and_to_the_left(String source, String tree) {
    assertThat(outline(source)).isEqualTo(tree);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      quoteCharacter = '^',
      textBlock =
          """
          f() -> f()
          f(1, "a", [2],) -> f(1, "a", [2])
          max(l...) -> max(l...)
          max(1, l...) -> max(1, l...)
          provider::host::parse(x) -> provider::host::parse(x)
          a.*.b.c -> (a).*((@).b.c)
          a.*.0.c -> (a).*((@)[0].c)
          a.*.b[0] -> ((a).*((@).b))[0]
          a[*] -> (a)[*](@)
          a[*].b[0].c -> (a)[*]((@).b[0].c)
          a[*].b[*].c -> (a)[*](((@).b)[*]((@).c))
          a[*][i] -> (a)[*]((@)[i])
          """)
  void reads_calls_and_splats(String source, String tree) {
    assertThat(outline(source)).isEqualTo(tree);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      quoteCharacter = '^',
      textBlock =
          """
          [] -> []
          [1, [2, 3],] -> [1, [2, 3]]
          {} -> {}
          {a = 1, "b" : 2} -> {"a" = 1, "b" = 2}
          {(a) = 1, "${b}c" = 2} -> {p(a) = 1, template[${b}, "c"] = 2}
          {true = 1, null = 2} -> {"true" = 1, "null" = 2}
          {1 = "one"} -> {1 = "one"}
          [for x in l : x] -> [for x in l : x]
          [for i, x in l : f(i, x) if x != ""] -> [for i, x in l : f(i, x) if (x != "")]
          {for k, v in m : k => v} -> {for k, v in m : k => v}
          {for v in m : v.k => v... if v.on} -> {for v in m : v.k => v... if v.on}
          """)
  void reads_collections(String source, String tree) {
    assertThat(outline(source)).isEqualTo(tree);
  }

  @Test
  void ignores_line_feeds_within_parentheses_and_brackets() {
    assertThat(
            outline(
                """
                (
                  a
                  + # a comment
                  f(
                    1, // another
                    2
                  ) /* and
                  one more */ .b
                )
                """))
        .isEqualTo("p((a + (f(1, 2)).b))");
  }

  @Test
  void takes_line_feeds_between_the_attributes_of_an_object() {
    assertThat(
            outline(
                """
                {
                  a = 1
                  b = [
                    2,
                    3
                  ],

                  c = {
                    for k, v in m :
                    k => v
                  }
                }
                """))
        .isEqualTo("{\"a\" = 1, \"b\" = [2, 3], \"c\" = {for k, v in m : k => v}}");
  }

  @Test
  void every_node_knows_its_range() {
    SourceFile file = SourceFile.of("x", "  foo(a, b[1]) + 2");
    Expression.Binary sum = (Expression.Binary) Parser.parseExpression(file, new Diagnostics());
    Expression.FunctionCall call = (Expression.FunctionCall) sum.left();

    assertThat(text(file, sum)).isEqualTo("foo(a, b[1]) + 2");
    assertThat(text(file, call)).isEqualTo("foo(a, b[1])");
    assertThat(text(file, call.arguments().get(1))).isEqualTo("b[1]");
    assertThat(call.argumentsRange().start().column()).isEqualTo(6);
    assertThat(sum.right().range().toString()).isEqualTo("x:1,18");
  }

  @Test
  void columns_count_characters_as_people_see_them() {
    // An e with a combining acute, a family of three joined by zero-width joiners: one column each.
    SourceFile file =
        SourceFile.of("x", "\"e\u0301\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67\" + b");
    Expression.Binary sum = (Expression.Binary) Parser.parseExpression(file, new Diagnostics());

    assertThat(sum.right().range().start().column()).isEqualTo(8);
  }

  @Test
  void names_and_strings_are_normalised() {
    assertThat(outline("e\u0301te\u0301")).isEqualTo("\u00E9t\u00E9");
    assertThat(outline("\"e\u0301\"")).isEqualTo("\"\u00E9\"");
  }

  private static String text(SourceFile file, Expression expression) {
    return file.text()
        .substring(expression.range().start().offset(), expression.range().end().offset());
  }

  private static String outline(String source) {
    Diagnostics diagnostics = new Diagnostics();
    Expression expression = Parser.parseExpression(SourceFile.of("test", source), diagnostics);
    assertThat(diagnostics.all()).isEmpty();
    return Outline.of(expression);
  }
}
