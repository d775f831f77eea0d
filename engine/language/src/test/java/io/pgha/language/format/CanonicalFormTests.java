package io.pgha.language.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFile;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules one by one; {@link TerraformFormTests} compares them with Terraform's. */
class CanonicalFormTests {
  static String form(String source) {
    Diagnostics diagnostics = new Diagnostics();
    Optional<String> form = CanonicalForm.of(SourceFile.of("x", source), diagnostics);
    assertThat(diagnostics.all()).as(source).isEmpty();
    return form.orElseThrow();
  }

  @Nested
  class Indentation {
    @Test
    void each_line_that_opens_brackets_indents_what_follows_by_one_step() {
      assertThat(
              form(
                  """
                  resource "a" "b" {
                  list = [
                  [
                  1
                  ]
                  ]
                        nested {
                          }
                  }
                  """))
          .isEqualTo(
              """
              resource "a" "b" {
                list = [
                  [
                    1
                  ]
                ]
                nested {
                }
              }
              """);
    }

    @Test
    void several_brackets_in_a_line_are_one_step() {
      assertThat(form("a = f([{\nb = 1\n}])\n")).isEqualTo("a = f([{\n  b = 1\n}])\n");
    }

    @Test
    void heredocs_stay_as_they_are_written() {
      assertThat(form("b {\na=<<-EOT\n   x = 1\n\t${ y }\n  EOT\n c=1\n}\n"))
          .isEqualTo("b {\n  a = <<-EOT\n   x = 1\n\t${y}\n  EOT\n  c = 1\n}\n");
    }

    @Test
    void blank_lines_are_empty_and_stay() {
      assertThat(form("a = 1\n  \t\n\n\nb = 2\n")).isEqualTo("a = 1\n\n\n\nb = 2\n");
    }

    @Test
    void comments_between_lines_are_indented_and_else_stay() {
      assertThat(form("b {\n#  c\n   //d  \n/* e\n  f */\n}\n"))
          .isEqualTo("b {\n  #  c\n  //d  \n  /* e\n  f */\n}\n");
    }
  }

