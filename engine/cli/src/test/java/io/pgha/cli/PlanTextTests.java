package io.pgha.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans read as people know them. */
class PlanTextTests {
  @TempDir private Path folder;

  private static final String BEFORE =
      """
      resource "terraform_data" "a" {
        input = {
          list  = ["a", "b", "c", "d", "e"]
          map   = { x = 1, y = "one" }
          text  = "line one\\nline two\\nthree\\nline four\\n"
          json  = jsonencode({ a = 1, b = "one", c = [1, 2] })
          gone  = "soon"
          same  = "same"
          kind  = "text"
        }
      }
      resource "terraform_data" "b" {
        input            = "b"
        triggers_replace = ["one"]
      }
      """;

  @Test
  void changesElementByElement() {
    Cli cli = new Cli(folder).configure(BEFORE);
    assertThat(cli.run("apply", "-auto-approve").status()).isZero();
    cli.configure(
        """
        resource "terraform_data" "a" {
          input = {
            list  = ["a", "b", "c", "d2", "e", "f"]
            map   = { x = 1, y = "two", z = true }
            text  = "line one\\nline two\\n3\\nline four\\n"
            json  = jsonencode({ a = 1, b = "two", c = [1, 2, 3] })
            same  = "same"
            kind  = ["list"]
          }
        }
        resource "terraform_data" "b" {
          input            = "b"
          triggers_replace = ["two"]
        }
        """);
    assertThat(cli.run("plan").out().replaceAll("[0-9a-f-]{36}", "ID"))
        .isEqualTo(
            """
            ~ change in place   -/+ destroy, then make anew

              ~ terraform_data.a will be changed in place
                - input.gone = "soon" -> null
                ~ input.json = jsonencode(
                    ~ {
                        ~ b = "one" -> "two"
                        ~ c = [
                              # (1 unchanged element hidden)
                              2,
                            + 3,
                          ]
                          # (1 unchanged attribute hidden)
                      }
                  )
                ~ input.kind = "text" -> ["list"]
                ~ input.list = [
                      # (2 unchanged elements hidden)
                      "c",
                    ~ "d" -> "d2",
                      "e",
                    + "f",
                  ]
                ~ input.map  = {
                    ~ y = "one" -> "two"
                    + z = true
                      # (1 unchanged attribute hidden)
                  }
                ~ input.text = <<-EOT
                      line one
                      line two
                    - three
                    + 3
                      line four
                  EOT
                  # (2 unchanged attributes hidden)

              -/+ terraform_data.b must be made anew
                ~ triggers_replace = [   # forces replacement
                    ~ "one" -> "two",
                  ]
                ~ id               = "ID" -> (known after apply)
                  # (2 unchanged attributes hidden)

            Plan: 1 to add, 1 to change, 1 to destroy.

            """);
  }

  @Test
  void saysWhichOfBothComesFirst() {
    String before =
        "resource \"terraform_data\" \"a\" {\n  triggers_replace = 1\n  lifecycle {\n    create_before_destroy = true\n  }\n}\n";
    Cli cli = new Cli(folder).configure(before);
    assertThat(cli.run("apply", "-auto-approve").status()).isZero();
    assertThat(cli.configure(before.replace("= 1", "= 2")).run("plan").out())
        .startsWith("+/- make anew, then destroy the old one\n")
        .contains("  +/- terraform_data.a must be made anew, the new one first\n");
  }

  @Test
  void createsAndDestroys() {
    Cli cli = new Cli(folder).configure(BEFORE);
    assertThat(cli.run("plan").out())
        .contains(
            """
              + terraform_data.b will be created
                + id               = (known after apply)
                + input            = "b"
                + output           = "b"
                + triggers_replace = ["one"]
            """);
    assertThat(cli.run("apply", "-auto-approve").status()).isZero();
    assertThat(cli.run("plan", "-destroy").out().replaceAll("[0-9a-f-]{36}", "ID"))
        .contains(
            """
              - terraform_data.b will be destroyed
                - id               = "ID" -> null
                - input            = "b" -> null
                - output           = "b" -> null
                - triggers_replace = ["one"] -> null
            """)
        .endsWith("Plan: 0 to add, 0 to change, 2 to destroy.\n\n");
  }
}
