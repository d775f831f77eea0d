package io.pgha.language.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateParserTests {
  @ParameterizedTest
  @CsvSource(
      delimiterString = " -> ",
      quoteCharacter = '^',
      textBlock =
          """
          "" -> ""
          "a\\nb\\t\\"c\\"\\\\\\r" -> "a\\nb\\t"c"\\\\r"
          "\\u00e9\\U0001F600" -> "é😀"
          "$${a} %%{b} $ % $a" -> "${a} %{b} $ % $a"
          "$$${a}" -> "$${a}"
          "${a}" -> wrap(a)
          "${~ a ~}" -> wrap(a)
          "x ${a} y" -> template["x ", ${a}, " y"]
          "x ${~ a ~} y" -> template["x", ${a}, "y"]
          "${a}${b}" -> template[${a}, ${b}]
          "${"${a}"}" -> wrap(wrap(a))
          "${f("}")}" -> wrap(f("}"))
          "${ {a = 1}.a }" -> wrap(({"a" = 1}).a)
          "%{ if a }x%{ else }y%{ endif }" -> template[if a["x"]["y"]]
          "%{ if a ~} x %{~ endif }z" -> template[if a["x"][], "z"]
          "%{ for i, v in l }${v},%{ endfor }" -> template[for i, v in l[${v}, ","]]
          "%{ for v in l }%{ if v }x%{ endif }%{ endfor }" -> template[for v in l[if v["x"][]]]
          """)
  void reads_quoted_templates(String source, String tree) {
    assertThat(outline(source)).isEqualTo(tree);
  }

  @Test
  void a_heredoc_keeps_its_lines_as_they_are() {
    assertThat(
            outline(
                """
                <<EOT
                  a \\n $${x}
                 b
                EOT
                """))
        .isEqualTo("\"  a \\n ${x}\\n b\\n\"");
  }

  @Test
  void an_indented_heredoc_loses_the_indentation_that_all_its_lines_share() {
    assertThat(
            outline(
                """
                <<-EOT
                    a

                      b
                    c
                  EOT
                """))
        .isEqualTo("\"a\\n\\n  b\\nc\\n\"");
  }

  @Test
  void a_line_that_starts_with_a_sequence_has_no_indentation() {
    assertThat(
            outline(
                """
                <<-EOT
                  a
                ${b}
                  EOT
                """))
        .isEqualTo("heredoc[\"  a\\n\", ${b}, \"\\n\"]");
  }

  @Test
  void strip_markers_take_the_whitespace_up_to_the_line_next_to_them() {
    assertThat(
            outline(
                """
                <<EOT
                %{ for v in l ~}
                  ${v}
                %{ endfor ~}
                end
                EOT
                """))
        .isEqualTo("heredoc[for v in l[\"  \", ${v}, \"\\n\"], \"end\\n\"]");
  }

  @Test
  void the_end_of_a_heredoc_may_be_indented_and_may_end_the_file() {
    assertThat(outline("<<EOT\na\n  EOT")).isEqualTo("\"a\\n\"");
    assertThat(outline("[<<A, <<B]".replace("<<A", "<<A\nx\nA\n").replace("<<B", "<<B\ny\nB\n")))
        .isEqualTo("[\"x\\n\", \"y\\n\"]");
  }

  @Test
  void a_heredoc_with_carriage_returns_ends_too() {
    assertThat(outline("<<EOT\r\na\r\nEOT\r\n")).isEqualTo("\"a\\r\\n\"");
  }

  @Test
  void a_template_of_its_own_knows_no_escapes_but_those_of_sequences() {
    assertThat(template("a \\n \"b\"\n$${c} ${d}"))
        .isEqualTo("template[\"a \\n \"b\"\\n${c} \", ${d}]");
    assertThat(template("${a}")).isEqualTo("wrap(a)");
    assertThat(template("")).isEqualTo("\"\"");
    assertThat(template("1")).isEqualTo("\"1\"");
  }

  private static String template(String source) {
    Diagnostics diagnostics = new Diagnostics();
    Expression expression = Parser.parseTemplate(SourceFile.of("test", source), diagnostics);
    assertThat(diagnostics.all()).isEmpty();
    return Outline.of(expression);
  }

  private static String outline(String source) {
    Diagnostics diagnostics = new Diagnostics();
    Expression expression = Parser.parseExpression(SourceFile.of("test", source), diagnostics);
    assertThat(diagnostics.all()).isEmpty();
    return Outline.of(expression);
  }
}
