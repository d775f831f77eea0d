package io.pgha.language.syntax;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.language.diagnostic.Diagnostic;
import io.pgha.language.diagnostic.Diagnostics;
import io.pgha.language.diagnostic.SourceFile;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParserErrorTests {
  @Test
  void each_broken_argument_makes_one_error_and_the_others_are_read() {
    NativeBody body =
        MarkedSource.check(
            """
            a = 1
            # ERROR: Missing expression | there is the end of the line
            b =
            # ERROR: Missing expression | there is "*"
            c = 1 + * 2
            # ERROR: Missing newline after argument | there is "2"
            d = 1 2 3
            # ERROR: Invalid attribute name
            e = foo. + bar.
            # ERROR: Unexpected comma after argument
            f = 1, g = 2
            # ERROR: Missing false expression in conditional
            h = a ? b
            # ERROR: Invalid legacy index syntax
            i = a.0.0
            # ERROR: Nested splat expression not allowed
            j = a.*.*
            # ERROR: Missing closing parenthesis
            k = f(a..., b)
            # ERROR: Missing function name
            l = a::(1)
            # ERROR: Missing open parenthesis
            m = a::b
            # ERROR: Missing function name
            p = [a::1(2), b]
            # ERROR: Missing function name
            q = "${a::}"
            # ERROR: Missing function name
            r = provider::a::(1)
            # ERROR: Missing function name
            s = a:::b(1)
            # ERROR: Missing expression | there is "::"
            t = ::b(1)
            # ERROR: Invalid number literal
            n = 1e1000000
            # ERROR: Invalid number literal | must be in quotes
            o = 192.0.2.1
            z = 2
            """);

    assertThat(body.attributes().keySet()).contains("a", "b", "c", "z").doesNotContain("g");
    assertThat(requireNonNull(body.attributes().get("b")).expression())
        .isInstanceOf(Expression.Invalid.class);
  }

  @Test
  void a_missing_bracket_makes_one_error_where_it_was_opened() {
    NativeBody body =
        MarkedSource.check(
            """
            # ERROR: Unclosed bracket | There is no "]" for this "[".
            a = [1, 2
            b = 3
            # ERROR: Unclosed bracket | There is no ")" for this "(".
            c = foo(1, bar[2]
            d = 4
            # ERROR: Unclosed bracket
            e = (1 + 2
            # ERROR: Invalid 'for' expression
            f = [for x in y : x
            resource "host" "a" {
              # ERROR: Unclosed bracket
              name = foo[1
            }
            # ERROR: Unclosed object
            g = {
              x = 1
            output "o" {
              value = 1
            }
            """);

    assertThat(body.attributes().keySet()).contains("b", "d");
    assertThat(body.blocks()).extracting(Block::type).containsExactly("resource", "output");
  }

  @Test
  void an_error_within_brackets_skips_to_where_they_end() {
    NativeBody body =
        MarkedSource.check(
            """
            a = [
              1,
              # ERROR: Missing item separator | there is "3"
              2 3,
              [4],
            ]
            b = {
              x = 1
              # ERROR: Missing key/value separator
              y 2
              z = { a = 1 }
            }
            # ERROR: Missing argument separator
            c = f(1 2, {
              x = 1
            })
            # ERROR: Missing attribute value
            d = { x, y }
            # ERROR: Missing attribute separator
            e = { x = 1 y = 2 }
            f = 5
            """);

    assertThat(body.attributes().keySet()).containsExactly("a", "b", "c", "d", "e", "f");
  }

  @Test
  void an_unterminated_string_ends_with_its_line() {
    MarkedSource.check(
        """
        # ERROR: Unterminated string
        a = "hello
        b = "world"
        # ERROR: Invalid multi-line string
        c = "several
          lines"
        # ERROR: Unclosed template sequence | write "$${"
        d = "x ${foo"
        # ERROR: Unclosed template sequence
        e = "x ${foo(bar
        f = 1
        # ERROR: Invalid escape sequence | The symbol "q"
        g = "\\q"
        # ERROR: Invalid escape sequence | 4 hexadecimal digits
        h = "\\u12"
        # ERROR: Extra characters in template sequence | write "$${" instead of "${"
        i = "${a:-b}"
        # ERROR: Invalid character | Use double quotes
        j = 'single'
        k = 1
        """);
  }

  @Test
  void a_heredoc_without_end_says_where_its_marker_is_not_alone() {
    MarkedSource.check(
        """
        a = 1
        # ERROR: Unterminated heredoc | Line 5 holds it together with other text
        b = <<EOT
        text
        EOT,
        """);
  }

  @Test
  void a_sequence_left_open_in_a_heredoc_ends_with_its_line() {
    NativeBody body =
        MarkedSource.check(
            """
            a = <<EOT
              x
            # ERROR: Unclosed template sequence
              ${foo
            EOT
            b = 1
            """);

    assertThat(body.attributes().keySet()).containsExactly("a", "b");
  }

  @Test
  void directives_must_nest() {
    MarkedSource.check(
        """
        # ERROR: Unclosed "if" directive
        a = "%{ if x }y"
        # ERROR: Unexpected "endfor" directive
        b = "%{ if x }y%{ endfor }"
        # ERROR: Unexpected "endif" directive
        c = "%{ endif }"
        # ERROR: Invalid template directive | "of" is no template directive
        d = "%{ of x }"
        # ERROR: Invalid 'for' expression | "in"
        e = "%{ for x of y }%{ endfor }"
        """);
  }

  @Test
  void for_expressions_say_what_they_lack() {
    MarkedSource.check(
        """
        # ERROR: Invalid 'for' expression | key => value
        a = { for v in l : v }
        # ERROR: Invalid 'for' expression | only a value is valid
        b = [ for k, v in m : k => v ]
        # ERROR: Invalid 'for' expression | Grouping
        c = [ for v in l : v... ]
        # ERROR: Invalid 'for' expression | colon
        d = [ for v in l v ]
        """);
  }

  @Test
  void block_headers_say_what_they_lack() {
    NativeBody body =
        MarkedSource.check(
            """
            # ERROR: Invalid block definition
            resource "a" "b"
            {
              x = 1
            }
            # ERROR: Invalid block definition
            resource "c" "d"
              x = 1
            }
            # ERROR: Invalid block definition | equals sign
            resource "e" "f" = {
              x = 1
            }
            # ERROR: Invalid block label
            resource "g${h}" "i" {
            }
            # ERROR: Argument or block definition required | not a colon
            x: 1
            # ERROR: Invalid argument name
            "y" = 1
            # ERROR: Argument or block definition required | can't have dots
            a.b = 1
            # ERROR: Argument or block definition required | there is "="
            = 1
            # ERROR: Unexpected closing brace
            }
            # ERROR: Missing newline after block
            a {} b {}
            z = 1
            # ERROR: Argument redefined | test.pgha.hcl:29,1
            z = 2
            """);

    assertThat(body.blocks()).extracting(Block::type).contains("resource", "a");
    assertThat(body.blocks().get(1).body())
        .isInstanceOfSatisfying(
            NativeBody.class, inner -> assertThat(inner.attributes()).containsKey("x"));
  }

  @Test
  void blocks_of_one_line_hold_one_argument() {
    NativeBody body =
        MarkedSource.check(
            """
            a { x = 1 }
            b {}
            # ERROR: Unexpected comma after argument
            c { x = 1, y = 2 }
            # ERROR: Invalid single-argument block definition | closed on that line
            d { x = 1
              y = 2
            }
            # ERROR: Invalid single-argument block definition
            e { f { x = 1 } }
            h {
              # ERROR: Missing newline before closing brace
              x = 1 }
            i {
              # ERROR: Missing newline before closing brace
              j {} }
            g = 1
            """);

    assertThat(body.blocks())
        .extracting(Block::type)
        .containsExactly("a", "b", "c", "d", "e", "h", "i");
    assertThat(body.attributes().keySet()).containsExactly("g");
  }

  @Test
  void a_block_without_end_is_reported_once_and_at_the_block_that_lacks_it() {
    NativeBody body =
        MarkedSource.check(
            """
            resource "host" "a" {
              # ERROR: Unclosed block | Going by the indentation, it is missing before line 5.
              lifecycle {
                create_before_destroy = true
            }
            # ERROR: Unclosed block | Going by the indentation, it is missing before line 11.
            resource "host" "b" {
              x = 1

            # What follows is not in it.
            resource "host" "c" {
              nested {
              }
            }
            """);
    assertThat(body.blocks()).extracting(block -> block.label(1)).containsExactly("a", "b", "c");

    MarkedSource.check(
        """
        # ERROR: Unclosed block | There is no closing brace
        resource "host" "a" {
          x = 1

        """);
  }

  @Test
  void a_block_without_end_is_found_without_indentation_too() {
    MarkedSource.check(
        """
        # ERROR: Unclosed block | before the end of the file
        resource "host" "a" {
        lifecycle {
        create_before_destroy = true
        }
        """);
  }

  @Test
  void what_a_stray_brace_leaves_outside_of_a_block_makes_no_errors_of_its_own() {
    NativeBody early =
        MarkedSource.check(
            """
            resource "host" "a" {
              nested {
              }
              # ERROR: Unexpected closing brace | the brace on line 10 should.
              }
              x = 1
              more {
                y = 1
              }
            }
            resource "host" "b" {
            }
            """);
    assertThat(early.attributes()).isEmpty();
    assertThat(early.blocks()).hasSize(2);
    assertThat(early.blocks().getFirst().body())
        .isInstanceOfSatisfying(
            NativeBody.class,
            inner -> {
              assertThat(inner.attributes().keySet()).containsExactly("x");
              assertThat(inner.blocks()).extracting(Block::type).containsExactly("nested", "more");
            });

    NativeBody headless =
        MarkedSource.check(
            """
            top = 1
            resource "host" "a" {
            }

              x = 1
              y = 2
            # ERROR: Unexpected closing brace | missing before line 5
            }
            """);
    assertThat(headless.torn()).isTrue();
    assertThat(headless.attributes().keySet()).containsExactly("top");
    assertThat(headless.blocks()).hasSize(1);
  }

  @Test
  void what_follows_from_an_error_is_not_told() {
    NativeBody body =
        MarkedSource.check(
            """
            # ERROR: Missing newline after argument
            a = What is this; nobody knows".
            # ERROR: Unterminated string
            resource "host {
              address = 1
            }
            # ERROR: Argument or block definition required
            [
              1,
              2 ]
            ]
            b = concat(
              # ERROR: Missing argument separator
              "x"],
              ["y"],
            )
            c = 3
            outer {
              # ERROR: Invalid character
              x = @
            # ERROR: Missing newline after block
            } y = 1

            # ERROR: Argument or block definition required
            : 2

            # ERROR: Invalid argument name
            "d" = 1
            """);

    assertThat(body.torn()).isTrue();
    assertThat(body.blocks()).extracting(Block::type).containsExactly("outer");
    assertThat(body.attributes().keySet()).containsExactly("a", "b", "c");
    assertThat(requireNonNull(body.attributes().get("a")).expression())
        .isInstanceOf(Expression.Invalid.class);
  }

  @Test
  void more_errors_than_anybody_reads_are_counted() {
    assertThat(summaries("a = b c\n".repeat(1_000)))
        .hasSize(101)
        .endsWith("Too many errors in one file");
  }

  @Test
  void a_heredoc_without_end_explains_why_its_block_has_none() {
    MarkedSource.check(
        """
        resource "host" "a" {
          # ERROR: Unterminated heredoc
          x = <<EOT
          text
        }
        """);
  }

  @Test
  void characters_that_mean_nothing_are_named() {
    MarkedSource.check(
        """
        # ERROR: Unsupported operator | "&&"
        a = b & c
        # ERROR: Invalid character | commas to separate items
        d = 1;
        # ERROR: Invalid character | another character (U+00A0)
        e =\u00A01
        # ERROR: Invalid character | straight double quotes
        f = \u201Cx\u201D
        # ERROR: Invalid character | the function pow
        g = 2 ^ 3
        # ERROR: Unterminated comment
        h = 1 /* no end
        """);
  }

  @Test
  void nesting_has_a_limit_and_says_so() {
    for (String open : new String[] {"(", "[", "{a=", "f(", "-", "!", "\"${", "[for x in y: "}) {
      assertThat(summaries("a = " + open.repeat(100_000))).contains("Nested too deeply");
    }
    assertThat(summaries("a {\n".repeat(100_000))).containsOnlyOnce("Nested too deeply");
    assertThat(summaries("a = x" + "[*]".repeat(100_000))).contains("Nested too deeply");
    assertThat(summaries("a = " + "x ? y : ".repeat(100_000))).contains("Nested too deeply");
    assertThat(summaries("a = \"" + "%{ if x }".repeat(100_000) + "\""))
        .contains("Nested too deeply");
    assertThat(summaries("a = " + "(".repeat(250) + "1" + ")".repeat(250))).isEmpty();
  }

  @Test
  void of_what_is_no_text_only_some_characters_are_told() {
    assertThat(summaries("a = \u0001\n".repeat(1_000)))
        .filteredOn("Invalid character"::equals)
        .hasSize(20);
  }

  private static List<String> summaries(String source) {
    Diagnostics diagnostics = new Diagnostics();
    Parser.parseFile(SourceFile.of("test", source), diagnostics);
    return diagnostics.all().stream().map(Diagnostic::summary).toList();
  }
}