  @Nested
  class Spaces {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
          "1+2*3                     | 1 + 2 * 3",
          "- 1                       | -1",
          "1- -x                     | 1 - -x",
          "!  x&&y                   | !x && y",
          "x?- 1:y                   | x ? -1 : y",
          "f ( 1 ,2 , l ... )        | f(1, 2, l...)",
          "core :: max( 1 )          | core::max(1)",
          "provider ::a:: f( 1 )     | provider::a::f(1)",
          "a . b [ 0 ] . * . c       | a.b[0].*.c",
          "{}                        | {}",
          "{b=1,c=2}                 | { b = 1, c = 2 }",
          "[ ]                       | []",
          "[for x in[1]:x if!x]      | [for x in [1] : x if !x]",
          "{for k,v in m:k=>v...}    | { for k, v in m : k => v... }",
          "( 1 )                     | (1)",
          "\"a ${ b } %{ if c }d%{ endif }\" | \"a ${b} %{if c}d%{endif}\"",
          "\"a ${~ b ~}\"            | \"a ${~b~}\"",
          "\"a ${{ b = 1 }.b}\"      | \"a ${{ b = 1 }.b}\"",
          "1 /* c */ + /* d */2      | 1 /* c */ + /* d */ 2",
        })
    void between_tokens(String written, String canonical) {
      String expected = canonical.replace("${{ b", "${ { b");
      assertThat(form("a=" + written + "\n")).isEqualTo("a = " + expected + "\n");
    }

    @Test
    void before_the_end_of_the_file_stay() {
      assertThat(form("a=1  ")).isEqualTo("a = 1  ");
      assertThat(form("a=1\n\t")).isEqualTo("a = 1\n ");
    }
  }

  @Nested
  class Alignment {
    @Test
    void values_of_consecutive_lines_are_aligned() {
      assertThat(form("a = 1\nlong_name = 2\n\nb = 3\n"))
          .isEqualTo("a         = 1\nlong_name = 2\n\nb = 3\n");
    }

    @Test
    void a_value_of_several_lines_ends_the_alignment() {
      assertThat(form("a = 1\nlong_name = [\n1\n]\nb = 2\nccc = 3\n"))
          .isEqualTo("a = 1\nlong_name = [\n  1\n]\nb   = 2\nccc = 3\n");
    }

    @Test
    void comments_of_consecutive_lines_are_aligned() {
      assertThat(form("a = 1 # c\nlong_name = \"text\" // d\nb = 2\n"))
          .isEqualTo("a         = 1      # c\nlong_name = \"text\" // d\nb         = 2\n");
    }

    @Test
    void a_column_is_what_a_reader_takes_for_a_character() {
      assertThat(form("a = \"👨‍👩‍👧e\u0301\" # c\nb = \"xyz\" # d\n"))
          .isEqualTo("a = \"👨‍👩‍👧e\u0301\"  # c\nb = \"xyz\" # d\n");
    }
  }

  @Nested
  class Rewriting {
    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
          "\"${x}\"                | x",
          "\"${ x.y + 1 }\"        | x.y + 1",
          "\"${~ x ~}\"            | x",
          "\"${\"text\"}\"         | \"text\"",
          "\"${\"${x}\"}\"         | \"${x}\"",
          "/* c */ \"${x}\" # d    | /* c */ x # d",
          "\"${x}${y}\"            | \"${x}${y}\"",
          "\"a${x}\"               | \"a${x}\"",
          "[\"${x}\"]              | [\"${x}\"]",
          "f(\"${x}\")             | f(\"${x}\")",
          "\"${x}\" == \"${y}\"    | \"${x}\" == \"${y}\"",
          "\"$${x}\"               | \"$${x}\"",
        })
    void an_interpolation_that_is_a_whole_value_is_its_expression(
        String written, String canonical) {
      assertThat(form("a = " + written + "\n")).isEqualTo("a = " + canonical + "\n");
    }

    @Test
    void one_over_several_lines_gets_parentheses_where_it_has_none() {
      assertThat(form("a = \"${\n  x\n}\"\n")).isEqualTo("a = x\n");
      assertThat(form("a = \"${x +\ny}\"\n")).isEqualTo("a = (x +\ny)\n");
      assertThat(form("a = \"${(\nx)}\"\n")).isEqualTo("a = (\nx)\n");
      assertThat(form("a = \"${(x) + (\ny)}\"\n")).isEqualTo("a = (x) + (\ny)\n");
      assertThat(form("a = \"${(x)\n+ (y)}\"\n")).isEqualTo("a = ((x)\n+ (y))\n");
      assertThat(form("a = \"${<<EOT\nx\nEOT\n}\"\n")).isEqualTo("a = <<EOT\nx\nEOT\n");
    }

    @Test
    void a_comment_that_ends_a_line_never_ends_the_value() {
      assertThat(form("a = \"${x # c\n+ y}\"\n")).isEqualTo("a = (x # c\n+ y)\n");
      assertThat(form("a = \"${\n# c\nx}\"\n")).isEqualTo("a = ( # c\nx)\n");
      assertThat(form("b { a = \"${x # c\n}\" }\n")).isEqualTo("b { a = (x # c\n) }\n");
      assertThat(form("a = \"${x # c\n}\"\n")).isEqualTo("a = x # c\n\n");
    }

    @ParameterizedTest
    @CsvSource({
      "\"string\", string",
      "\"list\", list(string)",
      "\"map\", map(string)",
      "list, list(any)",
      "map, map(any)",
      "set, set(any)",
      "\"number\", \"number\"",
      "list(map), list(map)",
      "(list), (list)",
      "\"${list}\", \"${list}\"",
    })
    void types_of_variables(String written, String canonical) {
      // CsvSource takes quotes for its own.
      String type = written.replace('\'', '"');
      assertThat(form("variable \"v\" {\ntype = " + type + "\n}\n"))
          .isEqualTo("variable \"v\" {\n  type = " + canonical + "\n}\n");
    }

    @Test
    void types_elsewhere_stay() {
      assertThat(form("output \"o\" {\n  type = \"list\"\n}\n"))
          .isEqualTo("output \"o\" {\n  type = \"list\"\n}\n");
      assertThat(form("variable \"v\" {\n  validation {\n    type = \"list\"\n  }\n}\n"))
          .contains("type = \"list\"");
      assertThat(form("type = \"list\"\n")).isEqualTo("type = \"list\"\n");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
          "b x \"y\" {}             | b \"x\" \"y\" {}",
          "b\"x\"\"y\"{}            | b \"x\" \"y\" {}",
          "b \"\\u00e9\\t\" {}      | b \"é\\t\" {}",
          "b \"\\u200b\\u0007\" {}  | b \"\\u200b\\u0007\" {}",
          "b \"\\U000E0001\" {}     | b \"\\U000e0001\" {}",
          "b \"\\\"\\\\\\n\\r\" {}  | b \"\\\"\\\\\\n\\r\" {}",
          "b \"a$b\" c {}           | b \"a$b\" \"c\" {}",
          "b /* c */ x {}           | b /* c */ \"x\" {}",
        })
    void labels_are_in_quotes(String written, String canonical) {
      assertThat(form(written + "\n")).isEqualTo(canonical + "\n");
    }

    @Test
    void labels_are_in_normalisation_form_c_and_names_stay() {
      assertThat(form("b e\u0301 {\n  e\u0301 = 1\n}\n"))
          .isEqualTo("b \"\u00e9\" {\n  e\u0301 = 1\n}\n");
    }
  }

  @Nested
  class Files {
    @Test
    void lines_end_as_they_did() {
      assertThat(form("a=1\r\nbb=2 # c\r\n\r\nd=<<EOT\r\n x\r\nEOT\r\n"))
          .isEqualTo("a  = 1\r\nbb = 2 # c\r\n\r\nd = <<EOT\r\n x\r\nEOT\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "#", "# c", "//", "a = 1", "/* c */"})
    void a_last_line_without_an_end_stays_so(String source) {
      assertThat(form(source)).isEqualTo(source);
    }

    @Test
    void a_byte_order_mark_goes() {
      assertThat(form("\uFEFFa=1\n")).isEqualTo("a = 1\n");
    }

    @Test
    void with_errors_have_no_form() {
      Diagnostics diagnostics = new Diagnostics();
      assertThat(CanonicalForm.of(SourceFile.of("x", "a = (\n"), diagnostics)).isEmpty();
      assertThat(diagnostics.hasErrors()).isTrue();
    }

    @Test
    void of_another_encoding_have_no_form() {
      Diagnostics diagnostics = new Diagnostics();
      SourceFile file = SourceFile.decode("x", new byte[] {'#', ' ', (byte) 0xe9}, diagnostics);
      assertThat(CanonicalForm.of(file, diagnostics)).isEmpty();
      assertThat(diagnostics.hasErrors()).isTrue();
    }
  }
}
