package io.pgha.language.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgha.language.value.AttributePath;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiagnosticTextTests {
  private final SourceFiles sources = new SourceFiles();

  @Test
  void an_error_shows_its_line_with_a_mark_under_the_place() {
    SourceFile file = sources.add(SourceFile.of("main.pgha.hcl", "a = 1\n\tname = foo.bar\n"));
    int place = file.text().indexOf("foo");

    assertThat(
            render(
                Diagnostic.error(
                    "x", "Bad reference", "There is no foo.", file.range(place, place + 7))))
        .isEqualTo(
            """
            Error: Bad reference

              on main.pgha.hcl:2,9
                2 |     name = foo.bar
                  |            ^^^^^^^

              There is no foo.
            """);
  }

  @Test
  void a_place_of_several_lines_is_marked_on_each() {
    SourceFile file = sources.add(SourceFile.of("f", "a = [\n  1,\n  2\n]\nb = 1\n"));

    assertThat(render(Diagnostic.error("x", "Bad list", "Why.", file.range(4, 16))))
        .isEqualTo(
            """
            Error: Bad list

              on f:1,5
                1 | a = [
                  |     ^
                2 |   1,
                  |   ^^
                3 |   2
                  |   ^
                4 | ]
                  | ^

              Why.
            """);
  }

  @Test
  void marks_stand_under_wide_and_combined_characters() {
    SourceFile file = sources.add(SourceFile.of("f", "a = \"日本e\u0301\" + x\n"));
    int place = file.text().indexOf('x');

    assertThat(render(Diagnostic.error("x", "S", "", file.range(place, place + 1))))
        .isEqualTo(
            """
            Error: S

              on f:1,13
                1 | a = "日本e\u0301" + x
                  |               ^
            """);
  }

  @Test
  void of_a_very_long_line_what_is_around_the_place_is_shown() {
    SourceFile file = sources.add(SourceFile.of("f", "x".repeat(500) + "BAD" + "y".repeat(500)));

    String shown = render(Diagnostic.error("x", "S", "", file.range(500, 503)));

    assertThat(shown)
        .isEqualTo(
            """
            Error: S

              on f:1,501
                1 | …%sBAD%s…
                  |  %s^^^
            """
                .formatted("x".repeat(60), "y".repeat(177), " ".repeat(60)));
  }

  @Test
  void a_context_that_is_elsewhere_moves_no_mark() {
    SourceFile file = sources.add(SourceFile.of("f", "a = 1\n\n\nb = a > 1\n"));
    Diagnostic diagnostic =
        Diagnostic.error("x", "S", "", file.range(4, 5)).within(file.range(12, 17));

    assertThat(render(diagnostic))
        .isEqualTo(
            """
            Error: S

              on f:1,5
                1 | a = 1
                  |     ^
            """);
  }

  @Test
  void a_warning_about_an_instance_on_a_host_says_so_and_wraps() {
    Diagnostic diagnostic =
        Diagnostic.warning("x", "Slow", "One two three four five six seven.")
            .about("host.db[\"a\"]")
            .of(AttributePath.of("name"))
            .on("psql-db-1")
            .with(List.of("each.key is \"a\""));

    assertThat(new DiagnosticText(sources, false, 20).render(diagnostic))
        .isEqualTo(
            """
            Warning: Slow

              with host.db["a"].name
              on host psql-db-1
                  | each.key is "a"

              One two three four
              five six seven.
            """);
  }

  @Test
  void a_place_in_an_unknown_file_is_named_without_its_line() {
    SourceFile file = SourceFile.of("gone", "a\n");

    assertThat(render(Diagnostic.error("x", "S", "D.", file.range(0, 1))))
        .isEqualTo("Error: S\n\n  on gone:1,1\n\n  D.\n");
  }

  @Test
  void colour_is_used_only_where_asked_for() {
    Diagnostic diagnostic = Diagnostic.error("x", "S", "D.");

    assertThat(new DiagnosticText(sources, true, 0).render(diagnostic))
        .startsWith("\u001B[1;31mError: \u001B[0m");
    assertThat(render(diagnostic)).isEqualTo("Error: S\n\n  D.\n");
  }

  private String render(Diagnostic diagnostic) {
    return new DiagnosticText(sources, false, 0).render(diagnostic);
  }
}
