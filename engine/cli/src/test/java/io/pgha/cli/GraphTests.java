package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphTests {
  @TempDir private Path folder;

  private static final String THREE =
      """
      resource "terraform_data" "a" {}
      resource "terraform_data" "b" {
        for_each = toset(["x", "y"])
        input    = terraform_data.a.id
      }
      """;

  @Test
  void inTheDotLanguage() {
    Cli cli = new Cli(folder).configure(THREE);
    String dot =
        """
        digraph pgha {
          rankdir = "RL";
          node [shape = rect, fontname = "sans-serif"];
          "terraform_data.a";
          "terraform_data.b[\\"x\\"]";
          "terraform_data.b[\\"y\\"]";
          "terraform_data.b[\\"x\\"]" -> "terraform_data.a";
          "terraform_data.b[\\"y\\"]" -> "terraform_data.a";
        }
        """;
    assertThat(cli.run("graph").out()).isEqualTo(dot);
    assertThat(cli.run("graph", "-type=plan").out())
        .contains("\"terraform_data.a\" [label = \"+ terraform_data.a\"];");
    assertThat(cli.run("graph", "-type=state").out()).doesNotContain("terraform_data");
    assertThat(cli.run("apply", "-auto-approve").status()).isZero();
    assertThat(cli.run("graph", "-type=state").out()).isEqualTo(dot);
  }

  @Test
  void asADrawing() {
    String svg = new Cli(folder).configure(THREE).run("graph", "-svg", "-type=plan").out();
    assertThat(svg)
        .startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org")
        .contains("<title>terraform_data.b[\"x\"]: create</title>")
        .contains("data-from=\"terraform_data.a\" data-to=\"terraform_data.b[&quot;x&quot;]\"");
  }

  @Test
  void drawsManyInstancesOfAResourceAsOne() {
    Cli cli =
        new Cli(folder)
            .configure(
                """
                resource "terraform_data" "many" {
                  count = 1000
                }
                resource "terraform_data" "one" {
                  input = terraform_data.many[0].id
                }
                """);
    assertThat(cli.run("graph", "-svg").out()).contains(">many ×1000<", ">one<");
  }

  @Test
  void refusesToDrawWhatNobodyCouldRead() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 201; i++) {
      text.append("resource \"terraform_data\" \"r%d\" {}\n".formatted(i));
    }
    Cli cli = new Cli(folder).configure(text.toString());
    assertThat(cli.run("graph", "-svg").errors())
        .isEqualTo(
            """
            Error: 201 instances are too many for a drawing

              At most 200 boxes are drawn, and even with one for each module there are
              more. Without -svg the whole graph is written in the DOT language.

            """);
    assertThat(cli.run("graph").status()).isZero();
  }
}
